import { describe, expect, test } from "vitest";
import { parsePrices } from "../../src/data/index";

/** The times of a text with these cells, and the form that they were found to have. */
function read(...cells: readonly string[]): readonly [form: string, ...times: string[]] {
  const rows = cells.map((cell) => `${cell};5.25`).join("\n");
  const { times, findings } = parsePrices(`time;price\n${rows}\n`);
  return [findings.dates, ...times];
}

describe("times of every form become ISO 8601, as precise as they are", () => {
  test.each([
    ["YYYY-MM-DD", "2024-1-5", "2024-01-05"],
    ["YYYY-MM-DD", "2024-01-25T09:30", "2024-01-25 09:30"],
    ["YYYY-MM-DD", "2024-01-25 09:30:15.123456789", "2024-01-25 09:30:15.123456789"],
    ["YYYY-MM-DD", "2024-01-25 09:30:15,250", "2024-01-25 09:30:15.250"],
    ["YYYY-MM-DD", "2024-01-25T09:30:00Z", "2024-01-25 09:30:00Z"],
    ["YYYY-MM-DD", "2024-01-25 09:30:00 UTC", "2024-01-25 09:30:00Z"],
    ["YYYY-MM-DD", "2024-01-25 09:30:00+0530", "2024-01-25 09:30:00+05:30"],
    ["YYYY-MM-DD", "2024-01-25 09:30:00-05", "2024-01-25 09:30:00-05:00"],
    ["YYYY-MM-DD", "2024-01-25 09:30:00 EST", "2024-01-25 09:30:00-05:00"],
    ["YYYY/MM/DD", "2024/01/25", "2024-01-25"],
    ["YYYY.MM.DD", "2024.01.25 09:30", "2024-01-25 09:30"],
    ["DD.MM.YYYY", "5.1.2024", "2024-01-05"],
    ["DD/MM/YYYY", "25/01/2024", "2024-01-25"],
    ["DD-MM-YYYY", "25-01-2024", "2024-01-25"],
    ["MM/DD/YYYY", "1/25/2024 4:00:00 PM", "2024-01-25 16:00:00"],
    ["MM/DD/YYYY", "01/25/2024, 12:00 am", "2024-01-25 00:00"],
    ["MM/DD/YY", "01/25/69", "1969-01-25"],
    ["MM/DD/YY", "01/25/68", "2068-01-25"],
    ["YYYYMMDD", "20240125", "2024-01-25"],
    ["YYYYMMDD", "20240125  09:30:00", "2024-01-25 09:30:00"],
    ["YYYYMMDD", "20240125-09:30:00", "2024-01-25 09:30:00"],
    ["YYYYMMDD", "20240125 093000", "2024-01-25 09:30:00"],
    ["YYYYMMDD", "20240125 093000250", "2024-01-25 09:30:00.250"],
    ["YYYYMMDD", "20240125093000", "2024-01-25 09:30:00"],
    ["MMM DD YYYY", "Jan 05, 2024", "2024-01-05"],
    ["MMM DD YYYY", "Thursday, January 25, 2024", "2024-01-25"],
    ["DD MMM YYYY", "25-Jan-2024", "2024-01-25"],
    ["DD MMM YYYY", "5 Sept 2024 09:30", "2024-09-05 09:30"],
    ["DD MMM YY", "25-Jan-24", "2024-01-25"],
    ["YYYY MMM DD", "2024-Jan-25", "2024-01-25"],
    ["Unix seconds", "1706175000", "2024-01-25 09:30:00Z"],
    ["Unix seconds", "1706175000.25", "2024-01-25 09:30:00.250Z"],
    ["Unix seconds", "999999999", "2001-09-09 01:46:39Z"],
    ["Unix milliseconds", "1706175000250", "2024-01-25 09:30:00.250Z"],
    ["Unix microseconds", "1706175000000250", "2024-01-25 09:30:00.000250Z"],
    ["Unix nanoseconds", "1706175000000000001", "2024-01-25 09:30:00.000000001Z"],
  ])("%s: %s", (form, cell, time) => {
    expect(read(cell)).toEqual([form, time]);
  });

  test("a zone that is named is said, and the wall clock stays", () => {
    const text =
      "time,price\n2024-01-25 09:30:00 America/New_York,5\n2024-01-25 09:31:00 America/New_York,6\n";
    const { times, findings, readAs } = parsePrices(text);
    expect(times).toEqual(["2024-01-25 09:30:00", "2024-01-25 09:31:00"]);
    expect(findings.timeZone).toBe("America/New_York");
    expect(readAs).toBe("comma, dates YYYY-MM-DD, times of America/New_York");
  });

  test("offsets and fractions may change their length, and nanoseconds tell later from earlier", () => {
    expect(read("2024-03-08 09:30:00.5-05:00", "2024-03-11 09:30:00-0400").slice(1)).toEqual([
      "2024-03-08 09:30:00.5-05:00",
      "2024-03-11 09:30:00-04:00",
    ]);
    expect(read("1706175000000000002", "1706175000000000001").slice(1)).toEqual([
      "2024-01-25 09:30:00.000000001Z",
      "2024-01-25 09:30:00.000000002Z",
    ]);
  });

  test("many days and minutes, each of which is read before and behind others, stay apart", () => {
    const cells = Array.from({ length: 5000 }, (_, i) =>
      new Date(Date.UTC(2024, 0, 25) + 61_000 * i).toISOString(),
    );
    const european = cells.map((cell) => cell.replace(/^(\d+)-(\d+)-(\d+)T(.*)Z$/, "$3.$2.$1 $4"));
    expect(read(...european).slice(1)).toEqual(cells.map((cell) => cell.slice(0, 23).replace("T", " ")));
    expect(read(...cells.map((cell) => cell.slice(0, 19))).slice(1)).toEqual(
      cells.map((cell) => cell.slice(0, 19).replace("T", " ")),
    );
    expect(read(...cells.map((cell) => String(Date.parse(cell)))).slice(1)).toEqual(
      cells.map((cell) => `${cell.slice(0, 19).replace("T", " ")}Z`),
    );
  });
});

