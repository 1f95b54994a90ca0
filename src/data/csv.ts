/**
 * Tables of prices from text: everything is checked, and a table is loaded whole or not at all.
 *
 * The text is taken apart by papaparse; what a cell may hold is decided here.
 *
 * @module
 */
import Papa from "papaparse";
import { checkChoice, checkKeys, checkName, checkText } from "../support/checks";
import { DataError } from "../support/errors";
import { type ColumnKind, type FoundColumn, findColumns } from "./columns";
import { timeProblem } from "./time";

/** How a file is written. */
export interface CsvOptions {
  /** What separates cells: `","` (default), `";"`, `"\t"` or `"|"`. */
  readonly delimiter?: "," | ";" | "\t" | "|" | undefined;
  /** Headers of the columns, where they are not the usual ones: `{ time: "Datum", close: "Schluss" }`. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** What messages call the text (default: the file's name, or `"the text"`). */
  readonly name?: string | undefined;
}

/** What a table must have. */
export interface TableKind {
  readonly columns: readonly ColumnKind[];
  /** What must hold across the cells of one row. */
  readonly checkRow?: RowCheck;
}

/** A check across the cells of one row: what is wrong, or nothing. */
export type RowCheck = (
  value: (name: string) => number,
) => { readonly name: string; readonly allowed: string } | undefined;

/** A table that was read: times as they stand in the file, and numbers. */
export interface ParsedTable {
  /** What messages call it. */
  readonly name: string;
  readonly times: readonly string[];
  /** Columns of numbers by name; an optional one that the file lacks is not there. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a table from text.
 *
 * @throws DataError (an InputError with line and column) at the first cell that is not what it should be
 */
export function parseTable(text: string, kind: TableKind, options: CsvOptions): ParsedTable {
  const { name, delimiter, columns } = checkCsvOptions(options, kind.columns);
  let draft: Draft | undefined;
  let emptyLine: number | undefined;
  forEachRow(text, delimiter, (cells, line, quoteFault) => {
    if (quoteFault !== undefined) {
      const allowed = `well quoted: ${quoteFault}`;
      throw new DataError({ file: name, line, column: 1 }, cells.join(delimiter), allowed);
    }
    if (draft === undefined) {
      const places = findColumns({ cells, line, delimiter, source: name }, kind.columns, columns);
      draft = emptyDraft(name, places, cells.length);
      return;
    }
    // Files end with an empty line, those of spreadsheets with many, which may hold separators.
    if (cells.every((cell) => cell.trim() === "")) {
      emptyLine ??= line;
      return;
    }
    if (emptyLine !== undefined) {
      const hint = "The line is empty: delete it.";
      throw new DataError({ file: name, line: emptyLine, column: 1 }, "", "a row of numbers", hint);
    }
    readRow(draft, cells, line, kind.checkRow);
  });
  return finished(name, draft);
}

/** A table in the making. */
interface Draft {
  readonly name: string;
  readonly places: readonly FoundColumn[];
  /** Number of cells of the header. */
  readonly width: number;
  readonly times: string[];
  readonly values: Readonly<Record<string, number[]>>;
}

function emptyDraft(name: string, places: readonly FoundColumn[], width: number): Draft {
  const numeric = places.filter(({ kind }) => kind.holds !== "time");
  const values = Object.fromEntries(numeric.map(({ kind }): [string, number[]] => [kind.name, []]));
  return { name, places, width, times: [], values };
}

/** Adds a row, or refuses its first cell that is not what it should be. */
function readRow(draft: Draft, cells: readonly string[], line: number, checkRow?: RowCheck): void {
  const { name, places, width, times, values } = draft;
  if (cells.length > width) {
    const allowed = `nothing: the header has ${width} columns`;
    const place = { file: name, line, column: width + 1 };
    throw new DataError(place, cells[width], allowed, "Write decimals with a point.");
  }
  for (const { kind, column } of places) {
    const cell = cells[column - 1]?.trim();
    if (kind.holds === "time") {
      const wrong = timeProblem(cell, times[times.length - 1]);
      if (wrong !== undefined)
        throw new DataError({ file: name, line, column, header: kind.name }, cell, wrong);
      times.push(cell as string);
      continue;
    }
    const isPrice = kind.holds === "price";
    const number = cell === undefined || !numberPattern.test(cell) ? Number.NaN : Number(cell);
    if (!(isPrice ? number > 0 : number >= 0) || number === Number.POSITIVE_INFINITY) {
      const allowed = isPrice ? "a price, a number above 0" : "a quantity, a number from 0";
      throw new DataError({ file: name, line, column, header: kind.name }, cell, allowed, numberHint(cell));
    }
    values[kind.name].push(number);
  }
  const row = times.length - 1;
  const wrong = checkRow?.((wanted) => values[wanted]?.[row] as number);
  if (wrong === undefined) return;
  const column = places.find(({ kind }) => kind.name === wrong.name)?.column ?? 0;
  throw new DataError({ file: name, line, column, header: wrong.name }, cells[column - 1], wrong.allowed);
}

/** The table, where there is one at the end of the text. */
function finished(name: string, draft: Draft | undefined): ParsedTable {
  if (draft === undefined) {
    const allowed = "a header that names the columns";
    throw new DataError({ file: name, line: 1, column: 1 }, undefined, allowed);
  }
  const { times, values } = draft;
  if (times.length === 0) {
    throw new DataError({ file: name, line: 2, column: 1 }, undefined, "a row of numbers");
  }
  return Object.freeze({ name, times: Object.freeze(times), numbers: Object.freeze(values) });
}

/** Goes through the rows of a text with the line that each begins on. */
function forEachRow(
  text: string,
  delimiter: string,
  visit: (cells: readonly string[], line: number, quoteFault: string | undefined) => void,
): void {
  let line = 1;
  const hasQuotes = text.includes('"');
  Papa.parse<string[]>(text, {
    delimiter,
    step({ data, errors }) {
      visit(data, line, errors.find(({ type }) => type === "Quotes")?.message);
      line += 1;
      // A quoted cell may contain line breaks.
      if (hasQuotes) for (const cell of data) line += cell.split("\n").length - 1;
    },
  });
}

function checkCsvOptions(
  options: CsvOptions,
  kinds: readonly ColumnKind[],
): { name: string; delimiter: string; columns: Readonly<Record<string, string>> } {
  const given = checkKeys("options", options, ["delimiter", "columns", "name"]);
  const delimiter = given.delimiter === undefined ? "," : given.delimiter;
  const names = kinds.map((kind) => kind.name);
  const columns = given.columns === undefined ? {} : checkKeys("options.columns", given.columns, names);
  for (const [name, header] of Object.entries(columns)) checkName(`options.columns.${name}`, header);
  return {
    name: given.name === undefined ? "the text" : checkText("options.name", given.name),
    delimiter: checkChoice("options.delimiter", delimiter, [",", ";", "\t", "|"]),
    columns: columns as Readonly<Record<string, string>>,
  };
}

function numberHint(cell: string | undefined): string {
  return cell !== undefined && /^-?\d+,\d+$/.test(cell) ? "Write decimals with a point." : "";
}
