import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../support/failure.mjs";
import { inRoot, venvPython } from "../support/paths.mjs";
import { runTool } from "../support/processes.mjs";
import { joined, readNotebook, writeNotebook } from "./notebook.mjs";
import { staleNumbers } from "./prose.mjs";

/**
 * A text of the parameter cell, and what stands in its place.
 *
 * @typedef {{ find: string, replace: string }} Edit
 * @typedef {{ single: Edit[], combined: Edit[] }} Edits ten edits to be tried one by one, and some to be tried at once
 * @typedef {import("./notebook.mjs").Notebook} Notebook
 */

/**
 * The edits that are tried on a notebook.
 *
 * @param {string} file the notebook's path
 * @returns {Edits}
 */
export function editsOf(file) {
  const list = inRoot("scripts", "notebooks", "edits", `${path.basename(file, ".ipynb")}.json`);
  if (!existsSync(list)) throw new Failure(`No edits are listed for ${path.basename(file)}: write ${list}.`);
  return JSON.parse(readFileSync(list, "utf8"));
}

/**
 * A notebook with its parameter cell edited.
 *
 * @param {Notebook} notebook
 * @param {readonly Edit[]} edits each text stands exactly once in the cell tagged `parameters`
 * @returns {Notebook}
 */
export function edited(notebook, edits) {
  const isParameters = (/** @type {import("./notebook.mjs").Cell} */ { metadata }) =>
    /** @type {string[]} */ (metadata.tags ?? []).includes("parameters");
  if (notebook.cells.filter(isParameters).length !== 1) {
    throw new Failure("A notebook must have exactly one cell tagged `parameters`.");
  }
  const cells = notebook.cells.map((cell) => {
    if (!isParameters(cell)) return cell;
    const source = edits.reduce((code, { find, replace }) => {
      const parts = code.split(find);
      if (parts.length === 2) return parts.join(replace);
      throw new Failure(`“${find}” stands ${parts.length - 1} times in the parameter cell, not once.`);
    }, joined(cell.source));
    return { ...cell, source };
  });
  return { ...notebook, cells };
}

/**
 * What a reader would stumble over in an executed notebook: errors, and numbers in prose that are no longer true.
 *
 * @param {Notebook} notebook
 * @returns {string[]}
 */
export function faultsOf(notebook) {
  const errors = notebook.cells.flatMap(({ id, outputs = [] }) =>
    outputs
      .filter(({ output_type, name }) => output_type === "error" || name === "stderr")
      .map(({ ename, evalue, text }) => `${id}: ${ename ?? "stderr"}: ${evalue ?? joined(text)}`),
  );
  return [...errors, ...staleNumbers(notebook).map((stale) => `${stale} is in the prose and in no output`)];
}

/**
 * Executes a notebook with each of several lists of edits, from a fresh kernel each, and says what is wrong then.
 *
 * @param {string} file
 * @param {readonly (readonly Edit[])[]} lists
 * @returns {Promise<{ edit: string, faults: string[] }[]>}
 */
export async function tryEdits(file, lists) {
  const stem = path.basename(file, ".ipynb");
  const [before, after] = ["edits", "edited"].map((name) => inRoot(".cache", name, stem));
  mkdirSync(before, { recursive: true });
  const copies = lists.map((edits, i) => {
    const copy = path.join(before, `${stem}-${i + 1}.ipynb`);
    writeNotebook(copy, edited(readNotebook(file), edits));
    return copy;
  });
  const script = inRoot("scripts/python/execute.py");
  // They read data and link to each other from the folder of the original.
  const options = ["--go-on", "--in", path.dirname(file)];
  const { ok, output } = await runTool(venvPython, [script, ...options, after, ...copies]);
  if (!ok) throw new Failure(output.trim());
  return copies.map((copy, i) => ({
    edit: (lists[i] ?? []).map(({ replace }) => replace).join(", "),
    faults: faultsOf(readNotebook(path.join(after, path.basename(copy)))),
  }));
}
