/**
 * The columns of a query's result: which is which, and how each becomes a number.
 *
 * @module
 */
import { InputError } from "../support/errors";
import type { QueryColumn } from "./duckdb";

/** One column that a result must have. */
export interface WantedColumn {
  /** Name in the table. */
  readonly name: string;
  /** Names by which it is found, in small letters. */
  readonly names: readonly string[];
  readonly isOptional?: boolean;
}

/** A column that was found. */
export interface FoundColumn {
  readonly wanted: WantedColumn;
  readonly column: QueryColumn;
}

/** The column of times, which every table has. */
export const timeColumn: WantedColumn = {
  name: "time",
  names: ["time", "date", "datetime", "timestamp", "ts"],
};

const timeTypes = /^(?:DATE|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/;
const numberTypes = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Finds the wanted columns by their names, capital letters or small. `renamed` holds the names that the caller gave. */
export function findQueryColumns(
  source: string,
  columns: readonly QueryColumn[],
  wantedColumns: readonly WantedColumn[],
  renamed: Readonly<Record<string, string>>,
): readonly FoundColumn[] {
  return [timeColumn, ...wantedColumns].flatMap((wanted): FoundColumn[] => {
    const own = renamed[wanted.name];
    const names = own === undefined ? wanted.names : [own.toLowerCase()];
    const found = columns.filter(({ name }) => names.includes(name.toLowerCase()));
    if (found.length === 1) return [{ wanted, column: checkType(source, wanted, found[0]) }];
    if (found.length === 0 && wanted.isOptional && own === undefined) return [];
    const there = columns.map(({ name }) => name).join(", ");
    const words = names.map((name) => `"${name}"`).join(" or ");
    const hint = `Name it in the query with AS, or in options.columns: { ${wanted.name}: "…" }.`;
    throw new InputError(`the columns of ${source}`, there, `such that exactly one is called ${words}`, hint);
  });
}

function checkType(source: string, wanted: WantedColumn, column: QueryColumn): QueryColumn {
  const { name, type } = column;
  const isTime = wanted === timeColumn;
  if ((isTime ? timeTypes : numberTypes).test(type)) return column;
  const words = isTime ? "a DATE, a TIMESTAMP or a TIMESTAMPTZ" : "a column of numbers";
  throw new InputError(
    `${source}, column ${name}`,
    type,
    words,
    isTime ? timeHint(name, type) : `Write CAST(${name} AS DOUBLE).`,
  );
}

function timeHint(name: string, type: string): string {
  return type === "VARCHAR"
    ? `Write CAST(${name} AS TIMESTAMP), or strptime with its format.`
    : `Write make_timestamp(${name}) of microseconds since 1970, epoch_ms(${name}) of milliseconds.`;
}

/** The expression that makes a number of a column: milliseconds since 1970 of times, to the microsecond. */
export function numberExpression({ wanted, column }: FoundColumn): string {
  const name = `"${column.name.replaceAll('"', '""')}"`;
  return wanted === timeColumn ? `epoch_us(${name}) / 1000.0::DOUBLE` : `CAST(${name} AS DOUBLE)`;
}