describe("what is no time is refused", () => {
  const anyTime = "a date like 2013-09-03, or a time like 2013-09-03 08:30:00";
  const anyClock =
    "a date with a time of day like 08:30 or 08:30:15.250, and an offset from -12:00 to +14:00 where there is one";
  test.each([
    ["2024-02-30", anyTime],
    ["2023-02-29", anyTime],
    ["2024-13-01", anyTime],
    ["01.25.2024", anyTime],
    ["1601-01-01", anyTime],
    ["4102444800", anyTime],
    ["2024-01-25 24:00:00", anyClock],
    ["2024-01-25 09:60:00", anyClock],
    ["2024-01-25 09:30:60", anyClock],
    ["2024-01-25 13:00 PM", anyClock],
    ["2024-01-25 09:30:00-99:00", anyClock],
    ["2024-01-25 09:30:00+14:15", anyClock],
    ["2024-01-25 09:30:00-12:15", anyClock],
    ["2024-01-25 09:30:00+05:20", anyClock],
    ["2024-01-25 09:30:00 BST", anyClock],
  ])("%s", (cell, allowed) => {
    expect(() => read(cell)).toThrow(
      `the text, line 2, column 1 (time) must be ${allowed}; got the text ${JSON.stringify(cell)}.`,
    );
  });

  test("a spreadsheet's count of days, with what to do", () => {
    expect(() => read("45316")).toThrow(
      `the text, line 2, column 1 (time) must be ${anyTime}; got the text "45316". It seems to be a spreadsheet's count of ` +
        "days: format the column as dates.",
    );
  });

  test.each([
    ["2024-01-25 09:30", "2024-01-25 09:31:00"],
    ["2024-01-25 09:30", "2024-01-26"],
    ["2024-01-25 09:30:00", "2024-01-25 09:31:00Z"],
    ["2024-01-25 09:30", "2024-01-25 0931"],
    ["2024-01-25 09:30 Europe/Berlin", "2024-01-25 09:31 Europe/Paris"],
  ])("two kinds in one column: %s and %s", (one, other) => {
    expect(() => read(one, other)).toThrow(
      `the text, line 3, column 1 (time) must be written like the time before it, ${one}; got the text "${other}".`,
    );
  });

  test("two forms in one column, by the form that goes furthest", () => {
    expect(() => read("01/02/2024", "25/02/2024", "03/25/2024")).toThrow(
      "the text, line 4, column 1 (time) must be a date in the form DD/MM/YYYY, as in the rows above; got the text " +
        '"03/25/2024".',
    );
  });
});
