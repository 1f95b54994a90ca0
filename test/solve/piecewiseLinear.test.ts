import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  optimalSchedule,
  type PiecewiseLinearOptimum,
  piecewiseLinearSchedule,
  scheduleFromTrades,
} from "../../src/index";
import { matrixForm } from "../../src/linear/index";
import { seedB } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";
import { change, problems } from "../properties/arbitrary";

interface SeedB {
  readonly corrected: {
    readonly linear_programme: {
      readonly constant_left_out: number;
      readonly qp_value: number;
      readonly rows: readonly {
        readonly segments: number;
        readonly lp_value: number;
        readonly dp_value: number;
        readonly gap_bound: number;
      }[];
    };
  };
}
const { linear_programme: seed } = reference<SeedB>("seed_b").corrected;
const orderB = defineProblem(seedB);

/** E + λV of trades on the grid, by the cost report alone. */
const objectiveOf = (problem: ExecutionProblem, trades: readonly number[]) =>
  costReport(problem, scheduleFromTrades(problem, trades)).objective;

/**
 * The least E + λV of all schedules on the grid X/M, exactly, by dynamic programming. The cost of a step is that of
 * holding x before and y after it, with the formulas of the design written anew.
 */
function gridOptimum(problem: ExecutionProblem, M: number): number {
  const { shares: X, intervals: N, horizon: T, riskAversion: λ, volatility: σ, halfSpread: ε } = problem;
  const { temporaryImpact: η, permanentImpact: γ, drift: α, timing } = problem;
  const τ = T / N;
  const s = problem.side === "sell" ? 1 : -1;
  const step = (x: number, y: number): number => {
    const n = x - y;
    const exposed = { start: y, mid: 0.5 * (x + y), end: x }[timing];
    return (
      γ * n * exposed + ε * n + (η / τ) * n * n - s * α * τ * exposed + λ * σ * σ * τ * exposed * exposed
    );
  };
  const shares = (i: number) => (X * i) / M;
  let best = Array.from({ length: M + 1 }, (_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY));
  for (let k = N; k >= 1; k--) {
    best = best.map((_, i) => {
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j <= i; j++) {
        least = Math.min(least, best[j] + step(shares(i), shares(j)));
      }
      return least;
    });
  }
  return best[M];
}

describe("seed B's linear program", () => {
  for (const { segments, lp_value, dp_value, gap_bound } of seed.rows) {
    test(`with ${segments} pieces has the reference's value and gap`, async () => {
      const result = await piecewiseLinearSchedule(orderB, { pieces: segments });
      expectRelative(result.value, lp_value + seed.constant_left_out, 1e-14, "value");
      expectRelative(result.value, dp_value + seed.constant_left_out, 1e-14, "value on the grid");
      expectRelative(result.gapBound, gap_bound, 1e-14, "bound on the gap");
      const gap = result.value - seed.constant_left_out - seed.qp_value;
      expect(gap).toBeGreaterThan(0);
      expect(gap).toBeLessThan(gap_bound);
      // On the grid chord and square agree.
      expectRelative(result.objective, result.value, 1e-14, "E + λV of the schedule");
      expect(result.solution.certificate.verdict).toBe("optimal");
    });
  }

  test("comes close to the optimum as the pieces grow, and so do its prices", async () => {
    const optimum = optimalSchedule(orderB);
    const result = await piecewiseLinearSchedule(orderB, { pieces: 1000 });
    result.schedule.trades.forEach((n, k) => {
      expect(Math.abs(n - optimum.trades[k])).toBeLessThan(40);
    });
    // What one share more costs, by the difference of two exact optima.
    const [less, more] = [orderB.shares - 0.5, orderB.shares + 0.5].map((shares) => {
      const problem = change(orderB, { shares });
      return costReport(problem, optimalSchedule(problem)).objective;
    }) as [number, number];
    expectRelative(result.marginalCost, more - less, 1e-3, "price of one share more");
    // Marginal costs 2a n_k of the optimum are the shadow prices of its intervals.
    result.shadowPrices.forEach((price, k) => {
      expect(Math.abs(price - optimum.trades[k])).toBeLessThan(40);
    });
  });
});

/** Problems of a size that dynamic programming over the grid can take; a drift of any sign on top. */
const chordProblems = fc
  .tuple(problems, fc.double({ min: -2, max: 2, noNaN: true }))
  .map(([problem, strength]) => {
    const N = 1 + (problem.intervals % 12);
    const horizon = (problem.horizon / problem.intervals) * N;
    const drift = (strength * problem.temporaryImpact * problem.shares * N) / horizon ** 2;
    return change(problem, { intervals: N, horizon, drift });
  });

