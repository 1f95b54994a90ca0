import { describe, expect, test } from "vitest";
import { type CsvOptions, parseBars, parsePrices } from "../../src/data/index";
import { testRefusals } from "../helpers/refusals";

const prices = (rows: string, options: CsvOptions = {}): readonly number[] =>
  parsePrices(rows, options).prices;
const bars = "date,open,high,low,close,volume\n2024-01-24,10,12,9,11,\n2024-01-25,11,12,9,11,5\n";
const bad =
  (options: object): (() => unknown) =>
  () =>
    parsePrices("time,price\n2024-01-24,5\n", options);

describe("what can be read in two ways is refused, with both and the option that decides", () => {
  const dates = "date,price\n03/04/2024,5\n03/05/2024,6\n";
  const thousands = "date;price\n2024-01-24;33.288\n2024-01-25;31.250\n";
  testRefusals([
    [
      "dates with day or month first",
      () => parsePrices(dates),
      "the text, line 2, column 1 (time) must be a date that can be read in one way only, here or in another row; got the " +
        'text "03/04/2024". It may be 2024-04-03 (options.dates: "DD/MM/YYYY") or 2024-03-04 (options.dates: "MM/DD/YYYY").',
    ],
    [
      "two digits for a year that may stand first or last",
      () => parsePrices("date,price\n24/01/02,5\n24/01/03,6\n"),
      "the text, line 2, column 1 (time) must be a date that can be read in one way only, here or in another row; got the " +
        'text "24/01/02". It may be 2024-01-02 (options.dates: "YY/MM/DD") or 2002-01-24 (options.dates: "DD/MM/YY").',
    ],
    [
      "ten digits that are a day and an hour or count seconds",
      () => parsePrices("date,price\n2024010209,5\n"),
      "the text, line 2, column 1 (time) must be a date that can be read in one way only, here or in another row; got the " +
        'text "2024010209". It may be 2024-01-02 09:00 (options.dates: "YYYYMMDD") or 2034-02-20 01:03:29Z ' +
        '(options.dates: "Unix seconds").',
    ],
    [
      "points before three digits",
      () => parsePrices(thousands),
      "the text, line 2, column 2 (price) must be a number that can be read in one way only, here or in another cell; got " +
        'the text "33.288". It may be 33.288 (options.decimal: ".") or 33288 (options.decimal: ",").',
    ],
    [
      "commas before three digits",
      () => parsePrices('date,price\n2024-01-24,"1,234"\n'),
      "the text, line 2, column 2 (price) must be a number that can be read in one way only, here or in another cell; got " +
        'the text "1,234". It may be 1234 (options.decimal: ".") or 1.234 (options.decimal: ",").',
    ],
  ]);

  test("the option decides, and so does one other row, column or cell", () => {
    expect(parsePrices(dates, { dates: "DD/MM/YYYY" }).times).toEqual(["2024-04-03", "2024-05-03"]);
    expect(parsePrices(dates, { dates: "MM/DD/YYYY" }).times).toEqual(["2024-03-04", "2024-03-05"]);
    expect(parsePrices(`${dates}25/06/2024,7\n`).times).toEqual(["2024-04-03", "2024-05-03", "2024-06-25"]);
    expect(prices(thousands, { decimal: "," })).toEqual([33288, 31250]);
    expect(prices(thousands, { decimal: "." })).toEqual([33.288, 31.25]);
    expect(prices(`${thousands}2024-01-26;1.250,5\n`)).toEqual([33288, 31250, 1250.5]);
    expect(prices(`${thousands}2024-01-26;31.25\n`)).toEqual([33.288, 31.25, 31.25]);
    expect(prices(thousands, { thousands: "none" })).toEqual([33.288, 31.25]);
  });

  test("a comma that separates cells is no decimal mark, so that there three digits are decimals", () => {
    expect(prices("date,price\n2024-01-24,33.288\n")).toEqual([33.288]);
  });
});

