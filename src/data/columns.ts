/**
 * The columns of a table, found by their headers.
 *
 * @module
 */
import { DataError } from "../support/errors";

/** One column that a table must have. */
export interface ColumnKind {
  /** Name in the result. */
  readonly name: string;
  /** Headers by which it is found, in small letters. */
  readonly headers: readonly string[];
  readonly holds: "time" | "price" | "quantity";
  readonly isOptional?: boolean;
}

/** Where a column stands in every row. */
export interface FoundColumn {
  readonly kind: ColumnKind;
  /** Cell of the line, counted from 1. */
  readonly column: number;
}

/** The row that names the columns. */
export interface HeaderRow {
  readonly cells: readonly string[];
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** What separates its cells. */
  readonly delimiter: string;
  /** What messages call the text. */
  readonly source: string;
}

/** Which cell of a row belongs to which column. `renamed` holds the headers that the caller gave. */
export function findColumns(
  header: HeaderRow,
  kinds: readonly ColumnKind[],
  renamed: Readonly<Record<string, string>>,
): readonly FoundColumn[] {
  const headers = header.cells.map((cell) => cell.trim());
  return kinds.flatMap((kind) => {
    const own = renamed[kind.name];
    const wanted = own === undefined ? kind.headers : [own.toLowerCase()];
    const found = headers.flatMap((name, i) => (wanted.includes(name.toLowerCase()) ? [i + 1] : []));
    if (found.length > 1) throw foundTwice(header, kind, found[0], found[1]);
    if (found.length === 1) return [{ kind, column: found[0] }];
    if (kind.isOptional && own === undefined) return [];
    const words = wanted.map((name) => `"${name}"`).join(" or ");
    throw new DataError(
      { file: header.source, line: header.line, column: 1, header: headers[0] ?? "" },
      headers.join(", "),
      `a header with a column ${words}`,
      separatorHint(header),
    );
  });
}

/** The refusal of a second header for one column, with the option that chooses, where a name can choose. */
function foundTwice(
  { cells, line, source }: HeaderRow,
  { name, holds }: ColumnKind,
  first: number,
  second: number,
): DataError {
  const [one, other] = [cells[first - 1].trim(), cells[second - 1].trim()];
  const join = holds === "time" ? ", or write both into one column" : "";
  const isSameName = one.toLowerCase() === other.toLowerCase();
  const hint = isSameName ? "" : `Name one in options.columns: { ${name}: "${one}" }${join}.`;
  const allowed = `a header of its own: "${one}" already stands for ${name}`;
  return new DataError({ file: source, line, column: second, header: other }, other, allowed, hint);
}

/** Says which separator a header that fell into one piece probably has. */
function separatorHint({ cells, delimiter }: HeaderRow): string {
  if (cells.length > 1) return "";
  const other = [";", "\t", "|", ","].find((mark) => mark !== delimiter && cells[0]?.includes(mark));
  return other === undefined
    ? ""
    : `The separator seems to be ${JSON.stringify(other)}: give options.delimiter.`;
}
