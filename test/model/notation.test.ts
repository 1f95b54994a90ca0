import { describe, expect, test } from "vitest";
import { axisTitle, defineProblem, notation, unitOf } from "../../src/index";

const units = { timeUnit: "day", currency: "EUR" };

describe("the notation table", () => {
  test("names every number of a problem", () => {
    const problem = defineProblem({ shares: 1, horizon: 1, intervals: 1, volatility: 0, temporaryImpact: 1 });
    const numbers = Object.entries(problem).filter(([, value]) => typeof value === "number");
    for (const [name] of numbers) expect(Object.keys(notation)).toContain(name);
  });

  test("uses each letter once", () => {
    const letters = Object.values(notation).map(({ symbol }) => symbol);
    expect(new Set(letters).size).toBe(letters.length);
  });

  test("has units whose dimensions agree: E = η/τ·n², V = σ²τx², λV = E", () => {
    expect(unitOf("temporaryImpact", units)).toBe("EUR·day/share²");
    expect(unitOf("volatility", units)).toBe("EUR/share/√day");
    expect(unitOf("costVariance", units)).toBe("EUR²");
    expect(unitOf("riskAversion", units)).toBe("1/EUR");
  });
});

test("an axis title carries words, letter and unit, and no brackets for a pure number", () => {
  expect(axisTitle("rates", units)).toBe("Trading rate v (shares/day)");
  expect(axisTitle("intervals", units)).toBe("Number of intervals N");
});

test("a name that the table has not, and units without their names, are refused", () => {
  const names = Object.keys(notation).join(", ");
  for (const call of [unitOf, axisTitle]) {
    for (const [name, words] of [
      ["shaers", 'the text "shaers"'],
      ["toString", 'the text "toString"'],
      [undefined, "nothing"],
      [Object.create(null), "an object"],
    ] as const) {
      expect(() => call(name as never, units)).toThrow(
        expect.objectContaining({
          name: "InputError",
          message: `name must be a name of the notation table: ${names}; got ${words}.`,
        }),
      );
    }
    expect(() => call("volatility", undefined as never)).toThrow(
      "units must be a problem, or an object with its timeUnit and currency; got nothing.",
    );
    expect(() => call("volatility", { timeUnit: "day" } as never)).toThrow(
      "units.currency must be a text of 1 to 40 characters; got nothing.",
    );
    expect(() => call("volatility", { currency: "EUR" } as never)).toThrow(
      "units.timeUnit must be a text of 1 to 40 characters; got nothing.",
    );
  }
});

test("a unit is put in as it is, whatever signs it has", () => {
  expect(unitOf("drift", { timeUnit: "$&", currency: "A$" })).toBe("A$/share/$&");
});
