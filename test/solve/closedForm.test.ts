import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  intervalLength,
  NoOptimumError,
  optimalSchedule,
  type ProblemInput,
} from "../../src/index";
import { seedA, table1 } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";

interface Extreme {
  readonly name: string;
  readonly lam: number;
  readonly params: {
    X: number;
    T: number;
    N: number;
    sigma: number;
    eta: number;
    gamma: number;
    eps: number;
  };
  readonly index: readonly number[];
  readonly x: readonly number[];
  readonly n_first: number;
  readonly n_last: number;
  readonly E: number;
  readonly V: number;
}
const extremes = reference<{ cases: Extreme[]; lambda_lower_limit: number }>("extremes");
const paper = reference<{
  points: { lam: number; x: number[]; n: number[] }[];
  drift: { lam: number; alpha: number; x: number[]; n: number[] };
}>("almgren_chriss_2001");
const published = reference<{ exact: { x_opt: number[]; q_opt: number[] } }>("seed_a_published");

const spreadless: ProblemInput = { ...table1, halfSpread: 0 };

function expectAll(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => {
    expectRelative(actual[k], value, tolerance, `${what}[${k}]`);
  });
}

/** dU/dx_k written out from the definition of U, for x_1 … x_{N−1}: zero at an optimum. Relative to its terms. */
function worstGradient(problem: ExecutionProblem, x: readonly number[]): number {
  const { permanentImpact: γ, temporaryImpact: η, volatility: σ, riskAversion: λ, drift: α } = problem;
  const τ = intervalLength(problem);
  const s = problem.side === "sell" ? 1 : -1;
  const a = η / τ + (problem.timing === "start" ? -0.5 : 0.5) * γ;
  let worst = 0;
  for (let k = 1; k < problem.intervals; k++) {
    const [before, here, after] = [x[k - 1], x[k], x[k + 1]];
    const terms = [2 * a * (here - before), 2 * a * (here - after), 2 * λ * σ ** 2 * τ * here, -s * α * τ];
    const sum = terms.reduce((total, term) => total + term, 0);
    worst = Math.max(worst, Math.abs(sum) / Math.max(...terms.map(Math.abs)));
  }
  return worst;
}

describe("the closed form agrees with 60-digit arithmetic", () => {
  test("on seed A's 61 points (1e-12)", () => {
    const problem = defineProblem(seedA);
    const schedule = optimalSchedule(problem);
    expectAll(schedule.remaining, published.exact.x_opt, 1e-12, "x");
    expectAll(schedule.trades, published.exact.q_opt, 1e-12, "q");
  });

  test("on every point of Almgren and Chriss 2001 (1e-12)", () => {
    expect(paper.points.some(({ lam }) => lam < 0)).toBe(true);
    for (const { lam, x, n } of paper.points) {
      const schedule = optimalSchedule(defineProblem({ ...spreadless, riskAversion: lam }));
      expectAll(schedule.remaining, x, 1e-12, `x at λ = ${lam}`);
      expectAll(schedule.trades, n, 1e-12, `n at λ = ${lam}`);
    }
  });

  test("with the paper's drift (1e-12)", () => {
    const { lam, alpha, x, n } = paper.drift;
    const schedule = optimalSchedule(defineProblem({ ...spreadless, riskAversion: lam, drift: alpha }));
    expectAll(schedule.remaining, x, 1e-12, "x");
    expectAll(schedule.trades, n, 1e-12, "n");
  });

  for (const extreme of extremes.cases) {
    // 1% from the limit sin(Nθ) is small, and what it divides is off by its rounding: 1e-9 instead of 1e-12.
    const tolerance = extreme.name.includes("limit") ? 1e-9 : 1e-12;
    test(`at the extreme "${extreme.name}" (${tolerance})`, () => {
      const { X, T, N, sigma, eta, gamma, eps } = extreme.params;
      const problem = defineProblem({
        side: X > 0 ? "sell" : "buy",
        shares: Math.abs(X),
        horizon: T,
        intervals: N,
        volatility: sigma,
        temporaryImpact: eta,
        permanentImpact: gamma,
        halfSpread: eps,
        riskAversion: extreme.lam,
      });
      const schedule = optimalSchedule(problem);
      extreme.index.forEach((k, i) => {
        const expected = extreme.x[i] * Math.sign(X);
        const actual = schedule.remaining[k];
        // Below 1e-290 doubles lose digits one by one, down to 0.
        if (Math.abs(expected) > 1e-290) expectRelative(actual, expected, tolerance, `x[${k}]`);
        else expect(Math.abs(actual)).toBeLessThanOrEqual(1e-289);
      });
      expectRelative(schedule.trades[0], extreme.n_first * Math.sign(X), tolerance, "first trade");
      const report = costReport(problem, schedule);
      expectRelative(report.expectedCost, extreme.E, tolerance, "E");
      if (extreme.V === 0) expect(report.costVariance).toBe(0);
      else if (extreme.V > 1e-290) expectRelative(report.costVariance, extreme.V, 2 * tolerance, "V");
    });
  }
});

