import { describe, expect, test } from "vitest";
import { axisTitle, defineProblem, notation, unitOf } from "../src/index";

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
