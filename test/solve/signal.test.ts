import { describe, expect, test } from "vitest";
import {
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  followSignal,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
  remainingProblem,
  signalFeedback,
  simulateSignal,
} from "../../src/index";
import { uniforms } from "../helpers/random";
import { reference } from "../helpers/reference";

const exact = reference<{
  params: Record<"X" | "T" | "N" | "eta" | "lam" | "sigma" | "theta" | "nu" | "I0", number>;
  static_value: number;
  adaptive_value: number;
  value_of_adapting: number;
  static_trades: readonly number[];
  feedback: readonly { readonly x: number; readonly D: number; readonly I: number }[];
  signal_path: readonly number[];
  trades_on_path: readonly number[];
}>("signal");
const { params } = exact;
const base = {
  ...{
    shares: params.X,
    horizon: params.T,
    intervals: params.N,
    volatility: params.sigma,
    riskAversion: params.lam,
  },
  impact: decayImpact({ exponentials: [{ impact: 1e-4, rate: 5 }], temporary: params.eta }),
} as const satisfies ProblemInput;
const signal = { initial: params.I0, reversion: params.theta, volatility: params.nu };

/** What a re-plan at each trade does: the rest of the order, with the trend that is expected from the signal as it is now. */
function replanned(problem: ExecutionProblem, path: readonly number[], θ: number): number[] {
  const { intervals: N, horizon } = problem;
  const τ = horizon / N;
  const trades: number[] = [];
  for (let k = 0; k < N; k++) {
    const drift = Array.from(
      { length: N - k },
      (_, j) => (path[k] * Math.exp(-θ * j * τ) * -Math.expm1(-θ * τ)) / (θ * τ),
    );
    const rest = k === 0 ? problem : remainingProblem(problem, trades);
    const now = defineProblem({ ...rest, profile: { drift } });
    trades.push(optimalSchedule(now).trades[0]);
  }
  return trades;
}

describe("the best use of a signal", () => {
  const problem = defineProblem(base);
  const found = signalFeedback(problem, signal);

  test("agrees with 60-digit arithmetic: values, schedule and feedback (1e-10)", () => {
    expect(Math.abs(found.staticObjective / exact.static_value - 1)).toBeLessThan(1e-12);
    expect(Math.abs(found.adaptiveObjective / exact.adaptive_value - 1)).toBeLessThan(1e-12);
    expect(Math.abs(found.valueOfAdapting / exact.value_of_adapting - 1)).toBeLessThan(1e-10);
    exact.static_trades.forEach((n, k) => {
      expect(Math.abs(found.schedule.trades[k] - n)).toBeLessThan(1e-10 * params.X);
    });
    exact.feedback.forEach(({ x, D, I }, k) => {
      const { remaining, left, signal: slope } = found.gains[k];
      expect(Math.abs(remaining - x)).toBeLessThan(1e-10);
      expect(Math.abs(left[0] - D)).toBeLessThan(1e-10 * 1e4);
      expect(Math.abs(slope - I)).toBeLessThan(1e-10 * 1e4);
    });
  });

  test("three routes agree on a path of the signal: feedback, a re-plan at each trade, UDUᵀ", () => {
    const trades = followSignal(problem, found, exact.signal_path);
    const again = replanned(problem, exact.signal_path, params.theta);
    const byFactors = resolvent(exact.signal_path);
    exact.trades_on_path.forEach((n, k) => {
      expect(Math.abs(trades[k] - n)).toBeLessThan(1e-10 * params.X);
      expect(Math.abs(again[k] - n)).toBeLessThan(1e-9 * params.X);
      expect(Math.abs(byFactors[k] - n)).toBeLessThan(1e-9 * params.X);
    });
    expect(trades.reduce((sum, n) => sum + n, 0)).toBeCloseTo(params.X, 6);
  });

  test("is worth what simulation shows, path by path", () => {
    const { saved, savedError, staticMean, adaptiveMean } = simulateSignal(problem, found, {
      paths: 20_000,
      seed: 6,
    });
    expect(Math.abs(saved - found.valueOfAdapting)).toBeLessThan(4 * savedError);
    expect(savedError).toBeLessThan(0.05 * saved);
    expect(staticMean - adaptiveMean).toBeCloseTo(saved, 6);
    expect(Math.abs(staticMean / found.staticObjective - 1)).toBeLessThan(0.01);
  });

  test("is the cost report's own on the path that is expected, and costs as much as it says for other problems too", () => {
    const random = uniforms(4);
    for (let i = 0; i < 60; i++) {
      const other = defineProblem({
        ...{ side: i % 2 === 0 ? "sell" : "buy", shares: 1e5 * (0.5 + random()), horizon: 1 + random() },
        ...{
          intervals: 2 + Math.floor(12 * random()),
          volatility: 2 * random(),
          riskAversion: 1e-6 * random(),
        },
        ownImpact: (["half", "full", undefined] as const)[i % 3],
        impact: decayImpact({
          exponentials: [
            { impact: 1e-4 * random() + 1e-6, rate: 5 * random() + 0.1 },
            { impact: 1e-5, rate: 20 },
          ],
          ...{ permanent: 1e-5 * random(), temporary: 1e-6 * (0.1 + random()) },
        }),
      });
      const its = { initial: 4 * (random() - 0.5), reversion: 0.2 + 3 * random(), volatility: 3 * random() };
      const plan = signalFeedback(other, its);
      const { objective } = costReport(plan.expected, plan.schedule);
      expect(Math.abs(objective - plan.staticObjective)).toBeLessThan(1e-9 * (Math.abs(objective) + 1));
      expect(plan.valueOfAdapting).toBeGreaterThanOrEqual(0);
      const τ = other.horizon / other.intervals;
      // Along the expected path the feedback does what the schedule says.
      const path = Array.from(
        { length: other.intervals },
        (_, k) => its.initial * Math.exp(-its.reversion * k * τ),
      );
      followSignal(other, plan, path).forEach((n, k) => {
        expect(Math.abs(n - plan.schedule.trades[k])).toBeLessThan(1e-9 * other.shares);
      });
      const noisy = path.map((value) => value + random() - 0.5);
      const trades = followSignal(other, plan, noisy);
      replanned(other, noisy, its.reversion).forEach((n, k) => {
        expect(Math.abs(n - trades[k])).toBeLessThan(1e-8 * other.shares);
      });
    }
  });

  test("is worth nothing where the signal does not vary", () => {
    const still = signalFeedback(problem, { ...signal, volatility: 0 });
    expect(still.valueOfAdapting).toBe(0);
    expect(still.adaptiveObjective).toBe(still.staticObjective);
  });
});

