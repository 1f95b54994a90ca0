import { describe, expect, test } from "vitest";
import { boundedSchedule, costReport, defineProblem, equalSchedule } from "../../src/index";
import {
  seedBExpectation,
  seedBForwardDifference,
  seedBGradient,
  seedBObjective,
  seedBParameters,
  seedBVariance,
} from "../../src/published/seedB";
import { expectRelative, reference } from "../helpers/reference";

const { published, corrected } = reference<{
  published: {
    objective_25x4: number;
    expectation_25x4: number;
    variance_25x4: number;
    slsqp: { published: { fun: number; jac: number } };
    exact: { fun: number; gradient: number; forward_difference: number[] };
  };
  corrected: {
    optimum: { lam: number; n: number[]; E: number; V: number; objective: number }[];
  };
}>("seed_b");

const quarter = [25, 25, 25, 25];
const tenth = new Array<number>(10).fill(4000);

describe("seed B's printed results, recomputed as printed", () => {
  test("objective([25, 25, 25, 25]) = 800172462.5, to the last bit", () => {
    expect(seedBObjective(quarter)).toBe(800172462.5);
    expect(seedBObjective(quarter)).toBe(published.objective_25x4);
    expect(seedBExpectation(quarter)).toBe(published.expectation_25x4);
    expect(seedBVariance(quarter)).toBe(published.variance_25x4);
  });

  test("fun 884090000.0 at ten times 4000", () => {
    expect(seedBObjective(tenth)).toBe(884090000);
    expect(published.slsqp.published.fun).toBe(884090000);
  });

  test("jac 4272 is what forward differences make of a gradient of 4271", () => {
    expect(seedBForwardDifference(tenth)).toEqual(published.exact.forward_difference);
    expect(seedBForwardDifference(tenth)[0]).toBe(published.slsqp.published.jac);
    expectRelative(seedBGradient(tenth)[0], published.exact.gradient, 1e-14, "gradient");
    // A central difference with a step that suits 8.8e8 finds the true one.
    const at = (by: number) => seedBObjective(tenth.map((n, k) => (k === 0 ? n + by : n)));
    expectRelative((at(1) - at(-1)) / 2, 4271, 1e-9, "central difference");
  });

  test("the code's expectation is the formula's for τ = 1 and no other", () => {
    const at = (tau: number) => {
      const problem = defineProblem({
        shares: 40_000,
        horizon: 10 * tau,
        intervals: 10,
        volatility: 0.3,
        temporaryImpact: 1,
        permanentImpact: 1,
        halfSpread: 1,
      });
      return costReport(problem, equalSchedule(problem)).expectedCost;
    };
    expect(seedBExpectation(tenth)).toBe(at(1));
    expect(seedBExpectation(tenth, 0.5)).not.toBeCloseTo(at(0.5), -6);
  });
});

describe("what its optimization should have given (1e-12)", () => {
  const { X, T, N, gamma, eta, eps, sigma } = seedBParameters;

  test.each(corrected.optimum.filter(({ lam }) => lam >= 0).map((row) => [row.lam, row] as const))(
    "λ = %f",
    (lam, row) => {
      const problem = defineProblem({
        shares: X,
        horizon: T,
        intervals: N,
        volatility: sigma,
        temporaryImpact: eta,
        permanentImpact: gamma,
        halfSpread: eps,
        riskAversion: lam,
      });
      const result = boundedSchedule(problem, { upper: X });
      if (result.status !== "optimal") throw new Error(result.message);
      const report = costReport(problem, result.schedule);
      expectRelative(report.expectedCost, row.E, 1e-12, "E");
      expect(Math.abs(report.costVariance - row.V)).toBeLessThan(1e-12 * sigma ** 2 * X ** 2);
      expectRelative(report.objective, row.objective, 1e-12, "objective");
      row.n.forEach((n, k) => {
        expect(Math.abs(result.schedule.trades[k] - n)).toBeLessThan(1e-11 * X);
      });
    },
  );
});

test("wrong trades and parameters are refused in words", () => {
  expect(() => seedBObjective(undefined as never)).toThrow(
    "n must be an array of at least one number (shares); got nothing.",
  );
  expect(() => seedBGradient([1, "2" as never])).toThrow(
    'n[1] must be a finite number (shares); got the text "2". Write the number without quotation marks.',
  );
  expect(() => seedBExpectation([1], 0)).toThrow("tau must be a finite number above 0; got 0.");
  expect(() => seedBVariance([1], Number.NaN)).toThrow("X must be a finite number (shares); got NaN.");
});
