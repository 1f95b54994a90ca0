import path from "node:path";
import { expect, test } from "vitest";
import { editsOf, tryEdits } from "../../../scripts/notebooks/edits.mjs";
import { notebookPaths } from "../../../scripts/notebooks/notebook.mjs";

test.each(notebookPaths().map((file) => ({ name: path.basename(file), file })))(
  "$name runs with several parameters changed at once, and its words stay true",
  async ({ file }) => {
    const { single, combined } = editsOf(file);
    expect(single.length).toBeGreaterThanOrEqual(10);
    expect(combined.length).toBeGreaterThan(1);
    expect(await tryEdits(file, [combined])).toEqual([{ edit: expect.any(String), faults: [] }]);
  },
  300_000,
);
