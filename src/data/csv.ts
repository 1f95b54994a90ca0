/**
 * Tables of prices from text: everything is checked, and a table is loaded whole or not at all.
 *
 * The text is taken apart by papaparse; what a cell may hold is decided here.
 *
 * @module
 */
import Papa from "papaparse";
import { checkChoice, checkKeys, checkName } from "../support/checks";
import { DataError, InputError } from "../support/errors";

/** How a file is written. */
export interface CsvOptions {
  /** What separates cells: `","` (default), `";"`, `"\t"` or `"|"`. */
  readonly delimiter?: "," | ";" | "\t" | "|" | undefined;
  /** Headers of the columns, where they are not the usual ones: `{ time: "Datum", close: "Schluss" }`. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

/** One column that a table must have. */
export interface ColumnKind {
  /** Name in the result. */
  readonly name: string;
  /** Headers by which it is found, in small letters. */
  readonly headers: readonly string[];
  readonly holds: "time" | "price" | "quantity";
  readonly isOptional?: boolean;
}

/** A table that was read: times as they stand in the file, and numbers. */
export interface ParsedTable {
  readonly times: readonly string[];
  /** Columns of numbers by name; an optional one that the file lacks is not there. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
}

/** Where a cell stands. */
export interface CellPlace {
  /** Line of the file, counted from 1, the header's. */
  readonly line: number;
  /** Cell of the line, counted from 1. */
  readonly column: number;
}

/** A check across the cells of one row: what is wrong, or nothing. */
export type RowCheck = (
  value: (name: string) => number,
) => { readonly name: string; readonly allowed: string } | undefined;

/** Day, and time of day where there is one: 2013-09-03, 2013-09-03 08:30, 2013-09-03T08:30:15.250Z, 08:30:00-05:00. */
const timePattern =
  /^\d{4}-(\d\d)-(\d\d)(?:[ T]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const offsetPattern = /([+-]\d\d):?(\d\d)$/;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a table from text.
 *
 * @param name - what messages call the text
 * @throws DataError (an InputError with line and column) at the first cell that is not what it should be
 */
export function parseTable(
  text: string,
  name: string,
  kinds: readonly ColumnKind[],
  options: CsvOptions,
  checkRow?: RowCheck,
): ParsedTable {
  const { delimiter, columns } = checkCsvOptions(options, kinds);
  const refuse = (place: CellPlace, header: string, value: unknown, allowed: string, hint = ""): never => {
    throw new DataError(name, place, header, value, allowed, hint);
  };
  let places: readonly { readonly kind: ColumnKind; readonly column: number }[] = [];
  let width = 0;
  const times: string[] = [];
  const values: Record<string, number[]> = {};
  const columnOf = (wanted: string): number => places.find(({ kind }) => kind.name === wanted)?.column ?? 0;

  const readHeader = (cells: readonly string[], line: number): void => {
    const headers = cells.map((cell) => cell.trim());
    places = findColumns(headers, kinds, columns, (column, value, allowed, hint) =>
      refuse(
        { line, column },
        headers[column - 1] ?? "",
        value,
        allowed,
        hint ?? separatorHint(cells, delimiter),
      ),
    );
    width = cells.length;
    for (const { kind } of places) if (kind.holds !== "time") values[kind.name] = [];
  };

  const readRow = (cells: readonly string[], line: number): void => {
    if (cells.length > width) {
      const allowed = `nothing: the header has ${width} columns`;
      refuse({ line, column: width + 1 }, "", cells[width], allowed, "Write decimals with a point.");
    }
    for (const { kind, column } of places) {
      const cell = cells[column - 1]?.trim();
      const place = { line, column };
      if (kind.holds === "time") {
        const before = times[times.length - 1];
        const wrong = timeProblem(cell, before);
        if (wrong !== undefined) refuse(place, kind.name, cell, wrong);
        times.push(cell as string);
        continue;
      }
      const number = cell === undefined || !numberPattern.test(cell) ? Number.NaN : Number(cell);
      const isPrice = kind.holds === "price";
      if (!(isPrice ? number > 0 : number >= 0) || number === Number.POSITIVE_INFINITY) {
        const allowed = isPrice ? "a price, a number above 0" : "a quantity, a number from 0";
        refuse(place, kind.name, cell, allowed, numberHint(cell));
      }
      values[kind.name].push(number);
    }
    const row = times.length - 1;
    const wrong = checkRow?.((wanted) => values[wanted]?.[row] as number);
    if (wrong !== undefined) {
      const column = columnOf(wrong.name);
      refuse({ line, column }, wrong.name, cells[column - 1], wrong.allowed);
    }
  };

  let emptyLine: number | undefined;
  forEachRow(text, delimiter, (cells, line, quoteFault) => {
    if (quoteFault !== undefined) {
      refuse({ line, column: 1 }, "", cells.join(delimiter), `well quoted: ${quoteFault}`);
    }
    if (width === 0) return readHeader(cells, line);
    // Files end with an empty line, those of spreadsheets with many, which may hold separators.
    if (cells.every((cell) => cell.trim() === "")) {
      emptyLine ??= line;
      return;
    }
    if (emptyLine !== undefined) {
      refuse({ line: emptyLine, column: 1 }, "", "", "a row of numbers", "The line is empty: delete it.");
    }
    readRow(cells, line);
  });
  if (width === 0 || times.length === 0) {
    const allowed = width === 0 ? "a header that names the columns" : "a row of numbers";
    refuse({ line: width === 0 ? 1 : 2, column: 1 }, "", undefined, allowed);
  }
  const numbers = Object.fromEntries(
    Object.entries(values).map(([key, list]) => [key, Float64Array.from(list)]),
  );
  return Object.freeze({ times: Object.freeze(times), numbers: Object.freeze(numbers) });
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
): { delimiter: string; columns: Readonly<Record<string, string>> } {
  const given = checkKeys("options", options, ["delimiter", "columns"]);
  const delimiter = given.delimiter === undefined ? "," : given.delimiter;
  const names = kinds.map((kind) => kind.name);
  const columns = given.columns === undefined ? {} : checkKeys("options.columns", given.columns, names);
  for (const [name, header] of Object.entries(columns)) checkName(`options.columns.${name}`, header);
  return {
    delimiter: checkChoice("options.delimiter", delimiter, [",", ";", "\t", "|"]),
    columns: columns as Readonly<Record<string, string>>,
  };
}

/** Which cell of a row belongs to which column. */
function findColumns(
  headers: readonly string[],
  kinds: readonly ColumnKind[],
  renamed: Readonly<Record<string, string>>,
  refuse: (column: number, value: unknown, allowed: string, hint?: string) => never,
): readonly { readonly kind: ColumnKind; readonly column: number }[] {
  return kinds.flatMap((kind) => {
    const own = renamed[kind.name];
    const wanted = own === undefined ? kind.headers : [own.toLowerCase()];
    const found = headers.flatMap((header, i) => (wanted.includes(header.toLowerCase()) ? [i + 1] : []));
    const words = wanted.map((header) => `"${header}"`).join(" or ");
    if (found.length > 1) {
      const [one, other] = found.map((column) => headers[column - 1]) as [string, string];
      const join = kind.holds === "time" ? ", or write both into one column" : "";
      const hint =
        one.toLowerCase() === other.toLowerCase()
          ? ""
          : `Name one in options.columns: { ${kind.name}: "${one}" }${join}.`;
      const allowed = `a header of its own: "${one}" already stands for ${kind.name}`;
      return refuse(found[1], other, allowed, hint);
    }
    if (found.length === 0 && kind.isOptional && own === undefined) return [];
    if (found.length === 0) return refuse(1, headers.join(", "), `a header with a column ${words}`);
    return [{ kind, column: found[0] }];
  });
}

/** What is wrong with a time after another; nothing where it is in order. */
function timeProblem(cell: string | undefined, before: string | undefined): string | undefined {
  const found = cell === undefined ? null : timePattern.exec(cell);
  if (cell === undefined || found === null || !isDay(cell, Number(found[1]), Number(found[2]))) {
    return "a date like 2013-09-03, or a time like 2013-09-03 08:30:00";
  }
  if (before === undefined) return undefined;
  // Texts of one form are in the order of time when they are in that of the alphabet.
  const isOneForm = cell.length === before.length && cell[10] === before[10];
  if (!isOneForm) return `written like the time before it, ${before}`;
  const isLater = offsetPattern.test(cell.slice(11)) ? instantOf(cell) > instantOf(before) : cell > before;
  return isLater ? undefined : `later than the time before it, ${before}`;
}

/** A time with an offset from Greenwich, in microseconds: clocks that are set back must not look like disorder. */
function instantOf(time: string): number {
  const local = time.replace(" ", "T").replace(offsetPattern, "");
  const [seconds, fraction = ""] = local.split(".") as [string, string?];
  const [, hours, minutes] = offsetPattern.exec(time) ?? ["", "+00", "00"];
  const offset = Number(hours) * 60 + (hours?.startsWith("-") ? -1 : 1) * Number(minutes);
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, "0")) - offset * 60_000_000;
}

function isDay(text: string, month: number, day: number): boolean {
  if (day <= 28) return month >= 1 && month <= 12 && day >= 1;
  const year = Number(text.slice(0, 4));
  return month >= 1 && month <= 12 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function numberHint(cell: string | undefined): string {
  return cell !== undefined && /^-?\d+,\d+$/.test(cell) ? "Write decimals with a point." : "";
}

/** Says which separator a header that fell into one piece probably has. */
function separatorHint(cells: readonly string[], delimiter: string): string {
  if (cells.length > 1) return "";
  const other = [";", "\t", "|", ","].find((mark) => mark !== delimiter && cells[0]?.includes(mark));
  return other === undefined
    ? ""
    : `The separator seems to be ${JSON.stringify(other)}: give options.delimiter.`;
}

/** Refuses what is no text. */
export function checkText(parameter: string, text: unknown): string {
  if (typeof text === "string") return text;
  throw new InputError(parameter, text, "a text");
}
