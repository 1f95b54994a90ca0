import { describe, expect, test } from "vitest";
import { impactLaw } from "../../src/impact/law";
import {
  boundedSchedule,
  certify,
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  kernelImpact,
  type NoOptimumError,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
  requireOptimal,
} from "../../src/index";
import { type BoundArrays, checkBounds, freeBounds } from "../../src/model/bounds";
import { transientOptimum } from "../../src/solve/transient";
import type { TransientForm } from "../../src/solve/transientForm";
import { fullForm } from "../../src/solve/transientFull";
import { minimizeTransient, type TransientOptimum } from "../../src/solve/transientProgram";
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

function minimized(form: TransientForm, bounds: BoundArrays): TransientOptimum {
  const found = minimizeTransient(form, bounds);
  if (found === undefined) throw new Error("It does not settle.");
  return found;
}

/** The same program by both forms. */
function bothWays(problem: ExecutionProblem, bounds: BoundArrays = freeBounds(problem)) {
  const [whole, lean] = [fullForm(problem), byLag(problem)];
  return { whole, lean, full: minimized(whole, bounds), ours: minimized(lean, bounds) };
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
        const ours = minimized(byLag(problem), freeBounds(problem));
        expect(distance(ours.trades, transientOptimum(problem).trades)).toBeLessThan(1e-12 * 1e6);
      }
    }
  });
});

describe("bounds on many trades", () => {
  const caps: Readonly<Record<string, (N: number) => number | number[]>> = {
    "loose, that bind at both ends": (N) => 1.5e6 / N,
    "tight, that leave few trades free": (N) => 1.05e6 / N,
    "wide at both ends": (N) =>
      Array.from({ length: N }, (_, k) => (3e6 / N) * (0.5 + 1.5 * ((2 * k - N + 1) / (N - 1)) ** 2)),
    "that jump from trade to trade": (N) =>
      Array.from({ length: N }, (_, k) => (3e6 / N) * (0.3 + ((k * 7919) % 101) / 101)),
  };

  test.each(Object.entries(caps))(
    "are found in a few guesses, as many for 2,000 intervals as for 400, and proven optimal: %s",
    (_, upper) => {
      for (const intervals of [400, 2000]) {
        const problem = defineProblem({ ...long, intervals });
        const { schedule, iterations, certificate } = requireOptimal(
          boundedSchedule(problem, { upper: upper(intervals) }),
        );
        expect(iterations).toBeLessThan(16);
        expect(certificate.verdict).toBe("optimal");
        expect(certificate.gapBound).toBeLessThan(1e-15 * costReport(problem, schedule).objective);
      }
    },
  );

  test("price the order at what one more share costs, what never fades included", () => {
    const problem = defineProblem({ ...long, intervals: 100 });
    const bounded = (shares: number) =>
      requireOptimal(boundedSchedule(defineProblem({ ...problem, shares }), { upper: 1.5e4 }));
    const objective = (shares: number): number =>
      costReport(defineProblem({ ...problem, shares }), bounded(shares).schedule).objective;
    const slope = (objective(1e6 + 10) - objective(1e6 - 10)) / 20;
    expect(Math.abs(bounded(1e6).marginalCost / slope - 1)).toBeLessThan(1e-6);
  });

  test("are left to a full matrix, or refused, where a system does not settle", () => {
    const problem = defineProblem({ ...long, intervals: 100 });
    const stuck: TransientForm = {
      ...byLag(problem),
      system: (free) => (_, m) => ({ step: new Float64Array(free.length).fill(m / free.length), change: 0 }),
    };
    expect(minimizeTransient(stuck, freeBounds(problem))).toBeUndefined();
  });

  test("give the optimum of the full matrix, with its prices", () => {
    const problem = defineProblem({ ...long, intervals: 200, halfSpread: 1e-4 });
    for (const lower of [0, -1e6]) {
      const bounds = checkBounds(problem, { lower, upper: 1.5e6 / 200 });
      const { lean, full, ours } = bothWays(problem, bounds);
      expect(distance(full.trades, ours.trades)).toBeLessThan(1e-12 * 1e6);
      expect(Math.abs(full.price - ours.price - lean.level)).toBeLessThan(1e-12 * full.price);
    }
  });
});

/** How far the least of a table's cosine sums, the eigenvalues of ever longer tables, lies below 0. */
function leastOf(values: readonly number[]): number {
  let least = 0;
  for (let i = 1; i < 4000; i++) {
    const θ = (Math.PI * i) / 4000;
    let sum = values[0];
    for (let k = 1; k < 40; k++) sum += 2 * values[k] * Math.cos(k * θ);
    least = Math.min(least, sum);
  }
  return -least;
}