describe("each finding can be forced or forbidden", () => {
  testRefusals([
    [
      "another order than the one given",
      () =>
        parsePrices("t,price\n2024-01-25,5\n2024-01-24,6\n", {
          columns: { time: "t" },
          order: "oldest first",
        }),
      "the text, line 3, column 1 (time) must be later than the time before it, 2024-01-25 in line 2; got the text " +
        '"2024-01-24". options.order is "oldest first".',
    ],
    [
      "rows above the header where there must be none",
      () => parsePrices("a title\ntime,price\n2024-01-24,5\n", { skipRows: 0 }),
      'the text, line 1, column 1 (a title) must be a header with a column of dates or times and a column "price"; got the ' +
        'text "a title". Name the header in options.columns: { time: "…", price: "…" }. The line has: a title.',
    ],
    [
      "a row of numbers above the header",
      () => parsePrices("2024-01-23,4\ntime,price\n2024-01-24,5\n"),
      "the text, line 1, column 1 must be a line that does not begin like a row of the table, above which it stands; got " +
        'the text "2024-01-23,4". It would be lost: mend it, or say with options.skipRows how many lines to skip.',
    ],
    [
      "a total where there must be none",
      () => parsePrices("time,price\n2024-01-24,5\nTotal,5\n", { skipFooter: 0 }),
      "the text, line 3, column 1 (time) must be a date in the form YYYY-MM-DD, as in the rows above; got the text " +
        '"Total".',
    ],
    [
      "a sign where there must be none",
      () => parsePrices("time,price\n2024-01-24,$5\n", { marks: "refuse" }),
      'the text, line 2, column 2 (price) must be a price, a number above 0; got the text "$5". Leave out options.marks: ' +
        '"refuse" to have it read.',
    ],
    [
      "thousands where there must be none",
      () => parsePrices("time;price\n2024-01-24;1,234.5\n", { thousands: "none" }),
      'the text, line 2, column 2 (price) must be a price, a number above 0; got the text "1,234.5". options.thousands is ' +
        '"none".',
    ],
    [
      "a row without prices where there must be none",
      () => parsePrices("time,price\n2024-01-24,null\n2024-01-25,5\n", { missing: "refuse" }),
      'the text, line 2, column 2 (price) must be a price, a number above 0; got the text "null".',
    ],
    [
      "an empty line where there must be none",
      () => parsePrices("time,price\n\n2024-01-25,5\n", { missing: "refuse" }),
      'the text, line 2, column 1 must be a row of numbers; got the text "". The line is empty: delete it, or leave out ' +
        'options.missing: "refuse".',
    ],
    [
      "a row with some of its prices",
      () => parseBars("date,open,high,low,close\n2024-01-24,1,2,,1\n"),
      'the text, line 2, column 4 (low) must be a price, a number above 0; got the text "". Give options.missing: "drop" to ' +
        "leave such rows out.",
    ],
    [
      "a file without any price",
      () => parsePrices("time,price\n2024-01-24,null\n"),
      'the text, line 2, column 2 (price) must be a price in at least one row; got the text "null". No row of the file has ' +
        "all of its prices.",
    ],
    [
      "two rows of one day",
      () => parsePrices("time,price\n2024-01-24,5\n2024-01-24,6\n"),
      "the text, line 3, column 1 (time) must be later than the time before it, 2024-01-24 in line 2; got the text " +
        '"2024-01-24". Give options.duplicates: "keep" or "merge".',
    ],
    [
      "two bars of one time, which day and time of day make up",
      () => parsePrices("day,time,price\n2024-01-24,09:30,5\n2024-01-24,09:30,6\n", { duplicates: "refuse" }),
      "the text, line 3, column 1 (time) must be later than the time before it, 2024-01-24 09:30 in line 2; got the text " +
        '"2024-01-24 09:30". Give options.duplicates: "keep" or "merge".',
    ],
    [
      "ticks of one time where there must be none",
      () => parsePrices("time,price\n2024-01-24 09:30,5\n2024-01-24 09:30,6\n", { duplicates: "refuse" }),
      "the text, line 3, column 1 (time) must be later than the time before it, 2024-01-24 09:30 in line 2; got the text " +
        '"2024-01-24 09:30". Give options.duplicates: "keep" or "merge".',
    ],
    [
      "a symbol that is not there",
      () => parsePrices("time,price,symbol\n2024-01-24,5,ABC\n", { symbol: "XYZ" }),
      'options.symbol must be a symbol of the text, which has "ABC"; got the text "XYZ".',
    ],
    [
      "a header where there must be none",
      () => parsePrices("time,price\n2024-01-24,5\n", { header: 0 }),
      'the text, line 1, column 1 must be a header that names the columns; got the text "time,price".',
    ],
    [
      "a column that is not there",
      () => parsePrices("time,last\n2024-01-24,5\n", { columns: { price: "mid" } }),
      'the text, line 1, column 1 (time) must be a header with a column "mid"; got the text "time, last". Name the header in ' +
        'options.columns: { price: "…" }. The line has: time, last.',
    ],
  ]);

  test("the volume is left out where it has gaps, and said; or its rows are dropped, or it is not wanted", () => {
    const { volume, readAs } = parseBars(bars);
    expect([volume, readAs]).toEqual([
      undefined,
      "comma, dates YYYY-MM-DD, volume left out: 1 row without one",
    ]);
    const dropped = parseBars(bars, { missing: "drop" });
    expect([dropped.volume, dropped.readAs]).toEqual([
      [5],
      "comma, dates YYYY-MM-DD, 1 row without all numbers dropped",
    ]);
    expect(parseBars(bars, { columns: { volume: null } }).readAs).toBe("comma, dates YYYY-MM-DD, no volume");
    expect(() => parseBars(bars, { columns: { volume: "volume" } })).toThrow("line 2, column 6 (volume)");
  });

  test("rows of one time are kept, or merged into the last price or into one bar", () => {
    const ticks = "time,price\n2024-01-24 09:30,5\n2024-01-24 09:30,6\n2024-01-24 09:31,7\n";
    expect(parsePrices(ticks)).toMatchObject({
      prices: [5, 6, 7],
      readAs: "comma, dates YYYY-MM-DD, 1 row with the time before kept",
    });
    expect(parsePrices(ticks, { duplicates: "merge" })).toMatchObject({
      times: ["2024-01-24 09:30", "2024-01-24 09:31"],
      prices: [6, 7],
      readAs: "comma, dates YYYY-MM-DD, 1 row with the time before merged",
    });
    const twice = "date,open,high,low,close,volume\n2024-01-24,10,12,9,11,3\n2024-01-24,11,13,10,12,4\n";
    const newest = `${twice.split("\n")[0]}\n2024-01-25,1,1,1,1,1\n2024-01-24,11,13,10,12,4\n2024-01-24,10,12,9,11,3\n`;
    const merged = { open: [10], high: [13], low: [9], close: [12], volume: [7] };
    expect(parseBars(twice, { duplicates: "merge" })).toMatchObject(merged);
    expect(parseBars(newest, { duplicates: "merge" }).open).toEqual([10, 1]);
    expect(parseBars(twice, { duplicates: "keep" }).close).toEqual([11, 12]);
  });

  test("prices of 0 or below are loaded where they may be, with one warning instead of ratios without a meaning", () => {
    const text = "time,price\n2020-04-17,18\n2020-04-20,-37\n2020-04-21,0\n2020-04-22,14\n";
    const { prices: loaded, warnings } = parsePrices(text, { prices: "any", name: "oil.csv" });
    expect(loaded).toEqual([18, -37, 0, 14]);
    expect(warnings).toEqual([
      "oil.csv: 2 prices are 0 or below, the lowest -37 at 2020-04-20. Logarithmic returns and volatilities need prices " +
        "above 0; costs and averages do not.",
    ]);
    const bar = "date,open,high,low,close\n2020-04-20,1,2,-3,-1\n";
    expect(parseBars(bar, { prices: "any" }).low).toEqual([-3]);
    expect(() => parseBars(bar)).toThrow(
      'line 2, column 4 (low) must be a price, a number above 0; got the text "-3".',
    );
    expect(() => parseBars(bar.replace("2,-3", "-4,-3"), { prices: "any" })).toThrow(
      "at least the row's low, -3",
    );
  });

  test("columns may be numbered, with a header above them or without one", () => {
    const columns = { time: 1, price: 3 };
    expect(prices("a,b,c\n2024-01-24,1,5\n", { columns })).toEqual([5]);
    expect(prices("2024-01-24,1,5\n2024-01-25,1,6\n", { columns })).toEqual([5, 6]);
    expect(prices("a title\na,b,c\n2024-01-24,1,5\n", { columns })).toEqual([5]);
    expect(parsePrices("24/01/2024,16:00,5\n", { columns: { date: 1, time: 2, price: 3 } }).times).toEqual([
      "2024-01-24 16:00",
    ]);
    expect(prices("a title\n2024-01-24,1,5\n", { columns, skipRows: 1, header: 0 })).toEqual([5]);
  });

  test("lines above and below are skipped as many as the caller says", () => {
    const text = "2024-01-23,4\ntime,price\n2024-01-24,5\n2024-01-25,6\n";
    expect(parsePrices(text, { skipRows: 1 })).toMatchObject({ prices: [5, 6] });
    expect(prices(text, { skipRows: 1, skipFooter: 1 })).toEqual([5]);
  });
});

