/**
 * Cells of a table of text: where they stand, and the numbers in them.
 *
 * @module
 */
import { type CellPlace, DataError } from "../support/errors";

/** Marks that may separate thousands. */
export type ThousandsMark = "," | "." | " " | "'";

/** How numbers are written. */
export interface NumberStyle {
  readonly decimal: "." | ",";
  readonly thousands: ThousandsMark | undefined;
}

/** What separates cells: the mark that stands in the header; a comma where none does. */
export function separatorOf(header: string): "," | ";" | "\t" {
  if (header.includes("\t")) return "\t";
  return header.includes(";") ? ";" : ",";
}

/** The cells of a line, without the quotation marks around them. */
export function cellsOf(line: string, separator: string, place: Omit<CellPlace, "column">): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const found = line.indexOf(separator, at);
      const end = found < 0 ? line.length : found;
      cells.push(line.slice(at, end).trim());
      at = end + 1;
      continue;
    }
    const close = closingQuote(line, at + 1);
    const next = line[close + 1];
    if (close < 0 || (next !== undefined && next !== separator)) {
      throw new DataError(
        { ...place, column: cells.length + 1 },
        line.slice(at),
        "a cell whose quotation marks end with it",
      );
    }
    cells.push(
      line
        .slice(at + 1, close)
        .replaceAll('""', '"')
        .trim(),
    );
    at = close + 2;
  }
  return cells;
}

/** The mark that closes a cell; two in a row stand for one that belongs to it. −1 where there is none. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number written in a style; NaN where the text is not one. */
export function readNumber(text: string, { decimal, thousands }: NumberStyle): number {
  if (thousands === undefined) {
    const written = decimal === "," && !text.includes(".") ? text.replace(",", ".") : text;
    return (decimal === "," && text.includes(".")) || !plain.test(written) ? Number.NaN : Number(written);
  }
  const [whole, ...rest] = text.split(decimal);
  if (rest.length > 1 || rest.some((part) => part.includes(thousands))) return Number.NaN;
  const groups = whole.split(thousands);
  const isGrouped =
    groups.length === 1 || (/^[+-]?\d{1,3}$/.test(groups[0]) && groups.slice(1).every(isGroup));
  const written = [groups.join(""), ...rest].join(".");
  return isGrouped && plain.test(written) ? Number(written) : Number.NaN;
}

const isGroup = (text: string): boolean => /^\d{3}$/.test(text);

const styles: readonly (readonly [option: string, style: NumberStyle])[] = [
  ['thousands: ","', { decimal: ".", thousands: "," }],
  ['decimal: ","', { decimal: ",", thousands: undefined }],
  ['decimal: "," and thousands: "."', { decimal: ",", thousands: "." }],
  ['thousands: " "', { decimal: ".", thousands: " " }],
  ['decimal: "," and thousands: " "', { decimal: ",", thousands: " " }],
  ['thousands: "\'"', { decimal: ".", thousands: "'" }],
];

/** Other ways to read a cell, for a message; empty where there is none. */
export function otherReadings(text: string): string {
  const seen = new Set<number>();
  const readings: string[] = [];
  for (const [option, style] of styles) {
    const value = readNumber(text, style);
    if (Number.isNaN(value) || seen.has(value)) continue;
    seen.add(value);
    readings.push(`${value} with ${option}`);
  }
  return readings.length === 0
    ? ""
    : `It can be read as ${readings.join(", or as ")}: say which in the options.`;
}
