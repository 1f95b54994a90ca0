import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { cellText, gridOf, lineOf, rowTexts } from "../../src/data/grid";
import { uniforms } from "../helpers/random";

/** All cells of a text. */
function cellsOf(text: string, delimiter: "," | ";" | "\t" | "|"): readonly (readonly string[])[] {
  const grid = gridOf(text, delimiter);
  return Array.from({ length: grid.rows }, (_, row) => rowTexts(grid, row));
}

describe("a text is taken apart", () => {
  test("as papaparse does it, in 2,000 random tables with quotation marks, line breaks and blanks in cells", () => {
    const plain = ["", "10.5", "2024-01-02", "a b", "1.234,5"];
    const quoted = ['"a,b"', '"say ""so"""', '"two\nlines"', '""', '"c;d"'];
    for (let seed = 1; seed <= 2000; seed++) {
      const next = uniforms(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
      const end = pick(["\n", "\r\n"] as const);
      const delimiter = pick([",", ";", "\t", "|"] as const);
      const rows = Array.from({ length: 5 }, () =>
        Array.from({ length: 4 }, () => pick(next() < 0.3 ? quoted : plain)).map((cell) =>
          cell.startsWith('"') || !cell.includes(delimiter) ? cell : "x",
        ),
      );
      const text = rows.map((row) => row.join(delimiter)).join(end);
      const known = Papa.parse<string[]>(text, { delimiter, newline: end }).data;
      expect(cellsOf(text, delimiter), `seed ${seed}`).toEqual(known);
    }
  });

  test("at every CR, LF and CRLF outside of quotation marks, whichever stand beside each other", () => {
    expect(cellsOf("a,b\r1,2\r\n3,4\n5,6", ",")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
    const found = ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\rb\n", "a"].map((text) => gridOf(text, ",").lineEnds);
    expect(found).toEqual(["LF", "CRLF", "CR", "mixed", "LF"]);
    expect(["a\n", "a\r", "a", ""].map((text) => gridOf(text, ",").isClosed)).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  test("with a cell behind a delimiter at the end of a line or of the text, and none behind a line end", () => {
    expect(cellsOf("a,\nb,", ",")).toEqual([
      ["a", ""],
      ["b", ""],
    ]);
    expect(cellsOf("a\n\nb\n", ",")).toEqual([["a"], [""], ["b"]]);
    expect(cellsOf("", ",")).toEqual([]);
  });

  test("without the blanks and quotation marks around cells", () => {
    expect(cellsOf(' a , "b" ,\t" c "\u00a0', ",")).toEqual([["a", "b", "c"]]);
    expect(cellsOf("\t1\t\t2", "\t")).toEqual([["", "1", "", "2"]]);
  });

  test("and what the RFC does not allow is kept as a fault of its row", () => {
    const faults = (text: string): unknown => [...gridOf(text, ",").quoteFaults];
    expect(faults('a,b\n1"2,3')).toEqual([[1, "a quotation mark stands within a cell"]]);
    expect(faults('a\n"b"c,d')).toEqual([[1, "something follows a closing quotation mark"]]);
    expect(faults('a\nb,"c\nd')).toEqual([[1, "a quotation mark opens and none closes"]]);
    expect(faults('"a","b ""c"""')).toEqual([]);
  });

  test("and rows with a cell of several lines are known, so that the lines behind them are counted", () => {
    const grid = gridOf('a,b\n1,"x,\ny,z"\n2,"u\r\nv"\n3,w', ",");
    expect([...grid.spans]).toEqual([
      [1, { breaks: 1, delimiters: 2 }],
      [2, { breaks: 1, delimiters: 0 }],
    ]);
    expect([0, 1, 2, 3].map((row) => lineOf(grid, row))).toEqual([1, 2, 4, 6]);
    expect(cellText(grid, 3, 1)).toBe("w");
    expect(cellText(grid, 3, 2)).toBe("");
  });
});
