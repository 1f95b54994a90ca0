import { describe, expect, test } from "vitest";
import { parsePrices } from "../../src/data/index";
import { plainValue } from "../../src/data/numerals";
import { uniforms } from "../helpers/random";

/** Prices as they stand in a table, of which the first decides that the point or the comma is the decimal mark. */
function read(first: string, ...cells: readonly string[]): readonly number[] {
  const rows = [first, ...cells].map((cell, i) => `2024-01-${i + 10}|${cell}`).join("\n");
  return parsePrices(`date|price\n${rows}\n`, { prices: "any" }).prices.slice(1);
}

describe("numbers", () => {
  test.each([
    ["1.25", ["1,234.5", "1 234.5", "1'234.5", "1\u2019234.5", "1\u00a0234.5"].slice(0, 1), [1234.5]],
    ["1.25", ["1'234.5", "12\u2019345'678"], [1234.5, 12345678]],
    ["1.25", ["1\u00a0234.5", "1\u202f234"], [1234.5, 1234]],
    ["1.25", ["+5", "-.5", "5.", "1e3", "2.5E-1", "\u22127", "(7.5)"], [5, -0.5, 5, 1000, 0.25, -7, -7.5]],
    ["1,25", ["1.234,5", "1.234.567", "33.288", ",5"], [1234.5, 1234567, 33288, 0.5]],
    ["1,25", ["0,123"], [0.123]],
    ["$1.25", ["$ 5", "-$5", "$1,000.5"], [5, -5, 1000.5]],
    ["1,25 €", ["5 €", "1.000 €"], [5, 1000]],
    ["1.25%", ["5 %", "-0.5%"], [5, -0.5]],
    ["1.25M", ["912.4K", "1.2B", "2T", "7"], [912400, 1.2e9, 2e12, 7]],
  ])("after %s: %j", (first, cells, values) => {
    expect(read(first, ...cells)).toEqual(values);
  });

  test.each([
    ["1.25", "1,23"],
    ["1.25", "1,2345"],
    ["1.25", "0,123"],
    ["1.25", "1,234'567"],
    ["1.25", "1.2.3"],
    ["1.25", "1 2"],
    ["1.25", "--5"],
    ["1.25", "(-5)"],
    ["1.25", "0x10"],
    ["1.25", "1,234e2"],
    ["1.25", "5x"],
    ["1.25", "."],
    ["1.25", "∞"],
    ["1.25", "5%"],
    ["$1.25", "5"],
    ["1.25M", "1000"],
    ["1000", "1.25M"],
  ])("after %s, %j is none", (first, cell) => {
    if (cell === ".") expect(read(first, cell)).toEqual([]);
    else expect(() => read(first, cell)).toThrow(/^the text, line 3, column 2 \(price\) must be /);
  });

  test("a sign that only some cells of a column have is refused, in words", () => {
    expect(() => read("$1.25", "5")).toThrow(
      'the text, line 3, column 2 (price) must be written like the numbers above it; got the text "5". Currency and ' +
        "percent signs and the mark of the thousands are the same in every cell of a column, and letters such as M stand " +
        "with every number from 1000.",
    );
  });

  test("a number whose decimal mark is not the file's says so", () => {
    expect(() => read("1.25", "1,5")).toThrow(
      'the text, line 3, column 2 (price) must be a price, a number; got the text "1,5". The decimal mark of this file is ' +
        "the point.",
    );
  });

  test.each(["", "-", "--", "null", "NaN", "N/A", "#N/A N/A", "None", "."])(
    "%j is no number, and its row is dropped",
    (cell) => {
      const { prices, findings } = parsePrices(`date,price\n2024-01-24,${cell}\n2024-01-25,5\n`);
      expect([prices, findings.droppedRows]).toEqual([[5], 1]);
    },
  );

  test("plain ones are as near as a double comes: 50,000 random ones with up to 20 digits", () => {
    const next = uniforms(7);
    for (let i = 0; i < 50_000; i++) {
      const digits = Array.from({ length: 1 + Math.floor(20 * next()) }, () => Math.floor(10 * next())).join(
        "",
      );
      const point = Math.floor((digits.length + 1) * next());
      const text = `${next() < 0.5 ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
      expect(plainValue(`x${text}y`, 1, 1 + text.length, 46), text).toBe(Number(text));
      expect(plainValue(text.replace(".", ","), 0, text.length, 44)).toBe(Number(text));
    }
  });
});
