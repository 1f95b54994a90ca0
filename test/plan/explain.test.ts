import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costReport,
  defineProblem,
  equalSchedule,
  explainSchedule,
  optimalSchedule,
  requireOptimal,
  scheduleFromTrades,
  type TradeBounds,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, currency: "USD" });

test("where nothing binds, what waiting saves is what it carries, to 1e-10 of the larger", () => {
  const random = uniforms(11);
  for (let i = 0; i < 60; i++) {
    const varied = variedProblem(random, i, {
      halfSpread: 0,
      drift: 0,
      profile: { drift: undefined, halfSpread: undefined },
    });
    const { verdict, slices } = explainSchedule(varied, optimalSchedule(varied));
    expect(verdict).toBe("optimal");
    for (const [k, { costSaved = 0, riskCarried = 0, binds }] of slices.entries()) {
      if (binds !== undefined || slices[k + 1]?.binds !== undefined) continue;
      const larger = Math.max(Math.abs(costSaved), Math.abs(riskCarried));
      // A difference of two marginal costs carries their rounding.
      const rounding = 1e-14 * table1.shares * 1e-5;
      expect(Math.abs(costSaved - riskCarried)).toBeLessThanOrEqual(1e-10 * larger + rounding);
    }
  }
});

test("where limits bind, the two differ by the prices that boundedSchedule gives them", () => {
  const random = uniforms(12);
  let bound = 0;
  for (let i = 0; i < 60; i++) {
    const varied = variedProblem(random, i);
    const fair = varied.shares / varied.intervals;
    const bounds: TradeBounds = { lower: i % 3 === 0 ? 0.3 * fair : 0, upper: 2.5 * fair };
    const optimum = boundedSchedule(varied, bounds);
    if (optimum.status === "infeasible") continue;
    const { lowerPrices, upperPrices, schedule } = optimum;
    const { slices } = explainSchedule(varied, schedule, bounds);
    const scale = Math.max(...slices.map(({ costSaved = 0 }) => Math.abs(costSaved)), 1e-3);
    const priced = (k: number): number => lowerPrices[k] - upperPrices[k];
    for (const [k, { costSaved, riskCarried = 0, binds, limitPrice = 0 }] of slices.entries()) {
      // A closed interval has two bounds of 0, and either may carry its price.
      if (binds === "closed" || slices[k + 1]?.binds === "closed") continue;
      expect(Math.abs(limitPrice - Math.abs(priced(k)))).toBeLessThanOrEqual(1e-8 * scale);
      bound += limitPrice > 1e-6 * scale ? 1 : 0;
      if (costSaved === undefined) continue;
      const difference = priced(k) - priced(k + 1);
      expect(Math.abs(costSaved - riskCarried - difference)).toBeLessThanOrEqual(1e-8 * scale);
    }
  }
  expect(bound).toBeGreaterThan(100);
});

test("both sides are derivatives: moving a small block changes cost and risk by as much", () => {
  const random = uniforms(13);
  for (let i = 0; i < 30; i++) {
    const varied = variedProblem(random, i, { profile: { open: undefined } });
    if (varied.intervals < 2) continue;
    const schedule = equalSchedule(varied);
    const { slices } = explainSchedule(varied, schedule);
    const k = Math.floor((varied.intervals - 1) * random());
    const moved = (block: number) => {
      const trades = [...schedule.trades];
      trades[k] -= block;
      trades[k + 1] += block;
      return costReport(varied, scheduleFromTrades(varied, trades));
    };
    // Both are quadratic, so that a central difference is exact but for rounding.
    const block = 0.1 * schedule.trades[k];
    const [before, after] = [moved(-block), moved(block)];
    const saved = (before.expectedCost - after.expectedCost) / (2 * block);
    const carried = (varied.riskAversion * (after.costVariance - before.costVariance)) / (2 * block);
    const { costSaved = 0, riskCarried = 0 } = slices[k];
    expect(Math.abs(costSaved - saved)).toBeLessThanOrEqual(1e-9 * (Math.abs(saved) + 1));
    expect(Math.abs(riskCarried - carried)).toBeLessThanOrEqual(1e-9 * (Math.abs(carried) + 1e-3));
  }
});

describe("in words", () => {
  test("what binds, and which limit is worth most", () => {
    const bounds = { upper: 250_000 };
    const { schedule } = requireOptimal(boundedSchedule(problem, bounds));
    expect(explainSchedule(problem, schedule, bounds).sentences).toEqual([
      "Limits bind in 2 of 5 intervals.",
      "The most valuable one is the upper bound of interval 1: one more share there is worth 2.23 USD/share.",
    ]);
    expect(explainSchedule(problem, optimalSchedule(problem)).sentences).toEqual([
      "Nothing binds: in every slice, the cost that waiting saves equals the risk that it carries.",
    ]);
  });

  test("a schedule that is not the optimum has no prices, and its best move is named", () => {
    const { verdict, slices, sentences } = explainSchedule(problem, equalSchedule(problem));
    expect(verdict).toBe("not-optimal");
    expect(slices.map(({ limitPrice }) => limitPrice)).toEqual(new Array(5).fill(undefined));
    expect(sentences).toEqual([
      "The schedule is not the optimum: moving one share from interval 2 to interval 1 saves 1.44 USD/share.",
    ]);
    const late = scheduleFromTrades(problem, [9e5, 1e5, 0, 0, 0]);
    expect(explainSchedule(problem, late).sentences).toEqual([
      "The schedule is not the optimum: moving one share from interval 1 to interval 2 saves 3.62 USD/share.",
    ]);
  });

  test("a trade of 0 that only the spread holds has its slope in between, and no price", () => {
    const waiting = defineProblem({
      ...table1,
      intervals: 10,
      drift: -1,
      halfSpread: 0.5,
      riskAversion: 5e-6,
    });
    const bounds = { lower: -1e6, upper: 1e6 };
    const { schedule } = requireOptimal(boundedSchedule(waiting, bounds));
    const { verdict, slices, imbalance } = explainSchedule(waiting, schedule, bounds);
    expect(verdict).toBe("optimal");
    expect(imbalance).toBeLessThan(1e-12);
    for (const { binds, limitPrice } of slices) {
      if (binds === "spread") expect(limitPrice).toBe(0);
    }
    expect(slices.map(({ binds }) => binds)).toContain("spread");
  });
});

test("a schedule of another order is refused", () => {
  const other = defineProblem({ ...table1, shares: 2e6 });
  expect(() => explainSchedule(problem, equalSchedule(other))).toThrow(/shares/);
});

test("where neither cost nor risk differs from slice to slice, waiting saves and risks nothing, not even rounding", () => {
  const volumes = [3, 2, 1.1, 1.3, 1.7, 2.9];
  const free = defineProblem({
    ...{ shares: 1e5, horizon: 6, intervals: 6, volatility: 0.3, timing: "mid" as const },
    temporaryImpact: 1e-6,
    profile: { temporaryImpact: volumes.map((volume) => 1e-6 / volume) },
  });
  for (const { costSaved, riskCarried } of explainSchedule(free, optimalSchedule(free)).slices.slice(0, -1)) {
    expect([costSaved, riskCarried]).toEqual([0, 0]);
  }
});
