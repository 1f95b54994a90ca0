import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costReport,
  defineProblem,
  type ExecutionProblem,
  type LotOptimum,
  type LotOptions,
  lotSchedule,
  type ProblemInput,
  requireOptimal,
  scheduleFromTrades,
} from "../../src/index";
import { quadraticObjective } from "../../src/model/quadratic";
import { seedA } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower } from "../helpers/varied";

/** Every schedule in whole lots within bounds, by its E + λV from the cost report: the least one. */
function exhaustive(
  problem: ExecutionProblem,
  { lot, minimumTrade = 0, lower = 0, upper = Number.POSITIVE_INFINITY }: LotOptions,
): number {
  const { intervals: N, shares } = problem;
  const at = (bound: unknown, k: number): number =>
    Array.isArray(bound) ? (bound[k] as number) : (bound as number);
  const lots = Math.round(shares / lot);
  let best = Number.POSITIVE_INFINITY;
  const visit = (trades: number[], left: number): void => {
    const k = trades.length;
    if (k === N) {
      if (left !== 0) return;
      const schedule = scheduleFromTrades(problem, trades);
      best = Math.min(best, costReport(problem, schedule).objective);
      return;
    }
    const isOpen = problem.profile?.open?.[k] ?? true;
    for (let n = -2; n <= lots + 2 * N; n++) {
      const size = n * lot;
      if (!isOpen && n !== 0) continue;
      if (isOpen && (size < at(lower, k) - 1e-9 || size > at(upper, k) + 1e-9)) continue;
      if (n !== 0 && size < minimumTrade && minimumTrade > 0) continue;
      if (n > left + 2 * (N - k)) break;
      visit([...trades, size], left - n);
    }
  };
  visit([], lots);
  return best;
}

/** A small random order: profile, kink, drift, timing and caps. */
function smallOrder(
  random: () => number,
  change: Partial<ProblemInput> = {},
): { readonly problem: ExecutionProblem; readonly lot: number; readonly upper: number[] } {
  const N = 2 + Math.floor(3 * random());
  const lots = 3 + Math.floor(6 * random());
  const lot = 10;
  const each = (size: number): number[] => Array.from({ length: N }, () => size * (0.2 + random()));
  const problem = defineProblem({
    side: random() < 0.5 ? "sell" : "buy",
    timing: (["start", "mid", "end"] as const)[Math.floor(3 * random())],
    shares: lots * lot,
    horizon: N,
    intervals: N,
    volatility: 1,
    temporaryImpact: 1,
    permanentImpact: random() < 0.5 ? 0 : 0.3,
    halfSpread: random() < 0.5 ? 0 : 5 * random(),
    drift: random() < 0.5 ? 0 : 10 * (random() - 0.5),
    riskAversion: random() < 0.3 ? 0 : random(),
    profile: {
      ...{ volatility: each(1), temporaryImpact: each(1), halfSpread: each(3) },
      permanentImpact: random() < 0.4 ? each(0.2) : undefined,
    },
    ...change,
  });
  const upper = Array.from({ length: N }, () => lot * Math.ceil(lots * (0.4 + random())) + 3 * random());
  return { problem, lot, upper };
}

const isLNatural = (problem: ExecutionProblem): boolean => {
  const { tradeCurvatures, holdingCurvatures } = quadraticObjective(problem);
  return [...tradeCurvatures, ...holdingCurvatures].every((curvature) => curvature >= 0);
};

const found = (problem: ExecutionProblem, options: LotOptions): LotOptimum =>
  requireOptimal(lotSchedule(problem, options)) as LotOptimum;

