import { expect, test } from "vitest";
import { edited, faultsOf } from "../../scripts/notebooks/edits.mjs";
import type { Cell, Notebook } from "../../scripts/notebooks/notebook.mjs";
import { numeralsOf, staleNumbers } from "../../scripts/notebooks/prose.mjs";

const markdown = (source: string): Cell => ({ id: "prose", cell_type: "markdown", source, metadata: {} });
const code = (text: string, source = "", tags: string[] = []): Cell => ({
  id: "code",
  cell_type: "code",
  source,
  metadata: { tags },
  outputs: [{ output_type: "stream", name: "stdout", text }],
});
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

test("numerals of prose are found with their thousands, decimals and exponents", () => {
  expect(numeralsOf("It costs 55,269.87 USD at λ = 2e-6, 3.5% more than in 60 slices.")).toEqual([
    ...["55,269.87", "2e-6", "3.5", "60"],
  ]);
});

test("what no computation gives is not asked for", () => {
  for (const free of [
    "## 5) Calibration over 20 days",
    "> You sold 500 shares.",
    "1. first\n2. second",
    "- see section 3, sections 2–5 and eqs. (18) and (20)",
    "See notebook 03 and [the appendix](01b_source.ipynb#12).",
    "Almgren and Chriss (2001), 24 January 2013",
    "With $x_0 = 12$ and `intervals: 60`",
    "$$\nE = 12\n$$",
    "*Published run.* It costs 55,269.87 USD.",
    "x₀, S1 and κ2 are names",
  ]) {
    expect(numeralsOf(free), free).toEqual([]);
  }
});

test("a mark frees its own paragraph only", () => {
  expect(numeralsOf("*Published run.* It costs 5.\n\nAnd 6 more.\n- 7 apples\n- *Published run.* 8")).toEqual(
    ["6", "7"],
  );
});

test("a numeral is stale when no output shows it, however it is written there", () => {
  const prose = markdown("1,000 shares, 0.50 USD, 60 slices\n\n## References\n\n77 pages");
  expect(staleNumbers(notebook(prose, code("1000 shares at 0.5")))).toEqual(["prose: 60"]);
  expect(staleNumbers(notebook(prose, code("1,000 at 0.5 in 160 slices, 60.5")))).toEqual(["prose: 60"]);
  expect(staleNumbers(notebook(prose, code("1,000 at 0.5 in 60 slices")))).toEqual([]);
});

test("errors and words on stderr are faults, each with its cell", () => {
  const failed: Cell = {
    ...code(""),
    outputs: [
      { output_type: "error", ename: "Error", evalue: "no" },
      { output_type: "stream", name: "stderr", text: "oh" },
    ],
  };
  expect(faultsOf(notebook(markdown("9 lives"), failed))).toEqual([
    ...["code: Error: no", "code: stderr: oh", "prose: 9 is in the prose and in no output"],
  ]);
});

test("an edit changes the parameter cell alone, and must find its text there once", () => {
  const book = notebook(code("", "const a = 1;", ["parameters"]), code("", "a + 1;"));
  const sources = (edits: { find: string; replace: string }[]) =>
    edited(book, edits).cells.map(({ source }) => source);
  expect(sources([{ find: "a = 1", replace: "a = 2" }])).toEqual(["const a = 2;", "a + 1;"]);
  expect(() => sources([{ find: "b", replace: "c" }])).toThrow("“b” stands 0 times");
  expect(() => sources([{ find: "a", replace: "c" }])).not.toThrow();
  expect(() => sources([{ find: " ", replace: "" }])).toThrow("“ ” stands 3 times");
  expect(() => edited(notebook(code("")), [])).toThrow("exactly one cell tagged");
});
