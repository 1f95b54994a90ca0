/**
 * How a file is written, where the caller says so.
 *
 * @module
 */
import { checkChoice, checkInteger, checkKeys, checkName, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { type DateForm, dateForms } from "./dateForms";
import { type Encoding, encodings } from "./encoding";
import type { Delimiter } from "./grid";

/** What separates thousands. */
export type Thousands = "," | "." | " " | "'";

/**
 * How a file is written. Everything left out is found out, and said in the result's `readAs`; everything given is taken
 * at its word, and a file that is written otherwise is refused.
 */
export interface CsvOptions {
  /** What separates cells. */
  readonly delimiter?: Delimiter | undefined;
  /**
   * Which column holds what, where headers are not the usual ones or there are none: by header, or by number counted from
   * 1; `null` leaves a volume out. `{ time: "Datum", close: "Schluss" }`; `{ date: 1, time: 2, price: 5 }`.
   */
  readonly columns?: Readonly<Record<string, string | number | null>> | undefined;
  /** What messages call the text (default: the file's name, or `"the text"`). */
  readonly name?: string | undefined;
  /** How characters are written as bytes; for files only. */
  readonly encoding?: Encoding | undefined;
  /** Lines above the header, or above the first row where there is none; 0 where the header must be the first line. */
  readonly skipRows?: number | undefined;
  /** Lines below the last row, such as a total; 0 where there must be none. */
  readonly skipFooter?: number | undefined;
  /** Rows of headers: 0 to 3. */
  readonly header?: number | undefined;
  /** How dates are written, such as `"MM/DD/YYYY"`, `"DD.MM.YYYY"` or `"Unix milliseconds"`. */
  readonly dates?: DateForm | undefined;
  /** Order of the rows; newest-first rows are reversed. */
  readonly order?: "oldest first" | "newest first" | undefined;
  /** The decimal mark. */
  readonly decimal?: "." | "," | undefined;
  /** What separates thousands, or `"none"` where nothing may. */
  readonly thousands?: Thousands | "none" | undefined;
  /** Whether currency signs, percent signs and the letters K, M, B and T behind numbers are read (default) or refused. */
  readonly marks?: "read" | "refuse" | undefined;
  /**
   * What to do with rows that lack numbers, or hold `null`, `NaN`, `-` and the like. By default a row without any price
   * is dropped, one with some of its prices is refused, and a volume with gaps is left out. `"drop"` drops all of these
   * rows, `"refuse"` refuses them, empty lines too.
   */
  readonly missing?: "drop" | "refuse" | undefined;
  /** The one symbol to load from a file with many. */
  readonly symbol?: string | undefined;
  /**
   * What to do with rows of one time: `"refuse"` (default; ticks are kept), `"keep"`, or `"merge"`: the last price, or
   * one bar, with the volumes added.
   */
  readonly duplicates?: "refuse" | "keep" | "merge" | undefined;
  /** Which prices may be: `"positive"` (default), or `"any"`, as of power, spreads and rates. */
  readonly prices?: "positive" | "any" | undefined;
}

const known: readonly (keyof CsvOptions)[] = [
  ...(["delimiter", "columns", "name", "encoding", "skipRows", "skipFooter", "header", "dates"] as const),
  ...(["order", "decimal", "thousands", "marks", "missing", "symbol", "duplicates", "prices"] as const),
];

/** What each option that is one of a few texts may be. */
const choices = {
  delimiter: [",", ";", "\t", "|"],
  encoding: encodings,
  dates: dateForms,
  order: ["oldest first", "newest first"],
  decimal: [".", ","],
  thousands: [",", ".", " ", "'", "none"],
  marks: ["read", "refuse"],
  missing: ["drop", "refuse"],
  duplicates: ["refuse", "keep", "merge"],
  prices: ["positive", "any"],
} as const;

/** Options whose every field was checked. */
export type CheckedOptions = CsvOptions & { readonly name: string };

/** Checks options. `columns` are the names that a table's columns have. */
export function checkCsvOptions(options: unknown, columns: readonly string[]): CheckedOptions {
  const given = checkKeys("options", options, known);
  for (const [name, allowed] of Object.entries(choices)) {
    if (given[name] !== undefined) checkChoice<string>(`options.${name}`, given[name], allowed);
  }
  for (const name of ["skipRows", "skipFooter"]) {
    if (given[name] !== undefined) checkInteger(`options.${name}`, given[name], 0, 1e6);
  }
  if (given.header !== undefined) checkInteger("options.header", given.header, 0, 3);
  if (given.symbol !== undefined) checkText("options.symbol", given.symbol);
  if (given.name !== undefined) checkText("options.name", given.name);
  if (given.columns !== undefined) checkColumns(given.columns, columns);
  if (given.decimal !== undefined && given.decimal === given.thousands) {
    const allowed = "another mark than options.decimal";
    throw new InputError("options.thousands", given.thousands, allowed);
  }
  return { ...(given as CsvOptions), name: (given.name as string | undefined) ?? "the text" };
}

function checkColumns(value: unknown, columns: readonly string[]): void {
  for (const [name, column] of Object.entries(checkKeys("options.columns", value, columns))) {
    const parameter = `options.columns.${name}`;
    if (column === null && (name === "volume" || name === "symbol")) continue;
    if (typeof column === "number") checkInteger(parameter, column, 1, 10_000);
    else if (typeof column === "string") checkName(parameter, column);
    else throw new InputError(parameter, column, "a header, or the number of a column, counted from 1");
  }
}
