import { describe, expect, test } from "vitest";
import { judgeInGeneral } from "../../src/certify/general";
import { judgeVaried } from "../../src/certify/varied";
import {
  boundedSchedule,
  certify,
  defineProblem,
  type ExecutionProblem,
  optimalSchedule,
  type ProblemInput,
  requireOptimal,
  type Schedule,
} from "../../src/index";
import { type BoundArrays, checkBounds } from "../../src/model/bounds";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";

/** Orders in markets of which some part varies: interval lengths, risk, impact, spread, trend, closed intervals. */
function problems(count: number, change: Partial<ProblemInput> = {}): ExecutionProblem[] {
  const random = uniforms(23);
  return Array.from({ length: count }, (_, i) => {
    const N = 3 + Math.floor(400 * random() ** 2);
    const around = (value: number) => Array.from({ length: N }, () => value * (0.6 + 0.8 * random()));
    const some = <T>(part: T): T | undefined => (random() < 0.6 ? part : undefined);
    const lengths = around(table1.horizon / N);
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    return defineProblem({
      ...table1,
      side: i % 2 === 0 ? "sell" : "buy",
      timing: (["start", "mid", "end"] as const)[i % 3],
      ownImpact: ([undefined, "half", "full"] as const)[i % 4 === 3 ? 1 : i % 4 === 2 ? 2 : 0],
      intervals: N,
      riskAversion: random() < 0.1 ? 0 : 10 ** (-8 + 2.5 * random()),
      arrivalPrice: 50,
      profile: {
        volatility: around(table1.volatility),
        lengths: some(lengths.map((length) => (length * table1.horizon) / whole)),
        temporaryImpact: some(around(2 * table1.temporaryImpact)),
        // It rises, so that every term stays convex.
        permanentImpact: some(around(1e-8).sort((a, b) => a - b)),
        halfSpread: some(around(0.05)),
        drift: i % 5 === 0 ? around(1e-4).map((drift) => drift * (random() - 0.5)) : undefined,
        open: some(Array.from({ length: N }, (_, k) => k === 0 || k === N - 1 || random() < 0.9)),
      },
      ...change,
    });
  });
}

const inGeneral = (problem: ExecutionProblem, schedule: Schedule, bounds?: BoundArrays) =>
  judgeInGeneral(problem, schedule, bounds, 0);

/** Optima of problems, with and without bounds, that are along the order. */
function optima(list: readonly ExecutionProblem[]) {
  return list.flatMap((problem): [ExecutionProblem, Schedule, BoundArrays | undefined][] => {
    const { shares: X, intervals: N, profile } = problem;
    const open = profile?.open?.filter((isOpen) => isOpen).length ?? N;
    const bounds = { upper: Array.from({ length: N }, (_, k) => ((1.2 + (k % 5)) * X) / open) };
    const { schedule } = requireOptimal(boundedSchedule(problem, bounds));
    return [
      [problem, optimalSchedule(problem), undefined],
      [problem, schedule, checkBounds(problem, bounds)],
    ];
  });
}

