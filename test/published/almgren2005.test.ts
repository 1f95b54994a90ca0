import { describe, expect, test } from "vitest";
import { almgren2005Impact, costReport, defineProblem, equalSchedule } from "../../src/index";
import { almgren2005, compareFigures, figuresAt } from "../../src/published/index";

const table = figuresAt(almgren2005, "Table 3");
const chosen = (name: string, what: string): number => {
  const found = table.filter(({ quantity }) => quantity.startsWith(`${name}: ${what}`));
  expect(found.length).toBe(1);
  return found[0].printed;
};

/** I, and K and J for each time, of a tenth of a day's volume (basis points). */
function ours(name: string): number[] {
  const price = 40;
  const dailyVolume = 1e6 * chosen(name, "daily volume");
  const σ = chosen(name, "daily volatility") / 100;
  const { impact } = almgren2005Impact({
    ...{ price, dailyVolume, dailyVolatility: σ },
    sharesOutstanding: 1e6 * chosen(name, "shares outstanding"),
  });
  const X = 0.1 * dailyVolume;
  const bp = (cost: number): number => (1e4 * cost) / (X * price);
  const costs = [0.1, 0.2, 0.5].flatMap((horizon) => {
    const problem = defineProblem({
      ...{ shares: X, horizon, intervals: 7, volatility: σ * price, impact, side: "buy", ownImpact: "half" },
    });
    const { temporary, expectedCost } = costReport(problem, equalSchedule(problem));
    return [bp(temporary), bp(expectedCost)];
  });
  return [1e4 * ((impact.permanent * X) / price), ...costs];
}

describe("Almgren, Thum, Hauptmann and Li 2005, Table 3", () => {
  test("is ours in all of its 14 cells, to the printed digit", () => {
    const printed = table.filter(({ kind }) => kind === "result");
    const compared = compareFigures(printed, [...ours("IBM"), ...ours("DRI")]);
    expect(compared.map(({ verdict }) => verdict)).toEqual(new Array(14).fill("agrees"));
  });

  test("is computed with the coefficients that the paper prints", () => {
    const { errors } = almgren2005Impact({
      ...{ price: 1, dailyVolume: 1e6, sharesOutstanding: 1e6, dailyVolatility: 0.01, dayLength: 390 },
    });
    const [γ, sγ, η, sη, β, sβ] = figuresAt(almgren2005, "Estimates").map(({ printed }) => printed);
    expect(errors).toEqual({ permanent: sγ / γ, temporary: sη / η, exponent: sβ, rate: 1e6 / 390 });
    expect(β).toBe(0.6);
  });
});
