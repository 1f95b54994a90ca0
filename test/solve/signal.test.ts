import { describe, expect, test } from "vitest";
import {
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  followSignal,
  linearImpact,
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
    const byFactors = resolvent(problem, params.theta, exact.signal_path);
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
    for (let i = 0; i < 72; i++) {
      const other = defineProblem({
        ...{ side: i % 2 === 0 ? "sell" : "buy", shares: 1e5 * (0.5 + random()), horizon: 1 + random() },
        ...{
          intervals: 2 + Math.floor(12 * random()),
          volatility: 2 * random(),
          riskAversion: 1e-6 * random(),
        },
        ownImpact: (["half", "full", undefined] as const)[i % 3],
        timing: (["start", "mid", "end"] as const)[Math.floor(i / 3) % 3],
        impact:
          i % 4 === 3
            ? linearImpact({ permanent: 1e-7 * random(), temporary: 1e-5 * (0.5 + random()) })
            : decayImpact({
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
      const size = trades.reduce((most, n) => Math.max(most, Math.abs(n)), other.shares);
      replanned(other, noisy, its.reversion).forEach((n, k) => {
        expect(Math.abs(n - trades[k])).toBeLessThan(1e-8 * size);
      });
      resolvent(other, its.reversion, noisy).forEach((n, k) => {
        expect(Math.abs(n - trades[k])).toBeLessThan(1e-9 * size);
      });
    }
  });

  test.each(["mid", "end"] as const)(
    "with timing %s three routes agree to 1e-10, and simulation says what it is worth",
    (timing) => {
      for (const impact of [base.impact, linearImpact({ permanent: 1e-6, temporary: 1e-5 })]) {
        const other = defineProblem({ ...base, timing, impact });
        const plan = signalFeedback(other, signal);
        const trades = followSignal(other, plan, exact.signal_path);
        const again = replanned(other, exact.signal_path, params.theta);
        const byFactors = resolvent(other, params.theta, exact.signal_path);
        trades.forEach((n, k) => {
          expect(Math.abs(again[k] - n)).toBeLessThan(1e-10 * params.X);
          expect(Math.abs(byFactors[k] - n)).toBeLessThan(1e-10 * params.X);
        });
        const { saved, savedError, staticMean } = simulateSignal(other, plan, { paths: 10_000, seed: 8 });
        expect(Math.abs(saved - plan.valueOfAdapting)).toBeLessThan(4 * savedError);
        expect(savedError).toBeLessThan(0.1 * saved);
        expect(Math.abs(staticMean / plan.staticObjective - 1)).toBeLessThan(0.02);
      }
    },
  );

  test("under linear impact it is that of a decay so slow that nothing fades", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      const ownImpact = "half";
      const linear = defineProblem({
        ...base,
        timing,
        ownImpact,
        impact: linearImpact({ permanent: 2e-6, temporary: 1e-5 }),
      });
      const slow = decayImpact({ exponentials: [{ impact: 2e-6, rate: 1e-12 }], temporary: 1e-5 });
      const [one, other] = [linear, defineProblem({ ...base, timing, ownImpact, impact: slow })].map(
        (problem) => ({
          problem,
          plan: signalFeedback(problem, signal),
        }),
      );
      expect(Math.abs(one.plan.valueOfAdapting / other.plan.valueOfAdapting - 1)).toBeLessThan(1e-8);
      const follow = ({ problem, plan }: typeof one): readonly number[] =>
        followSignal(problem, plan, exact.signal_path);
      follow(one).forEach((n, k) => {
        expect(Math.abs(n - follow(other)[k])).toBeLessThan(1e-8 * params.X);
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
function resolvent(problem: ExecutionProblem, θ: number, path: readonly number[]): number[] {
  const { shares: X, intervals: N, horizon, riskAversion, volatility, timing, impact, side } = problem;
  const τ = horizon / N;
  const w = riskAversion * volatility * volatility * τ;
  const s = side === "sell" ? 1 : -1;
  // How much of its own trade an interval no longer holds, and what a trade pays of its own impact.
  const v = { start: 1, mid: 0.5, end: 0 }[timing];
  const byTiming = { start: 0, mid: 0.5, end: 1 }[timing];
  const c =
    problem.ownImpact === undefined && impact?.kind === "linear"
      ? byTiming
      : { none: 0, half: 0.5, full: 1 }[problem.ownImpact ?? "half"];
  if (impact?.kind !== "decay" && impact?.kind !== "linear") throw new Error(impact?.kind);
  const exponentials = impact.kind === "decay" ? impact.exponentials : [];
  const kernel = (u: number): number =>
    exponentials.reduce((sum, { impact: g, rate }) => sum + g * Math.exp(-rate * u), impact.permanent);
  const m = (l: number, k: number): number => (k < l ? 1 : k === l ? v : 0);
  const H = Array.from({ length: N }, (_, i) =>
    Array.from({ length: N }, (_unused, j) => {
      let risk = 0;
      for (let l = 0; l < N; l++) risk += 2 * w * m(l, i) * m(l, j);
      return risk + (i === j ? 2 * c * kernel(0) + (2 * impact.temporary) / τ : kernel(Math.abs(i - j) * τ));
    }),
  );
  const M = N - 1;
  // n_N = X − Σ n: the objective in the first M trades.
  const A = Array.from({ length: M }, (_, i) =>
    Array.from({ length: M }, (_unused, j) => H[i][j] - H[i][M] - H[M][j] + H[M][M]),
  );
  const move = -Math.expm1(-θ * τ) / θ;
  /** −∂/∂n_k of what is linear, as expected at trade `at`. */
  const b = (k: number, at: number): number => {
    let slope = 0;
    for (let l = 0; l < N; l++) {
      // Risk and drift of h_l = X − Σ m n, of which trade k takes another part than the last trade.
      const value = l <= at ? path[l] : path[at] * Math.exp(-θ * (l - at) * τ);
      slope += (s * move * value - 2 * w * X) * (m(l, k) - m(l, M));
    }
    return -slope - X * (H[k][M] - H[M][M]);
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
      'problem.impact.kind must be "linear" or "decay" for a signal; got the text "powerDecay". Use decayImpact, or give a trend that is known ' +
        "beforehand as profile.drift, which every law takes.",
    ],
    [
      "beside a drift",
      { drift: 1 },
      "problem.drift must be 0 for a signal, which is the trend itself; got 1.",
    ],
    [
      "with a spread",
      { halfSpread: 0.01 },
      "problem.halfSpread must be 0 for a signal: with a spread small trades are not worth their while, and the best trade is no linear " +
        "function of what is known; got 0.01. Leave the spread out to see what following the signal is worth at most, or give a trend that " +
        "is known as profile.drift.",
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
