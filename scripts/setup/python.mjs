import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { Failure } from "../support/failure.mjs";
import { inRoot, root, venvPython, windows } from "../support/paths.mjs";
import { lastLines, runTool } from "../support/processes.mjs";
import { explainOutput } from "./cause.mjs";
import { stampedStep } from "./step.mjs";

const oldestMinor = 10;
const requirements = inRoot("scripts/python/requirements.txt");

export const python = stampedStep({
  name: "Python packages",
  product: inRoot(".venv"),
  // Looking for a Python takes longer than all other checks together: whether the one that made .venv is
  // still there is all that a later start has to know.
  needs: venvPython,
  inputs: () => [readFileSync(requirements), `${process.platform} ${process.arch} ${root}`],
  async make() {
    const interpreter = findPython();
    // Made anew rather than repaired: only so do packages disappear that are no longer required.
    rmSync(inRoot(".venv"), { recursive: true, force: true });
    await orFail(interpreter.command, [...interpreter.first, "-m", "venv", inRoot(".venv")]);
    await orFail(venvPython, [
      ...["-m", "pip", "install", "--require-hashes", "-r", requirements],
      ...["--cache-dir", inRoot(".cache/pip"), "--disable-pip-version-check", "--no-input", "--no-user"],
    ]);
  },
});

/**
 * @param {string} command
 * @param {readonly string[]} options
 */
async function orFail(command, options) {
  const { ok, output } = await runTool(command, options);
  if (!ok) {
    throw new Failure(
      `The Python packages could not be installed:\n${lastLines(output, 15)}\n${explainOutput(output)}`,
    );
  }
}

/** @typedef {{ command: string, first: string[] }} Candidate */

/** @typedef {{ version: [number, number], path: string, missing: string[] }} Findings */

/** The usual names first; then those by which a newer Python stands beside an old default one. */
function candidates() {
  const chosen = process.env.PYTHON;
  if (chosen) return [{ command: chosen, first: [] }];
  const plain = ["python3", "python"].map((command) => ({ command, first: /** @type {string[]} */ ([]) }));
  if (windows) return [...plain, { command: "py", first: ["-3"] }];
  const versioned = [14, 13, 12, 11, 10].map((minor) => ({ command: `python3.${minor}`, first: [] }));
  return [...plain, ...versioned];
}

/**
 * @param {Candidate} candidate
 * @returns {Findings | undefined} undefined if there is no such program, or it is no Python 3
 */
function probe({ command, first }) {
  const question =
    "import json, sys; from importlib.util import find_spec as find; print(json.dumps({'version': " +
    "sys.version_info[:2], 'path': sys.executable, 'missing': [m for m in ('venv', 'ensurepip') if not find(m)]}))";
  const { status, stdout } = spawnSync(command, [...first, "-c", question], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

/** @param {Findings} found */
const isOld = ({ version: [major, minor] }) => major === 3 && minor < oldestMinor;

/** @returns {Candidate} */
function findPython() {
  /** @type {Findings[]} */
  const unfit = [];
  for (const candidate of candidates()) {
    const found = probe(candidate);
    if (found === undefined) continue;
    if (!isOld(found) && found.missing.length === 0) return candidate;
    unfit.push(found);
  }
  throw new Failure(explain(unfit));
}

/** @param {Findings[]} unfit */
function explain(unfit) {
  const another = "To use another Python, name it: PYTHON=/path/to/python3 (an environment variable).";
  const incomplete = unfit.find((found) => !isOld(found));
  if (incomplete) {
    const version = incomplete.version.join(".");
    return (
      `Python ${version} (${incomplete.path}) cannot make a virtual environment: it has no module ` +
      `${incomplete.missing.join(", no module ")}.\n` +
      `Debian and Ubuntu keep it in a package of its own: apt-get install python3-venv ` +
      `(or python${version}-venv)\n${another}`
    );
  }
  const chosen = process.env.PYTHON;
  const old = unfit.map((found) => `Python ${found.version.join(".")} (${found.path})`).join(", ");
  const none = chosen ? `PYTHON=${chosen} cannot be run` : "none is on the PATH";
  return (
    `JupyterLab needs Python 3.${oldestMinor} or newer; ${old ? `found: ${old}` : none}.\n` +
    `Debian and Ubuntu: apt-get install python3 python3-venv. macOS: brew install python3. ` +
    `Windows: winget install Python.Python.3.13\n${another}`
  );
}
