import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  joined,
  type Notebook,
  normalized,
  notebookPaths,
  type Output,
  plotlyType,
  readNotebook,
} from "../../../scripts/notebooks/notebook.mjs";
import { inRoot, venvPython } from "../../../scripts/support/paths.mjs";
import { schemaComplaints } from "../../helpers/plotly";

const outputsOf = ({ cells }: Notebook): { cell: string; outputs: Output[] }[] =>
  cells.flatMap(({ id, outputs = [] }) => (outputs.length === 0 ? [] : [{ cell: id, outputs }]));

/** What a reader sees of an output: all but pictures, which depend on the fonts of a machine. */
function visible({ output_type, name, text, data = {} }: Output): unknown {
  const { "image/png": _, ...rest } = data;
  const texts = Object.entries(rest).map(([type, value]) => [
    type,
    type.startsWith("text/") ? joined(value as string | string[]) : value,
  ]);
  return { output_type, name, text: joined(text), data: Object.fromEntries(texts) };
}

/** Where two values differ: text to the letter, numbers by more than 1e-12. */
function differences(stored: unknown, now: unknown, at: string): string[] {
  if (typeof stored === "number" && typeof now === "number") {
    const isSame = stored === now || Math.abs(stored - now) <= 1e-12 * Math.abs(stored);
    return isSame ? [] : [`${at}: stored ${stored}, now ${now}`];
  }
  if (typeof stored === "object" && typeof now === "object" && stored !== null && now !== null) {
    const [before, after] = [stored as Record<string, unknown>, now as Record<string, unknown>];
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], `${at}.${key}`));
  }
  return stored === now ? [] : [`${at}: stored ${JSON.stringify(stored)}, now ${JSON.stringify(now)}`];
}

describe.each(notebookPaths().map((file) => ({ name: path.basename(file), file })))(
  "$name",
  ({ name, file }) => {
    const folder = inRoot(".cache", "tested");
    const run = spawnSync(venvPython, [inRoot("scripts/python/execute.py"), folder, file], {
      encoding: "utf8",
    });
    const stored = readNotebook(file);

    test("runs from a fresh kernel, without an error and without a word on stderr", () => {
      expect(run.stderr).toBe("");
      expect(run.status).toBe(0);
      const now = readNotebook(path.join(folder, name));
      for (const { cell, outputs } of outputsOf(now)) {
        for (const output of outputs) {
          expect(output.output_type, cell).not.toBe("error");
          expect(output.name, cell).not.toBe("stderr");
        }
      }
    });

    test("gives what is stored in it, text and figures", () => {
      const now = normalized(readNotebook(path.join(folder, name)));
      const [before, after] = [stored, now].map((notebook) =>
        notebook.cells.map(({ id, source, execution_count, outputs = [] }) => ({
          id,
          source: joined(source),
          execution_count,
          outputs: outputs.map(visible),
        })),
      );
      expect(differences(before, after, name)).toEqual([]);
    });

    test("has figures that plotly.js accepts, each with a picture and a sentence beside it", () => {
      const charts = outputsOf(stored).flatMap(({ outputs }) =>
        outputs.filter(({ data = {} }) => plotlyType in data).map(({ data = {} }) => data),
      );
      expect(charts.length).toBeGreaterThan(0);
      for (const chart of charts) {
        expect(schemaComplaints(chart[plotlyType] as { data: unknown; layout: unknown })).toEqual([]);
        expect(joined(chart["text/plain"] as string)).toMatch(/^Chart\. .+\.$/);
        expect(
          Buffer.from(joined(chart["image/png"] as string), "base64")
            .subarray(1, 4)
            .toString(),
        ).toBe("PNG");
      }
    });
  },
);

test("a difference in one digit of a figure is seen, one in the last bit is not", () => {
  const figure = { data: [{ y: [1, 2, 3.1] }] };
  expect(differences(figure, { data: [{ y: [1, 2, 3.1 * (1 + 2e-16)] }] }, "f")).toEqual([]);
  expect(differences(figure, { data: [{ y: [1, 2, 3.1000001] }] }, "f")).toEqual([
    "f.data.0.y.2: stored 3.1, now 3.1000001",
  ]);
  expect(differences(figure, { data: [{ y: [1, 2] }] }, "f")).toHaveLength(1);
});
