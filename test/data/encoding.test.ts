import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type CsvOptions, loadPrices, parsePrices } from "../../src/data/index";

const text = "Datum;Schluß\n2024-01-24;10,5\n2024-01-25;10,75\n";
const options: CsvOptions = { columns: { price: "Schluß" } };
const utf16 = Buffer.from(text, "utf16le");

describe("the encoding of a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "encoding-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (bytes: Buffer): string => {
    const file = join(folder, "mine.csv");
    writeFileSync(file, bytes);
    return file;
  };

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 LE", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ["UTF-16 BE", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ["UTF-16 LE", utf16],
    ["UTF-16 BE", Buffer.from(utf16).swap16()],
    ["Windows-1252", Buffer.from(text, "latin1")],
  ] as const)("is found: %s", (encoding, bytes) => {
    const { prices, findings, readAs } = loadPrices(write(bytes), options);
    expect(prices).toEqual([10.5, 10.75]);
    expect(findings.encoding).toBe(encoding);
    expect(readAs.startsWith(encoding === "UTF-8" ? "semicolon" : `${encoding}, semicolon`)).toBe(true);
  });

  test("is taken from the caller, and refused where the bytes are another's", () => {
    const file = write(Buffer.from(text, "latin1"));
    expect(loadPrices(file, { ...options, encoding: "Windows-1252" }).prices).toEqual([10.5, 10.75]);
    expect(() => loadPrices(file, { ...options, encoding: "UTF-8" })).toThrow(
      'options.encoding must be the encoding of mine.csv; its bytes are another\'s; got the text "UTF-8". ' +
        "Leave options.encoding out to have it found.",
    );
  });

  test.each([
    ["PK\x03\x04", "a table as text, not a ZIP archive, such as a workbook of Excel"],
    ["\xd0\xcf\x11\xe0", "a table as text, not a workbook of Excel"],
    ["\x1f\x8b\x08", "a table as text, not a file compressed by gzip"],
    ["BZh9", "a table as text, not a file compressed by bzip2"],
    ["\x28\xb5\x2f\xfd", "a table as text, not a file compressed by zstd"],
    ["7z\xbc\xaf", "a table as text, not a 7z archive"],
    ["PAR1", "a table as text, not a Parquet file"],
    ["ARROW1", "a table as text, not an Arrow file"],
    ["\x89HDF\r\n", "a table as text, not an HDF5 file"],
    ["SQLite format 3\0", "a table as text, not an SQLite database"],
    ["%PDF-1.7", "a table as text, not a PDF document"],
    ["<!DOCTYPE html><html>", "a table with rows and columns, not a web page or XML"],
    ['[{"time":1}]', "a table with rows and columns, not JSON"],
    ["\u0001\u0002\u0003", "text without control characters"],
  ])("a file that is no text is called what it is: %j", (start, words) => {
    const file = write(Buffer.from(`${start} and so on`, "latin1"));
    expect(() => loadPrices(file)).toThrow(
      expect.objectContaining({
        name: "InputError",
        message: expect.stringContaining(`must be ${words}; got`),
      }),
    );
  });

  test("the whole message names the next step", () => {
    expect(() => loadPrices(write(Buffer.from("PAR1....")))).toThrow(
      'mine.csv must be a table as text, not a Parquet file; got the text "PAR1....". ' +
        "Query it, or write it as CSV.",
    );
    expect(() => parsePrices("time,price\n2024-01-02,5\0\n")).toThrow(
      'the text, line 2, column 1 must be text without control characters; got the text "\\u0000". ' +
        "The file is damaged, binary, or in another encoding: give options.encoding.",
    );
  });
});
