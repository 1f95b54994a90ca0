import { describe, expect, test } from "vitest";
import {
  certify,
  defineProblem,
  denseSchedule,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  optimalSchedule,
  type ProblemInput,
  scheduleSlider,
  timeConstant,
  tridiagonalSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";

const input: ProblemInput = { ...table1, halfSpread: 0, riskAversion: 1e-6 };
const define = (change: Partial<ProblemInput>) => defineProblem({ ...input, ...change });
const routes = [optimalSchedule, tridiagonalSchedule, denseSchedule];

function caught(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("a cost that no allowed number of intervals makes convex", () => {
  const from = (change: Partial<ProblemInput>) => caught(() => optimalSchedule(define(change)));

  test("is refused at once, however large γT/2η, and without advice that nobody can follow", () => {
    // γT/2η = 5e17, where counting intervals up by one no longer counts; and Infinity.
    for (const change of [
      { horizon: 1e6, temporaryImpact: 1e-12, permanentImpact: 1 },
      { horizon: 1e10, temporaryImpact: 1e-300, permanentImpact: 1 },
      { horizon: 1e10, temporaryImpact: 5e-324, permanentImpact: 1e100 },
      { permanentImpact: 1e3 },
    ]) {
      const error = from(change) as Error & { reason: string; evidence: object };
      expect(error).toMatchObject({ name: "NoOptimumError", reason: "cost-not-convex" });
      expect(error.evidence).not.toHaveProperty("smallestIntervals");
      expect(error.evidence).toHaveProperty("largestInterval");
    }
    expect(from({ horizon: 1e6, temporaryImpact: 1e-12, permanentImpact: 1, intervals: 10 }).message).toBe(
      'With intervals of 100,000 time and timing "start" the expected cost is not convex: the coefficient of Σn², ' +
        "η/τ − γ/2, is -0.5. Moving s shares from interval 2 to interval 1 changes the expected cost by " +
        "-1·s² plus terms linear in s: it falls without end. Intervals must be shorter than 2η/γ = 2e-12 time: no allowed number " +
        "of intervals, at most 10,000,000, does that for a horizon of 1,000,000 time. Shorten the horizon, or look at " +
        "the units of the impacts.",
    );
  });

  test("is told apart from one that the largest allowed number does", () => {
    // 2ηN > γT from N = 10,000,000 on.
    const change = { horizon: 1, temporaryImpact: 1, permanentImpact: 2 * 9_999_999.5 };
    expect(from(change)).toMatchObject({ evidence: { smallestIntervals: 10_000_000 } });
    expect(from({ ...change, permanentImpact: 2 * 10_000_000.5 })).toMatchObject({
      reason: "cost-not-convex",
    });
  });
});

describe("what doubles cannot tell", () => {
  const message =
    "The curvature of the expected cost, η/τ ∓ γ/2, leaves the range of floating-point numbers: state the problem in " +
    "other units of shares, time or currency.";

  test("is no verdict on the cost: a curvature that overflows, or is 0 by underflow alone", () => {
    for (const change of [
      { horizon: 1e200, temporaryImpact: 1e-200, permanentImpact: 0 },
      { horizon: 1, temporaryImpact: 1e308, permanentImpact: 0 },
      { horizon: 1e-200, temporaryImpact: 1e-200, permanentImpact: 1e-150, intervals: 400, shares: 1e308 },
    ]) {
      const problem = define({ volatility: 0, ...change });
      for (const route of routes) {
        const error = caught(() => route(problem));
        expect(error.name).toBe("RangeError");
      }
    }
    const tiny = define({ volatility: 0, horizon: 1e200, temporaryImpact: 1e-200, permanentImpact: 0 });
    for (const route of [...routes, timeConstant]) expect(caught(() => route(tiny)).message).toBe(message);
  });

  test("but a true 0 is: 2ηN = γT", () => {
    for (const route of routes) {
      expect(() => route(define({ temporaryImpact: 1, permanentImpact: 2 }))).toThrow(
        "costs nothing at second order",
      );
    }
  });

  test("does not come up where risk does not count", () => {
    for (const change of [
      { riskAversion: 0, volatility: 1e308 },
      { riskAversion: 1e308, volatility: 0 },
    ]) {
      const problem = define({ ...change, intervals: 4, horizon: 1e-200, temporaryImpact: 1e-4 });
      for (const route of routes) {
        expect(route(problem).trades.map((n) => Math.round(n))).toEqual(new Array(4).fill(250_000));
      }
      expect(timeConstant(problem)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test("the urgency survives products that leave the range on the way", () => {
    // σ² overflows, λσ² is 1e-20·1e320; all is sold at once.
    const urgent = define({ volatility: 1e160, riskAversion: 1e-20, permanentImpact: 0 });
    for (const route of [optimalSchedule, tridiagonalSchedule]) {
      expect(route(urgent).trades[0]).toBe(1e6);
    }
    // σ² underflows, λσ² is 1e-6 in the end: the same optimum as with ordinary numbers.
    const plain = define({ volatility: 1, riskAversion: 1e-6 });
    const scaled = define({
      volatility: 1e-170,
      riskAversion: 1e300,
      temporaryImpact: 2.5e-40,
      permanentImpact: 2.5e-41,
    });
    optimalSchedule(plain).trades.forEach((n, k) => {
      expect(Math.abs(optimalSchedule(scaled).trades[k] / n - 1)).toBeLessThan(1e-10);
      expect(Math.abs(tridiagonalSchedule(scaled).trades[k] / n - 1)).toBeLessThan(1e-10);
    });
  });

  test("holdings of a tiny order are not cut off: what is small is small beside the order", () => {
    const { trades } = tridiagonalSchedule(define({ shares: 1e-300, volatility: 0, intervals: 4 }));
    trades.forEach((n) => {
      expect(Math.abs(n / 2.5e-301 - 1)).toBeLessThan(1e-14);
    });
  });
});

describe("an order that its optimum's rounding would swallow", () => {
  test("is refused by all routes, with the drift named as the cause", () => {
    const problem = defineProblem({
      shares: 1,
      horizon: 1,
      intervals: 10,
      volatility: 0,
      temporaryImpact: 1,
      drift: 1e12,
    });
    for (const route of routes) {
      expect(() => route(problem)).toThrow(
        expect.objectContaining({
          name: "RangeError",
          message:
            "With a drift of 1000000000000 currency/share/time the optimum has holdings of 62,500,000,000 shares, whose " +
            "rounding swallows the order of 1 shares. Use a smaller drift or a larger risk aversion.",
        }),
      );
    }
    expect(() => optimalSchedule(defineProblem({ ...problem, drift: 1e308, horizon: 100 }))).toThrow(
      "With a drift of 1e+308 currency/share/time the optimum has holdings beyond the range of floating-point numbers. " +
        "Use a smaller drift or a larger risk aversion.",
    );
  });

  test("is refused without a word of a drift where there is none", () => {
    const far = define({
      shares: 1e308,
      volatility: 1e150,
      riskAversion: 1e150,
      temporaryImpact: 1e-300,
      permanentImpact: 0,
    });
    for (const route of [optimalSchedule, tridiagonalSchedule]) {
      try {
        expect(route(far).trades[0]).toBeCloseTo(1e308, -300);
      } catch (error) {
        expect((error as Error).message).not.toContain("drift");
      }
    }
    // A hair above the convexity limit.
    const base = define({ intervals: 2, riskAversion: 0, permanentImpact: 0 });
    const limit = -(4 * (2.5e-6 / 2.5) * Math.sin(Math.PI / 4) ** 2) / (0.95 ** 2 * 2.5);
    const seeking = defineProblem({ ...base, riskAversion: limit * (1 - 1e-11) });
    expect(() => optimalSchedule(seeking)).toThrow(
      /^With a risk aversion of .* 1\/currency, next to its limit, the optimum has/,
    );
  });
});

describe("a single interval", () => {
  const single = define({ intervals: 1, permanentImpact: 1e-5 });

  test("has no time constant", () => {
    expect(() => timeConstant(single)).toThrow(
      "problem.intervals must be at least 2 for a time constant; got 1. A single trade has no pace.",
    );
  });

  test("is drawn all the same", () => {
    const chart = frontierChart(single, efficientFrontier(single, [0, 1e-6]));
    expect(chart.data[0]?.customdata).toEqual([
      ["0 1/currency", "none"],
      ["1e-6 1/currency", "none"],
    ]);
    expect(JSON.stringify(scheduleSlider(single, [0, 1e-6]).frames)).toContain("time constant none");
  });
});

describe("a negative risk aversion under timing mid", () => {
  const mid: Partial<ProblemInput> = { timing: "mid", intervals: 7 };
  // 4a sin²(π/2N) of the cost against λσ²τ(1 − sin²(π/2N)) of the risk at its smoothest swing: a = η/τ.
  const tangent = Math.tan(Math.PI / 14);
  const limit = (-4 * 2.5e-6 * tangent * tangent) / (0.95 * (5 / 7)) ** 2;

  test("has an optimum up to −4a tan²(π/2N)/σ²τ, certified and the same by all routes", () => {
    const problem = define({ ...mid, riskAversion: 0.99 * limit });
    const [closed, ...others] = routes.map((route) => route(problem).remaining);
    for (const other of others) {
      for (const [k, x] of other.entries()) expect(Math.abs(x - closed[k])).toBeLessThan(1e-9 * 1e6);
    }
    expect(certify(problem, optimalSchedule(problem)).verdict).toBe("optimal");
  });

  test("and none beyond it", () => {
    for (const route of routes) {
      const error = caught(() => route(define({ ...mid, riskAversion: 1.000001 * limit }))) as Error & {
        evidence: { riskAversionLimit: number };
      };
      expect(error).toMatchObject({ reason: "risk-seeking-beyond-limit" });
      expect(Math.abs(error.evidence.riskAversionLimit / limit - 1)).toBeLessThan(1e-12);
    }
    expect(
      certify(define({ ...mid, riskAversion: 1.000001 * limit }), equalSchedule(define(mid))).verdict,
    ).toBe("no-optimum");
  });
});

describe("a negative risk aversion where the market varies", () => {
  const profile = { volatility: [1.4, 1, 0.7, 0.7, 1, 1.6], open: [true, true, false, true, true, true] };

  for (const timing of ["start", "mid", "end"] as const) {
    test(`has an optimum up to a limit that is found, and none beyond it: timing ${timing}`, () => {
      const at = (riskAversion: number) => define({ timing, intervals: 6, riskAversion, profile });
      const refused = caught(() => optimalSchedule(at(-1))) as Error & {
        reason: string;
        evidence: { riskAversionLimit: number };
      };
      expect(refused.reason).toBe("risk-seeking-beyond-limit");
      const limit = refused.evidence.riskAversionLimit;
      // The certificate looks for an eigenvalue, and knows no pivots.
      expect(certify(at(limit * (1 + 1e-9)), equalSchedule(at(0))).verdict).toBe("no-optimum");
      const near = at(limit * 0.99);
      expect(certify(near, optimalSchedule(near)).verdict).toBe("optimal");
      expect(() => optimalSchedule(at(limit * (1 + 1e-9)))).toThrow("convexity limit");
    });
  }
});
