import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BoundedOptimum,
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  NoOptimumError,
  optimalSchedule,
  type ProblemInput,
  scheduleFromTrades,
  type TradeBounds,
} from "../../src/index";
import { seedA, table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { expectRelative, reference } from "../helpers/reference";
import { problems, problemsWithDrift } from "../properties/arbitrary";

const input: ProblemInput = { ...table1, halfSpread: 0, riskAversion: 1e-6 };
const problem = defineProblem(input);

/** The optimum, where there must be one. */
function optimum(of: ExecutionProblem, bounds: TradeBounds): BoundedOptimum {
  const result = boundedSchedule(of, bounds);
  if (result.status !== "optimal") throw new Error(result.message);
  return result;
}
const best = (of: ExecutionProblem, bounds: TradeBounds): number =>
  costReport(of, optimum(of, bounds).schedule).objective;

describe("a bounded schedule hits the 60-digit reference (1e-9 of a trade, 1e-12 of the objective)", () => {
  const cases =
    reference<
      {
        name: string;
        problem: {
          X: [number];
          N: number;
          T: number;
          lam: number;
          C: [[number]];
          H: [[number]];
          Gamma: [[number]];
          alpha: [number];
          lower: [number][];
          upper: [number][] | null;
          fixed: Record<string, number>;
        };
        n: [number][];
        objective: number;
        duals_currency_per_share: Record<string, number>;
      }[]
    >("bounded");

  test.each(cases)("$name", ({ problem: p, n, objective, duals_currency_per_share: duals }) => {
    const given = defineProblem({
      shares: p.X[0],
      horizon: p.T,
      intervals: p.N,
      volatility: Math.sqrt(p.C[0][0]),
      temporaryImpact: p.H[0][0],
      permanentImpact: p.Gamma[0][0],
      drift: p.alpha[0],
      riskAversion: p.lam,
    });
    const lower = p.lower.map(([bound]) => bound ?? 0);
    const upper = p.upper?.map(([bound]) => bound) ?? p.lower.map(() => Number.POSITIVE_INFINITY);
    for (const [key, value] of Object.entries(p.fixed)) {
      const k = Number(key.split(",")[0]);
      lower[k] = value;
      upper[k] = value;
    }
    const { schedule, lowerPrices, upperPrices, certificate } = optimum(given, { lower, upper });
    n.forEach(([trade], k) => {
      expect(Math.abs(schedule.trades[k] - trade)).toBeLessThan(1e-9 * p.X[0]);
    });
    // The reference leaves ½γX² out.
    const left = 0.5 * p.Gamma[0][0] * p.X[0] ** 2;
    expectRelative(costReport(given, schedule).objective - left, objective, 1e-12, "objective");
    for (const [key, price] of Object.entries(duals)) {
      const [, bound, k] = /^(lower|upper)\[(\d+),0\]$/.exec(key) as RegExpExecArray;
      const own = (bound === "lower" ? lowerPrices : upperPrices)[Number(k)];
      expect(Math.abs(own - price), key).toBeLessThan(1e-10);
    }
    expect(certificate.verdict).toBe("optimal");
  });
});

describe("boundedSchedule", () => {
  test("without bounds that bind is the closed form: 1,000 random problems", () => {
    const free = { lower: Number.NEGATIVE_INFINITY };
    fc.assert(
      fc.property(problemsWithDrift, (given) => {
        fc.pre(given.riskAversion >= 0 && given.halfSpread === 0);
        const { schedule } = optimum(given, free);
        optimalSchedule(given).trades.forEach((n, k) => {
          expect(Math.abs(n - schedule.trades[k])).toBeLessThan(
            1e-10 * Math.max(given.shares, ...optimalSchedule(given).trades.map(Math.abs)),
          );
        });
      }),
      { numRuns: 1000, seed: 11 },
    );
  });

  test("is certified, never beaten by another schedule within the bounds, and keeps its caps: 500 problems", () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 1.01, max: 5, noNaN: true }), fc.nat(), (given, room, at) => {
        fc.pre(given.riskAversion >= 0);
        const N = given.intervals;
        const upper = (room * given.shares) / N;
        const { schedule, certificate } = optimum(given, { upper });
        expect(certificate.verdict).toBe("optimal");
        expect(Math.max(...schedule.trades)).toBeLessThanOrEqual(upper);
        // Any other: half way towards equal slices, with a little moved between two of them.
        const share = given.shares / N;
        const moved = 0.5 * Math.min(share, upper - share);
        const trades = schedule.trades.map((n, k) => {
          const other = share + (k === at % N ? moved : 0) - (k === (at + 1) % N ? moved : 0);
          return 0.5 * n + 0.5 * (N === 1 ? n : other);
        });
        const other = costReport(given, scheduleFromTrades(given, trades)).objective;
        const own = costReport(given, schedule).objective;
        expect(own).toBeLessThanOrEqual(other + 1e-12 * Math.abs(other));
      }),
      { numRuns: 500, seed: 12 },
    );
  });

  test.each(["start", "end"] as const)("its prices are derivatives of the optimum (%s)", (timing) => {
    const given = defineProblem({ ...input, timing, drift: 0.1, halfSpread: 0.05 });
    const upper = [250_000, 250_000, 150_000, 200_000, 1e6];
    const { marginalCost, upperPrices, lowerPrices } = optimum(given, { upper });
    const larger = (by: number) => best(defineProblem({ ...given, shares: given.shares + by }), { upper });
    // Central differences of a function that is quadratic between two changes of the binding bounds are exact.
    expectRelative((larger(10) - larger(-10)) / 20, marginalCost, 1e-6, "price of a share");
    for (const k of [0, 1, 2, 3]) {
      const wider = (by: number) =>
        best(given, { upper: upper.map((bound, j) => bound + (j === k ? by : 0)) });
      expect(Math.abs((wider(-10) - wider(10)) / 20 - upperPrices[k]), `cap ${k}`).toBeLessThan(1e-5);
    }
    expect(lowerPrices).toEqual([0, 0, 0, 0, 0]);
    const lower = [0, 0, 0, 0, 300_000];
    const forced = optimum(given, { lower });
    const forcedBy = (by: number) => best(given, { lower: [0, 0, 0, 0, 300_000 + by] });
    expect(Math.abs((forcedBy(10) - forcedBy(-10)) / 20 - forced.lowerPrices[4])).toBeLessThan(1e-5);
    expect(forced.lowerPrices[4]).toBeGreaterThan(1);
  });

  test("a trade may turn, and pays the spread: the kink is kept where optimalSchedule refuses", () => {
    const given = defineProblem({ ...input, drift: -3, intervals: 10, halfSpread: 0.0625 });
    expect(() => optimalSchedule(given)).toThrow("Use boundedSchedule");
    const { schedule, certificate } = optimum(given, { lower: Number.NEGATIVE_INFINITY });
    expect(certificate.verdict).toBe("optimal");
    expect(Math.min(...schedule.trades)).toBeLessThan(-1000);
    // With a wide spread turning does not pay, and some intervals rest at 0.
    const wide = optimum(defineProblem({ ...given, halfSpread: 5 }), { lower: Number.NEGATIVE_INFINITY });
    expect(wide.schedule.trades.filter((n) => n === 0).length).toBeGreaterThan(2);
    expect(Math.min(...wide.schedule.trades)).toBe(0);
    expect(certify(given, wide.schedule, { lower: Number.NEGATIVE_INFINITY }).verdict).toBe("not-optimal");
  });

  test("does not trade in a pause, and keeps a trade that is fixed", () => {
    const { schedule } = optimum(problem, { lower: [1e5, 0, 0, 0, 0], upper: [1e5, 0, 1e6, 1e6, 1e6] });
    expect(schedule.trades.slice(0, 2)).toEqual([1e5, 0]);
    expect(schedule.remaining.slice(0, 3)).toEqual([1e6, 9e5, 9e5]);
  });

  test("a single interval trades the order, whatever its cost", () => {
    const single = defineProblem({ ...input, intervals: 1, permanentImpact: 1e-3 });
    const { schedule, marginalCost, certificate } = optimum(single, {});
    expect(schedule.trades).toEqual([1e6]);
    const more = costReport(
      defineProblem({ ...single, shares: 1_000_001 }),
      optimum(defineProblem({ ...single, shares: 1_000_001 }), {}).schedule,
    ).objective;
    const less = costReport(
      defineProblem({ ...single, shares: 999_999 }),
      optimum(defineProblem({ ...single, shares: 999_999 }), {}).schedule,
    ).objective;
    expectRelative(marginalCost, (more - less) / 2, 1e-8, "price of a share");
    expect(certificate.verdict).toBe("optimal");
  });

  test("bounds that sum to the order leave one schedule, also when they do so only up to rounding", () => {
    expect(optimum(problem, { upper: 200_000 }).schedule.trades).toEqual([2e5, 2e5, 2e5, 2e5, 2e5]);
    const tenths = optimum(defineProblem({ ...input, shares: 1, intervals: 10 }), { upper: 0.1 });
    expect(tenths.schedule.trades).toEqual(new Array(10).fill(0.1));
    expect(tenths.certificate.verdict).toBe("optimal");
  });
});

