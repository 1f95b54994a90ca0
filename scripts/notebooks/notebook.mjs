import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../support/paths.mjs";

/**
 * @typedef {{ output_type: string, name?: string, text?: string | string[], ename?: string, evalue?: string,
 *   traceback?: string[], data?: Record<string, unknown>, metadata?: Record<string, unknown> }} Output
 * @typedef {{ id: string, cell_type: string, source: string | string[], metadata: Record<string, unknown>,
 *   execution_count?: number | null, outputs?: Output[] }} Cell
 * @typedef {{ cells: Cell[], metadata: Record<string, unknown>, nbformat: number, nbformat_minor: number }} Notebook
 */

export const plotlyType = "application/vnd.plotly.v1+json";

export const notebooksFolder = inRoot("notebooks");

/** Paths of all notebooks, in reading order. */
export function notebookPaths() {
  const names = readdirSync(notebooksFolder).filter((name) => name.endsWith(".ipynb"));
  return names.sort().map((name) => path.join(notebooksFolder, name));
}

/**
 * @param {string} file
 * @returns {Notebook}
 */
export const readNotebook = (file) => JSON.parse(readFileSync(file, "utf8"));

/**
 * @param {string} file
 * @param {Notebook} notebook
 */
export const writeNotebook = (file, notebook) =>
  writeFileSync(file, `${JSON.stringify(notebook, undefined, 1)}\n`);

/** @param {string | string[] | undefined} text */
export const joined = (text) => (Array.isArray(text) ? text.join("") : (text ?? ""));

/**
 * The one place that says what does not count when two runs of a notebook are compared, and that is not stored:
 *
 * - how printed text was cut into messages (neighboring texts of one stream are joined; their order stays);
 * - metadata of outputs and execution (times), and of the kernel (the version of its language).
 *
 * A PNG beside a chart is stored but not compared: it depends on the fonts of the machine that drew it. Numbers in
 * figures are compared to 1e-12, because the last digit of a power may differ between versions of Node.
 *
 * @param {Notebook} notebook
 * @returns {Notebook}
 */
export function normalized(notebook) {
  return {
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code"
        ? { ...cell, metadata: withoutTimes(cell), outputs: joinStreams(cell) }
        : cell,
    ),
    metadata: {
      kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    },
    nbformat: notebook.nbformat,
    nbformat_minor: notebook.nbformat_minor,
  };
}

/** @param {Cell} cell */
function withoutTimes({ metadata: { execution, ...metadata } }) {
  return metadata;
}

/**
 * @param {Cell} cell
 * @returns {Output[]}
 */
function joinStreams({ outputs = [] }) {
  /** @type {Output[]} */
  const result = [];
  for (const output of outputs) {
    const last = result.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text = joined(last.text) + joined(output.text);
    } else {
      result.push(output.output_type === "display_data" ? { ...output, metadata: {} } : { ...output });
    }
  }
  for (const output of result) {
    if (output.output_type === "stream") output.text = asLines(joined(output.text));
  }
  return result;
}

/**
 * Text as the notebook format stores it: one entry a line, which keeps differences readable.
 *
 * @param {string} text
 */
const asLines = (text) => text.split(/(?<=\n)/);
