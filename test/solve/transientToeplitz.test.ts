import { describe, expect, test } from "vitest";
import { impactLaw } from "../../src/impact/law";
import {
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  kernelImpact,
  type ProblemInput,
  powerDecayImpact,
} from "../../src/index";
import { type BoundArrays, freeBounds } from "../../src/model/bounds";
import { transientOptimum } from "../../src/solve/transient";
import type { TransientForm } from "../../src/solve/transientForm";
import { fullForm } from "../../src/solve/transientFull";
import { minimizeTransient } from "../../src/solve/transientProgram";
import { toeplitzForm } from "../../src/solve/transientToeplitz";
import { uniforms } from "../helpers/random";
import { asTransient, variedProblem } from "../helpers/varied";

/** A form whose law has one kernel for all trades. */
function byLag(problem: ExecutionProblem): TransientForm {
  const { kernelByLag } = impactLaw(problem);
  if (kernelByLag === undefined) throw new Error("The grid is not even.");
  return toeplitzForm(problem, kernelByLag);
}

const distance = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
  Math.max(...Array.from(one, (n, k) => Math.abs(n - other[k])));

/** The same program by both forms. */
function bothWays(problem: ExecutionProblem, bounds: BoundArrays = freeBounds(problem)) {
  const [whole, lean] = [fullForm(problem), byLag(problem)];
  return { whole, lean, full: minimizeTransient(whole, bounds), ours: minimizeTransient(lean, bounds) };
}

/** Varied problems on an even grid, with drifts that turn trades around. */
function variedEven(random: () => number, i: number): ExecutionProblem {
  const given = variedProblem(random, i, { drift: 0.4 * (random() - 0.5) });
  const profile = { ...given.profile, lengths: undefined };
  const kind = (["decay", "powerDecay", "kernel"] as const)[i % 3];
  const earlierTrades = i % 4 === 0 ? [{ ago: 0.3, shares: 2e5 }] : undefined;
  return asTransient(defineProblem({ ...given, ownImpact: undefined, profile, earlierTrades }), kind);
}

const long: ProblemInput = {
  ...{ shares: 1e6, horizon: 3600, intervals: 390, volatility: 0.004, riskAversion: 2e-6 },
  impact: powerDecayImpact({ impact: 4e-7, timescale: 60, exponent: 0.5, permanent: 1e-7 }),
};

describe("one kernel for all trades, by conjugate gradients", () => {
  test("finds the optimum of the full matrix, to 1e-12 of the order: pauses, bounds, spreads, reversals, timings, profiles", () => {
    const random = uniforms(41);
    let [free, bound, kinks] = [0, 0, 0];
    for (let i = 0; i < 200; i++) {
      const problem = variedEven(random, i);
      const { intervals: N, shares: X } = problem;
      if (N < 2) continue;
      const { lower, upper } = freeBounds(problem);
      if (i % 2 === 0) {
        for (let k = 0; k < N; k++) {
          if (lower[k] === upper[k]) continue;
          lower[k] = i % 4 === 0 ? 0 : -X;
          upper[k] = (3 * X) / N + 0.3 * X;
        }
      }
      const { whole, lean, full, ours } = bothWays(problem, { lower, upper });
      expect(distance(full.trades, ours.trades)).toBeLessThan(1e-12 * X);
      const size = Math.abs(full.price) + Math.max(...whole.curvatures) * X;
      expect(Math.abs(full.price - ours.price - lean.level)).toBeLessThan(1e-12 * size);
      expect(
        distance(
          full.marginals,
          ours.marginals.map((value) => value + lean.level),
        ),
      ).toBeLessThan(1e-12 * size);
      expect(distance(whole.curvatures, lean.curvatures)).toBeLessThan(1e-12 * Math.max(...whole.curvatures));
      for (let k = 0; k < N; k++) {
        const n = ours.trades[k];
        if (n === upper[k] || n === lower[k]) bound++;
        else if (n === 0) kinks++;
        else free++;
      }
    }
    expect(Math.min(free, bound)).toBeGreaterThan(100);
    expect(kinks).toBeGreaterThan(5);
  });

  test.each([
    ["power of time", {}],
    ["without risk", { riskAversion: 0 }],
    ["much risk", { riskAversion: 1e-2 }],
    ["mid", { timing: "mid" }],
    ["end", { timing: "end" }],
    [
      "hardly fading within an interval",
      { impact: powerDecayImpact({ impact: 4e-7, timescale: 1e5, exponent: 2 }) },
    ],
    [
      "fading at once",
      { impact: powerDecayImpact({ impact: 4e-7, timescale: 1e-3, exponent: 0.3, permanent: 1e-5 }) },
    ],
    [
      "a table with a kink",
      { impact: kernelImpact({ values: Array.from({ length: 390 }, (_, k) => Math.max(0.2, 1 - k / 50)) }) },
    ],
    [
      "a table that is smooth at 0",
      { impact: kernelImpact({ values: Array.from({ length: 390 }, (_, k) => Math.exp(-((k / 2) ** 2))) }) },
    ],
  ] as const)("is that of the full matrix for 390 intervals: %s", (name, change) => {
    const problem = defineProblem({ ...long, ...change });
    const { full, ours } = bothWays(problem);
    // A smooth kernel's full matrix is off by as much.
    const tolerance = name.includes("smooth") || name.includes("hardly") ? 1e-9 : 1e-12;
    expect(distance(full.trades, ours.trades)).toBeLessThan(tolerance * 1e6);
  });

  test("agrees with the recursion over exponentials, which shares nothing with it, for 390 and for 20,000 intervals", () => {
    const exponentials = [
      { impact: 3e-7, rate: 0.002 },
      { impact: 2e-7, rate: 0.05 },
    ];
    for (const intervals of [390, 20_000]) {
      for (const timing of ["start", "mid"] as const) {
        const impact = decayImpact({ exponentials, permanent: 1e-7, temporary: 1e-8 });
        const problem = defineProblem({ ...long, impact, intervals, timing });
        const ours = minimizeTransient(byLag(problem), freeBounds(problem));
        expect(distance(ours.trades, transientOptimum(problem).trades)).toBeLessThan(1e-12 * 1e6);
      }
    }
  });
});