describe("under a power law", () => {
  const power = (random: () => number, exponent: number) => {
    const { problem, lot, upper } = smallOrder(random);
    const γ = problem.profile?.permanentImpact;
    const profile = { ...problem.profile, permanentImpact: γ && [...γ].sort((a, b) => a - b) };
    return { problem: asPower(defineProblem({ ...problem, profile }), exponent), lot, upper };
  };

  test("whole lots are the best of all, in 150 small random orders, and say so where they are proven to be", () => {
    const random = uniforms(31);
    let exact = 0;
    for (let i = 0; i < 150; i++) {
      const { problem, lot, upper } = power(random, [0.5, 0.6, 1.5, 2, 3][i % 5]);
      let lots: LotOptimum;
      try {
        const result = lotSchedule(problem, { lot, upper });
        if (result.status === "infeasible") continue;
        lots = result;
      } catch (error) {
        expect((error as Error).name).toBe("NoOptimumError");
        continue;
      }
      const least = exhaustive(problem, { lot, upper });
      const { objective } = costReport(problem, lots.schedule);
      if (lots.isExact) {
        exact++;
        expect(objective).toBeLessThanOrEqual(least + 1e-9 * Math.abs(least));
      } else {
        expect(objective - lots.gap).toBeLessThanOrEqual(least + 1e-9 * Math.abs(least));
      }
      const relaxed = requireOptimal(boundedSchedule(problem, { upper })).schedule;
      const above = objective - costReport(problem, relaxed).objective;
      expect(Math.abs(lots.costOfLots - Math.max(0, above))).toBeLessThan(1e-9 * Math.abs(objective));
    }
    expect(exact).toBeGreaterThan(80);
  });

  test("a least trade takes the table, and finds the best", () => {
    const random = uniforms(32);
    for (let i = 0; i < 60; i++) {
      const { problem, lot } = power(random, [0.5, 2][i % 2]);
      const options = { lot, minimumTrade: 2 * lot };
      let result: ReturnType<typeof lotSchedule>;
      try {
        result = lotSchedule(problem, options);
      } catch (error) {
        expect((error as Error).name).toBe("NoOptimumError");
        continue;
      }
      if (result.status === "infeasible") continue;
      const least = exhaustive(problem, options);
      expect(costReport(problem, result.schedule).objective).toBeLessThanOrEqual(
        least + 1e-9 * Math.abs(least),
      );
    }
  });
});

describe("the best schedule in whole lots", () => {
  test("is the best of all of them, in 300 small random orders with caps, kink, drift and profile", () => {
    const random = uniforms(1);
    let byDescent = 0;
    for (let i = 0; i < 300; i++) {
      const { problem, lot, upper } = smallOrder(random);
      const result = found(problem, { lot, upper });
      const { objective } = costReport(problem, result.schedule);
      expect(result.isExact).toBe(true);
      expect(result.method).toBe(isLNatural(problem) ? "descent" : "table");
      byDescent += result.method === "descent" ? 1 : 0;
      const best = exhaustive(problem, { lot, upper });
      expect(Math.abs(objective - best)).toBeLessThanOrEqual(1e-12 * Math.abs(best));
    }
    // Both ways are tried.
    expect(byDescent).toBeGreaterThan(200);
    expect(byDescent).toBeLessThan(300);
  });

  test("is the best of all of them with a least trade, in 200 small random orders", () => {
    const random = uniforms(2);
    for (let i = 0; i < 200; i++) {
      const { problem, lot, upper } = smallOrder(random);
      const options = { lot, upper, minimumTrade: 20 + 10 * Math.floor(2 * random()) };
      const result = lotSchedule(problem, options);
      const best = exhaustive(problem, options);
      if (result.status === "infeasible") {
        expect(best).toBe(Number.POSITIVE_INFINITY);
        continue;
      }
      expect(result.method).toBe("table");
      for (const n of result.schedule.trades) expect(n === 0 || n >= options.minimumTrade).toBe(true);
      const { objective } = costReport(problem, result.schedule);
      expect(Math.abs(objective - best)).toBeLessThanOrEqual(1e-12 * Math.abs(best));
    }
  });

  test("says a gap where nothing proves it best, and no schedule is better by more", () => {
    const random = uniforms(3);
    let [inexact, improvable] = [0, 0];
    for (let i = 0; i < 150; i++) {
      const N = 3 + Math.floor(2 * random());
      const falling = Array.from({ length: N }, () => random()).sort((a, b) => b - a);
      const { problem, lot } = smallOrder(random, {
        intervals: N,
        horizon: N,
        timing: "end",
        riskAversion: 0,
        profile: { permanentImpact: falling, temporaryImpact: falling.map(() => 0.4) },
      });
      // Trades against the order keep it from the table.
      const options = { lot, lower: -lot, upper: problem.shares };
      const result = found(problem, options);
      if (result.isExact) continue;
      inexact++;
      expect(result.method).toBe("lower bound");
      expect(result.gap).toBeGreaterThanOrEqual(result.costOfLots);
      expect(result.gap).toBeGreaterThan(0);
      const { objective } = costReport(problem, result.schedule);
      const excess = objective - exhaustive(problem, options);
      expect(excess).toBeGreaterThanOrEqual(-1e-9 * Math.abs(objective));
      expect(excess).toBeLessThanOrEqual(result.gap + 1e-9 * Math.abs(objective));
      if (excess > 1e-9 * Math.abs(objective)) improvable++;
    }
    expect(inexact).toBeGreaterThan(100);
    expect(improvable).toBeLessThan(inexact);
  });

  test("costs less above the continuum than rounding does, for 10,000 lots in 390 intervals", () => {
    const problem = defineProblem({ ...seedA, intervals: 390, timing: "start", temporaryImpact: 5e-6 });
    const { schedule, costOfLots, isExact } = found(problem, { lot: 100 });
    expect(isExact).toBe(true);
    const continuum = requireOptimal(boundedSchedule(problem)).schedule;
    const held = continuum.remaining.map((x) => 100 * Math.round(x / 100));
    const byRounding = scheduleFromTrades(
      problem,
      held.slice(1).map((x, i) => held[i] - x),
    );
    const [best, round, free] = [schedule, byRounding, continuum].map(
      (one) => costReport(problem, one).objective,
    );
    expect(best - free).toBeCloseTo(costOfLots, 6);
    expect(costOfLots).toBeGreaterThan(0);
    expect(best).toBeLessThan(round);
    for (const n of schedule.trades) expect(n % 100).toBe(0);
    expect(schedule.remaining[0]).toBe(1e6);
  });
});

