import { expect, test } from "vitest";
import { joined, notebookPaths, readNotebook } from "../../scripts/notebooks/notebook.mjs";

/** Headings of a notebook, with their level. */
function headings(name: string): string[] {
  const file = notebookPaths().find((path) => path.includes(name)) ?? "";
  const prose = readNotebook(file).cells.filter(({ cell_type }) => cell_type === "markdown");
  return prose.flatMap(({ source }) => joined(source).match(/^#+ .*$/gm) ?? []);
}

test("notebook 02 has the headings of seed B's section 1, with number, title, order and wording", () => {
  const ofSource = [
    "# Almgren-Chriss Optimal Execution",
    "## Syllabus",
    "## 1. Implementation Shortfall",
    "### Trading trajectory",
    "### Price trajectory",
    "### Temporary market impact",
    "### Implementation shortfall",
    "### VWAP",
    "### TWAP",
    "### To compute all the benchmarks",
    "### Let's try linear programming",
  ];
  expect(headings("02_").filter((heading) => ofSource.includes(heading))).toEqual(ofSource);
});

test("what is ours stands under headings of its own, none of them about the source", () => {
  const ours = headings("02_").filter((heading) => /source/i.test(heading));
  expect(ours).toEqual([]);
});
