import { describe, expect, test } from "vitest";
import { parseBars, parsePrices } from "../../src/data/index";
import type { DataError } from "../../src/index";

const header = "date,open,high,low,close,volume";
const row = "2013-02-28,10,12,9,11,1000";
const text = `${header}\n${row}\n2013-03-01,11,11.5,8,9,0\n`;

/** The error that a text gives. */
function faultOf(content: string, options = {}): DataError {
  try {
    parseBars(content, { name: "mine.csv", ...options });
  } catch (error) {
    return error as DataError;
  }
  throw new Error("it was loaded");
}

describe("a good file", () => {
  test("becomes columns, frozen, whatever the order, the case of the headers and the columns besides", () => {
    const bars = parseBars(text);
    expect(bars.times).toEqual(["2013-02-28", "2013-03-01"]);
    expect([...bars.high]).toEqual([12, 11.5]);
    expect([...(bars.volume ?? [])]).toEqual([1000, 0]);
    expect(Object.isFrozen(bars) && Object.isFrozen(bars.times)).toBe(true);
    const other = "Close,LOW,Note,High,Open,Timestamp\n11,9,a note,12,10,2013-02-28\n";
    expect(parseBars(other)).toEqual({
      times: ["2013-02-28"],
      open: [10],
      high: [12],
      low: [9],
      close: [11],
      volume: undefined,
      readAs: "comma, dates YYYY-MM-DD, no volume",
      findings: {
        ...{ encoding: undefined, lineEnds: "LF", delimiter: ",", skippedRows: 0, headerRows: 1 },
        columns: { time: "Timestamp", open: "Open", high: "High", low: "LOW", close: "Close" },
        ...{ symbol: undefined, dates: "YYYY-MM-DD", timeZone: undefined, order: "oldest first" },
        ...{
          decimal: ".",
          thousands: undefined,
          marks: [],
          droppedRows: 0,
          incompleteRows: 0,
          emptyRows: 0,
          footerRows: 0,
        },
        ...{ duplicates: 0, duplicatesWere: undefined, withoutVolume: 0 },
      },
      warnings: [],
    });
  });

  test("may have a byte-order mark, Windows line ends, blanks around cells, quotes, no last line end", () => {
    const { findings, ...bars } = parseBars(text);
    const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    expect(parseBars(windows)).toEqual({ ...bars, findings: { ...findings, lineEnds: "CRLF" } });
    const quoted = `${header}\n"2013-02-28", 10 ,"12",9,11,1e3\n2013-03-01,11,11.5,8,9,0`;
    expect(parseBars(quoted)).toEqual({
      ...{ ...bars, findings },
      warnings: [
        "the text, line 3: the file ends without a line end. If it was cut, its last number, 0, may lack digits.",
      ],
    });
  });

  test("may end with empty lines, also those of a spreadsheet", () => {
    expect(parseBars(`${text}\n\n`)).toEqual(parseBars(text));
    expect(parseBars(`${text},,,,,\n , ,,,,\n`)).toEqual(parseBars(text));
  });

  test("may have times with an offset, which say what is later when clocks are set back", () => {
    const times = ["2024-11-03 01:30:00-04:00", "2024-11-03 01:00:00-05:00"];
    expect(parsePrices(`time,price\n${times[0]},5\n${times[1]},5\n`).times).toEqual(times);
    const finer = parsePrices(
      "time,price\n2024-11-03T01:00:00.000001+0100,5\n2024-11-03T01:00:00.000002+0100,5\n",
    ).times;
    expect(finer).toEqual(["2024-11-03 01:00:00.000001+01:00", "2024-11-03 01:00:00.000002+01:00"]);
  });

  test("says where a price jumps, as a split or a slipped decimal point makes it, and loads it", () => {
    const split = "date,price\n2013-02-27,100\n2013-02-28,101\n2013-03-01,50.5\n2013-03-04,50\n";
    expect(parsePrices(split, { name: "mine.csv" }).warnings).toEqual([
      "mine.csv, 2013-03-01: the price 50.5 is 0.5 × the one before it, 101. Is it a split, or a slipped decimal point?",
    ]);
    const slipped = `${header}\n${row}\n2013-03-01,11,110,9,11,0\n2013-03-04,11,12,1,11,0\n`;
    expect(parseBars(slipped).warnings.map((one) => one.slice(0, 60))).toEqual([
      "the text, 2013-03-01: the price 110 is 10 × the one before i",
      "the text, 2013-03-04: the price 1 is 0.0909 × the one before",
    ]);
    const wild = Array.from({ length: 9 }, (_, i) => `2013-03-0${i + 1},${i % 2 === 0 ? 1 : 10}`);
    expect(parsePrices(`date,price\n${wild.join("\n")}\n`).warnings.slice(4)).toEqual([
      "the text, 2013-03-06: the price 10 is 10 × the one before it, 1. Is it a split, or a slipped decimal point?",
      "the text: 3 more like these.",
    ]);
  });

  test("says behind all else that it may be cut, and is refused where its last number has fewer decimals than all", () => {
    const rows = "date,price\n2013-02-27,100.25\n2013-02-28,101.50\n2013-03-01,50.75\n2013-03-04,50";
    const [split, cut] = parsePrices(`${rows}.25`).warnings;
    expect(split).toContain("2013-03-01: the price 50.75 is");
    expect(cut).toBe(
      "the text, line 5: the file ends without a line end. If it was cut, its last number, 50.25, may lack digits.",
    );
    expect(() => parsePrices(`${rows}.2`)).toThrow(
      'the text, line 5, column 2 (price) must be a number with 2 decimals, as in every other row; got the text "50.2". The ' +
        "file ends here without a line end and seems to be cut. If it is whole, add a line end.",
    );
    expect(parsePrices(`${rows}.2\n`).warnings).toHaveLength(1);
  });

  test("may have other separators, names and times", () => {
    const german = "Datum;Open;High;Low;Schluss\n2013-09-03 08:30;10;12;9;11\n2013-09-03 08:31;11;12;9;10\n";
    const options = { delimiter: ";", columns: { time: "Datum", close: "Schluss" } } as const;
    expect([...parseBars(german, options).close]).toEqual([11, 10]);
    expect(parsePrices("time\tprice\n2013-09-03T08:30:00.250Z\t5\n", { delimiter: "\t" }).times).toEqual([
      "2013-09-03 08:30:00.250Z",
    ]);
  });
});

