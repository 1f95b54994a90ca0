import { describe, expect, test } from "vitest";
import { judgeInGeneral } from "../../src/certify/general";
import {
  type BoundedOptimum,
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  NoOptimumError,
  optimalSchedule,
  type Schedule,
  scheduleFromTrades,
  type TradeBounds,
} from "../../src/index";
import { checkBounds } from "../../src/model/bounds";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";

function problems(count: number): ExecutionProblem[] {
  const random = uniforms(11);
  return Array.from({ length: count }, (_, i) =>
    defineProblem({
      ...table1,
      side: i % 2 === 0 ? "sell" : "buy",
      timing: (["start", "mid", "end"] as const)[i % 3],
      intervals: 2 + Math.floor(600 * random() ** 2),
      halfSpread: i % 4 < 2 ? 0 : 0.05,
      drift: i % 5 === 0 ? 0.01 * (random() - 0.5) : 0,
      riskAversion: random() < 0.1 ? 0 : 10 ** (-8 + 3 * random()),
      arrivalPrice: 50,
    }),
  );
}

const inGeneral = (problem: ExecutionProblem, schedule: Schedule, bounds?: TradeBounds) =>
  judgeInGeneral(problem, schedule, bounds === undefined ? undefined : checkBounds(problem, bounds), 0);

describe("in a market that does not vary, the certificate of one look is that of the general route", () => {
  test("for optima, bounded ones too: the same verdict, and a gap of nothing", () => {
    let compared = 0;
    for (const problem of problems(300)) {
      const { shares: X, intervals: N } = problem;
      const bounds = { upper: (1.5 * X) / N };
      let found: [ReturnType<typeof optimalSchedule>, { readonly upper: number } | undefined][];
      try {
        const bounded = boundedSchedule(problem, bounds) as BoundedOptimum;
        found = [
          [optimalSchedule(problem), undefined],
          [bounded.schedule, bounds],
        ];
      } catch (error) {
        expect((error as Error).name).toBe(NoOptimumError.name);
        continue;
      }
      for (const [schedule, within] of found) {
        const quick = certify(problem, schedule, within);
        const general = inGeneral(problem, schedule, within);
        expect(quick.verdict).toBe("optimal");
        expect(general.verdict).toBe("optimal");
        expect(Math.abs(quick.optimalityResidual - general.optimalityResidual)).toBeLessThan(1e-11 * X);
        expect(Math.abs(quick.feasibilityResidual - general.feasibilityResidual)).toBeLessThan(1e-13 * X);
        expect(Math.abs(quick.curvature / general.curvature - 1)).toBeLessThan(1e-6);
        expect(quick.tolerance).toBe(general.tolerance);
        expect(quick.gapBound).toBeLessThan(1e-9);
        expect(quick.gapBound).toBeGreaterThanOrEqual(0);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(400);
  });

  test("for other schedules: the same residual, and the gap to the optimum", () => {
    const random = uniforms(5);
    for (const problem of problems(200)) {
      const { shares: X, intervals: N } = problem;
      const weights = Array.from({ length: N }, () => 0.2 + random());
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const given = weights.map((weight) => (X * weight) / total);
      for (const schedule of [equalSchedule(problem), scheduleFromTrades(problem, given)]) {
        const [quick, general] = [certify(problem, schedule), inGeneral(problem, schedule)];
        expect(quick.verdict).toBe(general.verdict);
        const apart = Math.abs(quick.optimalityResidual - general.optimalityResidual);
        expect(apart).toBeLessThanOrEqual(1e-9 * general.optimalityResidual + 1e-12 * X);
        expect(Math.abs(quick.gapBound - general.gapBound)).toBeLessThanOrEqual(
          1e-9 * general.gapBound + 1e-9,
        );
        expect(quick.gapBasisPoints).toBe((quick.gapBound / X / 50) * 1e4);
        expect(quick.isGapLoose).toBe(false);
      }
    }
  });

  test("and its gap is what the cost report says", () => {
    for (const problem of problems(60).filter(({ drift }) => drift === 0)) {
      const twap = equalSchedule(problem);
      const apart =
        costReport(problem, twap).objective - costReport(problem, optimalSchedule(problem)).objective;
      const { gapBound, verdict } = certify(problem, twap);
      const rounding = 1e-12 * costReport(problem, twap).objective;
      expect(Math.abs(gapBound - apart)).toBeLessThanOrEqual(rounding + 1e-7 * apart);
      expect(verdict).toBe(problem.riskAversion === 0 ? "optimal" : "not-optimal");
    }
  });

  test("of an optimum with a millionth of the order moved is no certificate of optimality", () => {
    for (const problem of problems(60)) {
      let schedule: ReturnType<typeof optimalSchedule>;
      try {
        schedule = optimalSchedule(problem);
      } catch {
        continue;
      }
      const trades = [...schedule.trades];
      trades[0] += 1e-6 * problem.shares;
      trades[problem.intervals - 1] -= 1e-6 * problem.shares;
      expect(certify(problem, scheduleFromTrades(problem, trades)).verdict).toBe("not-optimal");
    }
  });
});