describe("the closed form solves the first-order conditions, whatever its branch", () => {
  const branches: [string, Partial<ProblemInput>][] = [
    ["λ > 0", { riskAversion: 1e-6 }],
    ["λ > 0, timing end", { riskAversion: 1e-6, timing: "end" }],
    ["λ > 0 and a drift", { riskAversion: 1e-6, drift: 0.3 }],
    ["λ = 0 and a drift", { drift: 0.3 }],
    ["λ < 0", { riskAversion: -2e-7 }],
    ["λ < 0 and a drift", { riskAversion: -2e-7, drift: -0.3 }],
    ["a buy in a rising market", { side: "buy", riskAversion: 1e-6, drift: 0.3 }],
  ];
  for (const [name, change] of branches) {
    test(name, () => {
      const problem = defineProblem({ ...spreadless, intervals: 23, ...change });
      const { remaining, trades } = optimalSchedule(problem);
      expect(worstGradient(problem, remaining)).toBeLessThan(1e-12);
      trades.forEach((n, k) => {
        const difference = remaining[k] - remaining[k + 1];
        expect(Math.abs(n - difference)).toBeLessThan(1e-9);
      });
    });
  }

  test("and a drift moves it smoothly through λ = 0", () => {
    const x = [-1e-12, 0, 1e-12].map(
      (riskAversion) =>
        optimalSchedule(defineProblem({ ...spreadless, drift: 0.3, riskAversion })).remaining[2],
    );
    expectRelative(x[0], x[1], 1e-5, "λ → 0⁻");
    expectRelative(x[2], x[1], 1e-5, "λ → 0⁺");
  });
});

test("each point is a hyperbolic sine of its own, whatever block it was carried in", () => {
  for (const N of [2, 3, 17, 60, 390, 1_000, 5_000, 100_000]) {
    for (const κT of [1e-3, 1, 30, 400]) {
      // 2 cosh κτ − 2 = λσ²τ²/η for timing "end" without permanent impact, with κτ = κT/N.
      const riskAversion = (2 * Math.sinh(κT / N / 2)) ** 2 * N ** 2;
      const problem = defineProblem({
        ...{ shares: 1, horizon: 1, intervals: N, volatility: 1, temporaryImpact: 1, riskAversion },
        timing: "end",
      });
      const { remaining, trades } = optimalSchedule(problem);
      let worst = 0;
      for (let k = 1; k < N; k++) {
        const x = Math.sinh((N - k) * (κT / N)) / Math.sinh(κT);
        const n = (2 * Math.sinh(κT / N / 2) * Math.cosh((N - k + 0.5) * (κT / N))) / Math.sinh(κT);
        worst = Math.max(worst, Math.abs(remaining[k] / x - 1), Math.abs(trades[k - 1] / n - 1));
      }
      // A sine of an argument that is right to 1e-16 is right to as much times the argument.
      expect(worst, `N = ${N}, κT = ${κT}`).toBeLessThan(1e-15 * (6 + κT));
    }
  }
});

test("each rate is its trade over the length of an interval, to the bit, also where nothing is left to trade", () => {
  for (const intervals of [2, 3, 390, 391, 2_000, 2_001]) {
    for (const riskAversion of [0, 1e-6, 1e3]) {
      const problem = defineProblem({ ...spreadless, intervals, riskAversion, timing: "end" });
      const { trades, rates } = optimalSchedule(problem);
      expect(rates).toEqual(trades.map((n) => n / intervalLength(problem)));
    }
  }
});

test("a rate beyond the largest double is an error, even if it is the first alone", () => {
  const problem = defineProblem({
    ...{
      shares: 1e300,
      horizon: 2e-9,
      intervals: 2,
      volatility: 1e5,
      temporaryImpact: 1e-9,
      riskAversion: 1e9,
    },
    timing: "end",
  });
  expect(() => optimalSchedule(problem)).toThrow('A trading rate of the schedule "Optimal" leaves the range');
});

