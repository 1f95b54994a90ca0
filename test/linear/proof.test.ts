import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certifyLinear, type LinearProgram, solveLinearProgram } from "../../src/linear/index";
import { programs } from "../helpers/linear";

const infinite = Number.POSITIVE_INFINITY;

describe("certifyLinear", () => {
  const program: LinearProgram = {
    objective: [1, 2],
    rows: [{ coefficients: [1, 1], lower: 10 }],
    upper: [6, infinite],
  };

  test("accepts an optimum from anywhere, and says how far others are from one", () => {
    expect(certifyLinear(program, [6, 4], [2])).toEqual({
      verdict: "optimal",
      primalResidual: 0,
      dualResidual: 0,
      dualityGap: 0,
      value: 14,
      bound: 14,
      tolerance: 1e-9,
    });
    expect(certifyLinear(program, [5, 5], [2])).toMatchObject({
      verdict: "not-proven",
      value: 15,
      bound: 14,
    });
    expect(certifyLinear(program, [6, 3], [2])).toMatchObject({ verdict: "not-proven", primalResidual: 0.1 });
  });

  test("believes no price that pulls at a limit which does not exist", () => {
    for (const price of [-1, 3]) {
      expect(certifyLinear(program, [6, 4], [price])).toMatchObject({
        verdict: "not-proven",
        dualResidual: price < 0 ? 1 : 1 / 3,
        bound: -infinite,
        dualityGap: infinite,
      });
    }
    expect(certifyLinear({ ...program, sense: "maximize" }, [6, 4], [2]).bound).toBe(infinite);
  });

  test("refuses optima of random programs of which one number was spoiled", async () => {
    let spoiled = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, which) => {
        const result = await solveLinearProgram(program);
        if (result.status !== "optimal") return;
        const j = which % result.solution.length;
        const cost = result.reducedCosts[j];
        // Where the reduced cost is 0, the neighbor may be as good.
        if (Math.abs(cost) < 1e-6) return;
        const x = result.solution.map((value, i) => (i === j ? value + 1e-4 : value));
        spoiled++;
        expect(certifyLinear(program, x, result.shadowPrices).verdict).toBe("not-proven");
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(spoiled).toBeGreaterThan(30);
  });

  test("refuses lists of another length, or with holes", () => {
    expect(() => certifyLinear(program, [1], [2])).toThrow(
      "solution must be a list of 2 finite numbers; got an array of length 1.",
    );
    expect(() => certifyLinear(program, [1, 2], [Number.NaN])).toThrow(
      "shadowPrices must be a list of 1 finite numbers; got an array of length 1.",
    );
  });
});
