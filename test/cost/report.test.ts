import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  optimalSchedule,
  type Schedule,
} from "../../src/index";
import { seedA, table1 } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";

interface Costs {
  readonly E: number;
  readonly Var: number;
  readonly J: number;
}
const published = reference<{
  literal: { optimal: Costs; twap: Costs };
  exact: { optimal: Costs; twap: Costs };
}>("seed_a_published");
const paper = reference<{
  min_impact: { E: number; V: number };
  points: { lam: number; E: number; V: number; U: number }[];
  drift: { lam: number; alpha: number; E: number; V: number; U: number };
}>("almgren_chriss_2001");

const orderA = defineProblem(seedA);

/** A schedule by its trades, for schedules that no solver would give. */
function byTrades(trades: readonly number[]): Schedule {
  const remaining = [trades.reduce((sum, n) => sum + n, 0)];
  for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
  return { name: "test", trades, remaining, rates: trades, times: remaining.map((_, k) => k) };
}

describe("expected cost and variance agree with 60-digit arithmetic (1e-12)", () => {
  test("for seed A's example, optimum and equal slices", () => {
    for (const [schedule, expected] of [
      [optimalSchedule(orderA), published.exact.optimal],
      [equalSchedule(orderA), published.exact.twap],
    ] as const) {
      const report = costReport(orderA, schedule);
      expectRelative(report.expectedCost, expected.E, 1e-12, "E");
      expectRelative(report.costVariance, expected.Var, 1e-12, "V");
      expectRelative(report.objective, expected.J, 1e-12, "J");
    }
  });

  test("for the points of Almgren and Chriss 2001", () => {
    for (const point of paper.points) {
      // The reference prices its risk-seeking points with the spread on X alone: without a spread they are optima.
      const reverses = point.lam < -1e-7;
      const problem = defineProblem({
        ...table1,
        riskAversion: point.lam,
        halfSpread: reverses ? 0 : 0.0625,
      });
      const report = costReport(problem, optimalSchedule(problem));
      const spread = reverses ? 0.0625 * 1e6 : 0;
      expectRelative(report.expectedCost + spread, point.E, 1e-12, `E at λ = ${point.lam}`);
      expectRelative(report.costVariance, point.V, 1e-12, `V at λ = ${point.lam}`);
    }
  });

  test("for equal slices of the paper's example", () => {
    const problem = defineProblem(table1);
    const report = costReport(problem, equalSchedule(problem));
    expectRelative(report.expectedCost, paper.min_impact.E, 1e-14, "E");
    expectRelative(report.costVariance, paper.min_impact.V, 1e-14, "V");
  });

  test("with a price drift", () => {
    const { lam, alpha, E, V, U } = paper.drift;
    const problem = defineProblem({ ...table1, riskAversion: lam, drift: alpha });
    const report = costReport(problem, optimalSchedule(problem));
    expectRelative(report.expectedCost, E, 1e-12, "E");
    expectRelative(report.costVariance, V, 1e-12, "V");
    expectRelative(report.objective, U, 1e-12, "U");
  });
});

describe("the formulas by hand: trades 3, −1, 2 of 4 shares, every interval one unit of time", () => {
  // x = 4, 1, 2, 0. Exposed positions: 1, 2, 0 (start), 4, 1, 2 (end).
  const schedule = byTrades([3, -1, 2]);
  const base = {
    shares: 4,
    horizon: 3,
    intervals: 3,
    volatility: 2,
    temporaryImpact: 10,
    permanentImpact: 1,
    halfSpread: 100,
    drift: 1000,
    riskAversion: 0.5,
  };

  test("timing start", () => {
    expect(costReport(defineProblem(base), schedule)).toEqual({
      permanent: 3 * 1 - 1 * 2 + 2 * 0,
      spread: 100 * 6,
      temporary: 10 * 14,
      drift: -1000 * 3,
      remainder: 0,
      expectedCost: 1 + 600 + 140 - 3000,
      costVariance: 4 * 5,
      standardDeviation: Math.sqrt(20),
      objective: 1 + 600 + 140 - 3000 + 10,
    });
  });

  test("timing end", () => {
    expect(costReport(defineProblem({ ...base, timing: "end" }), schedule)).toMatchObject({
      permanent: 3 * 4 - 1 * 1 + 2 * 2,
      drift: -1000 * 7,
      costVariance: 4 * 21,
    });
  });

  test("a buy differs from a sell only in the sign of the drift", () => {
    const sell = costReport(defineProblem(base), schedule);
    const buy = costReport(defineProblem({ ...base, side: "buy" }), schedule);
    expect(buy).toEqual({
      ...sell,
      drift: -sell.drift,
      expectedCost: sell.expectedCost - 2 * sell.drift,
      objective: sell.objective - 2 * sell.drift,
    });
  });
});