describe("a decay under which a round trip pays", () => {
  const cap = (intervals: number): ExecutionProblem => {
    const values = Array.from({ length: intervals }, (_, k) => 4e-7 * Math.max(0, 1 - (k / 40) ** 2));
    return defineProblem({ ...long, intervals, impact: kernelImpact({ values }) });
  };

  test.each([200, 20_000])("is refused with the trip, where %i intervals follow", (intervals) => {
    const problem = cap(intervals);
    const { kernelByLag = [] } = impactLaw(problem);
    try {
      optimalSchedule(problem);
      expect.unreachable();
    } catch (error) {
      const { direction } = (error as NoOptimumError).evidence as { direction: readonly number[] };
      expect(direction.length).toBe(intervals);
      expect(Math.abs(direction.reduce((sum, n) => sum + n, 0))).toBeLessThan(1e-12);
      const traded = direction.flatMap((n, k) => (n === 0 ? [] : [k]));
      let cost = 0;
      for (const k of traded) {
        for (const j of traded) cost += 0.5 * direction[k] * direction[j] * kernelByLag[Math.abs(k - j)];
      }
      expect(cost).toBeLessThan(-1e-9);
      const said = Number(/change the expected cost by (-?[\d.e-]+)·s²/.exec((error as Error).message)?.[1]);
      expect(Math.abs(cost / said - 1)).toBeLessThan(1e-5);
    }
  });

  test("is looked for though the first steps of the decay are convex", () => {
    const impact = kernelImpact({ values: [1, 0, 0, 1.1] });
    const problem = defineProblem({ shares: 1, horizon: 4, intervals: 4, volatility: 0, impact });
    expect(() => optimalSchedule(problem)).toThrow(/^This law of impact lets a round trip make money/);
  });

  test("is ruled out among thousands of trades by temporary impact just above its cure", () => {
    const values = Array.from({ length: 3001 }, (_, k) => 4e-7 * Math.max(0, 1 - (k / 40) ** 2));
    const τ = 3600 / 3001;
    const [cured, not] = [1.2, 0.9].map((part) => {
      // λ_min of the longest table, to three digits.
      const impact = kernelImpact({ values, temporary: part * 0.5 * τ * leastOf(values) });
      return defineProblem({ ...long, intervals: 3001, impact });
    });
    expect(certify(cured, optimalSchedule(cured)).verdict).toBe("optimal");
    expect(() => optimalSchedule(not)).toThrow(/^This law of impact lets a round trip make money/);
  });

  test("is not looked for among more trades than a full matrix holds, where the first ones tell nothing", () => {
    // The least temporary impact is in the last interval: as if it were in all, a trip would pay among the first.
    const temporaryImpact = Array.from({ length: 3001 }, (_, k) => (k === 3000 ? 1e-12 : 1e-4));
    const problem = defineProblem({ ...cap(3001), profile: { temporaryImpact } });
    expect(() => optimalSchedule(problem)).toThrow(
      "problem.intervals must be at most 3,000 for the search for a round trip that makes money under impact that fades, where " +
        "every trade meets every other; got 3001. Use longer intervals.",
    );
  });

  test("is cured by temporary impact in every interval that may trade, and then solved", () => {
    const intervals = 200;
    const values = Array.from({ length: intervals }, (_, k) => 4e-7 * Math.max(0, 1 - (k / 40) ** 2));
    // The least of a varying temporary impact decides: here it is far above what the law takes.
    const impact = kernelImpact({ values, temporary: 1e-3 });
    const temporaryImpact = Array.from({ length: intervals }, (_, k) => 1e-4 * (1 + (k % 3)));
    const problem = defineProblem({ ...long, intervals, impact, profile: { temporaryImpact } });
    expect(certify(problem, optimalSchedule(problem)).verdict).toBe("optimal");
    // Where trades one after another have none, it pays.
    const none = temporaryImpact.map((η, k) => (k > 20 && k < 90 ? 1e-12 : η));
    const trip = defineProblem({ ...long, intervals, impact, profile: { temporaryImpact: none } });
    expect(() => optimalSchedule(trip)).toThrow(/^This law of impact lets a round trip make money/);
    // Its least is in one interval and cures nothing alone: the full matrix says that those beside it suffice.
    const uneven = temporaryImpact.map((η, k) => (k === 7 ? 1e-12 : η));
    const gap = defineProblem({ ...long, intervals, impact, profile: { temporaryImpact: uneven } });
    expect(certify(gap, optimalSchedule(gap)).verdict).toBe("optimal");
  });
});