describe("in a market that varies, the certificate of one look is that of the general route", () => {
  test("for optima, bounded ones too: the same verdict, and a gap of nothing", () => {
    let quick = 0;
    const all = optima(problems(200));
    for (const [problem, schedule, bounds] of all) {
      const X = problem.shares;
      const found = judgeVaried(problem, schedule, bounds);
      const general = inGeneral(problem, schedule, bounds);
      expect(general.verdict).toBe("optimal");
      if (found === undefined) continue;
      quick++;
      expect(Math.abs(found.optimalityResidual - general.optimalityResidual)).toBeLessThan(1e-11 * X);
      expect(Math.abs(found.feasibilityResidual - general.feasibilityResidual)).toBeLessThan(1e-13 * X);
      expect(found.tolerance).toBe(general.tolerance);
      expect(found.curvature).toBe(general.curvature);
      expect(found.gapBound).toBeLessThan(1e-9);
      expect(found.gapBound).toBeGreaterThanOrEqual(0);
      expect(general.gapBound).toBeLessThan(1e-9);
    }
    expect(quick).toBeGreaterThan(0.9 * all.length);
  });

  test("and one that is no optimum, breaks a bound, trades when closed or does not add up is left to that route", () => {
    for (const [problem, schedule, bounds] of optima(problems(60))) {
      const { intervals: N, shares: X, profile } = problem;
      const moved = (from: number, to: number, part: number): Schedule => {
        const trades = [...schedule.trades];
        trades[from] -= part * X;
        trades[to] += part * X;
        const remaining = [X];
        for (const n of trades) remaining.push((remaining.at(-1) as number) - n);
        return { ...schedule, trades, remaining: [...remaining.slice(0, N), 0] };
      };
      const largest = schedule.trades.indexOf(Math.max(...schedule.trades));
      const other = largest === 0 ? N - 1 : 0;
      const closed = profile?.open?.indexOf(false) ?? -1;
      const wrong = [
        moved(largest, other, 1e-6),
        ...(closed === -1 ? [] : [moved(largest, closed, 1e-6)]),
        { ...schedule, remaining: schedule.remaining.map((x, k) => (k === 1 ? x + 1e-6 * X : x)) },
        { ...schedule, remaining: schedule.remaining.map((x) => x + 1e-6 * X) },
        { ...schedule, trades: schedule.trades.map((n, k) => (k === largest ? n + 1e-6 * X : n)) },
        { ...schedule, trades: schedule.trades.map((n, k) => (k === largest ? Number.NaN : n)) },
        { ...schedule, remaining: schedule.remaining.map((x, k) => (k === 1 ? Number.NaN : x)) },
        { ...schedule, trades: schedule.trades.slice(1) },
      ];
      for (const one of wrong) {
        expect(judgeVaried(problem, one, bounds)).toBeUndefined();
        expect(inGeneral(problem, one, bounds).verdict).not.toBe("optimal");
      }
    }
  });

  test("a trade at its bound that would rather be elsewhere is seen on either side", () => {
    for (const [problem, schedule, bounds] of optima(problems(60))) {
      if (bounds === undefined) continue;
      const { intervals: N, shares: X } = problem;
      // What binds is loosened, what is free is bound where it is.
      const loose = { ...bounds, upper: bounds.upper.map(() => X) };
      const isBinding = schedule.trades.some((n, k) => n > 0 && n === bounds.upper[k]);
      const verdict = inGeneral(problem, schedule, loose).verdict;
      expect(judgeVaried(problem, schedule, loose) === undefined).toBe(verdict !== "optimal");
      if (isBinding && problem.riskAversion > 0) expect(verdict).toBe("not-optimal");
      const held = {
        lower: Float64Array.from(schedule.trades),
        upper: Float64Array.from(schedule.trades, (n, k) => (k === N - 1 ? n : bounds.upper[k])),
      };
      expect(judgeVaried(problem, schedule, held)?.gapBound).toBeLessThan(1e-9);
    }
  });

  test("a schedule that pays the spread both ways, and impact that falls over the day, take the general route", () => {
    const [problem] = problems(1, { timing: "end", riskAversion: 1e-6 });
    const N = problem.intervals;
    const falling = defineProblem({
      ...problem,
      riskAversion: 0,
      profile: { permanentImpact: Array.from({ length: N }, (_, k) => 1e-8 * (1 - k / N)) },
    });
    expect(judgeVaried(falling, optimalSchedule(falling), undefined)).toBeUndefined();
    expect(certify(falling, optimalSchedule(falling)).verdict).toBe("optimal");
    const leaving = defineProblem({ ...problem, remainderPrice: 1, permanentImpact: 0, profile: undefined });
    expect(judgeVaried(leaving, optimalSchedule(leaving), undefined)).toBeUndefined();
    const drift = Array.from({ length: N }, (_, k) => (k < N / 2 ? 1 : -1) * 0.5);
    const turning = defineProblem({ ...problem, side: "sell", profile: { drift } });
    const best = optimalSchedule(turning);
    expect(Math.min(...best.trades)).toBeLessThan(0);
    expect(judgeVaried(turning, best, undefined)).toBeUndefined();
    expect(certify(turning, best).verdict).toBe("optimal");
  });
});