describe("random problems, both sides and timings, with drift and spread", () => {
  test("agree with dynamic programming over the grid (150 of them)", async () => {
    await fc.assert(
      fc.asyncProperty(chordProblems, fc.integer({ min: 1, max: 15 }), async (problem, pieces) => {
        const result = await piecewiseLinearSchedule(problem, { pieces });
        const exact = gridOptimum(problem, pieces);
        const size = Math.abs(exact) + Math.abs(result.solution.value) + scale(problem);
        // What the certificate is held to: schedules that differ by less may both be called optimal.
        expect(Math.abs(result.value - exact)).toBeLessThan(1e-9 * size);
        expect(Math.abs(result.objective - exact)).toBeLessThan(1e-9 * size);
        for (const n of result.schedule.trades) expect(n).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150, seed: 6 },
    );
  });

  test("lie above the optimum by at most the proven gap (150 of them)", async () => {
    await fc.assert(
      fc.asyncProperty(chordProblems, fc.integer({ min: 1, max: 40 }), async (drifting, pieces) => {
        // Without a drift the smooth optimum keeps to 0 ≤ n ≤ X.
        const problem = change(drifting, { drift: 0 });
        const { value, gapBound } = await piecewiseLinearSchedule(problem, { pieces });
        const optimum = costReport(problem, optimalSchedule(problem)).objective;
        const rounding = 1e-9 * scale(problem);
        expect(value - optimum).toBeGreaterThan(-rounding);
        expect(value - optimum).toBeLessThan(gapBound + rounding);
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});

/** The cost of trading the whole order at once, and of holding it to the end. */
function scale(problem: ExecutionProblem): number {
  const { shares: X, intervals: N } = problem;
  const at = (k: number) => Array.from({ length: N }, (_, i) => (i === k ? X : 0));
  return Math.abs(objectiveOf(problem, at(0))) + Math.abs(objectiveOf(problem, at(N - 1)));
}

describe("the program", () => {
  test("is shown as matrices, with names", async () => {
    const small = defineProblem({
      ...{ shares: 8, horizon: 2, intervals: 2, volatility: 1, temporaryImpact: 3, riskAversion: 0.5 },
      halfSpread: 1,
    });
    const { program, value, marginalCost, shadowPrices } = await piecewiseLinearSchedule(small, {
      pieces: 2,
    });
    expect(matrixForm(program)).toEqual({
      sense: "minimize",
      // a = 3 and h = 4: slopes 12 and 36; b = ½: slopes 2 and 6.
      objective: [12, 36, 12, 36, 2, 6],
      constant: 8,
      matrix: [
        [1, 1, 0, 0, 1, 1],
        [0, 0, 1, 1, -1, -1],
      ],
      rowLower: [8, 0],
      rowUpper: [8, 0],
      lower: [0, 0, 0, 0, 0, 0],
      upper: [4, 4, 4, 4, 4, 4],
      variables: ["n1.1", "n1.2", "n2.1", "n2.2", "x1.1", "x1.2"],
      rows: ['"interval 1"', '"interval 2"'],
    });
    // 4 and 4: 3·16 twice, ½·16 for the risk, 8 for the spread.
    expect(value).toBe(112);
    expect(marginalCost).toBe(shadowPrices[0] + 1);
  });

  test("has one schedule for one interval, and one for one piece", async () => {
    const single = await piecewiseLinearSchedule(change(orderB, { intervals: 1, horizon: 1 }), { pieces: 3 });
    expect(single.schedule.trades).toEqual([40_000]);
    expect(single).toMatchObject({ gapBound: 0, value: single.objective });
    const whole = await piecewiseLinearSchedule(orderB, { pieces: 1 });
    expect(whole.schedule.trades.filter((n) => n !== 0)).toEqual([40_000]);
  });

  test("counts the exposure of the whole order with timing end", async () => {
    const end = change(orderB, { timing: "end", drift: 0.1 });
    const { value, objective, marginalCost } = await piecewiseLinearSchedule(end, { pieces: 1000 });
    expectRelative(objective, value, 1e-14, "value");
    const optimumOf = (shares: number) => {
      const problem = change(end, { shares, halfSpread: 0 });
      return costReport(problem, optimalSchedule(problem)).objective + shares * orderB.halfSpread;
    };
    expectRelative(marginalCost, optimumOf(40_000.5) - optimumOf(39_999.5), 1e-3, "price of one share more");
  });
});

describe("what is refused", () => {
  const solve = (problem: ExecutionProblem, pieces: unknown): Promise<PiecewiseLinearOptimum> =>
    piecewiseLinearSchedule(problem, { pieces } as { pieces: number });

  test("pieces that are no count", async () => {
    for (const [pieces, got] of [
      [0, "0"],
      [2.5, "2.5"],
      [undefined, "nothing"],
    ]) {
      await expect(solve(orderB, pieces)).rejects.toThrow(
        `pieces must be an integer from 1 to 100,000; got ${got}.`,
      );
    }
    await expect(solve(orderB, 60_000)).rejects.toThrow(
      "pieces must be at most 26,315 with 10 intervals: more would take minutes; got 60000. " +
        "Use optimalSchedule or boundedSchedule for more intervals.",
    );
  });

  test("options that are not an object, or hold something else", async () => {
    await expect(piecewiseLinearSchedule(orderB, 10 as never)).rejects.toThrow(
      "options must be an object with named fields; got 10.",
    );
    await expect(piecewiseLinearSchedule(orderB, { pieces: 4, cap: 1 } as never)).rejects.toThrow(
      'options field "cap" must be left out: there is no such field. Known fields: pieces; got 1.',
    );
  });

  test("a negative risk aversion, whose square has its chords below it", async () => {
    await expect(solve(change(orderB, { riskAversion: -1e-9 }), 4)).rejects.toThrow(
      "problem.riskAversion must be 0 or above for the linear program; got -1e-9. " +
        "Use optimalSchedule, which takes risk aversions below 0 as well.",
    );
  });

  test("a cost that is not convex, with the same evidence as elsewhere", async () => {
    const refusal = solve(change(orderB, { permanentImpact: 3 }), 4);
    await expect(refusal).rejects.toMatchObject({ name: "NoOptimumError", reason: "cost-not-convex" });
  });
});