describe("limits that one knows", () => {
  test("no risk aversion: equal slices, in every digit that matters", () => {
    const problem = defineProblem(spreadless);
    expectAll(optimalSchedule(problem).trades, equalSchedule(problem).trades, 1e-15, "n");
  });

  test("boundless risk aversion: everything in the first interval, even where κ itself overflows", () => {
    const problem = defineProblem({ ...spreadless, riskAversion: 1e308, volatility: 1e200 });
    expect(optimalSchedule(problem).trades).toEqual([1e6, 0, 0, 0, 0]);
  });

  test("a single interval leaves no choice", () => {
    const problem = defineProblem({ ...spreadless, intervals: 1, permanentImpact: 1, riskAversion: -5 });
    expect(optimalSchedule(problem).trades).toEqual([1e6]);
  });

  test("buy and sell trade the same without a drift", () => {
    const sell = optimalSchedule(defineProblem({ ...spreadless, riskAversion: 1e-6 }));
    const buy = optimalSchedule(defineProblem({ ...spreadless, riskAversion: 1e-6, side: "buy" }));
    expect(buy).toEqual(sell);
  });
});

describe("optimalSchedule refuses", () => {
  function refusal(input: ProblemInput): NoOptimumError {
    try {
      optimalSchedule(defineProblem(input));
    } catch (error) {
      expect(error).toBeInstanceOf(NoOptimumError);
      return error as NoOptimumError;
    }
    throw new Error("nothing was refused");
  }
  const seedAStart: ProblemInput = { ...seedA, timing: "start", timeUnit: "second", currency: "USD" };

  test("a cost that is not convex, with the interval and the number of intervals that would do", () => {
    const error = refusal(seedAStart);
    expect(error.reason).toBe("cost-not-convex");
    expect(error.evidence.largestInterval).toBeCloseTo(10, 12);
    expect(error.evidence.smallestIntervals).toBe(361);
    expect(error.message).toBe(
      'With intervals of 60 seconds and timing "start" the expected cost is not convex: the coefficient of Σn², ' +
        "η/τ − γ/2, is -4.16667e-8. Moving s shares from interval 2 to interval 1 changes the " +
        "expected cost by -8.33333e-8·s² plus terms linear in s: it falls without end. Intervals must be shorter than " +
        "2η/γ = 10 seconds: use at least 361 intervals for a horizon of 3,600 seconds.",
    );
  });

  test("… where 361 intervals are indeed enough and 360 are not", () => {
    expect(optimalSchedule(defineProblem({ ...seedAStart, intervals: 361 })).trades[0]).toBeGreaterThan(0);
    const flat = refusal({ ...seedAStart, intervals: 360 });
    expect(flat.reason).toBe("cost-not-convex");
    expect(flat.evidence.smallestIntervals).toBe(361);
  });

  test("… and along the direction that it names the cost does fall without end, spread or not", () => {
    const problem = defineProblem({ ...seedAStart, halfSpread: 0.01 });
    const { direction } = refusal({ ...seedAStart, halfSpread: 0.01 }).evidence;
    const equal = equalSchedule(problem);
    const costs = [0, 1e6, 1e7, 1e8, 1e9].map((s) => {
      const trades = equal.trades.map((n, k) => n + s * (direction?.[k] as number));
      const remaining = [1e6];
      for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
      return costReport(problem, { ...equal, trades, remaining }).expectedCost;
    });
    expect(costs[4]).toBeLessThan(-1e10);
    expect(costs[4]).toBeLessThan(costs[3]);
    expect(costs[3]).toBeLessThan(costs[2]);
  });

  test("risk seeking beyond the limit, and names the limit", () => {
    const X: ProblemInput = {
      shares: 320_000,
      horizon: 2,
      intervals: 8,
      volatility: 0.6,
      temporaryImpact: 4e-6,
      permanentImpact: 1.5e-7,
    };
    const limit = extremes.lambda_lower_limit;
    const error = refusal({ ...X, riskAversion: 1.0001 * limit });
    expect(error.reason).toBe("risk-seeking-beyond-limit");
    expectRelative(error.evidence.riskAversionLimit as number, limit, 1e-12, "limit");
    expect(error.message).toContain("convexity limit of -2.69382e-5 1/currency");
    expect(() => optimalSchedule(defineProblem({ ...X, riskAversion: 0.9999 * limit }))).not.toThrow();
  });

  test("a smooth optimum that reverses although the spread costs", () => {
    const reversing = { ...spreadless, riskAversion: -9e-7 };
    const schedule = optimalSchedule(defineProblem(reversing));
    expect(schedule.trades[0]).toBeLessThan(0);
    const error = refusal({ ...reversing, halfSpread: 0.0625 });
    expect(error.reason).toBe("spread-and-reversal");
    expect(error.evidence.firstReversal).toBe(1);
  });

  test("a drift so strong that the optimum leaves the range of doubles", () => {
    expect(() => optimalSchedule(defineProblem({ ...spreadless, drift: 1e308 }))).toThrow(RangeError);
  });
});
