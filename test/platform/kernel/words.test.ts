import { describe, expect, test } from "vitest";
import { innermostFirst, wrapped } from "../../../scripts/kernel/words.cjs";

describe("a long message", () => {
  test("is broken between words, each part as indented as the whole", () => {
    expect(wrapped("  one two three four", 11)).toBe("  one two\n  three\n  four");
  });

  test("keeps short lines, and words that are longer than a line, as they are", () => {
    expect(wrapped("a  b\n\nc", 5)).toBe("a  b\n\nc");
    expect(wrapped("at /a/very/long/path now", 8)).toBe("at\n/a/very/long/path\nnow");
  });

  test("never begins a line with a percent sign", () => {
    expect(wrapped("risk is 60 % less", 10)).toBe("risk is\n60 % less");
  });
});

describe("a message of the compiler", () => {
  test("begins with its innermost reason, the others in their order below it, types shortened", () => {
    const fields = "field: number; ".repeat(9);
    const typo = [
      `Argument of type '{ shares: number; ${fields}}' is not assignable to parameter of type 'Input'.`,
      "Types do not agree.",
      "'volatilty' does not exist in type 'Input'. Did you mean to write 'volatility'?",
    ];
    expect(innermostFirst(typo)).toEqual([
      "'volatilty' does not exist in type 'Input'. Did you mean to write 'volatility'?",
      "  Argument of type '{ shares: number; field: number; … ; field: number; field: number; }'" +
        " is not assignable to parameter of type 'Input'.",
      "  Types do not agree.",
    ]);
  });

  test("stays in its order where alternatives stand side by side", () => {
    const overloads = ["No overload matches this call.", "Overload 1 of 2.", "Overload 2 of 2."];
    expect(innermostFirst(overloads)).toEqual(overloads);
  });
});