/**
 * With A = UDUᵀ, U upper and of unit diagonal, the optimum that knows only the past is Uᵀn = y with y_k = E_k[(U⁻¹b)_k]/D_k: the discrete
 * resolvent. The last trade closes the order, so that A and b are those of the trades before it.
 */
function resolvent(path: readonly number[]): number[] {
  const { X, T, N, eta, lam, sigma, theta: θ } = params;
  const τ = T / N;
  const w = lam * sigma * sigma * τ;
  const kernel = (u: number): number => 1e-4 * Math.exp(-5 * u);
  const H = Array.from({ length: N }, (_, i) =>
    Array.from({ length: N }, (_unused, j) => {
      const G = kernel(Math.abs(i - j) * τ) + (i === j ? (2 * eta) / τ : 0);
      return G + 2 * w * (N - 1 - Math.max(i, j));
    }),
  );
  const M = N - 1;
  // n_N = X − Σ n: the objective in the first M trades.
  const A = Array.from({ length: M }, (_, i) =>
    Array.from({ length: M }, (_unused, j) => H[i][j] - H[i][M] - H[M][j] + H[M][M]),
  );
  const m = -Math.expm1(-θ * τ) / θ;
  /** −∂/∂n_k of what is linear, as expected at trade `at`. */
  const b = (k: number, at: number): number => {
    let trend = 0;
    for (let l = k; l < N; l++) {
      // Risk and drift of x_{l+1}, which trade k lowers.
      const value = l <= at ? path[l] : path[at] * Math.exp(-θ * (l - at) * τ);
      if (l < M) trend += -2 * w * X + m * value;
    }
    return -trend - X * (H[k][M] - H[M][M]);
  };
  // Reverse Cholesky: from the last row up.
  const U: number[][] = A.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  const D = new Array<number>(M).fill(0);
  for (let j = M - 1; j >= 0; j--) {
    D[j] = A[j][j];
    for (let l = j + 1; l < M; l++) D[j] -= U[j][l] ** 2 * D[l];
    for (let i = 0; i < j; i++) {
      let value = A[i][j];
      for (let l = j + 1; l < M; l++) value -= U[i][l] * U[j][l] * D[l];
      U[i][j] = value / D[j];
    }
  }
  const n: number[] = [];
  for (let k = 0; k < M; k++) {
    // (U⁻¹b)_k needs b from k on, as expected now.
    const v = new Array<number>(M).fill(0);
    for (let i = M - 1; i >= k; i--) {
      v[i] = b(i, k);
      for (let l = i + 1; l < M; l++) v[i] -= U[i][l] * v[l];
    }
    let value = v[k] / D[k];
    for (let l = 0; l < k; l++) value -= U[l][k] * n[l];
    n.push(value);
  }
  return [...n, X - n.reduce((sum, one) => sum + one, 0)];
}

describe("a signal is rejected", () => {
  const cases: readonly (readonly [string, Partial<ProblemInput>, string])[] = [
    [
      "under another law",
      { impact: powerDecayImpact({ impact: 1, timescale: 1, exponent: 1 }) },
      'problem.impact.kind must be "decay" for a signal',
    ],
    ["with another timing", { timing: "end" }, 'problem.timing must be "start" for a signal'],
    [
      "beside a drift",
      { drift: 1 },
      "problem.drift must be 0 for a signal, which is the trend itself; got 1.",
    ],
    [
      "with a spread",
      { halfSpread: 0.01 },
      "problem.halfSpread must be 0 for a signal: with a spread the best trade is no linear function of it",
    ],
    [
      "in a market that varies",
      { profile: { volatility: new Array(20).fill(1) } },
      "problem.profile must be left out for a signal",
    ],
    [
      "after earlier trades",
      { earlierTrades: [{ ago: 1, shares: 1 }] },
      "problem.earlierTrades must be left out for a signal",
    ],
    [
      "where shares may be left",
      { remainderPrice: 1 },
      "problem.remainderPrice must be left out for a signal",
    ],
    ["with a taste for risk", { riskAversion: -1e-9 }, "riskAversion must be 0 or above"],
  ];

  test.each(cases)("%s", (_, more, message) => {
    expect(() => signalFeedback(defineProblem({ ...base, ...more }), signal)).toThrow(message);
  });

  test("with values out of range", () => {
    const problem = defineProblem(base);
    expect(() => signalFeedback(problem, { ...signal, reversion: 0 })).toThrow(
      "signal.reversion must be a finite number above 0 (1/time); got 0.",
    );
    const found = signalFeedback(problem, signal);
    expect(() => followSignal(problem, found, [1])).toThrow("path must be");
    expect(() => followSignal(defineProblem({ ...base, intervals: 5 }), found, [1, 1, 1, 1, 1])).toThrow(
      "plan must be the result of signalFeedback for this problem",
    );
  });
});
