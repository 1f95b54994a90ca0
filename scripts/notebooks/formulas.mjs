import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import katex from "katex";

/** A piece of code, which may hold dollar signs of its own; a displayed formula; a formula within a line. */
const pieces = /(`+)[\s\S]*?[^`]\1(?!`)|\$\$([\s\S]+?)\$\$|(?<![\\$])\$(?![\s$])([^$]*?[^\s\\$])\$/g;

/**
 * Takes the formulas out of Markdown, which would read their underscores and asterisks as its own.
 *
 * @param {string} markdown
 * @param {(html: string) => string} keep given a formula as HTML (with MathML for readers aloud), returns what to write in
 *   its place
 * @throws {Error} when a formula cannot be read
 */
export const withoutFormulas = (markdown, keep) =>
  markdown.replaceAll(pieces, (piece, _, displayed, inline) => {
    const formula = displayed ?? inline;
    if (formula === undefined) return piece;
    return keep(katex.renderToString(formula, { displayMode: displayed !== undefined, strict: "error" }));
  });

const notice = "/* KaTeX, https://katex.org. Copyright Khan Academy and other contributors. MIT license. */";

/** The style sheet of the formulas, with its fonts in it. */
export function formulaStyle() {
  const sheet = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const embedded = readFileSync(sheet, "utf8").replaceAll(
    /src:url\(([^)]+\.woff2)\)[^;}]*/g,
    (_, font) =>
      `src:url(data:font/woff2;base64,${readFileSync(path.join(path.dirname(sheet), font), "base64")})`,
  );
  return `${notice}\n${embedded}`;
}
