import { describe, expect, test } from "vitest";
import { judgeInGeneral } from "../../src/certify/general";
import { judgeVaried } from "../../src/certify/varied";
import {
  boundedSchedule,
  certify,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
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

  test("nor is one taken that breaks a bound and is the optimum otherwise", () => {
    for (const [problem, schedule, bounds] of optima(problems(30))) {
      if (bounds === undefined) continue;
      const X = problem.shares;
      // Each is the optimum of a problem a little larger or smaller, or of one without the bound that it breaks.
      const best = optimalSchedule(problem);
      const scaled = (factor: number) => ({
        ...best,
        trades: best.trades.map((n) => factor * n),
        remaining: best.remaining.map((x) => factor * x),
      });
      const left = { ...scaled(1 - 1e-6), remaining: scaled(1 - 1e-6).remaining.map((x) => x + 1e-6 * X) };
      for (const one of [scaled(1 + 1e-6), left]) {
        expect(judgeVaried(problem, one, undefined)).toBeUndefined();
        expect(inGeneral(problem, one).verdict).toBe("infeasible");
      }
      const most = Math.max(...best.trades);
      const lower = bounds.lower.map((bound) => Math.min(bound, 0));
      const cut = { lower, upper: bounds.upper.map(() => most * (1 - 1e-6)) };
      expect(judgeVaried(problem, best, cut)).toBeUndefined();
      expect(inGeneral(problem, best, cut).verdict).toBe("infeasible");
      const floor = {
        lower: lower.map(() => 1e-6 * most + Math.min(...best.trades)),
        upper: cut.upper.map(() => X),
      };
      expect(inGeneral(problem, best, floor).verdict).toBe("infeasible");
      expect(judgeVaried(problem, best, floor)).toBeUndefined();
      expect(judgeVaried(problem, schedule, bounds)?.feasibilityResidual ?? 0).toBeLessThan(1e-10 * X);
    }
    // Without risk, what the others trade less is the same for all: only that it is traded when closed gives it away.
    const problem = defineProblem({
      ...table1,
      riskAversion: 0,
      profile: { open: [true, false, true, true, true] },
    });
    const best = optimalSchedule(problem);
    const n = (problem.shares / 4) * (1 - 1e-6);
    const trades = [n, problem.shares - 4 * n, n, n, n];
    const remaining = [problem.shares];
    for (const trade of trades) remaining.push((remaining.at(-1) as number) - trade);
    const wrong = { ...best, trades, remaining: [...remaining.slice(0, 5), 0] };
    expect(judgeVaried(problem, best, undefined)?.gapBound).toBeLessThan(1e-9);
    expect(judgeVaried(problem, wrong, undefined)).toBeUndefined();
    expect(inGeneral(problem, wrong).verdict).toBe("infeasible");
  });

  test("the gap of one that is off by less than the tolerance is no less than what it costs", () => {
    let compared = 0;
    for (const [problem, schedule, bounds] of optima(problems(60))) {
      if (bounds !== undefined) continue;
      const N = problem.intervals;
      const trades = [...schedule.trades];
      const [one, other] = [0, N - 1];
      const step = 1e-11 * problem.shares;
      if (trades[one] < 2 * step || trades[other] < 2 * step) continue;
      trades[one] -= step;
      trades[other] += step;
      const off = {
        ...schedule,
        trades,
        remaining: schedule.remaining.map((x, k) => x + (k > 0 && k < N ? step : 0)),
      };
      const found = judgeVaried(problem, off, undefined);
      if (found === undefined) continue;
      compared++;
      // Two trades alone lose this much against the optimum, whatever the holdings between them cost beside it.
      const { profile, temporaryImpact, horizon } = problem;
      const η = profile?.temporaryImpact?.[0] ?? temporaryImpact;
      const τ = profile?.lengths?.[0] ?? horizon / N;
      expect(found.gapBound).toBeGreaterThan(0.2 * (η / τ) * step * step);
      expect(found.gapBound).toBeLessThan(1e-6);
    }
    expect(compared).toBeGreaterThan(20);
  });

  test("at the spread's kink it says what the general route says, on either side", () => {
    const random = uniforms(31);
    const counts = { rests: 0, sells: 0, buys: 0 };
    for (let i = 0; i < 3000; i++) {
      const drift = Array.from({ length: 3 }, () => random() - 0.5);
      const halfSpread = [0.05, 0.05 + 0.05 * random(), 0.05];
      const problem = defineProblem({
        ...{ shares: 1000, horizon: 3, intervals: 3, volatility: 0.1, temporaryImpact: 1e-4 },
        profile: { drift, halfSpread },
      });
      // All but nothing in the middle: whether it is right to rest there is for the spread to say.
      const { schedule } = requireOptimal(
        boundedSchedule(problem, { lower: [0, 0, 0], upper: [1000, 0, 1000] }),
      );
      const bounds = { lower: Float64Array.of(0, -1000, 0), upper: Float64Array.of(1000, 1000, 1000) };
      const general = inGeneral(problem, schedule, bounds);
      const found = judgeVaried(problem, schedule, bounds);
      const [, free] = requireOptimal(boundedSchedule(problem, { lower: [0, -1000, 0], upper: 1000 }))
        .schedule.trades;
      counts[free === 0 ? "rests" : free > 0 ? "sells" : "buys"]++;
      expect(found !== undefined, `${drift} ${halfSpread}`).toBe(general.verdict === "optimal");
    }
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
  });

  test("a trade half a share off its bound is not at it", () => {
    const volatility = Array.from({ length: 20 }, (_, k) => 0.9 + 0.01 * k);
    for (const profile of [undefined, { volatility }]) {
      const problem = defineProblem({ ...table1, intervals: 20, riskAversion: 1e-6, profile });
      const n = problem.shares / 20;
      for (const bounds of [{ lower: n - 0.5 }, { upper: n + 0.5 }, { lower: n - 0.5, upper: n + 0.5 }]) {
        expect(certify(problem, equalSchedule(problem), bounds).verdict).toBe("not-optimal");
      }
      expect(certify(problem, equalSchedule(problem), { lower: n, upper: n }).verdict).toBe("optimal");
    }
  });

  test("the gap is a number at scales whose squares are none", () => {
    for (const [η, shares] of [
      [1e-280, 1e20],
      [1e-250, 1e80],
      [1e200, 1],
    ]) {
      const order = { shares, horizon: 2, intervals: 2, volatility: 0, temporaryImpact: η };
      const problem = defineProblem({ ...order, profile: { temporaryImpact: [η, 3 * η] } });
      const { trades } = optimalSchedule(problem);
      const [n, m] = [trades[0] + 1e-11 * shares, trades[1] - 1e-11 * shares];
      const off = { ...optimalSchedule(problem), trades: [n, m], remaining: [shares, shares - n, 0] };
      const { gapBound } = judgeVaried(problem, off, undefined) ?? { gapBound: Number.NaN };
      const general = inGeneral(problem, off).gapBound;
      expect(gapBound / general).toBeGreaterThan(0.9);
      expect(gapBound / general).toBeLessThan(10);
    }
  });

  test("trades at their floors are no reason to take the general route", () => {
    const N = 20;
    const volatility = Array.from({ length: N }, (_, k) => 0.9 + 0.01 * k);
    const problem = defineProblem({ ...table1, intervals: N, riskAversion: 1e-5, profile: { volatility } });
    const bounds = { lower: (0.5 * table1.shares) / N, upper: (4 * table1.shares) / N };
    const { schedule, lowerPrices } = requireOptimal(boundedSchedule(problem, bounds));
    expect(lowerPrices.filter((price) => price > 0).length).toBeGreaterThan(3);
    expect(judgeVaried(problem, schedule, checkBounds(problem, bounds))?.gapBound).toBeLessThan(1e-9);
  });

  test("where a trade's own risk outweighs its impact, where rounding decides, or shares may be left, it says nothing", () => {
    const volatility = [0.95, 0.96, 0.95, 0.96, 0.95];
    const urgent = defineProblem({ ...table1, timing: "mid", riskAversion: 1.2e-5, profile: { volatility } });
    const best = optimalSchedule(urgent);
    expect(judgeVaried(urgent, best, undefined)).toBeUndefined();
    expect(certify(urgent, best).verdict).toBe("optimal");
    const along = requireOptimal(boundedSchedule(urgent)).schedule;
    expect(judgeVaried(urgent, along, checkBounds(urgent, {}))).toBeUndefined();
    expect(certify(urgent, along, {}).verdict).toBe("optimal");
    // A spread so wide that its rounding is as large as what trades cost.
    const wide = defineProblem({
      ...table1,
      profile: { volatility, halfSpread: volatility.map((σ) => 1e6 * σ) },
    });
    const held = requireOptimal(boundedSchedule(wide)).schedule;
    expect(judgeVaried(wide, held, checkBounds(wide, {}))).toBeUndefined();
    // The optimum of an order that must finish is none of one that may leave its shares for nothing.
    const kept = { ...table1, riskAversion: 1e-6, permanentImpact: 0, profile: { volatility } };
    const finished = optimalSchedule(defineProblem(kept));
    const leaving = defineProblem({ ...kept, remainderPrice: 0 });
    expect(judgeVaried(leaving, finished, undefined)).toBeUndefined();
    expect(certify(leaving, finished).verdict).toBe("not-optimal");
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
