import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { leastCurvature, matrixOf, savingBound } from "../../src/certify/transientByLag";
import { impactLaw } from "../../src/impact/law";
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
  simulatePath,
} from "../../src/index";
import { Sum } from "../../src/support/numbers";
import { type SumsMatrix, sumsProduct } from "../../src/support/sharedTotal";
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
    const more = Array.from({ length: 20_000 }, (_, k) => Math.max(0, 1 - (k / 40) ** 2));
    const long = defineProblem({ ...base, intervals: 20_000, impact: kernelImpact({ values: more }) });
    expect(certify(long, equalSchedule(long)).verdict).toBe("no-optimum");
    const lengths = Array.from({ length: 3001 }, (_, k) => (k % 2 === 0 ? 1.1 : 0.9) * (3600 / 3001));
    lengths[0] += 3600 - lengths.reduce((sum, length) => sum + length, 0);
    const uneven = defineProblem({ ...base, intervals: 3001, profile: { lengths } });
    expect(() => certify(uneven, equalSchedule(uneven))).toThrow(
      "problem.intervals must be at most 3,000 for a certificate under impact that fades where intervals differ in length, shares " +
        "may be left, or a round trip may pay; got 3001. Use longer intervals.",
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

describe("what a certificate of many intervals rests on", () => {
  const flat = kernelImpact({ values: new Array(100).fill(4e-7) });
  const N = 70;
  const problems: readonly ExecutionProblem[] = [
    ...Object.values(laws).filter(({ profile }) => profile === undefined),
    { impact: flat },
    { impact: flat, timing: "end" as const },
    { impact: kernelImpact({ values: flat.values.map((g, k) => g * Math.exp(-((k / 2) ** 2))) }) },
    { impact: flat, timing: "mid" as const },
  ].map((law) => defineProblem({ ...base, ...law, intervals: N }));

  /** H over changes that sum to 0, in an orthonormal basis. */
  function overChanges({ column: t, diagonal, weights, own }: SumsMatrix): Matrix {
    const later = new Float64Array(N + 1);
    for (let k = N - 1; k >= 0; k--) later[k] = later[k + 1] + weights[k];
    const H = Matrix.zeros(N, N);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < i; j++) {
        const value = t[i - j] + later[i + 1] + own * weights[i];
        H.set(i, j, value);
        H.set(j, i, value);
      }
      H.set(i, i, t[0] + diagonal[i] + later[i + 1] + own * own * weights[i]);
    }
    const Z = changes();
    return Z.transpose().mmul(H).mmul(Z);
  }

  function changes(): Matrix {
    const Z = Matrix.zeros(N, N - 1);
    for (let j = 0; j < N - 1; j++) {
      for (let i = 0; i <= j; i++) Z.set(i, j, 1 / Math.sqrt((j + 1) * (j + 2)));
      Z.set(j + 1, j, -(j + 1) / Math.sqrt((j + 1) * (j + 2)));
    }
    return Z;
  }

  const matrixFor = (problem: ExecutionProblem): SumsMatrix => {
    const { kernelByLag } = impactLaw(problem);
    if (kernelByLag === undefined) throw new Error("The grid is not even.");
    return matrixOf(problem, kernelByLag);
  };

  test("is a curvature that no change falls below", () => {
    let known = 0;
    for (const problem of problems) {
      const matrix = matrixFor(problem);
      const { realEigenvalues } = new EigenvalueDecomposition(overChanges(matrix), { assumeSymmetric: true });
      const least = Math.min(...realEigenvalues);
      const found = leastCurvature(problem, matrix);
      if (found === undefined) continue;
      known++;
      expect(found).toBeGreaterThan(0);
      expect(found).toBeLessThan(least * (1 + 1e-9));
    }
    expect(known).toBeGreaterThan(6);
  });

  test("is a bound from any change whatever, and from marginal costs that are off by what is known", () => {
    const random = uniforms(11);
    const open = Array.from({ length: N }, (_, k) => k);
    const centered = (): Float64Array => {
      const x = Float64Array.from({ length: N }, () => random() - 0.5);
      const mean = x.reduce((sum, value) => sum + value, 0) / N;
      return x.map((value) => value - mean);
    };
    const Z = changes();
    for (const problem of problems) {
      const matrix = matrixFor(problem);
      const μ = leastCurvature(problem, matrix);
      if (μ === undefined) continue;
      const H = overChanges(matrix);
      const best = (g: Float64Array): Float64Array =>
        Float64Array.from(Z.mmul(solve(H, Z.transpose().mmul(Matrix.columnVector(g)))).to1DArray());
      const inner = (x: Float64Array, y: Float64Array): number =>
        x.reduce((sum, value, k) => sum + value * y[k], 0);
      const g = centered();
      const d = best(g);
      const exact = 0.5 * inner(g, d);
      const product = sumsProduct(matrix);
      const bound = (size: number, rounding: number, marginals: Float64Array): number => {
        const other = centered();
        const change = d.map((value, k) => value + size * Math.sqrt(inner(d, d)) * other[k]);
        return savingBound(product, { open, μ, rounding }, marginals, change);
      };
      for (const size of [0, 1e-6, 1e-3, 1]) expect(bound(size, 0, g)).toBeGreaterThan(exact * (1 - 1e-12));
      expect(bound(0, 0, g)).toBeLessThan(exact * (1 + 1e-9));
      // Marginal costs that look smaller than they are.
      const less = g.map((value) => 0.9 * value);
      expect(bound(0, 0.1 * Math.sqrt(inner(g, g)), less)).toBeGreaterThan(exact);
    }
  });

  test("a round trip that pays is one though the decay is convex, where trades pay nothing of their own move", () => {
    const free = defineProblem({
      ...{ ...base, intervals: 100, ownImpact: "none", riskAversion: 1e-9 },
      impact: powerDecayImpact({ impact: 4e-7, timescale: 60, exponent: 0.5, temporary: 1e-9 }),
    });
    expect(certify(free, equalSchedule(free)).verdict).toBe("no-optimum");
    expect(() => optimalSchedule(free)).toThrow(/^This law of impact lets a round trip make money/);
  });

  test("where nothing fades risk decides, between trades at middles, which can alternate, by a full matrix", () => {
    const [start, mid] = (["start", "mid"] as const).map((timing) =>
      defineProblem({ ...base, intervals: 100, impact: flat, timing }),
    );
    expect(certify(start, optimalSchedule(start)).verdict).toBe("optimal");
    expect(leastCurvature(mid, matrixFor(mid))).toBeUndefined();
    expect(certify(mid, equalSchedule(mid)).verdict).toBe("not-optimal");
  });
});

test("an order that may be left unfinished keeps its one more trade, however many there are", () => {
  const impact = powerDecayImpact({ impact: 4e-8, timescale: 60, exponent: 0.5, temporary: 1e-4 });
  const problem = defineProblem({ ...base, intervals: 150, impact, remainderPrice: 0.03 });
  const optimum = optimalSchedule(problem);
  expect(optimum.remaining[150]).toBeGreaterThan(1000);
  const { expectedCost } = costReport(problem, optimum);
  const still = defineProblem({ ...problem, volatility: 0 });
  expect(simulatePath(still, optimum, { seed: 1 }).cost / expectedCost).toBeCloseTo(1, 11);
  expect(certify(problem, optimum).verdict).toBe("optimal");
  const finished = equalSchedule(problem);
  const excess = costReport(problem, finished).objective - costReport(problem, optimum).objective;
  expect(certify(problem, finished).gapBound).toBeGreaterThan(excess * (1 - 1e-9));
});
