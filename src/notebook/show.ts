/**
 * The only file that knows tslab and Jupyter.
 *
 * @module
 */

import type { Figure, Table } from "../chart/figure";
import { checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { wrapped } from "./wrap";

/** What a Jupyter `display_data` message carries. */
interface DisplayData {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: Readonly<Record<string, unknown>>;
}

type WriteDisplayData = (content: DisplayData, update: boolean) => void;

/**
 * Shows a figure or a table in the notebook, below the running cell.
 *
 * A figure goes out as plotly data, which JupyterLab draws without any script in the notebook, and as a
 * sentence for every other reader. A table goes out as HTML and as aligned text.
 *
 * @param picture - a figure or a table
 * @throws InputError when it is neither
 * @throws Error outside a tslab notebook, where there is nothing to show it in
 */
export function show(picture: Figure | Table): void {
  const data = mimeBundle(picture);
  writeDisplayData()({ data, metadata: {}, transient: {} }, false);
}

/**
 * Says something below the running cell, as prose: for sentences whose numbers are computed, which stay true when a
 * parameter is changed.
 *
 * @param sentences - one or more texts, joined into a paragraph; Markdown such as `**bold**` is understood, and a
 *   dollar sign stays one
 * @throws InputError when there is none, or one is no text
 * @throws Error outside a tslab notebook, where there is nowhere to say it
 */
export function say(...sentences: readonly string[]): void {
  const data = proseBundle(sentences);
  writeDisplayData()({ data, metadata: {}, transient: {} }, false);
}

/** A paragraph in the forms that a notebook may ask for. */
export function proseBundle(sentences: readonly string[]): Readonly<Record<string, unknown>> {
  if (sentences.length === 0) throw new InputError("sentences", undefined, "at least one text");
  for (const sentence of sentences) checkText("sentences", sentence);
  const text = sentences.map((sentence) => sentence.trim()).join(" ");
  return {
    // A dollar sign would begin a formula.
    "text/markdown": text.replaceAll("$", "\\$"),
    // Line by line: a list stays one.
    "text/plain": text
      .replaceAll("**", "")
      .split("\n")
      .map((line) => wrapped(line.trim(), 100))
      .join("\n"),
  };
}

/**
 * A progress bar for work that can take seconds: give it to a call that takes `onProgress`. It appears below the
 * running cell with the first report of unfinished work, so that short work shows none, and stays at 100%.
 *
 * @param words - what is going on, in a few words
 * @returns a function that takes the fraction completed, from 0 to 1
 * @throws InputError when the words are no text, or what the function is given no number
 * @throws Error outside a tslab notebook, as soon as there is something to show
 *
 * @example
 * ```ts
 * typeof progressBar("Simulating"); // → function
 * ```
 */
export function progressBar(words: string): (fraction: number) => void {
  checkText("words", words);
  const id = { display_id: `progress-${nextBar++}` };
  let isShown = false;
  return (fraction) => {
    if (typeof fraction !== "number" || Number.isNaN(fraction))
      throw new InputError("fraction", fraction, "a number from 0 to 1");
    if (!isShown && fraction >= 1) return;
    const percent = Math.round(100 * Math.min(1, Math.max(0, fraction)));
    const data = {
      "text/html": `<progress max="100" value="${percent}"></progress> ${escapeHtml(words)}: ${percent}%`,
      "text/plain": `${words}: ${percent}%`,
    };
    writeDisplayData()({ data, metadata: {}, transient: id }, isShown);
    isShown = true;
  };
}

/** Distinguishes the bars of one kernel. */
let nextBar = 0;

/** A picture in all the forms that a notebook may ask for. */
export function mimeBundle(picture: Figure | Table): Readonly<Record<string, unknown>> {
  if (isFigure(picture)) {
    const { data, layout, config, frames } = picture;
    return {
      "application/vnd.plotly.v1+json":
        frames === undefined ? { data, layout, config } : { data, layout, config, frames },
      "text/plain": picture.summary,
    };
  }
  if (isTable(picture)) {
    const shown = shortened(picture);
    return { "text/html": tableHtml(shown), "text/plain": tableText(shown) };
  }
  throw new InputError("show's argument", picture, "a figure or a table that this library made");
}

function isFigure(picture: Figure | Table | undefined): picture is Figure {
  return picture?.kind === "figure" && Array.isArray(picture.data) && typeof picture.layout === "object";
}

function isTable(picture: Figure | Table | undefined): picture is Table {
  const isTexts = (cells: unknown): boolean =>
    Array.isArray(cells) && Array.from(cells).every((cell) => typeof cell === "string");
  return (
    picture?.kind === "table" &&
    typeof picture.caption === "string" &&
    isTexts(picture.columns) &&
    Array.isArray(picture.rows) &&
    Array.from(picture.rows).every(isTexts)
  );
}

/**
 * The running kernel's own way to write to the notebook. It is looked up among the loaded modules rather than
 * required: the kernel may be another copy of tslab than the one that `require` would find from here, and a
 * program that is no kernel should not load tslab at all.
 */
function writeDisplayData(): WriteDisplayData {
  for (const [path, module] of Object.entries(require.cache)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path)) continue;
    const jupyter: { readonly lastWriteDisplayData?: WriteDisplayData | null } = module?.exports ?? {};
    if (typeof jupyter.lastWriteDisplayData === "function") return jupyter.lastWriteDisplayData;
  }
  throw new Error(
    "show and say only work in a notebook that runs on the tslab kernel. " +
      "Start JupyterLab with `npm start`, or use the figure's `data` and `layout` with plotly.js yourself.",
  );
}