describe("a bad file is refused with line, column and value", () => {
  const cases: readonly (readonly [string, string, number, number, string])[] = [
    ["no content", "", 1, 1, "a header that names the columns; got nothing"],
    ["a header alone", header, 2, 1, "a row of numbers; got nothing"],
    [
      "a missing header",
      `date,open,high,close\n${row}`,
      1,
      1,
      'a header with a column "low"; got the text "date, open',
    ],
    [
      "a header twice",
      `date,open,high,low,close,open\n${row}`,
      1,
      6,
      'a header of its own: "open" already stands for open; got the text "open"',
    ],
    [
      "an empty cell",
      `${header}\n${row}\n2013-03-01,11,,8,9,0`,
      3,
      3,
      'a price, a number above 0; got the text ""',
    ],
    [
      "a row cut short",
      `${header}\n${row}\n2013-03-01,11,12`,
      3,
      4,
      "a cell: the header has 6, this row has 3; got nothing.",
    ],
    [
      "a row too long",
      `${header}\n${row},7`,
      2,
      7,
      'nothing: the header has 6 cells; got the text "7". ' +
        "A number with a comma in it needs quotation marks, or another delimiter.",
    ],
    [
      "two columns of times",
      `Date,Time,open,high,low,close\n${row}`,
      1,
      2,
      'a header of its own: "Date" already stands for time; got the text "Time". ' +
        'Choose one: options.columns: { time: "Date" }.',
    ],
    ["a header and empty lines", `${header}\n\n\n`, 2, 1, "a row of numbers; got nothing"],
    [
      "clocks that go back twice",
      `${header}\n2024-11-03 00:30:00-04:00,10,12,9,11,1\n2024-11-03 01:30:00-05:00,10,12,9,11,1\n2024-11-03 01:30:00-04:00,10,12,9,11,1`,
      4,
      1,
      "later than the time before it, 2024-11-03 01:30:00-05:00 in line 3",
    ],
    [
      "a negative price",
      `${header}\n2013-02-28,10,12,-9,11,1`,
      2,
      4,
      'a price, a number above 0; got the text "-9"',
    ],
    [
      "a price of 0",
      `${header}\n2013-02-28,0,12,9,11,1`,
      2,
      2,
      'a price, a number above 0; got the text "0"',
    ],
    ["a word", `${header}\n2013-02-28,10,n/a,9,11,1`, 2, 3, 'a price, a number above 0; got the text "n/a"'],
    ["a number in hexadecimal", `${header}\n2013-02-28,10,0x10,9,11,1`, 2, 3, 'got the text "0x10"'],
    ["an infinite price", `${header}\n2013-02-28,10,1e999,9,11,1`, 2, 3, 'got the text "1e999"'],
    [
      "a negative volume",
      `${header}\n2013-02-28,10,12,9,11,-1`,
      2,
      6,
      'a quantity, a number from 0; got the text "-1"',
    ],
    [
      "a high below the low",
      `${header}\n2013-02-28,10,8,9,10,1`,
      2,
      3,
      'at least the row\'s low, 9; got the text "8"',
    ],
    [
      "a close above the high",
      `${header}\n2013-02-28,10,12,9,13,1`,
      2,
      5,
      'between the row\'s low, 9, and its high, 12; got the text "13"',
    ],
    ["a day that does not exist", `${header}\n2013-02-30,10,12,9,11,1`, 2, 1, 'got the text "2013-02-30"'],
    ["a date in a form that is none", `${header}\n28 02 2013,10,12,9,11,1`, 2, 1, "a date like 2013-09-03"],
    ["a day twice", `${header}\n${row}\n${row}`, 3, 1, "later than the time before it, 2013-02-28"],
    [
      "a day too early",
      `${header}\n2013-02-26,10,12,9,11,1\n${row}\n2013-02-27,10,12,9,11,1`,
      4,
      1,
      'later than the time before it, 2013-02-28 in line 3; got the text "2013-02-27". Sort the rows by time.',
    ],
    [
      "two forms of time",
      `${header}\n${row}\n2013-03-01 08:30,10,12,9,11,1`,
      3,
      1,
      "written like the time before it",
    ],
    ["an open quotation", `${header}\n"2013-02-28,10,12,9,11,1\n${row}`, 2, 1, "well quoted"],
  ];
  test.each(cases)("%s", (_, content, line, column, says) => {
    const fault = faultOf(content);
    expect(fault.name).toBe("InputError");
    expect(fault.message).toContain(says);
    expect(fault.message).toContain(`mine.csv, line ${line}, column ${column}`);
    expect([fault.line, fault.column]).toEqual([line, column]);
  });

  test("the line is counted through quoted line breaks", () => {
    const noted = `date,note,open,high,low,close\n2013-02-28,"two\nlines",10,12,9,11\n2013-03-01,x,1,2,-1,1`;
    expect([faultOf(noted).line, faultOf(noted).column]).toEqual([3 + 1, 5]);
  });

  test("options that are none", () => {
    expect(() => parseBars(text, { delimiter: "." as never })).toThrow("options.delimiter must be");
    expect(() => parseBars(text, { columns: { price: "x" } })).toThrow('options.columns field "price"');
    expect(() => parseBars(7 as never)).toThrow("text must be a text; got 7.");
  });
});

test("200,000 rows are read to the last one", () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => {
    const time = new Date(Date.UTC(2000, 0, 1) + 60_000 * i).toISOString().slice(0, 16);
    return `${time.replace("T", " ")},100.25,101.5,99.75,100.5,1234`;
  });
  const long = `${header}\n${rows.join("\n")}\n`;
  const { times } = parseBars(long);
  expect(times).toHaveLength(200_000);
  expect(rows[199_999].startsWith(times[199_999])).toBe(true);
});
