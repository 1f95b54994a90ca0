/**
 * The numbers of a table, by the one decimal mark that the whole file has.
 *
 * @module
 */
import type { DataError } from "../support/errors";
import { cellText } from "./grid";
import type { Place } from "./header";
import { firstDifference, type NumberColumns, type NumberFault, readNumbers } from "./numbers";
import { type NumeralStyle, readNumeral } from "./numerals";
import type { CheckedOptions } from "./options";
import { cellFault, type Table } from "./table";

const allThousands = [",", ".", " ", "'"] as const;
const markWords = { ".": "point", ",": "comma" } as const;

/** What a column may hold, in words. */
export function allowedWords({ kind }: Place, { prices }: CheckedOptions): string {
  if (kind.holds === "quantity") return "a quantity, a number from 0";
  return prices === "any" ? "a price, a number" : "a price, a number above 0";
}

/**
 * Reads columns of numbers: by the decimal mark that the caller names, or by that of the two by which every number of the
 * file can be read.
 *
 * @throws DataError at the first cell that is no number, or that both marks make a number of, and not the same
 */
export function readColumns(table: Table, places: readonly Place[]): NumberColumns {
  const block = { grid: table.grid, rows: table.rows, columns: places.map(({ column }) => column) };
  const found = stylesOf(table).map((style) => readNumbers(block, style));
  const whole = found.filter(({ fault }) => fault === undefined);
  const [one, other] = whole;
  if (one === undefined) throw noNumber(table, places, found);
  const difference = other === undefined ? undefined : firstDifference(one, other);
  if (difference !== undefined) throw twoNumbers(table, places, whole, difference);
  return one;
}

/**
 * The ways in which the numbers of a table may be written. A decimal comma in cells that commas separate needs quotation
 * marks, so that without any there is only the point; and the terminals whose headers stand in angle brackets write points.
 */
function stylesOf({ grid, layout, options }: Table): readonly NumeralStyle[] {
  const { decimal, thousands, marks } = options;
  const isPoint =
    (grid.delimiter === "," && grid.quotedCells === 0) || layout.headers.some((text) => /^<.+>$/.test(text));
  const decimals = decimal !== undefined ? [decimal] : isPoint ? ["." as const] : ([".", ","] as const);
  return decimals
    .filter((mark) => mark !== thousands)
    .map((mark) => ({
      decimal: mark,
      thousands: allThousands.filter(
        (other) => other !== mark && (thousands === undefined || other === thousands),
      ),
      readsMarks: marks !== "refuse",
    }));
}

/** The refusal of a cell that is no number, where the reading that goes furthest ends. */
function noNumber(table: Table, places: readonly Place[], found: readonly NumberColumns[]): DataError {
  const furthest = found.reduce((one, other) =>
    (other.fault?.row ?? 0) > (one.fault?.row ?? 0) ? other : one,
  );
  const { row, column, isUneven } = furthest.fault as NumberFault;
  const place = places[column];
  const text = cellText(table.grid, table.rows[row], place.column);
  const wanted = allowedWords(place, table.options);
  const at = { column: place.column, name: place.kind.name };
  if (isUneven) return cellFault(table, row, at, "written like the numbers above it", unevenHint);
  return cellFault(table, row, at, wanted, hintFor(text, furthest.decimal, table.options));
}

const unevenHint =
  "Currency and percent signs and the mark of the thousands are the same in every cell of a column, and letters such as M " +
  "stand with every number from 1000.";

/** What to do about a cell that is no number. */
function hintFor(text: string, decimal: "." | ",", { thousands, marks }: CheckedOptions): string {
  const isNumber = (style: Omit<NumeralStyle, "decimal">, mark: "." | "," = decimal): boolean =>
    !Number.isNaN(readNumeral(text, { ...style, decimal: mark }).value);
  const free = { thousands: allThousands.filter((mark) => mark !== decimal), readsMarks: true };
  if (marks === "refuse" && isNumber(free)) return 'Leave out options.marks: "refuse" to have it read.';
  if (thousands !== undefined && isNumber(free)) return `options.thousands is "${thousands}".`;
  const other = decimal === "." ? "," : ".";
  if (isNumber({ thousands: [], readsMarks: true }, other)) {
    return `The decimal mark of this file is the ${markWords[decimal]}.`;
  }
  return "";
}

/** The refusal of a number that both decimal marks make sense of, with both readings and the option that decides. */
function twoNumbers(
  table: Table,
  places: readonly Place[],
  found: readonly NumberColumns[],
  { row, column }: { readonly row: number; readonly column: number },
): DataError {
  const place = places[column];
  const words = found.map(
    ({ decimal, columns }) => `${columns[column][row]} (options.decimal: "${decimal}")`,
  );
  return cellFault(
    table,
    row,
    { column: place.column, name: place.kind.name },
    "a number that can be read in one way only, here or in another cell",
    `It may be ${words.join(" or ")}.`,
  );
}
