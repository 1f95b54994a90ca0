import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  certify,
  costDistribution,
  costReport,
  type ExecutionProblem,
  efficientFrontier,
  equalSchedule,
  optimalSchedule,
  type Schedule,
  scheduleFromTrades,
  simulateCosts,
  tridiagonalSchedule,
} from "../../src/index";
import { change, magnitude, problems, problemsWithDrift } from "./arbitrary";

// A failure prints its seed and the shrunk problem; to repeat it, give that seed here.
const runs = { numRuns: 1000, seed: 20260101 };

const isClose = (
  a: number,
  b: number,
  tolerance: number,
  scale = Math.max(Math.abs(a), Math.abs(b)),
): boolean => Math.abs(a - b) <= tolerance * scale;

function expectClose(a: number, b: number, tolerance: number, scale?: number): void {
  expect(isClose(a, b, tolerance, scale), `${a} and ${b} agree to ${tolerance}`).toBe(true);
}

/** Any feasible schedule: the optimum's trades with a share of the order moved between two of them. */
function disturbed(
  problem: ExecutionProblem,
  { trades }: Schedule,
  from: number,
  to: number,
  shares: number,
): Schedule {
  const moved = trades.map((n, k) => n + (k === from ? -shares : 0) + (k === to ? shares : 0));
  return scheduleFromTrades(problem, moved);
}

