import { describe, expect, test } from "vitest";
import { costReport, defineProblem, scheduleFromTrades } from "../../src/index";
import { objectiveValue, quadraticObjective } from "../../src/model/quadratic";
import { uniforms } from "../helpers/random";
import { variedProblem, variedTrades } from "../helpers/varied";

/** The sum of what goes into an objective, each term by its size: what its rounding is measured by. */
function sizeOf({ expectedCost: _, objective, ...report }: ReturnType<typeof costReport>): number {
  const { permanent, spread, temporary, drift } = report;
  return Math.abs(permanent) + spread + temporary + Math.abs(drift) + Math.abs(objective);
}

describe("the quadratic form", () => {
  test("is E + λV of the cost report within 1e-13, on 3,000 problems of all timings, sides and profiles", () => {
    const random = uniforms(5);
    for (let i = 0; i < 3000; i++) {
      const problem = variedProblem(random, i);
      const schedule = scheduleFromTrades(problem, variedTrades(problem, random));
      const report = costReport(problem, schedule);
      const value = objectiveValue(quadraticObjective(problem), schedule);
      expect(Math.abs(value - report.objective), JSON.stringify(problem)).toBeLessThanOrEqual(
        1e-13 * sizeOf(report),
      );
    }
  });

  test("has the derivative of its constant by X as what one share more costs whatever the schedule", () => {
    const random = uniforms(6);
    for (let i = 0; i < 300; i++) {
      const problem = variedProblem(random, i);
      const at = (shares: number) => quadraticObjective(defineProblem({ ...problem, shares })).constant;
      const X = problem.shares;
      // A difference of a parabola is its derivative, but for the rounding of two large numbers.
      const slope = (at(2 * X) - at(0.5 * X)) / (1.5 * X);
      const expected = quadraticObjective(defineProblem({ ...problem, shares: 1.25 * X })).fixedMarginalCost;
      expect(Math.abs(slope - expected)).toBeLessThanOrEqual(
        1e-12 * (Math.abs(expected) + Math.abs(at(2 * X)) / X),
      );
    }
  });

  test("takes a risk aversion other than the problem's own", () => {
    const problem = variedProblem(uniforms(7), 1, { riskAversion: 1e-6 });
    const other = defineProblem({ ...problem, riskAversion: 3e-6 });
    expect(quadraticObjective(problem, 3e-6)).toEqual(quadraticObjective(other));
  });

  test("does not ask what stands in closed intervals, before, between or after the open ones", () => {
    const open = [false, true, true, false, false, true, false, false];
    const each = (size: number, there: number) => open.map((isOpen) => (isOpen ? size : there));
    const define = (there: number) =>
      defineProblem({
        shares: 1e6,
        horizon: 8,
        intervals: 8,
        volatility: 0.95,
        temporaryImpact: 2.5e-6,
        permanentImpact: 2.5e-7,
        riskAversion: 1e-6,
        profile: { open, permanentImpact: each(2.5e-7, there) },
      });
    const quiet = quadraticObjective(define(2.5e-7));
    expect(quadraticObjective(define(2e-6))).toEqual(quiet);
    expect(quadraticObjective(define(0))).toEqual(quiet);
  });
});