describe("options that are none", () => {
  testRefusals([
    [
      "a delimiter that separates nothing",
      bad({ delimiter: "." }),
      'options.delimiter must be ",", ";", "\t" or "|"; got the text ".".',
    ],
    [
      "an encoding of another kind",
      bad({ encoding: "latin1" }),
      'options.encoding must be "UTF-8", "UTF-16 LE", "UTF-16 BE" or "Windows-1252"; got the text "latin1".',
    ],
    [
      "an order of no kind",
      bad({ order: "up" }),
      'options.order must be "oldest first" or "newest first"; got the text "up".',
    ],
    [
      "a decimal mark of no kind",
      bad({ decimal: "'" }),
      'options.decimal must be "." or ","; got the text "\'".',
    ],
    [
      "thousands of no kind",
      bad({ thousands: "_" }),
      'options.thousands must be ",", ".", " ", "\'" or "none"; got the text "_".',
    ],
    [
      "one mark for decimals and thousands",
      bad({ decimal: ",", thousands: "," }),
      'options.thousands must be another mark than options.decimal; got the text ",".',
    ],
    ["marks of no kind", bad({ marks: true }), 'options.marks must be "read" or "refuse"; got true.'],
    [
      "missing of no kind",
      bad({ missing: "keep" }),
      'options.missing must be "drop" or "refuse"; got the text "keep".',
    ],
    [
      "duplicates of no kind",
      bad({ duplicates: "drop" }),
      'options.duplicates must be "refuse", "keep" or "merge"; got the text "drop".',
    ],
    [
      "prices of no kind",
      bad({ prices: "all" }),
      'options.prices must be "positive" or "any"; got the text "all".',
    ],
    [
      "half a row to skip",
      bad({ skipRows: 0.5 }),
      "options.skipRows must be an integer from 0 to 1,000,000; got 0.5.",
    ],
    [
      "a footer below 0",
      bad({ skipFooter: -1 }),
      "options.skipFooter must be an integer from 0 to 1,000,000; got -1.",
    ],
    ["four rows of headers", bad({ header: 4 }), "options.header must be an integer from 0 to 3; got 4."],
    ["a symbol without letters", bad({ symbol: " " }), 'options.symbol must be a text; got the text " ".'],
    [
      "column 0",
      bad({ columns: { price: 0 } }),
      "options.columns.price must be an integer from 1 to 10,000; got 0.",
    ],
    [
      "a price that is left out",
      bad({ columns: { price: null } }),
      "options.columns.price must be a header, or the number of a column, counted from 1; got null.",
    ],
    [
      "a column of no table",
      bad({ columns: { bid: 2 } }),
      'options.columns field "bid" must be left out: there is no such field. Known fields: date, time, price, symbol; got 2.',
    ],
    ["no object", bad(null as never), "options must be an object with named fields; got null."],
  ]);

  test("a form of dates that is none is refused with all that there are", () => {
    expect(bad({ dates: "DD.MM" })).toThrow(
      /^options.dates must be "YYYY-MM-DD", .* or "Unix nanoseconds"; got/,
    );
  });
});
