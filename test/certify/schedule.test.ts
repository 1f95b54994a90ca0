import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  certify,
  costReport,
  defineProblem,
  denseSchedule,
  equalSchedule,
  optimalSchedule,
  scheduleFromTrades,
  tridiagonalSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { problems, problemsWithDrift } from "../properties/arbitrary";

const base = defineProblem({ ...table1, halfSpread: 0, riskAversion: 1e-6 });

describe("certify", () => {
  test("accepts 10,000 optima of random problems, half of them with a drift", () => {
    for (const arbitrary of [problems, problemsWithDrift]) {
      fc.assert(
        fc.property(arbitrary, (problem) => certify(problem, optimalSchedule(problem)).verdict === "optimal"),
        { numRuns: 5000, seed: 1 },
      );
    }
  });

  test("refuses 10,000 optima of which one trade was spoiled by a millionth of the order, as no schedule of it", () => {
    fc.assert(
      fc.property(problems, fc.nat(), fc.boolean(), (problem, at, up) => {
        const schedule = optimalSchedule(problem);
        const spoil = (up ? 1e-6 : -1e-6) * problem.shares;
        const trades = schedule.trades.map((n, k) => n + (k === at % problem.intervals ? spoil : 0));
        const { verdict, feasibilityResidual } = certify(problem, { ...schedule, trades });
        return verdict === "infeasible" && feasibilityResidual > 0.9e-6 * problem.shares;
      }),
      { numRuns: 10_000, seed: 2 },
    );
  });

  test("refuses 10,000 optima with a millionth of the order moved from one trade to another, as not optimal", () => {
    fc.assert(
      fc.property(problems, fc.nat(), fc.nat(), (problem, from, by) => {
        const N = problem.intervals;
        fc.pre(N > 1);
        const to = (from + 1 + (by % (N - 1))) % N;
        const schedule = optimalSchedule(problem);
        const spoil = 1e-6 * problem.shares;
        const trades = schedule.trades.map((n, k) => n + (k === from % N ? -spoil : k === to ? spoil : 0));
        fc.pre(from % N !== to);
        return certify(problem, scheduleFromTrades(problem, trades)).verdict === "not-optimal";
      }),
      { numRuns: 10_000, seed: 3 },
    );
  });

  test("bounds what a better schedule could save, and the bound holds", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const equal = equalSchedule(problem);
        const saving =
          costReport(problem, equal).objective - costReport(problem, optimalSchedule(problem)).objective;
        const { gapBound } = certify(problem, equal);
        expect(saving).toBeLessThanOrEqual(
          gapBound * (1 + 1e-9) + 1e-12 * costReport(problem, equal).objective,
        );
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  test("does not care which solver a schedule comes from", () => {
    for (const solve of [optimalSchedule, tridiagonalSchedule, denseSchedule]) {
      expect(certify(base, solve(base))).toMatchObject({ verdict: "optimal" });
    }
    expect(certify(base, equalSchedule(base)).verdict).toBe("not-optimal");
  });

  test("accepts the only schedule of a single interval", () => {
    const single = defineProblem({ ...base, intervals: 1 });
    expect(certify(single, equalSchedule(single))).toMatchObject({ verdict: "optimal", gapBound: 0 });
  });

  test("knows that nothing is optimal where the cost is not convex, or beyond the limit of risk seeking", () => {
    for (const change of [{ permanentImpact: 6e-6 }, { riskAversion: -1e-5 }]) {
      const problem = defineProblem({ ...base, ...change });
      expect(certify(problem, equalSchedule(problem))).toMatchObject({
        verdict: "no-optimum",
        gapBound: Number.POSITIVE_INFINITY,
      });
    }
  });

  test("knows the kink of the spread: the smooth optimum that reverses is not the optimum", () => {
    const seeking = defineProblem({ ...base, riskAversion: -9e-7 });
    const smooth = optimalSchedule(seeking);
    expect(smooth.trades[0]).toBeLessThan(0);
    expect(certify(seeking, smooth).verdict).toBe("optimal");
    expect(certify(defineProblem({ ...seeking, halfSpread: 0.0625 }), smooth).verdict).toBe("not-optimal");
  });

  test("accepts a schedule that rests where the spread makes resting best", () => {
    // Two intervals, a falling price: selling all at once is best when the spread outweighs buying back.
    const problem = defineProblem({
      shares: 1,
      horizon: 2,
      intervals: 2,
      volatility: 0,
      temporaryImpact: 1,
      halfSpread: 5,
      drift: -6,
    });
    // Without the spread: 2(2x − 1) = −6 gives x = −1, selling 2 and buying 1 back.
    expect(certify(problem, scheduleFromTrades(problem, [2, -1])).verdict).toBe("not-optimal");
    expect(certify(problem, scheduleFromTrades(problem, [1, 0])).verdict).toBe("optimal");
    const spreadless = defineProblem({ ...problem, halfSpread: 0 });
    expect(certify(spreadless, scheduleFromTrades(spreadless, [2, -1])).verdict).toBe("optimal");
    expect(certify(spreadless, scheduleFromTrades(spreadless, [1, 0])).verdict).toBe("not-optimal");
  });

  test("refuses schedules with holes, of another length, or whose trades contradict their holdings", () => {
    const schedule = optimalSchedule(base);
    const replaced = (values: readonly number[], value: number) =>
      values.map((old, k) => (k === 2 ? value : old));
    const spoiled = [
      { ...schedule, trades: schedule.trades.slice(1) },
      { ...schedule, trades: replaced(schedule.trades, Number.NaN) },
      { ...schedule, remaining: replaced(schedule.remaining, Number.NaN) },
      { ...schedule, remaining: replaced(schedule.remaining, 1) },
      { ...schedule, trades: replaced(schedule.trades, "1" as never) },
      { ...schedule, trades: replaced(schedule.trades, 1n as never) },
      { ...schedule, remaining: replaced(schedule.remaining, Symbol("x") as never) },
    ];
    for (const wrong of spoiled) expect(certify(base, wrong).verdict).toBe("infeasible");
    const holes = [...schedule.trades];
    delete holes[3];
    expect(certify(base, { ...schedule, trades: holes }, { upper: 1e6 }).verdict).toBe("infeasible");
  });

  test("refuses to judge what has not the two arrays", () => {
    for (const [wrong, words] of [
      [undefined, "nothing"],
      [null, "null"],
      [5, "5"],
      [base, "an object"],
      [{ ...optimalSchedule(base), remaining: undefined }, "an object"],
    ] as const) {
      expect(() => certify(base, wrong as never)).toThrow(
        expect.objectContaining({
          name: "InputError",
          message: `schedule must be a schedule with the arrays remaining and trades; got ${words}.`,
        }),
      );
    }
  });

  test("judges arrays of doubles too", () => {
    const { remaining, trades } = optimalSchedule(base);
    const doubles = { remaining: Float64Array.from(remaining), trades: Float64Array.from(trades) };
    expect(certify(base, doubles as never).verdict).toBe("optimal");
  });

  test("accepts optima with holdings of up to 100 million times the order, and never lets a millionth of it pass", () => {
    for (const drift of [1, 1e3, 1e6, 1e8, 1e9]) {
      for (const [volatility, intervals] of [
        [0, 10],
        [1e-3, 300],
      ] as const) {
        const problem = defineProblem({
          shares: 1,
          horizon: 1,
          intervals,
          volatility,
          temporaryImpact: 1,
          drift,
          riskAversion: 1,
        });
        for (const solve of [optimalSchedule, tridiagonalSchedule, denseSchedule]) {
          // The dense route differences its holdings, and loses more digits the more there are.
          if (solve === denseSchedule && intervals > 10) continue;
          const schedule = solve(problem);
          expect(certify(problem, schedule)).toMatchObject({ verdict: "optimal" });
          const trades = schedule.trades.map((n, k) => n + (k === 2 ? 3e-6 : 0));
          expect(certify(problem, { ...schedule, trades }).verdict).toBe("infeasible");
        }
      }
    }
  });

  test("gives no verdict where doubles cannot hold what decides it", () => {
    const problem = defineProblem({
      shares: 1,
      horizon: 1,
      intervals: 4,
      volatility: 1e160,
      temporaryImpact: 1,
    });
    const averse = defineProblem({ ...problem, riskAversion: 1 });
    expect(certify(problem, equalSchedule(problem)).verdict).toBe("optimal");
    expect(() => certify(averse, equalSchedule(averse))).toThrow(
      expect.objectContaining({
        name: "RangeError",
        message:
          "What decides on the optimum, η/τ ∓ γ/2, λσ²τ or ατ, leaves the range of floating-point numbers: state the " +
          "problem in other units of shares, time or currency.",
      }),
    );
    const flat = defineProblem({
      shares: 1,
      horizon: 1e200,
      intervals: 2,
      volatility: 0,
      temporaryImpact: 1e-200,
    });
    expect(() => certify(flat, equalSchedule(flat))).toThrow("The curvature of the expected cost");
    const faint = defineProblem({
      shares: 1,
      horizon: 1e200,
      intervals: 300,
      volatility: 0,
      temporaryImpact: 1e-125,
    });
    expect(() => certify(faint, optimalSchedule(faint))).toThrow("The curvature of E + λV leaves the range");
  });
});