describe("limits that one knows", () => {
  test("timing start: selling all at once bears no risk; timing end: it bears the first interval's", () => {
    const all = byTrades([1e6, 0, 0, 0, 0]);
    const start = defineProblem(table1);
    expect(costReport(start, all).costVariance).toBe(0);
    expect(costReport(start, all).permanent).toBe(0);
    const end = defineProblem({ ...table1, timing: "end" });
    expectRelative(costReport(end, all).costVariance, 0.95 ** 2 * 1e12, 1e-15, "V");
  });

  test("equal slices: AC eqs. 10 and 11", () => {
    const N = 37;
    const {
      shares: X,
      horizon: T,
      volatility: σ,
      temporaryImpact: η,
      permanentImpact: γ,
      halfSpread: ε,
    } = table1;
    const problem = defineProblem({ ...table1, intervals: N });
    const report = costReport(problem, equalSchedule(problem));
    const E = 0.5 * γ * X ** 2 + ε * X + ((η - (0.5 * γ * T) / N) * X ** 2) / T;
    const V = (σ ** 2 * X ** 2 * T * (1 - 1 / N) * (1 - 1 / (2 * N))) / 3;
    expectRelative(report.expectedCost, E, 1e-14, "E");
    expectRelative(report.costVariance, V, 1e-14, "V");
  });

  test("the two timings differ by γΣn² in cost and σ²τX² in variance", () => {
    const start: ExecutionProblem = defineProblem({ ...seedA, timing: "start" });
    const schedule = optimalSchedule(orderA);
    const [end, begin] = [costReport(orderA, schedule), costReport(start, schedule)];
    const squares = schedule.trades.reduce((sum, n) => sum + n * n, 0);
    expectRelative(end.expectedCost - begin.expectedCost, 1e-7 * squares, 1e-11, "E");
    expectRelative(end.costVariance - begin.costVariance, 0.004 ** 2 * 60 * 1e12, 1e-12, "V");
  });
});

describe("costReport refuses", () => {
  const problem = defineProblem(table1);

  test("a schedule of another number of intervals", () => {
    const other = equalSchedule(defineProblem({ ...table1, intervals: 4 }));
    expect(() => costReport(problem, other)).toThrow(
      "schedule must be a schedule of 5 intervals, as the problem has; got an array of length 4. " +
        "Make the schedule from this problem.",
    );
  });

  test("a schedule of another order", () => {
    const other = equalSchedule(defineProblem({ ...table1, shares: 2e6 }));
    expect(() => costReport(problem, other)).toThrow(
      "schedule.remaining[0] must be the problem's 1000000 shares; got 2000000.",
    );
  });

  test("what is no schedule", () => {
    expect(() => costReport(problem, undefined as never)).toThrow(
      "schedule must be a schedule with the arrays remaining and trades; got nothing.",
    );
  });

  test("numbers beyond the range of doubles, rather than return Infinity or NaN", () => {
    const huge = defineProblem({ ...table1, shares: 1e300 });
    expect(() => costReport(huge, equalSchedule(huge))).toThrow(RangeError);
    expect(() => costReport(huge, equalSchedule(huge))).toThrow("State the problem in larger units");
  });
});