/** More rows are read by nobody and slow the page. */
const mostRows = 1000;

/** A long table with its first rows, and a row that says how many are left out. */
function shortened(table: Table): Table {
  const { columns, rows } = table;
  const more = rows.length - mostRows;
  if (more <= 0) return table;
  const last = columns.map((_, i) => (i === 0 ? `… and ${formatNumber(more)} more rows` : ""));
  return { ...table, rows: [...rows.slice(0, mostRows), last] };
}

/** Whether a column holds words rather than numbers, with or without a unit. */
function isOfWords(rows: Table["rows"], column: number): boolean {
  const said = rows.map((row) => row[column] ?? "").filter((text) => text !== "");
  return 2 * said.filter(isWorded).length > said.length;
}

/** Whether a cell begins with a letter, or says more than a unit of its number would. */
function isWorded(cell: string): boolean {
  return /^[\p{L}“"(]/u.test(cell) || (cell.match(/\p{L}{2,}/gu) ?? []).length > 4;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const sides = columns.map((_, i) => (i === 0 || isOfWords(rows, i) ? "left" : "right"));
  const align = (column: number): string => `style="text-align:${sides[column]}"`;
  const head = columns.map((text, i) => `<th scope="col" ${align(i)}>${escapeHtml(text)}</th>`).join("");
  const body = rows.map(
    (row) =>
      `<tr>${row
        .map((text, i) =>
          i === 0
            ? `<th scope="row" ${align(i)}>${escapeHtml(text)}</th>`
            : `<td ${align(i)}>${escapeHtml(text)}</td>`,
        )
        .join("")}</tr>`,
  );
  // A short caption widens a narrow table rather than be broken into a word a line.
  const style = caption.length <= 60 ? ' style="white-space:nowrap"' : "";
  return (
    `<table><caption${style}>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
  );
}

function tableText({ caption, columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) =>
    lines.reduce((widest, line) => Math.max(widest, (line[i] ?? "").length), 0),
  );
  const isLeft = columns.map((_, i) => i === 0 || isOfWords(rows, i));
  const texts = lines.map((line) =>
    line
      .map((text, i) => (isLeft[i] ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join("  "),
  );
  return [caption, ...texts].join("\n");
}

function escapeHtml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // A page with MathJax takes what stands between two dollar signs of one text for a formula.
      .replaceAll("$", "<span>$</span>")
  );
}