describe("boundedSchedule where costs of holdings and trades lie far apart", () => {
  const draw = (random: () => number, exponent: number): [ProblemInput, TradeBounds] => {
    const size = (): number => 10 ** (exponent * (2 * random() - 1));
    const sizeOr0 = (): number => (random() < 0.4 ? 0 : size());
    const intervals = 1 + Math.floor(60 * random());
    const shares = size();
    const drawn: ProblemInput = {
      shares,
      horizon: size(),
      intervals,
      volatility: size(),
      temporaryImpact: size(),
      permanentImpact: sizeOr0(),
      halfSpread: sizeOr0(),
      drift: (random() < 0.5 ? -1 : 1) * sizeOr0(),
      riskAversion: sizeOr0(),
      side: random() < 0.5 ? "sell" : "buy",
      timing: random() < 0.5 ? "start" : "end",
    };
    const upper = random() < 0.2 ? Number.POSITIVE_INFINITY : (shares / intervals) * (1.01 + 3 * random());
    const lower =
      random() < 0.5 ? 0 : random() < 0.5 ? Number.NEGATIVE_INFINITY : (-random() * shares) / intervals;
    return [drawn, { upper, lower }];
  };

  test.each(["start", "end"] as const)("an ever more urgent order runs into its cap, timing %s", (timing) => {
    for (let exponent = -12; exponent <= 12; exponent++) {
      for (const drift of [0, 1e-4, -1e-3]) {
        const urgent = defineProblem({
          ...seedA,
          permanentImpact: 1e-9,
          riskAversion: 10 ** exponent,
          timing,
          drift,
        });
        const { schedule, certificate } = optimum(urgent, { upper: 50_000 });
        expect(certificate.verdict).toBe("optimal");
        // The cap is a twentieth of the order: from some urgency on, twenty trades of the cap are all.
        if (drift === 0 && exponent >= 4) {
          expect(Math.abs(schedule.trades[18] - 50_000)).toBeLessThan(1e-7);
          expect(schedule.remaining[20]).toBeLessThan(1e-3);
        }
      }
    }
  });

  test("1,000 problems with numbers of 1e-3 to 1e3: every one that has an optimum is certified", () => {
    const random = uniforms(20);
    let certified = 0;
    for (let i = 0; i < 1000; i++) {
      const [drawn, bounds] = draw(random, 3);
      const of = defineProblem(drawn);
      try {
        if (optimum(of, bounds).certificate.verdict === "optimal") certified++;
      } catch (error) {
        expect((error as Error).name, JSON.stringify([drawn, bounds])).toBe("NoOptimumError");
      }
    }
    expect(certified).toBeGreaterThan(900);
  });

  test.each([12, 100])(
    "with numbers of 1e-%i to its inverse: certified with finite prices, or refused",
    (exponent) => {
      const random = uniforms(exponent);
      let refused = 0;
      for (let i = 0; i < 400; i++) {
        const [drawn, bounds] = draw(random, exponent);
        try {
          const found = optimum(defineProblem(drawn), bounds);
          expect(found.certificate.verdict).toBe("optimal");
          for (const price of [found.marginalCost, ...found.lowerPrices, ...found.upperPrices])
            expect(price).toSatisfy(Number.isFinite);
        } catch (error) {
          if ((error as Error).name === "NoOptimumError") continue;
          expect(error, JSON.stringify([drawn, bounds])).toBeInstanceOf(RangeError);
          refused++;
        }
      }
      expect(refused).toBeLessThan(exponent === 12 ? 10 : 60);
    },
  );
});

