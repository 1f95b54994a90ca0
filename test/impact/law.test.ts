import { describe, expect, test } from "vitest";
import { structureOf } from "../../src/impact/law";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  impactLaw,
  linearImpact,
  type ProblemInput,
  scheduleFromTrades,
} from "../../src/index";
import type { ImpactLaw } from "../../src/model/law";
import { sideSign } from "../../src/model/problem";
import { fixedWalk } from "../../src/simulate/walk";
import { stream } from "../../src/support/normals";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower, asTransient, variedProblem, variedTrades } from "../helpers/varied";

/**
 * The laws of impact, each with the problems that it is tried on: to add a law is to add a row. Every test below is asked of
 * every law.
 */
const laws: readonly (readonly [
  name: string,
  problem: (random: () => number, i: number) => ExecutionProblem,
])[] = [
  ["linear", (random, i) => variedProblem(random, i)],
  ...[0.3, 0.5, 1, 1.5, 3].map(
    (β) => [`power ${β}`, (random: () => number, i: number) => asPower(variedProblem(random, i), β)] as const,
  ),
  ...(["decay", "powerDecay", "kernel"] as const).map(
    (kind) =>
      [kind, (random: () => number, i: number) => asTransient(variedProblem(random, i), kind)] as const,
  ),
  [
    "decay after earlier trades",
    (random, i) =>
      defineProblem({
        ...asTransient(variedProblem(random, i), "decay"),
        earlierTrades: [
          { ago: 0.4, shares: 2e5 },
          { ago: 0, shares: -1e5 },
          { ago: 2, shares: 4e5 },
        ],
      }),
  ],
];

/** What a law whose cost is not a parabola is differentiated by: small beside the trades, large beside rounding. */
const step = (law: ImpactLaw, trades: readonly number[]): number =>
  law.structure === "quadratic" ? 1e5 : 1e-3 * Math.min(...trades.map(Math.abs));

