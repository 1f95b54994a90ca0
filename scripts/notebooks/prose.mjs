import { joined } from "./notebook.mjs";

/** @typedef {import("./notebook.mjs").Notebook} Notebook */

/** A paragraph that begins so is about the parameters that the source published, whatever a reader's are. */
export const publishedMark = "*Published run.*";

/** What counts, numbers or dates a text rather than being computed, and so cannot go stale. */
const references = [
  // Places: "section 3", "sections 2–5", "eq. (20)", "AC eqs. 18 and 20", "notebook 03", "01b".
  /\b(?:sections?|eqs?\.|equations?|chapters?|figures?|tables?|notebooks?|exercises?|pp?\.|volume|vol\.|no\.|§)\s*\(?\d+\w?(?:\.\d+)*\)?(?:(?:\s*[–,-]\s*|\s+(?:and|to|or)\s+)\(?\d+\w?(?:\.\d+)*\)?)*/gi,
  /\b0\d[a-z]?(?:_\w+)?\b/g,
  // Years, and dates with one.
  /\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:\d{1,2}, )?(?:19|20)\d\d\b/g,
  /\b(?:19|20)\d\d(?:[–-]\d\d(?:\d\d)?)*\b/g,
];

const number = /(?<![\p{L}\d_.,])\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?(?![\p{L}\d_])/gu;

/**
 * The numerals of a text that a computation must give: none of headings, lists' own numbers, quotations, formulas,
 * code, links' addresses, references and paragraphs about the published run.
 *
 * @param {string} markdown
 * @returns {string[]}
 */
export function numeralsOf(markdown) {
  const paragraphs = markdown
    .replaceAll(/```[\s\S]*?```|\$\$[\s\S]*?\$\$/g, "")
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)|\n(?=>)/);
  return paragraphs.flatMap((paragraph) => {
    const text = paragraph.trim().replace(/^(?:[-*]|\d+\.)\s+/, "");
    if (text.startsWith(publishedMark) || /^(?:#|>)/.test(text)) return [];
    const plain = text.replaceAll(/`[^`]*`|\$[^$]*\$|\]\([^)]*\)|<[^>]*>/g, " ").replaceAll("−", "-");
    const rest = references.reduce((words, reference) => words.replaceAll(reference, " "), plain);
    return rest.match(number) ?? [];
  });
}

/**
 * Numerals of a notebook's prose that none of its outputs shows: after an edit of a parameter, those that have gone
 * stale.
 *
 * @param {Notebook} notebook
 * @returns {string[]} each with the id of its cell
 */
export function staleNumbers({ cells }) {
  const outputs = cells.flatMap(({ outputs: list = [] }) =>
    list.flatMap(({ text, data = {} }) => [
      joined(text),
      ...["text/plain", "text/markdown"].map((type) => joined(/** @type {string} */ (data[type]))),
    ]),
  );
  const shown = new Set(outputs.flatMap((text) => text.match(number) ?? []).map(plainNumber));
  let isOver = false;
  const prose = cells.flatMap(({ id, cell_type, source }) => {
    if (cell_type !== "markdown" || isOver) return [];
    const [before = "", references] = joined(source).split(/^## References/m);
    isOver = references !== undefined;
    return [{ id, text: before }];
  });
  return prose.flatMap(({ id, text }) =>
    numeralsOf(text)
      .filter((numeral) => !shown.has(plainNumber(numeral)))
      .map((numeral) => `${id}: ${numeral}`),
  );
}

/** @param {string} numeral */
const plainNumber = (numeral) => String(Number(numeral.replaceAll(",", "")));
