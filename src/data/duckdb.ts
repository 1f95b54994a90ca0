/**
 * The way to DuckDB, which reads Parquet files, databases and much else by SQL. The only file that loads it, and only when a
 * query is made: the package is a peer dependency that programs without queries do not need.
 *
 * @module
 */
import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api";
import { InputError } from "../support/errors";
import { NumberBuffer } from "./numberBuffer";

type DuckDB = typeof import("@duckdb/node-api");

/** A value of a parameter of a query. */
export type QueryParameter = string | number | bigint | boolean | null;

/** A query as it was given. */
export interface Query {
  readonly sql: string;
  /** Path of a database; undefined for one in memory. */
  readonly database: string | undefined;
  readonly parameters: readonly QueryParameter[] | Readonly<Record<string, QueryParameter>>;
}

/** A column of a query's result. */
export interface QueryColumn {
  readonly name: string;
  /** Its type, as DuckDB names it: `"TIMESTAMP"`, `"DECIMAL(18,4)"`. */
  readonly type: string;
}

async function load(): Promise<DuckDB> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw new Error(
      "Queries need the package @duckdb/node-api, which could not be loaded: " +
        `${inOneLine(cause)} Install it beside this library: npm install @duckdb/node-api`,
      { cause },
    );
  }
}

/** An error's message in one line, as a sentence. */
function inOneLine(cause: unknown): string {
  const message = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ").trim();
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/**
 * Runs a query and hands its numbers to the columns, row by row within each.
 *
 * @param selection - the expressions to select from the query, all of them DOUBLE, by the columns that it has
 * @returns a column of numbers for each expression; NaN stands for NULL
 */
export async function queryNumbers(
  query: Query,
  selection: (columns: readonly QueryColumn[]) => readonly string[],
): Promise<readonly Float64Array[]> {
  const duckdb = await load();
  const { sql, database } = query;
  const { instance, connection } = await open(duckdb, database);
  try {
    const own = await prepared(connection, sql, sql);
    if (own.statementType !== duckdb.StatementType.SELECT) {
      throw new InputError("sql", sql, "a SELECT, which changes nothing");
    }
    const columns = await columnsOf(connection, own, query);
    const expressions = selection(columns);
    const wrapped = selectFrom(sql, expressions.join(", "));
    return await numbersOf(await prepared(connection, wrapped, sql), query, expressions.length);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A query of a query, which may end with a semicolon or a comment. */
function selectFrom(sql: string, expressions: string): string {
  return `SELECT ${expressions} FROM (\n${sql.replace(/;\s*$/, "")}\n) AS query`;
}

/** Names and types of a query's columns. They are known only once its parameters are. */
async function columnsOf(
  connection: DuckDBConnection,
  own: DuckDBPreparedStatement,
  query: Query,
): Promise<readonly QueryColumn[]> {
  const statement = await prepared(connection, `${selectFrom(query.sql, "*")} LIMIT 0`, query.sql);
  const result = await running(query, async () => {
    bind(statement, query);
    return statement.run();
  });
  const types = result.columnTypes().map(String);
  // In a query of a query the second of two columns of one name has another.
  const isOwn = own.columnCount === types.length;
  return types.map((type, i) => ({ name: isOwn ? own.columnName(i) : result.columnName(i), type }));
}

function bind(statement: DuckDBPreparedStatement, { parameters }: Query): void {
  statement.bind(
    Array.isArray(parameters) ? [...parameters] : { ...(parameters as Record<string, QueryParameter>) },
  );
}

/** Does what a query asks for; a failure is one of the query. */
async function running<T>({ sql }: Query, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new InputError("sql", sql, "a query that DuckDB can run", inOneLine(cause));
  }
}

/** A database and the connection to it. Both are closed: an open database is locked. */
interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

async function open(duckdb: DuckDB, database: string | undefined): Promise<Opened> {
  try {
    const instance = await (database === undefined
      ? duckdb.DuckDBInstance.create(":memory:")
      : duckdb.DuckDBInstance.create(database, { access_mode: "READ_ONLY" }));
    return { instance, connection: await instance.connect() };
  } catch (cause) {
    throw new InputError(
      "database",
      database,
      "the path of a DuckDB database that can be read",
      inOneLine(cause),
    );
  }
}

async function prepared(
  connection: DuckDBConnection,
  sql: string,
  given: string,
): Promise<DuckDBPreparedStatement> {
  try {
    return await connection.prepare(sql);
  } catch (cause) {
    throw new InputError("sql", given, "one SELECT that DuckDB understands", inOneLine(cause));
  }
}

/** Runs a prepared query of numbers. */
function numbersOf(
  statement: DuckDBPreparedStatement,
  query: Query,
  count: number,
): Promise<readonly Float64Array[]> {
  return running(query, async () => {
    const columns = Array.from({ length: count }, () => new NumberBuffer());
    bind(statement, query);
    const result = await statement.stream();
    for (let chunk = await result.fetchChunk(); chunk !== null; chunk = await result.fetchChunk()) {
      if (chunk.rowCount === 0) break;
      for (let i = 0; i < count; i++) {
        const room = columns[i].grow(chunk.rowCount);
        chunk.visitColumnValues(i, (value, row) => {
          room[row] = value === null ? Number.NaN : (value as number);
        });
      }
    }
    return columns.map((column) => column.values);
  });
}