describe("whole lots and their bounds", () => {
  const problem = defineProblem({ ...seedA, intervals: 5, horizon: 3600, shares: 1000 });

  test("bounds count in whole lots: what they leave is said", () => {
    expect(lotSchedule(problem, { lot: 100, upper: 250 })).toMatchObject({ status: "optimal" });
    expect(lotSchedule(problem, { lot: 100, upper: 199 })).toEqual({
      status: "infeasible",
      message:
        "No schedule in lots of 100 shares satisfies the bounds: in whole lots, the upper bounds add up to 500 shares, " +
        "500 short of the order's 1,000.",
    });
    expect(lotSchedule(problem, { lot: 100, lower: [110, 110, 110, 110, 610] })).toMatchObject({
      message: expect.stringContaining(
        "the lower bounds add up to 1,500 shares, 500 more than the order's 1,000.",
      ),
    });
    expect(lotSchedule(problem, { lot: 100, lower: 110, upper: 190 })).toEqual({
      status: "infeasible",
      message: "No whole number of lots lies within the bounds of interval 1.",
    });
  });

  test("a least trade that fits into no schedule is infeasible", () => {
    expect(lotSchedule(problem, { lot: 100, minimumTrade: 300, upper: 300 })).toEqual({
      status: "infeasible",
      message:
        "No schedule satisfies the bounds with 300 shares or nothing in each interval. Lower minimumTrade, or widen the bounds.",
    });
  });

  test("wrong lots are refused, with the orders that would do", () => {
    expect(() => lotSchedule(problem, { lot: 300 })).toThrow(
      "options.lot must be a divisor of the order's 1,000 shares; got 300. " +
        "Trade an order of 900 or 1,200 shares, and the odd lot separately.",
    );
    expect(() => lotSchedule(problem, { lot: 0 })).toThrow(
      "options.lot must be a finite number above 0 (shares)",
    );
    expect(() => lotSchedule(problem, { lot: 1, minimumTrade: -1 })).toThrow("options.minimumTrade must be");
    expect(() => lotSchedule(problem, { lot: 100, minimumTrade: 200, lower: -100 })).toThrow(
      "options.lower must be 0 or above with a minimumTrade (shares)",
    );
    const large = defineProblem({ ...seedA, intervals: 390 });
    expect(() => lotSchedule(large, { lot: 1, minimumTrade: 100 })).toThrow(
      "options.lot must be at least 631 with a minimumTrade (shares); got 1. Raise the lot",
    );
  });

  test("lots of a fraction of a share work: 0.3 bitcoin in lots of 0.1", () => {
    const coins = defineProblem({ ...seedA, shares: 0.3, intervals: 3 });
    expect(found(coins, { lot: 0.1, upper: 0.1 }).schedule.trades).toEqual([0.1, 0.1, 0.1]);
    // 0.3/0.1 is a little less than 3.
    const whole = found(coins, { lot: 0.1, minimumTrade: 0.3, upper: 0.3 }).schedule.trades;
    expect(whole.filter((n) => n > 0)).toEqual([expect.closeTo(0.3, 12)]);
  });
});
