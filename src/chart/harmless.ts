/**
 * Text that comes from data, made harmless in one place: plotly.js reads a small part of HTML in titles, names and hovers,
 * and a page with MathJax takes what stands between two dollar signs for a formula.
 *
 * @module
 */

/** An opening bracket that does not begin one of the tags that charts use; these can do no harm. */
const otherTag = /<(?!\/?(?:br|extra|sub|sup)>)/g;

/** A text that plotly.js draws as it stands, but for line breaks, indices and powers. */
export function harmless(text: string): string {
  return text.replaceAll("&", "&amp;").replace(otherTag, "&lt;").replaceAll("$", "&#36;");
}

/** A part of a figure with all of its texts made harmless; arrays of numbers as they are. */
export function harmlessPart<T>(part: T): T {
  return cleaned(part) as T;
}

function cleaned(part: unknown): unknown {
  if (typeof part === "string") return harmless(part);
  if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) return part.some(holdsText) ? part.map(cleaned) : part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, cleaned(value)]));
}

function holdsText(value: unknown): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}
