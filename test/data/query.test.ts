import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { queryBars, queryPrices, resample, splitSessions } from "../../src/data/index";

const folder = mkdtempSync(path.join(tmpdir(), "queries-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const parquet = path.join(folder, "trades.parquet");
const database = path.join(folder, "market.duckdb");

beforeAll(async () => {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  // Trades of two days: every second a price that walks up and down, and 1 to 7 shares.
  await connection.run(`COPY (
    SELECT TIMESTAMP '2024-03-07 09:30:00' + to_days(CAST(i // 23400 AS INTEGER)) + to_seconds(i % 23400) AS ts,
      CAST(50 + (i % 60) * 0.01 AS DECIMAL(10, 2)) AS price, CAST(1 + i % 7 AS BIGINT) AS size
    FROM range(46800) t(i)) TO '${parquet}'`);
  await connection.run(
    "CREATE TABLE daily (date DATE, open FLOAT, high DOUBLE, low DECIMAL(8, 3), close REAL, volume HUGEINT)",
  );
  await connection.run(
    "INSERT INTO daily VALUES ('2024-03-07', 50, 51.5, 49.125, 50.5, 1e12), ('2024-03-08', 50.5, 52, 50, 51, 7)",
  );
  connection.closeSync();
  instance.closeSync();
});

/** A query of rows as they are written. */
const rows = (values: string, columns = "time, open, high, low, close, volume"): string =>
  `SELECT * FROM (VALUES ${values}) AS t(${columns})`;

describe("a query", () => {
  test("reads a Parquet file, and its bars are those that resampling makes", async () => {
    const trades = await queryPrices(`SELECT ts AS time, price, size FROM '${parquet}' ORDER BY ts`);
    expect(trades.times).toHaveLength(46_800);
    expect([trades.times[0], trades.prices[61], trades.volume?.[6]]).toEqual([
      "2024-03-07 09:30:00",
      50.01,
      7,
    ]);
    const bars = await queryBars(
      `SELECT time_bucket(INTERVAL 5 minute, ts) AS time, first(price ORDER BY ts) AS open, max(price) AS high,
        min(price) AS low, last(price ORDER BY ts) AS close, sum(size) AS volume
      FROM '${parquet}' GROUP BY 1 ORDER BY 1;`,
    );
    const calendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
    const own = resample(trades, calendar, { length: 5 });
    expect(own.times.map((time) => time.slice(0, 19))).toEqual(bars.times);
    for (const name of ["open", "high", "low", "close", "volume"] as const)
      expect(own[name], name).toEqual(bars[name]);
    expect(splitSessions(bars, calendar).warnings).toEqual([]);
  });

  test("reads a table of a database, whatever its types of numbers", async () => {
    const bars = await queryBars("SELECT * FROM daily ORDER BY date -- all of it", { database });
    expect(bars).toEqual({
      times: ["2024-03-07", "2024-03-08"],
      ...{
        open: [50, 50.5],
        high: [51.5, 52],
        low: [49.125, 50],
        close: [50.5, 51],
        volume: [1e12, 7],
        warnings: [],
      },
    });
    expect(Object.getPrototypeOf(bars.open)).toBe(Array.prototype);
    // The database is let go of: while it is open for reading, nobody can write.
    const again = await DuckDBInstance.create(database);
    again.closeSync();
  });

  test("takes parameters, by place and by name, and names of columns", async () => {
    const options = { database, columns: { price: "close", time: "date" } };
    const since = "SELECT date, close, open FROM daily WHERE date >= CAST($1 AS DATE)";
    expect((await queryPrices(since, { ...options, parameters: ["2024-03-08"] })).prices).toEqual([51]);
    const named = "SELECT date, close * $factor AS close FROM daily ORDER BY date";
    expect((await queryPrices(named, { ...options, parameters: { factor: 2 } })).prices).toEqual([101, 102]);
  });

  test("gives times as the clock shows them, or as instants", async () => {
    const zoned = rows(
      "(TIMESTAMPTZ '2024-03-08 14:30:00.5+00', 1), (TIMESTAMPTZ '2024-03-11 13:30:00+00', 1)",
      "time, price",
    );
    const timeZone = "America/New_York";
    expect((await queryPrices(zoned)).times).toEqual([
      "2024-03-08 14:30:00.500+00:00",
      "2024-03-11 13:30:00+00:00",
    ]);
    expect((await queryPrices(zoned, { timeZone })).times).toEqual([
      "2024-03-08 09:30:00.500-05:00",
      "2024-03-11 09:30:00-04:00",
    ]);
    const instants = [Date.UTC(2024, 2, 8, 14, 30) + 500, Date.UTC(2024, 2, 11, 13, 30)];
    expect((await queryPrices(zoned, { times: "instants" })).times).toEqual(instants);
    for (const type of ["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"]) {
      const wall = rows(`(CAST('2024-03-08 09:30:00' AS ${type}), 1)`, "time, price");
      expect((await queryPrices(wall, { times: "instants", timeZone })).times, type).toEqual([
        instants[0] - 500,
      ]);
      expect((await queryPrices(wall)).times, type).toEqual(["2024-03-08 09:30:00"]);
    }
  });

  test("drops rows with NULL or NaN where asked, and says how many", async () => {
    const holes = rows(
      "(DATE '2024-03-06', 1, NULL), (DATE '2024-03-07', 2, 5), (NULL, 3, 6), (DATE '2024-03-08', 'NaN'::DOUBLE, 7), (DATE '2024-03-11', 4, 8)",
      "date, price, volume",
    );
    expect(await queryPrices(holes, { missing: "drop", name: "my trades" })).toEqual({
      times: ["2024-03-07", "2024-03-11"],
      prices: [2, 4],
      volume: [5, 8],
      warnings: [
        "my trades: 3 rows are left out, in which a value is missing; the first is row 1.",
        "my trades, 2024-03-11: the price 4 is 2 × the one before it, 2. Is it a split, or a slipped decimal point?",
      ],
    });
  });

  test("rejects prices of 0 and below unless asked for them, as files do, and says what it took", async () => {
    const days =
      "(DATE '2020-04-20', -37.63), (DATE '2020-04-21', 0), (DATE '2020-04-22', 14), (DATE '2020-04-23', 7)";
    const sql = rows(days, "date, price");
    await expect(queryPrices(sql)).rejects.toThrow(
      "the query, row 1 (price) must be a price, a number above 0; got -37.63. Where prices may be 0 or below, as of power, " +
        'spreads and rates, give options.prices: "any".',
    );
    const oil = await queryPrices(sql, { prices: "any" });
    expect(oil.prices).toEqual([-37.63, 0, 14, 7]);
    expect(oil.warnings).toEqual([
      "the query: 2 prices are 0 or below, the lowest -37.63 at 2020-04-20. Logarithmic returns and volatilities need prices " +
        "above 0; costs and averages do not.",
    ]);
    const bar = "(DATE '2020-04-20', 1, 2, 0, 1)";
    await expect(queryBars(rows(bar, "date, open, high, low, close"))).rejects.toThrow(
      "the query, row 1 (low) must be a price, a number above 0; got 0.",
    );
  });

  test("says which prices halve", async () => {
    const halved = await queryPrices(rows("(DATE '2020-04-22', 14), (DATE '2020-04-23', 7)", "date, price"));
    expect(halved.warnings).toEqual([
      "the query, 2020-04-23: the price 7 is 0.5 × the one before it, 14. Is it a split, or a slipped decimal point?",
    ]);
  });

  test("takes several prices of one time, but no bars", async () => {
    const time = "TIMESTAMP '2024-03-08 09:30:00'";
    expect((await queryPrices(rows(`(${time}, 1), (${time}, 1)`, "time, price"))).times).toHaveLength(2);
  });
});

describe("is refused in words:", () => {
  const good = "DATE '2024-03-08', 50, 50.2, 49.9, 50.1, 1200";
  const bars = (values: string, options = {}) => queryBars(rows(values), options);
  const cases: readonly (readonly [what: string, call: () => Promise<unknown>, message: string])[] = [
    [
      "an order that is not that of time",
      () => bars(`(${good}), (${good})`),
      'the query, row 2 (time) must be later than the time before it, 2024-03-08; got the text "2024-03-08". Sort the rows by ' +
        "time, and merge those with one time.",
    ],
    [
      "a price before the one before it",
      () => queryPrices(rows("(DATE '2024-03-08', 1), (DATE '2024-03-07', 1)", "date, price")),
      'the query, row 2 (time) must be not earlier than the time before it, 2024-03-08; got the text "2024-03-07". Sort the ' +
        "rows by time.",
    ],
    [
      "a close above the high",
      () => bars("(DATE '2024-03-08', 50, 50.2, 49.9, 50.3, 1)"),
      "the query, row 1 (close) must be between the row's low, 49.9, and its high, 50.2; got 50.3.",
    ],
    [
      "an infinite price",
      () => bars("(DATE '2024-03-08', 50, 'inf'::DOUBLE, 49.9, 50, 1)"),
      "the query, row 1 (high) must be a finite number; got Infinity.",
    ],
    [
      "a negative volume",
      () => bars("(DATE '2024-03-08', 50, 50.2, 49.9, 50, -1)"),
      "the query, row 1 (volume) must be a volume, a finite number, 0 or above; got -1.",
    ],
    [
      "a NULL",
      () => bars(`(${good}), (DATE '2024-03-09', 50, 50.2, NULL, 50, 1)`),
      'the query, row 2 (low) must be a number; got null. Leave such rows out with missing: "drop", or in the query.',
    ],
    [
      "a time as a text",
      () => bars("('2024-03-08', 50, 50.2, 49.9, 50, 1)"),
      'the query, column time must be a DATE, a TIMESTAMP or a TIMESTAMPTZ; got the text "VARCHAR". Write CAST(time AS ' +
        "TIMESTAMP), or strptime with its format.",
    ],
    [
      "a time as a number",
      () => bars("(1709889000000, 50, 50.2, 49.9, 50, 1)"),
      'the query, column time must be a DATE, a TIMESTAMP or a TIMESTAMPTZ; got the text "BIGINT". Write make_timestamp(time) ' +
        "of microseconds since 1970, epoch_ms(time) of milliseconds.",
    ],
    [
      "a price as a text",
      () => bars("(DATE '2024-03-08', 50, 50.2, '49.9', 50, 1)"),
      'the query, column low must be a column of numbers; got the text "VARCHAR". Write CAST(low AS DOUBLE).',
    ],
    [
      "a column that is missing",
      () => queryBars("SELECT DATE '2024-03-08' AS date, 1 AS o"),
      'the columns of the query must be such that exactly one is called "open"; got the text "date, o". Name it in the query ' +
        'with AS, or in options.columns: { open: "…" }.',
    ],
    [
      "two columns of one name",
      () => queryPrices("SELECT DATE '2024-03-08' AS date, 1 AS price, 2 AS price"),
      'the columns of the query must be such that exactly one is called "price" or "close" or "last"; got the text "date, ' +
        'price, price". Name it in the query with AS, or in options.columns: { price: "…" }.',
    ],
    [
      "no row",
      () => queryPrices("SELECT DATE '2024-03-08' AS date, 1 AS price LIMIT 0"),
      "the result of the query must be at least one row; got 0.",
    ],
    [
      "no SELECT",
      () => queryPrices("CREATE TABLE t(a INT)"),
      'sql must be a SELECT, which changes nothing; got the text "CREATE TABLE t(a INT)".',
    ],
    [
      "two statements",
      () => queryPrices("SELECT 1; SELECT 2"),
      'sql must be one SELECT that DuckDB understands; got the text "SELECT 1; SELECT 2". Invalid Input Error: Cannot prepare ' +
        "multiple statements at once!",
    ],
    [
      "a file that is not there",
      () => queryPrices("SELECT * FROM 'none.parquet'"),
      "sql must be one SELECT that DuckDB understands; got the text \"SELECT * FROM 'none.parquet'\". IO Error: No files found " +
        'that match the pattern "none.parquet".',
    ],
    [
      "an instant without a zone",
      () => bars(`(${good})`, { times: "instants" }),
      'timeZone must be the name of a time zone, such as "America/New_York": a DATE has no offset from UTC; got nothing.',
    ],
    [
      "a parameter that is none",
      () => bars(`(${good})`, { parameters: [new Date(0)] }),
      "parameters[0] must be a number, a text, true, false or null; got an object of type Date.",
    ],
  ];

  test.each(cases)("%s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(expect.objectContaining({ name: "InputError", message }));
  });

  test("a database that is not there, which is not made", async () => {
    const missing = path.join(folder, "none.duckdb");
    await expect(queryBars("SELECT 1", { database: missing })).rejects.toThrow(
      "database must be the path of a DuckDB database that can be read; got the text",
    );
    await expect(queryBars("SELECT 1", { database: missing })).rejects.toThrow("database does not exist");
  });
});

test("without DuckDB a query says what to install", async () => {
  vi.resetModules();
  vi.doMock("@duckdb/node-api", () => {
    throw new Error("Cannot find package '@duckdb/node-api'");
  });
  const { queryBars } = await import("../../src/data/query.js");
  const call = queryBars("SELECT 1");
  await expect(call).rejects.toThrow(
    "Queries need the package @duckdb/node-api, which could not be loaded: ",
  );
  await expect(call).rejects.toThrow(" Install it beside this library: npm install @duckdb/node-api");
  vi.doUnmock("@duckdb/node-api");
  vi.resetModules();
});
