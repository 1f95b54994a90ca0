/**
 * What is wrong with a header, and the option that mends it.
 *
 * @module
 */
import { DataError } from "../support/errors";
import type { ColumnKind } from "./columnKinds";
import { type Grid, lineOf, rowTexts } from "./grid";
import type { Header } from "./header";
import type { CheckedOptions } from "./options";
import { isClock } from "./timeColumns";

/** The refusal of a text in which no table is found: with the columns that lack, the headers that are there, the option. */
export function missingColumns(
  grid: Grid,
  header: Header | undefined,
  kinds: readonly ColumnKind[],
  { name: file, columns = {} }: CheckedOptions,
): DataError {
  if (header === undefined || grid.rows === 0) {
    const place = { file, line: 1, column: 1 };
    const first = grid.rows === 0 ? undefined : rowTexts(grid, 0).join(grid.delimiter);
    return new DataError(place, first, "a header that names the columns");
  }
  const required = kinds.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
  const words = header.missing.map((name) => {
    const own = columns[name];
    return own === undefined ? (name === "time" ? "of dates or times" : `"${name}"`) : `"${own}"`;
  });
  const isSplit = isClock(header.headers[1] ?? "");
  const isNumbers = header.places.length === 0 && /^\d/.test(header.headers[0]);
  const own = isNumbers ? [...(isSplit ? ["date", "time"] : ["time"]), ...required] : header.missing;
  const numbered = own.map((name, i) => `${name}: ${isNumbers ? i + 1 : '"…"'}`).join(", ");
  const there = header.headers.map((text) => text || '""').slice(0, 20);
  const hint = isNumbers
    ? `If the file has no header, number its columns: options.columns: { ${numbered} }.`
    : `Name the header in options.columns: { ${numbered} }. The line has: ${there.join(", ")}.`;
  return new DataError(
    { file, line: lineOf(grid, header.row), column: 1, header: header.headers[0] ?? "" },
    header.headers.join(", "),
    `a header with a column ${words.join(" and a column ")}`,
    hint,
  );
}

/** The refusal of several headers for one column, with the option that chooses, where a name can choose. */
export function namedTwice(
  grid: Grid,
  { headers, row }: Pick<Header, "headers" | "row">,
  name: string,
  columns: readonly number[],
  { name: file }: CheckedOptions,
): DataError {
  const [first, second] = columns;
  const [one, other] = [headers[first].trim(), headers[second].trim()];
  const isSameName = one.toLowerCase() === other.toLowerCase();
  const chosen = isSameName ? String(first + 1) : `"${one}"`;
  const allowed = `a header of its own: "${one}" already stands for ${name}`;
  const hint = `Choose one: options.columns: { ${name}: ${chosen} }.`;
  return new DataError(
    { file, line: lineOf(grid, row), column: second + 1, header: other },
    other,
    allowed,
    hint,
  );
}

/** The refusal of a row above the table that begins like one of its own, and would be lost. */
export function rowLost(grid: Grid, row: number, { name: file }: CheckedOptions): DataError {
  const hint = "It would be lost: mend it, or say with options.skipRows how many lines to skip.";
  const text = rowTexts(grid, row).join(grid.delimiter);
  const allowed = "a line that does not begin like a row of the table, above which it stands";
  return new DataError({ file, line: lineOf(grid, row), column: 1 }, text, allowed, hint);
}