describe("the optimum of any problem", () => {
  test("1. trades the order: trades sum to X, holdings go from X to 0 and differ by the trades", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        const { remaining, trades } = optimalSchedule(problem);
        const X = problem.shares;
        expect(remaining[0]).toBe(X);
        expect(Math.abs(remaining[problem.intervals])).toBeLessThanOrEqual(1e-15 * X);
        expectClose(
          trades.reduce((sum, n) => sum + n, 0),
          X,
          1e-12,
        );
        trades.forEach((n, k) => {
          expectClose(remaining[k] - remaining[k + 1], n, 1e-12, X);
        });
      }),
      runs,
    );
  });

  test("2. never trades against the order, and never faster later, without drift and with λ ≥ 0", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { trades } = optimalSchedule(problem);
        trades.forEach((n, k) => {
          expect(n).toBeGreaterThanOrEqual(0);
          if (k > 0) expect(n).toBeLessThanOrEqual(trades[k - 1] * (1 + 1e-12));
        });
      }),
      runs,
    );
  });

  test("3. is the same for a buy as for a sell in a market whose trend is turned round, at the same cost", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        const mirror = change(problem, {
          side: problem.side === "sell" ? "buy" : "sell",
          drift: -problem.drift,
        });
        const [one, other] = [optimalSchedule(problem), optimalSchedule(mirror)];
        expect(other).toEqual(one);
        expect(costReport(mirror, other)).toEqual(costReport(problem, one));
      }),
      runs,
    );
  });

  test("4. does not depend on the unit of shares: c times the shares of 1/c of the value", () => {
    fc.assert(
      fc.property(problemsWithDrift, magnitude(1e-3, 1e3), (problem, c) => {
        const scaled = change(problem, {
          shares: problem.shares * c,
          volatility: problem.volatility / c,
          drift: problem.drift / c,
          halfSpread: problem.halfSpread / c,
          temporaryImpact: problem.temporaryImpact / c ** 2,
          permanentImpact: problem.permanentImpact / c ** 2,
        });
        expectSameShape(problem, scaled, 1);
      }),
      runs,
    );
  });

  test("5. does not depend on the unit of time", () => {
    fc.assert(
      fc.property(problemsWithDrift, magnitude(1e-3, 1e3), (problem, c) => {
        const scaled = change(problem, {
          horizon: problem.horizon * c,
          volatility: problem.volatility / Math.sqrt(c),
          drift: problem.drift / c,
          temporaryImpact: problem.temporaryImpact * c,
        });
        expectSameShape(problem, scaled, 1);
      }),
      runs,
    );
  });

  test("6. does not depend on the currency, and its cost is stated in it", () => {
    fc.assert(
      fc.property(problemsWithDrift, magnitude(1e-3, 1e3), (problem, c) => {
        const scaled = change(problem, {
          volatility: problem.volatility * c,
          drift: problem.drift * c,
          halfSpread: problem.halfSpread * c,
          temporaryImpact: problem.temporaryImpact * c,
          permanentImpact: problem.permanentImpact * c,
          riskAversion: problem.riskAversion / c,
        });
        expectSameShape(problem, scaled, c);
      }),
      runs,
    );
  });

  test("7. tends to equal slices as λ → 0, and to everything at once as λ → ∞", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const X = problem.shares;
        const calm = optimalSchedule(change(problem, { riskAversion: problem.riskAversion * 1e-200 }));
        equalSchedule(problem).trades.forEach((n, k) => {
          expectClose(calm.trades[k], n, 1e-12);
        });
        // Beyond κτ = 2, timing "mid" hedges an interval's risk with the next one: holdings alternate.
        if (problem.timing === "mid") return;
        const hasty = optimalSchedule(change(problem, { riskAversion: 1e200 }));
        expect(isClose(hasty.trades[0], X, 1e-12)).toBe(true);
      }),
      runs,
    );
  });

  test("8. is beaten by no other feasible schedule", () => {
    const move = fc.record({ from: fc.nat(), to: fc.nat(), share: magnitude(1e-4, 10), up: fc.boolean() });
    fc.assert(
      fc.property(problemsWithDrift, move, (problem, { from, to, share, up }) => {
        const optimum = optimalSchedule(problem);
        const N = problem.intervals;
        const shares = (up ? 1 : -1) * share * problem.shares;
        const other = disturbed(problem, optimum, from % N, to % N, shares);
        const [best, worse] = [costReport(problem, optimum), costReport(problem, other)];
        const scale =
          Math.abs(best.temporary) + Math.abs(best.permanent) + Math.abs(best.drift) + best.spread;
        const rounding = 1e-13 * (scale + problem.riskAversion * best.costVariance);
        expect(worse.objective).toBeGreaterThanOrEqual(best.objective - rounding);
      }),
      runs,
    );
  });

  test("9. has a tail that is the optimum of what is left", () => {
    fc.assert(
      fc.property(problemsWithDrift, fc.nat(), (problem, at) => {
        const N = problem.intervals;
        const k = at % N;
        const whole = optimalSchedule(problem);
        const left = whole.remaining[k];
        // A rest of nothing, or of the other sign, is no order.
        fc.pre(left > 1e-6 * problem.shares);
        const rest = change(problem, {
          shares: left,
          intervals: N - k,
          horizon: (problem.horizon * (N - k)) / N,
        });
        optimalSchedule(rest).remaining.forEach((x, j) => {
          expectClose(x, whole.remaining[k + j], 1e-9, problem.shares);
        });
      }),
      runs,
    );
  });

  test("10. comes out of the tridiagonal system as well", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        const [closed, solved] = [optimalSchedule(problem), tridiagonalSchedule(problem)];
        const scale = Math.max(...closed.remaining.map(Math.abs));
        solved.remaining.forEach((x, k) => {
          expectClose(x, closed.remaining[k], 1e-11, scale);
        });
      }),
      runs,
    );
  });

  test("11. has a cost report whose parts add up", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        const report = costReport(problem, optimalSchedule(problem));
        const {
          permanent,
          spread,
          temporary,
          drift,
          expectedCost,
          costVariance,
          standardDeviation,
          objective,
        } = report;
        expect(permanent + spread + temporary + drift).toBe(expectedCost);
        expect(expectedCost + problem.riskAversion * costVariance).toBe(objective);
        expectClose(standardDeviation ** 2, costVariance, 1e-15);
      }),
      runs,
    );
  });

  test("12. costs the same whatever the arrival price", () => {
    fc.assert(
      fc.property(problems, magnitude(1e-3, 1e6), (problem, arrivalPrice) => {
        const priced = change(problem, { arrivalPrice });
        const schedule = optimalSchedule(priced);
        expect(costReport(priced, schedule)).toEqual(costReport(problem, optimalSchedule(problem)));
        const run = { paths: 4, seed: 1 };
        expect(simulateCosts(priced, schedule, run)).toEqual(simulateCosts(problem, schedule, run));
      }),
      { ...runs, numRuns: 300 },
    );
  });

  test("13. lies on a frontier that falls, is convex, and has the slope −λ", () => {
    fc.assert(
      fc.property(problems, magnitude(1.1, 3), (problem, factor) => {
        fc.pre(problem.intervals > 1 && problem.riskAversion > 0);
        const λ = problem.riskAversion;
        const [less, here, more] = efficientFrontier(problem, [λ / factor, λ, λ * factor]);
        if (less === undefined || here === undefined || more === undefined) throw new Error("three points");
        const scale = here.expectedCost;
        fc.pre(less.costVariance - more.costVariance > 1e-9 * here.costVariance);
        expect(less.expectedCost).toBeLessThanOrEqual(here.expectedCost + 1e-14 * scale);
        expect(here.expectedCost).toBeLessThanOrEqual(more.expectedCost + 1e-14 * scale);
        // Each chord's slope lies between the λ of its ends: that is convexity, and the slope −λ in the limit.
        const rounding = (1e-13 * scale) / (less.costVariance - here.costVariance);
        const slope = (here.expectedCost - less.expectedCost) / (less.costVariance - here.costVariance);
        expect(slope).toBeGreaterThanOrEqual((λ / factor) * (1 - 1e-9) - rounding);
        expect(slope).toBeLessThanOrEqual(λ * (1 + 1e-9) + rounding);
      }),
      runs,
    );
  });

  test("14. has the same cost by formula, by its law and by the frontier", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const schedule = optimalSchedule(problem);
        const report = costReport(problem, schedule);
        const law = costDistribution(problem, schedule);
        expect(law.mean).toBe(report.expectedCost);
        expect(law.standardDeviation).toBe(report.standardDeviation);
        const [point] = efficientFrontier(problem, [problem.riskAversion]);
        expectClose(point?.expectedCost as number, report.expectedCost, 1e-12);
        if (report.costVariance > 1e-250)
          expectClose(point?.costVariance as number, report.costVariance, 1e-11);
      }),
      runs,
    );
  });

  test("15. has the cost that a simulation finds (6 standard errors of 400 paths)", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        const schedule = optimalSchedule(problem);
        const { mean, meanError } = simulateCosts(problem, schedule, { paths: 400, seed: 5 });
        const { expectedCost, standardDeviation, temporary, permanent } = costReport(problem, schedule);
        const rounding = 1e-10 * (Math.abs(temporary) + Math.abs(permanent) + standardDeviation);
        expect(Math.abs(mean - expectedCost)).toBeLessThanOrEqual(6 * meanError + rounding);
      }),
      { ...runs, numRuns: 300 },
    );
  });

  test("16. is certified", () => {
    fc.assert(
      fc.property(problemsWithDrift, (problem) => {
        expect(certify(problem, optimalSchedule(problem)).verdict).toBe("optimal");
      }),
      runs,
    );
  });
});

function expectSameShape(problem: ExecutionProblem, scaled: ExecutionProblem, currency: number): void {
  const [one, other] = [optimalSchedule(problem), optimalSchedule(scaled)];
  const scale = Math.max(...one.remaining.map(Math.abs)) / problem.shares;
  one.remaining.forEach((x, k) => {
    expectClose(other.remaining[k] / scaled.shares, x / problem.shares, 1e-9, scale);
  });
  const [a, b] = [costReport(problem, one), costReport(scaled, other)];
  const size = Math.abs(a.permanent) + a.temporary + Math.abs(a.drift) + a.spread;
  expectClose(b.expectedCost / currency, a.expectedCost, 1e-9, size);
  expectClose(b.standardDeviation / currency, a.standardDeviation, 1e-9, size + a.standardDeviation);
}