describe.each(laws)("the %s law", (_, make) => {
  const random = uniforms(11);
  // Where every trade meets every other, fewer problems say as much.
  const isTransient = impactLaw(make(uniforms(1), 0)).structure === "transient";
  const cases = Array.from({ length: isTransient ? 120 : 600 }, (_unused, i) => {
    const problem = make(random, i);
    return { problem, schedule: scheduleFromTrades(problem, variedTrades(problem, random)) };
  });

  test("costs by formula what a walk without noise costs, within 1e-12", () => {
    for (const { problem, schedule } of cases) {
      const quiet = defineProblem({
        ...problem,
        volatility: 0,
        profile: { ...problem.profile, volatility: undefined },
      });
      const proceeds = new Float64Array(1);
      const { sign, play } = fixedWalk(quiet, schedule.trades);
      play(stream("quiet"), proceeds);
      const { permanent, spread, temporary, drift, expectedCost } = costReport(problem, schedule);
      const size = Math.abs(permanent) + spread + temporary + Math.abs(drift);
      expect(Math.abs(-sign * proceeds[0] - expectedCost)).toBeLessThanOrEqual(1e-12 * size);
    }
  });

  test("has marginals that are the differences of its cost", () => {
    for (const { problem, schedule } of cases) {
      const law = impactLaw(problem);
      const marginals = law.smoothMarginals(schedule);
      const places = schedule.trades.flatMap((n, k) => (n === 0 ? [] : [k]));
      const [from, to] = [places[0], places[places.length - 1]];
      const cost = (size: number): number => {
        const trades = schedule.trades.map((n, k) => n + (k === to ? size : 0) - (k === from ? size : 0));
        const { permanent, temporary } = law.cost({ trades, remaining: holdings(problem, trades) });
        return permanent + temporary;
      };
      // Where the cost is a parabola along the line, a wide difference is exact but for rounding; else its error is some
      // millionth, the square of the step.
      const h = step(law, [schedule.trades[from], schedule.trades[to]]);
      const slope = (cost(h) - cost(-h)) / (2 * h);
      const size = marginals.reduce(
        (most, value) => Math.max(most, Math.abs(value)),
        cost(0) / problem.shares,
      );
      const tolerance = law.structure === "quadratic" ? 1e-9 : 1e-5;
      expect(Math.abs(marginals[to] - marginals[from] - slope)).toBeLessThanOrEqual(tolerance * size);
    }
  });

  test("has curvatures that are the second differences of its cost, or lie below them where it is not a parabola", () => {
    for (const { problem, schedule } of cases) {
      const law = impactLaw(problem);
      const { trades: A, holdings: B } = law.curvatures();
      const shift = variedTrades(problem, uniforms(problem.intervals)).map((n, k) => n - schedule.trades[k]);
      const cost = (t: number): number => {
        const trades = schedule.trades.map((n, k) => n + t * shift[k]);
        const { permanent, temporary } = law.cost({ trades, remaining: holdings(problem, trades) });
        return permanent + temporary;
      };
      const second = cost(1) + cost(-1) - 2 * cost(0);
      const x = holdings(problem, shift).map((held) => held - problem.shares);
      const [ofTrades, ofHoldings] = [
        A.reduce((sum, value, k) => sum + value * shift[k] ** 2, 0),
        B.reduce((sum, value, k) => sum + value * x[k + 1] ** 2, 0),
      ];
      const rounding = 1e-11 * (Math.abs(ofTrades) + Math.abs(cost(0)));
      expect(second - ofTrades - ofHoldings).toBeGreaterThanOrEqual(-rounding);
      if (law.structure === "quadratic") expect(second - ofTrades - ofHoldings).toBeLessThanOrEqual(rounding);
    }
  });

  test("is the sum of its parts: f_k, what earlier trades left behind, and its own part", () => {
    for (const { problem, schedule } of cases) {
      const law = impactLaw(problem);
      const { trades } = schedule;
      let sum = 0;
      let size = 0;
      const nothing = { trades: trades.map(() => 0), remaining: schedule.remaining.map(() => 0) };
      // What the price has yet to recover from trades before the order.
      const recovery = law.smoothMarginals(nothing);
      trades.forEach((n, k) => {
        const parts = [law.value(k, n), law.ownImpact * law.kernel(k, k) * n * n, n * recovery[k]];
        for (let j = 0; j < k; j++) parts.push(n * law.kernel(j, k) * trades[j]);
        for (const part of parts) {
          sum += part;
          size += Math.abs(part);
        }
      });
      const { permanent, spread, temporary } = law.cost(schedule);
      expect(Math.abs(permanent + spread + temporary - sum)).toBeLessThanOrEqual(1e-12 * size);
    }
  });

  test("has an f_k whose marginal, inverse marginal and curvature belong to it", () => {
    for (const { problem, schedule } of cases.slice(0, 200)) {
      const law = impactLaw(problem);
      // A difference over a thousandth is exact for a parabola, and else off by some millionth.
      const tolerance = law.structure === "quadratic" ? 1e-9 : 1e-5;
      schedule.trades.forEach((n, k) => {
        if (n === 0) return;
        const h = 1e-3 * n;
        const slope = (law.value(k, n + h) - law.value(k, n - h)) / (2 * h);
        expect(Math.abs(law.marginal(k, n) - slope)).toBeLessThanOrEqual(tolerance * Math.abs(slope));
        const curve = (law.marginal(k, n + h) - law.marginal(k, n - h)) / (2 * h);
        // Beside a spread, a tiny marginal impact is known to its rounding only.
        const rounding = 1e-15 * Math.abs(law.marginal(k, n));
        expect(Math.abs(law.curvature(k, n) - curve)).toBeLessThanOrEqual(
          tolerance * Math.abs(curve) + rounding / Math.abs(h),
        );
        expect(Math.abs(law.inverseMarginal(k, law.marginal(k, n)) - n)).toBeLessThanOrEqual(
          tolerance * Math.abs(n) + rounding / Math.abs(curve),
        );
      });
      expect(law.value(0, 0)).toBe(0);
      expect(law.inverseMarginal(0, 0)).toBe(0);
    }
  });

  test("answers a price with the trade at which marginal cost, with a line beside it, is that price and rises", () => {
    for (const { problem, schedule } of cases.slice(0, 25)) {
      const law = impactLaw(problem);
      schedule.trades.forEach((trade, k) => {
        const n = Math.abs(trade);
        if (n === 0) return;
        expect(law.temporaryMarginal(k, -n)).toBe(-law.temporaryMarginal(k, n));
        const slope = law.temporaryMarginal(k, n) / n;
        for (const beside of [0, slope, -0.2 * slope, -0.9 * slope]) {
          const rises = law.curvature(k, n) + beside > 1e-3 * slope;
          const price = law.temporaryMarginal(k, n) + beside * n;
          if (rises) expect(Math.abs(law.tradeAt(k, price, beside) / n - 1)).toBeLessThan(1e-9);
        }
      });
    }
  });

  test("says over which trades its cost, with a parabola beside it, is convex", () => {
    for (const { problem } of cases.slice(0, 25)) {
      const law = impactLaw(problem);
      const n = problem.shares / problem.intervals;
      for (const beside of [law.curvature(0, n), -1.01 * law.curvature(0, n)]) {
        const [from, to] = law.convexTrades(0, beside);
        const bends = (trade: number): boolean => law.curvature(0, trade) + beside >= 0;
        for (const [at, isInside] of [
          [from * 1.001, true],
          [from * 0.999, false],
        ] as const) {
          if (from > 0 && to > from) expect(bends(at)).toBe(isInside);
        }
        for (const [at, isInside] of [
          [to * 0.999, true],
          [to * 1.001, false],
        ] as const) {
          if (to > 0 && to < Number.POSITIVE_INFINITY) expect(bends(at)).toBe(isInside);
        }
        if (to === 0) expect(bends(n)).toBe(false);
        if (from === 0 && to === Number.POSITIVE_INFINITY) expect(bends(n)).toBe(true);
      }
    }
  });

  test("is known by its structure before it is made", () => {
    for (const { problem } of cases.slice(0, 5)) {
      expect(structureOf(problem)).toBe(impactLaw(problem).structure);
    }
  });

  test("makes no money of a round trip", () => {
    for (const { problem } of cases) {
      const law = impactLaw(problem);
      const there = variedTrades(problem, uniforms(problem.intervals + 1));
      const back = variedTrades(problem, uniforms(problem.intervals + 2));
      const trades = there.map((n, k) => n - back[k]);
      // A round trip begins and ends with nothing.
      const remaining = holdings(problem, trades).map((held) => held - problem.shares);
      remaining[problem.intervals] = 0;
      const { permanent, spread, temporary } = law.cost({ trades, remaining });
      expect(permanent + spread + temporary).toBeGreaterThanOrEqual(-1e-12 * temporary);
    }
  });

  test("survives JSON: the problem that comes back has the same law", () => {
    for (const { problem, schedule } of cases.slice(0, 50)) {
      const back = defineProblem(JSON.parse(JSON.stringify(problem)));
      expect(impactLaw(back).cost(schedule)).toEqual(impactLaw(problem).cost(schedule));
    }
  });
});

