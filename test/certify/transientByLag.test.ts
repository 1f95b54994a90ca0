import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  kernelImpact,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
  requireOptimal,
  scheduleFromTrades,
} from "../../src/index";
import { Sum } from "../../src/support/numbers";
import { uniforms } from "../helpers/random";
import { variedTrades } from "../helpers/varied";

const base: ProblemInput = {
  ...{ shares: 1e6, horizon: 3600, intervals: 390, volatility: 0.004, riskAversion: 2e-6, currency: "USD" },
  impact: powerDecayImpact({ impact: 4e-7, timescale: 60, exponent: 0.5, permanent: 1e-7 }),
};

/** Falls, but not ever more slowly, and by no law: yet no round trip pays. */
const wavy = (N: number) =>
  kernelImpact({
    values: Array.from({ length: N }, (_, k) => 4e-7 * ((1 + k) ** -0.5 + 0.02 * Math.cos(k))),
  });

const laws: Readonly<Record<string, Partial<ProblemInput>>> = {
  "power of time": {},
  "without risk": { riskAversion: 0 },
  mid: { timing: "mid" },
  end: { timing: "end", side: "buy", drift: 1e-5 },
  exponentials: { impact: decayImpact({ exponentials: [{ impact: 4e-7, rate: 0.002 }], temporary: 1e-8 }) },
  "own impact none": {
    ownImpact: "none",
    impact: powerDecayImpact({ impact: 4e-7, timescale: 60, exponent: 0.5, temporary: 3e-6 }),
  },
  "a table that is no convex decay": { impact: wavy(390) },
  "pauses, and a market that varies": {
    profile: {
      open: Array.from({ length: 390 }, (_, k) => k < 100 || k > 160),
      volatility: Array.from({ length: 390 }, (_, k) => 0.004 * (1 + 0.5 * Math.sin(k / 40))),
      temporaryImpact: Array.from({ length: 390 }, (_, k) => 1e-7 * (1 + (k % 7))),
    },
  },
};

describe("the certificate of many intervals under impact that fades", () => {
  test.each(Object.entries(laws))(
    "calls the optimum optimal, and measures how far others are from it: %s",
    (_, law) => {
      const problem = defineProblem({ ...base, ...law });
      const optimum = optimalSchedule(problem);
      const { verdict, optimalityResidual, gapBound } = certify(problem, optimum);
      const least = costReport(problem, optimum).objective;
      expect(verdict).toBe("optimal");
      expect(optimalityResidual).toBeLessThan(1e-12 * problem.shares);
      expect(gapBound).toBeLessThan(1e-12 * least);
      const random = uniforms(7);
      for (let i = 0; i < 4; i++) {
        const size = 10 ** (-2 * i);
        const other = variedTrades(problem, random);
        const trades = optimum.trades.map((n, k) => n + size * (other[k] - n));
        const schedule = scheduleFromTrades(problem, trades);
        const excess = costReport(problem, schedule).objective - least;
        const judged = certify(problem, schedule);
        expect(judged.verdict).toBe("not-optimal");
        // The difference of two objectives is right to 1e-15 of either.
        expect(Math.abs(judged.gapBound - excess)).toBeLessThan(1e-9 * excess + 1e-13 * least);
        expect(judged.isGapLoose).toBe(false);
      }
    },
  );

  test("bounds the gap within caps, and is 0 but for rounding at the optimum within them", () => {
    const problem = defineProblem({ ...base, halfSpread: 1e-4 });
    const bounds = { upper: 1e6 / 250 };
    const found = requireOptimal(boundedSchedule(problem, bounds));
    expect(found.certificate.verdict).toBe("optimal");
    const least = costReport(problem, found.schedule).objective;
    expect(found.certificate.gapBound).toBeLessThan(1e-9 * least);
    const equal = equalSchedule(problem);
    const excess = costReport(problem, equal).objective - least;
    const { gapBound, verdict } = certify(problem, equal, bounds);
    expect(verdict).toBe("not-optimal");
    expect(gapBound).toBeGreaterThan(excess);
  });

  test("is as long as 20,000 intervals allow: the same law, the same verdicts", () => {
    for (const riskAversion of [0, 2e-6]) {
      const problem = defineProblem({ ...base, intervals: 20_000, riskAversion });
      const optimum = optimalSchedule(problem);
      const judged = certify(problem, optimum);
      const least = costReport(problem, optimum).objective;
      expect(judged.verdict).toBe("optimal");
      expect(judged.gapBound).toBeLessThan(1e-12 * least);
      const equal = certify(problem, equalSchedule(problem));
      const excess = costReport(problem, equalSchedule(problem)).objective - least;
      expect(equal.verdict).toBe("not-optimal");
      expect(Math.abs(equal.gapBound / excess - 1)).toBeLessThan(1e-9);
    }
  });

  test("says that there is no optimum where a round trip pays, which a full matrix decides", () => {
    const values = Array.from({ length: 100 }, (_, k) => Math.max(0, 1 - (k / 40) ** 2));
    const problem = defineProblem({ ...base, intervals: 100, impact: kernelImpact({ values }) });
    expect(certify(problem, equalSchedule(problem)).verdict).toBe("no-optimum");
    const more = kernelImpact({
      values: Array.from({ length: 3001 }, (_, k) => Math.max(0, 1 - (k / 40) ** 2)),
    });
    const long = defineProblem({ ...base, intervals: 3001, impact: more });
    expect(() => certify(long, equalSchedule(long))).toThrow(
      "problem.intervals must be at most 3,000 for a certificate under impact that fades",
    );
  });
});

/** E + λV term by term. */
function objective(
  problem: ExecutionProblem,
  trades: readonly number[],
  kernel: (u: number) => number,
): number {
  const { intervals: N, horizon, volatility: σ, riskAversion: λ, shares: X } = problem;
  const τ = horizon / N;
  const G = Array.from({ length: N }, (_, k) => kernel(k * τ));
  const sum = new Sum();
  let x = X;
  trades.forEach((n, k) => {
    sum.add(0.5 * G[0] * n * n);
    for (let j = 0; j < k; j++) sum.add(n * G[k - j] * trades[j]);
    x -= n;
    sum.add(λ * σ * σ * τ * x * x);
  });
  return sum.value;
}

test("the cost report of many intervals under impact that fades is the double sum over all pairs of trades", () => {
  const random = uniforms(9);
  for (const intervals of [127, 128, 129, 130, 257, 1000]) {
    const problem = defineProblem({ ...base, intervals });
    const kernel = (u: number): number => 1e-7 + 4e-7 * (1 + u / 60) ** -0.5;
    for (const trades of [equalSchedule(problem).trades, variedTrades(problem, random)]) {
      const ours = costReport(problem, scheduleFromTrades(problem, trades)).objective;
      expect(Math.abs(ours / objective(problem, trades, kernel) - 1)).toBeLessThan(1e-13);
    }
  }
});
