"""Runs notebooks from a fresh kernel each and writes what came out, without timestamps.

    python execute.py [--go-on] [--in PLACE] FOLDER NOTEBOOK [NOTEBOOK ...]

Each executed notebook is written to FOLDER under its own name, also when a cell fails. The exit code is 0 when all
cells of all notebooks ran, else 1, with the failures on standard error. With `--go-on` a failed cell stops nothing:
its error stands among its outputs. Notebooks run in their own folder, or in PLACE.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

# What a cell started and did not wait for may fail after the cell has ended. This last cell gives it time to, and
# is not kept; an output that it shows belongs to a failure.
LAST_CELL = "await new Promise((resolve) => setTimeout(resolve, 300));"


def execute(source: Path, folder: Path, place: Path, goes_on: bool) -> "str | None":
    """Runs one notebook; returns what failed, or None."""
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(LAST_CELL))
    client = NotebookClient(
        notebook,
        kernel_name="tslab",
        record_timing=False,
        timeout=300,
        startup_timeout=60,
        allow_errors=goes_on,
        resources={"metadata": {"path": str(place)}},
    )
    failure = None
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        failure = f"{source.name}: {error}"
    last = notebook.cells.pop()
    if failure is None and last.outputs:
        failure = f"{source.name}: after the last cell: {last.outputs}"
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / source.name)
    return failure


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--go-on", action="store_true")
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("notebooks", type=Path, nargs="+")
    given = parser.parse_args()
    results = [
        execute(source, given.folder.resolve(), (given.place or source.parent).resolve(), given.go_on)
        for source in (notebook.resolve() for notebook in given.notebooks)
    ]
    failures = [failure for failure in results if failure]
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
