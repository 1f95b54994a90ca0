/**
 * The columns of numbers: by which decimal mark the whole file is written, and what they hold.
 *
 * @module
 */
import { cellText, type Grid } from "./grid";
import { isMissing, type NumeralStyle, plainValue, readNumeral } from "./numerals";
import type { Thousands } from "./options";

/** Columns of numbers that were read by one decimal mark. */
export interface NumberColumns {
  readonly decimal: "." | ",";
  /** A column each, in the order in which they were asked for; NaN where a cell says that there is no number. */
  readonly columns: readonly Float64Array[];
  readonly thousands: Thousands | undefined;
  /** What stood with numbers: `$`, `%`, `K` … */
  readonly marks: readonly string[];
  /** The first cell that is no number, where there is one. */
  readonly fault: NumberFault | undefined;
}

/** A cell that is no number, or is written otherwise than the others: index among the rows, and among the columns. */
export interface NumberFault {
  readonly row: number;
  readonly column: number;
  readonly isUneven: boolean;
}

/** Cells of a grid: which rows, and which columns of them. */
export interface Block {
  readonly grid: Grid;
  readonly rows: Uint32Array;
  /** Columns, counted from 0. */
  readonly columns: readonly number[];
}

/**
 * What the cells of one column have in common: all of them have the same currency or percent sign, or none. A letter for
 * thousands or millions stands with some where others are small, and no number that is written in full needs it.
 */
class ColumnStyle {
  private signs: string | undefined;
  private hasLetter = false;
  private largest = 0;

  /** Whether a number fits those before it. */
  fits(value: number, marks: readonly string[]): boolean {
    const signs = marks.filter((mark) => !/^[KMBT)( ]+$/.test(mark)).join();
    this.signs ??= signs;
    if (marks.some((mark) => /^[KMBT]$/.test(mark))) this.hasLetter = true;
    else this.largest = Math.max(this.largest, Math.abs(value));
    return this.signs === signs && !(this.hasLetter && this.largest >= 1000);
  }

  /** The same for a number that nothing stands with. */
  fitsPlain(value: number): boolean {
    this.signs ??= "";
    if (value > this.largest) this.largest = value;
    return this.signs === "" && !(this.hasLetter && value >= 1000);
  }
}

/** Reads a block of cells by one decimal mark, up to the first cell that is no number. */
export function readNumbers({ grid, rows, columns }: Block, style: NumeralStyle): NumberColumns {
  const { text, firstCells, starts, ends } = grid;
  const values = columns.map(() => new Float64Array(rows.length));
  const styles = columns.map(() => new ColumnStyle());
  const code = style.decimal.charCodeAt(0);
  const marks = new Set<string>();
  let thousands: Thousands | undefined;
  const faultAt = (row: number): NumberFault | undefined => {
    const first = firstCells[rows[row]];
    for (let j = 0; j < columns.length; j++) {
      const cell = first + columns[j];
      const value = plainValue(text, starts[cell], ends[cell], code);
      values[j][row] = value;
      if (!Number.isNaN(value)) {
        if (styles[j].fitsPlain(value)) continue;
        return { row, column: j, isUneven: true };
      }
      const written = cellText(grid, rows[row], columns[j]);
      const found = readNumeral(written, style);
      values[j][row] = found.value;
      if (Number.isNaN(found.value)) {
        if (isMissing(written)) continue;
        return { row, column: j, isUneven: false };
      }
      // A number's thousands all have one mark, and so have the file's.
      thousands ??= found.thousands;
      const isOfFile = found.thousands === undefined || found.thousands === thousands;
      if (!isOfFile || !styles[j].fits(found.value, found.marks ?? [])) {
        return { row, column: j, isUneven: true };
      }
      for (const mark of found.marks ?? []) marks.add(mark);
    }
    return undefined;
  };
  let fault: NumberFault | undefined;
  for (let row = 0; row < rows.length && fault === undefined; row++) fault = faultAt(row);
  return { decimal: style.decimal, columns: values, thousands, marks: [...marks], fault };
}

/** The first cell of a block that two readings take for different numbers. */
export function firstDifference(
  one: NumberColumns,
  other: NumberColumns,
): { readonly row: number; readonly column: number } | undefined {
  const rows = one.columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < one.columns.length; column++) {
      if (!Object.is(one.columns[column][row], other.columns[column][row])) return { row, column };
    }
  }
  return undefined;
}