describe("boundedSchedule with numbers of 1e-6 to 1e6, pauses and fixed trades", () => {
  test("solves and certifies all of 3,000 feasible problems", () => {
    const random = uniforms(6);
    const log = (): number => 10 ** (12 * random() - 6);
    const either = (value: number): number => (random() < 0.5 ? 0 : value);
    for (let feasible = 0; feasible < 3000; ) {
      const N = 2 + Math.floor(30 * random());
      const X = log();
      const upper = Array.from({ length: N }, () => either(X * Math.ceil(6 * random()) * 0.5));
      const lower = upper.map((most) => (random() < 0.2 ? most : random() < 0.1 ? -X : 0));
      const input: ProblemInput = {
        shares: X,
        horizon: N * 10 ** (4 * random() - 2),
        intervals: N,
        volatility: either(log()),
        riskAversion: either(log()),
        temporaryImpact: log(),
        drift: either(random() < 0.5 ? -log() : log()),
        halfSpread: either(log()),
        timing: (["start", "mid", "end"] as const)[Math.floor(3 * random())],
      };
      const found = boundedSchedule(defineProblem(input), { lower, upper });
      if (found.status === "infeasible") continue;
      feasible++;
      expect(found.certificate.verdict, JSON.stringify([input, lower, upper])).toBe("optimal");
    }
  });

  test("an order with pauses and a trend that would sell all at once", () => {
    const input = { shares: 2, horizon: 10, intervals: 10, volatility: 0, temporaryImpact: 1, drift: -4 };
    const found = boundedSchedule(defineProblem(input), { upper: [3, 0, 0, 0, 3, 6, 0, 6, 0, 0] });
    expect(found.status === "optimal" && found.schedule.trades).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("bounds that no schedule keeps", () => {
  test("are an answer with its proof: the most that all trades together can be", () => {
    expect(boundedSchedule(problem, { upper: 150_000 })).toEqual({
      status: "infeasible",
      proof: { bound: "upper", total: 750_000, shares: 1_000_000, missing: 250_000 },
      message:
        "No schedule satisfies the bounds: the upper bounds add up to 750,000 shares, 250,000 short of the order's 1,000,000.",
    });
  });

  test("or the least", () => {
    expect(boundedSchedule(problem, { lower: 300_000 })).toMatchObject({
      proof: { bound: "lower", total: 1_500_000, missing: 500_000 },
      message:
        "No schedule satisfies the bounds: the lower bounds add up to 1,500,000 shares, 500,000 more than the order's 1,000,000.",
    });
  });
});

describe("bad bounds are refused", () => {
  const refused = (bounds: unknown) => () => boundedSchedule(problem, bounds as TradeBounds);
  test.each([
    [{ upper: Number.NaN }, "bounds.upper must be a finite number or Infinity (shares); got NaN."],
    [
      { upper: Number.NEGATIVE_INFINITY },
      "bounds.upper must be a finite number or Infinity (shares); got -Infinity.",
    ],
    [
      { lower: Number.POSITIVE_INFINITY },
      "bounds.lower must be a finite number or -Infinity (shares); got Infinity.",
    ],
    [
      { upper: [1, 2] },
      "bounds.upper must be a number, or an array of 5 numbers (shares); got an array of length 2.",
    ],
    [
      { upper: "all" },
      'bounds.upper must be a number, or an array of 5 numbers (shares); got the text "all".',
    ],
    [
      { upper: [1, 2, 3, Number.NaN, 5] },
      "bounds.upper[3] must be a finite number or Infinity (shares); got NaN.",
    ],
    [
      { lower: 5, upper: 4 },
      "bounds.upper must be at least 5 (shares), the lower bound of interval 1; got 4.",
    ],
    [
      { lower: [0, 0, 9, 0, 0], upper: [1, 1, 1, 1, 1] },
      "bounds.upper[2] must be at least 9 (shares), the lower bound of interval 3; got 1.",
    ],
    [{ maximum: 4 }, 'bounds field "maximum" must be left out'],
    [null, "bounds must be an object with named fields; got null."],
  ])("%o", (bounds, message) => {
    expect(refused(bounds)).toThrow(message);
  });

  test("and so are problems that have no such optimum", () => {
    expect(() => boundedSchedule(defineProblem({ ...input, riskAversion: -1e-9 }))).toThrow(
      "riskAversion must be 0 or above (1/currency) for a schedule within bounds; got -1e-9.",
    );
    expect(() => boundedSchedule(defineProblem({ ...input, permanentImpact: 1e-3 }))).toThrow(
      "is not convex",
    );
    expect(() => boundedSchedule(input as never)).toThrow("Call defineProblem");
  });
});

describe("certify with bounds", () => {
  const caps = { upper: 250_000 };
  const { schedule } = optimum(problem, caps);

  test("accepts the optimum within them, which without them is none", () => {
    expect(certify(problem, schedule, caps).verdict).toBe("optimal");
    expect(certify(problem, schedule).verdict).toBe("not-optimal");
  });

  test("refuses a schedule that leaves them", () => {
    const beyond = certify(problem, optimalSchedule(problem), caps);
    expect(beyond.verdict).toBe("infeasible");
    expectRelative(beyond.feasibilityResidual, 458_044.4 - 250_000, 1e-5, "beyond the cap");
  });

  test("refuses one of which a millionth was moved between two trades, and bounds what that costs", () => {
    const spoiled = scheduleFromTrades(
      problem,
      schedule.trades.map((n, k) => n + (k === 1 ? -1 : k === 3 ? 1 : 0)),
    );
    const { verdict, gapBound } = certify(problem, spoiled, caps);
    expect(verdict).toBe("not-optimal");
    const lost = costReport(problem, spoiled).objective - costReport(problem, schedule).objective;
    expect(lost).toBeGreaterThan(0);
    // The difference of two objectives of some 1e6 is rounded to 1e-10; the bound is no difference.
    expect(Math.abs(lost - gapBound)).toBeLessThanOrEqual(1e-15 * costReport(problem, spoiled).objective);
  });
});

describe("where the market varies", () => {
  const order = { shares: 1000, horizon: 4, intervals: 4, volatility: 1, riskAversion: 1e-3 };
  const volatility = [1, 1.1, 1.2, 1.3];

  test("a cost that trades alone make concave is refused, in one interval too", () => {
    // η/τ − γ/2: below 0 everywhere, or once only, or not at all.
    const refused = { ...order, temporaryImpact: 1e-3, permanentImpact: 2.5e-3, profile: { volatility } };
    expect(() => boundedSchedule(defineProblem(refused))).toThrow(NoOptimumError);
    const once = { temporaryImpact: [1e-3, 1e-3, 2e-5, 1e-3], permanentImpact: Array(4).fill(1e-3) };
    const mild = { ...order, temporaryImpact: 1e-3, riskAversion: 0 };
    const twice = { ...once, temporaryImpact: [1e-3, 2e-5, 2e-5, 1e-3] };
    expect(() => boundedSchedule(defineProblem({ ...mild, profile: twice }))).toThrow(NoOptimumError);
    const right = { ...once, temporaryImpact: [1e-3, 1e-3, 1e-3, 1e-3] };
    expect(boundedSchedule(defineProblem({ ...mild, profile: right })).status).toBe("optimal");
  });

  test("impact beyond the range of doubles is said to be", () => {
    const tiny = { ...order, horizon: 4e-200, temporaryImpact: 1e200, riskAversion: 0 };
    expect(() => boundedSchedule(defineProblem({ ...tiny, profile: { volatility } }))).toThrow(RangeError);
  });
});