/** x_0 … x_N of trades. */
function holdings({ shares }: ExecutionProblem, trades: readonly number[]): number[] {
  const remaining = [shares];
  for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
  return remaining;
}

describe("a problem's law as data", () => {
  const short: ProblemInput = { ...table1, intervals: 5 };
  const { temporaryImpact, permanentImpact, ...rest } = short;

  test("is the same problem in both forms", () => {
    const impact = linearImpact({ temporary: 2.5e-6, permanent: 2.5e-7 });
    expect(impact).toEqual({ kind: "linear", temporary: 2.5e-6, permanent: 2.5e-7 });
    const long = defineProblem({ ...rest, impact });
    expect(long).toEqual(defineProblem(short));
    expect(long.impact).toEqual(impact);
    expect(defineProblem(short).impact).toEqual(impact);
  });

  test("is no second truth in a copy: a changed parameter changes the law", () => {
    const problem = defineProblem({ ...defineProblem(short), temporaryImpact: 5e-6 });
    expect(problem.impact).toEqual({ kind: "linear", temporary: 5e-6, permanent: 2.5e-7 });
  });

  test.each([
    [
      "both forms at once",
      {
        ...short,
        impact: linearImpact({ temporary: temporaryImpact as number, permanent: permanentImpact }),
      },
      "temporaryImpact must be left out where impact is given: both say the same thing; got 0.0000025. " +
        "To change a problem's law: { ...problem, temporaryImpact: undefined, permanentImpact: undefined, impact }.",
    ],
    [
      "an unknown kind",
      { ...rest, impact: { kind: "cubic", temporary: 1 } },
      'impact.kind must be "linear", "power", "decay", "powerDecay" or "kernel"; got the text "cubic".',
    ],
    [
      "an exponent beyond 3",
      { ...rest, impact: { kind: "power", coefficient: 1, exponent: 3.1 } },
      "impact.exponent must be a number above 0 and at most 3; got 3.1.",
    ],
    [
      "a field of another law",
      { ...rest, impact: { kind: "power", coefficient: 1, exponent: 1, temporary: 1 } },
      'impact field "temporary" must be left out: there is no such field. Known fields: kind, coefficient, exponent, ' +
        "permanent; got 1.",
    ],
    [
      "a coefficient of 0",
      { ...rest, impact: { kind: "power", coefficient: 0, exponent: 0.5 } },
      "impact.coefficient must be a finite number above 0 (currency/share·(time/share)^0.5); got 0.",
    ],
    [
      "a temporary impact of 0",
      { ...rest, impact: { kind: "linear", temporary: 0, permanent: 0 } },
      "impact.temporary must be a finite number above 0 (currency·time/share²); got 0.",
    ],
    [
      "an unknown part of own impact",
      { ...short, ownImpact: "some" },
      'ownImpact must be "none", "half" or "full"; got the text "some".',
    ],
    [
      "neither form",
      rest,
      "temporaryImpact must be a finite number above 0 (currency·time/share²); got nothing.",
    ],
  ])("refuses %s", (_, input, message) => {
    expect(() => defineProblem(input as ProblemInput)).toThrow(expect.objectContaining({ message }));
  });

  test("own impact follows the timing unless it is given: full instead of none costs γΣn² more", () => {
    const problem = defineProblem(short);
    const paying = defineProblem({ ...short, ownImpact: "full" });
    const schedule = scheduleFromTrades(problem, [3e5, 2e5, 2e5, 2e5, 1e5]);
    const [less, more] = [problem, paying].map((one) => costReport(one, schedule));
    expect(more.permanent - less.permanent).toBeCloseTo(2.5e-7 * (9 + 4 + 4 + 4 + 1) * 1e10, 6);
    expect(more.costVariance).toBe(less.costVariance);
    expect(costReport(defineProblem({ ...short, ownImpact: "none" }), schedule)).toEqual(less);
    expect(sideSign(paying)).toBe(1);
  });
});
