import { describe, expect, test } from "vitest";
import { defineProblem, infiniteHorizon, powerImpact } from "../../src/index";
import { almgren2003, compareFigures, figuresAt } from "../../src/published/index";

const chosen = (quantity: string): number => {
  const found = almgren2003.filter((figure) => figure.quantity.includes(quantity));
  expect(found.length).toBe(1);
  expect(found[0].kind).toBe("assumption");
  return found[0].printed;
};

describe("Almgren 2003, Table 1", () => {
  const printed = figuresAt(almgren2003, "Table 1").filter(({ kind }) => kind === "result");
  const ours = [1e3, 1e4, 1e5, 1e6, 1e7].flatMap((inverse) =>
    [0.5, 1, 2].flatMap((exponent) => {
      const impact = powerImpact({
        exponent,
        reference: { rate: chosen("v_ref"), impact: chosen("h_ref") },
      });
      const { timeConstant, expectedCost, standardDeviation } = infiniteHorizon(
        defineProblem({
          ...{ shares: chosen("order X"), horizon: 1, intervals: 1, volatility: chosen("volatility σ") },
          ...{
            impact,
            riskAversion: 1 / inverse,
            arrivalPrice: chosen("S₀"),
            timeUnit: "day",
            currency: "USD",
          },
        }),
      );
      return [timeConstant, expectedCost / 1000, standardDeviation / 1000];
    }),
  );

  test("is ours in all of its 45 cells, to the last printed digit", () => {
    const verdicts = compareFigures(printed, ours).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(new Array(45).fill("agrees"));
  });

  test("would differ in some cell if any of ours were off by 2%", () => {
    for (let i = 0; i < 3; i++) {
      const wrong = ours.map((value, k) => (k % 3 === i ? 1.02 * value : value));
      expect(compareFigures(printed, wrong).some(({ verdict }) => verdict === "differs")).toBe(true);
    }
  });
});
