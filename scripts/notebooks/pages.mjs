import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { minify } from "vite";
import { chartHtml, drawing } from "../support/charts.mjs";
import { Failure } from "../support/failure.mjs";
import { inRoot, venvPython } from "../support/paths.mjs";
import { runTool } from "../support/processes.mjs";
import { exportTemplates } from "../support/templates.mjs";
import { formulaStyle, withoutFormulas } from "./formulas.mjs";
import { joined, plotlyType, readNotebook, writeNotebook } from "./notebook.mjs";

/** @typedef {import("./notebook.mjs").Notebook} Notebook */
/** @typedef {{ notebook: Notebook, parts: Map<string, string> }} Prepared */

const prepared = inRoot(".cache", "pages");

/**
 * Writes notebooks, as they are stored, as pages that work without a network and without this folder: charts live,
 * formulas set, one file each.
 *
 * @param {readonly string[]} files
 * @param {string} folder where to write them
 * @returns {Promise<string[]>} their paths
 */
export async function writePages(files, folder) {
  mkdirSync(prepared, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const all = files.map((file) => ({ file, ...prepare(readNotebook(file)) }));
  for (const { file, notebook } of all) writeNotebook(path.join(prepared, path.basename(file)), notebook);
  const { ok, output } = await runTool(venvPython, [
    ...["-m", "nbconvert", "--to", "html", "--output-dir", folder, "--log-level", "WARN"],
    ...exportTemplates,
    ...["--template", "offline", ...all.map(({ file }) => path.join(prepared, path.basename(file)))],
  ]);
  if (!ok) throw new Failure(`The pages could not be written:\n${output.trim()}`);
  const head = `<style>${formulaStyle()}\nfigure.chart { margin: 0; }</style>`;
  const end = `<script>${await plotlyScript()}</script>\n<script>${drawing}</script>`;
  return all.map(({ file, parts }) => {
    const page = path.join(folder, path.basename(file).replace(/\.ipynb$/, ".html"));
    writeFileSync(page, completed(readFileSync(page, "utf8"), parts, head, end));
    return page;
  });
}

/**
 * Replaces formulas and charts by words that no step on the way to the page changes.
 *
 * @param {Notebook} notebook
 * @returns {Prepared} the notebook, and what belongs in the place of each such word
 */
export function prepare(notebook) {
  /** @type {Map<string, string>} */
  const parts = new Map();
  const keep = (/** @type {string} */ part) => {
    const word = `PartOfThePage${parts.size}x`;
    parts.set(word, part);
    return word;
  };
  const prose = (/** @type {string | string[]} */ text) => withoutFormulas(joined(text), keep);
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type === "markdown") return { ...cell, source: prose(cell.source) };
    const outputs = cell.outputs?.map((output) => {
      const { data } = output;
      if (data === undefined) return output;
      if (plotlyType in data) return { ...output, data: { "text/html": keep(chart(data)) } };
      const markdown = /** @type {string | string[] | undefined} */ (data["text/markdown"]);
      return markdown === undefined
        ? output
        : { ...output, data: { ...data, "text/markdown": prose(markdown) } };
    });
    return outputs === undefined ? cell : { ...cell, outputs };
  });
  return { notebook: { ...notebook, cells }, parts };
}

/**
 * A chart's place, its sentence for those who do not see it, and its data.
 *
 * @param {Record<string, unknown>} data of its output
 */
function chart(data) {
  const figure = /** @type {{ layout: { height?: number } }} */ (data[plotlyType]);
  return chartHtml(figure, joined(/** @type {string | string[]} */ (data["text/plain"])).trim());
}

/** plotly.js, which is published at twice the size that a page needs, below the notice that its license asks for. */
async function plotlyScript() {
  const file = createRequire(import.meta.url).resolve("plotly.js-dist");
  const published = readFileSync(file, "utf8");
  const notice = published.slice(0, published.indexOf("*/") + 2);
  const { code } = await minify(path.basename(file), published);
  return `${notice}\n${code}`;
}

/**
 * @param {string} page as nbconvert has written it
 * @param {Map<string, string>} parts
 * @param {string} head goes to the end of the page's head
 * @param {string} end goes to the end of its body
 */
function completed(page, parts, head, end) {
  // Replacements are functions, because "$&" in a text would be taken for a pattern.
  return page
    .replaceAll(/PartOfThePage\d+x/g, (word) => parts.get(word) ?? word)
    .replaceAll(/(?<=href="[\w-]+)\.ipynb(?=["#])/g, ".html")
    .replace("</head>", () => `${head}\n</head>`)
    .replace("</body>", () => `${end}\n</body>`);
}
