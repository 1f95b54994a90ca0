import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  immediateSchedule,
  optimalSchedule,
  type ProblemInput,
  powerImpact,
  requireOptimal,
  scheduleFromTrades,
  simulateCosts,
  type TradeBounds,
} from "../../src/index";
import { checkBounds } from "../../src/model/bounds";
import { shoot } from "../../src/solve/priceShooting";
import { programValue, separableProgram } from "../../src/solve/separableProgram";
import { stepToOptimum } from "../../src/solve/separableSteps";
import { powerReference } from "../helpers/powerReference";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower, variedProblem } from "../helpers/varied";

const within = (problem: ExecutionProblem, bounds: TradeBounds) =>
  requireOptimal(boundedSchedule(problem, bounds));

/** The largest difference of two lists of trades, as a fraction of the order. */
const apart = (one: readonly number[], other: readonly number[], shares: number): number =>
  one.reduce((most, n, k) => Math.max(most, Math.abs(n - other[k])), 0) / shares;

const relative = (value: number, right: number): number => Math.abs(value / right - 1);

/** A problem whose cost is convex: permanent impact that does not fall, and half of its own paid by each trade. */
function convexProblem(random: () => number, i: number, β: number): ExecutionProblem {
  const problem = variedProblem(random, i, { ownImpact: "half" });
  const γ = problem.profile?.permanentImpact;
  const permanentImpact = γ && [...γ].sort((a, b) => a - b);
  return asPower(defineProblem({ ...problem, profile: { ...problem.profile, permanentImpact } }), β);
}

describe("the optimum under a power law is that of the 60-digit reference", () => {
  test.each(powerReference.bounded)("$name", ({ input, bounds, trades, ...right }) => {
    const problem = defineProblem(input);
    const { schedule, certificate, upperPrices, lowerPrices } = within(problem, bounds);
    const { expectedCost, costVariance, objective } = costReport(problem, schedule);
    expect(apart(schedule.trades, trades, problem.shares)).toBeLessThan(1e-14);
    expect(relative(objective, right.objective)).toBeLessThan(1e-14);
    expect(relative(expectedCost, right.expectedCost)).toBeLessThan(1e-13);
    expect(relative(costVariance, right.costVariance)).toBeLessThan(1e-13);
    expect(apart(upperPrices, right.upperPrices, 1)).toBeLessThan(1e-14);
    expect(apart(lowerPrices, right.lowerPrices, 1)).toBeLessThan(1e-14);
    expect(certificate.verdict).toBe("optimal");
    expect(certificate.gapBound).toBeLessThan(1e-15 * Math.abs(objective));
  });

  test.each(powerReference.ownHalf)("exponent $input.impact.exponent without bounds", (right) => {
    const problem = defineProblem(right.input);
    const schedule = optimalSchedule(problem);
    const { expectedCost, costVariance } = costReport(problem, schedule);
    expect(apart(schedule.trades, right.trades, problem.shares)).toBeLessThan(1e-14);
    expect(relative(expectedCost, right.expectedCost)).toBeLessThan(1e-13);
    expect(relative(costVariance, right.costVariance)).toBeLessThan(1e-13);
    expect(certify(problem, schedule).verdict).toBe("optimal");
  });
});

describe("an exponent of 1 is linear impact", () => {
  const random = uniforms(3);
  const cases = Array.from({ length: 300 }, (_, i) => convexProblem(random, i, 1));
  const linear = (problem: ExecutionProblem): ExecutionProblem => {
    const { temporaryImpact, permanentImpact, impact: _, ...rest } = problem;
    return defineProblem({ ...rest, temporaryImpact, permanentImpact });
  };

  test("with the same optimum, within 1e-13 of the order, and the same objective within 1e-13", () => {
    for (const problem of cases) {
      const [one, other] = [optimalSchedule(problem), optimalSchedule(linear(problem))];
      const size = Math.max(...other.remaining.map(Math.abs));
      expect(apart(one.trades, other.trades, size)).toBeLessThan(1e-13);
      const [mine, right] = [problem, linear(problem)].map(
        (p, i) => costReport(p, [one, other][i]).objective,
      );
      expect(relative(mine, right)).toBeLessThan(1e-13);
    }
  });

  test("with the same optimum and prices within bounds", () => {
    for (const problem of cases) {
      const upper = (1.5 * problem.shares) / Math.max(1, 0.6 * problem.intervals);
      const [one, other] = [problem, linear(problem)].map((p) => boundedSchedule(p, { lower: 0, upper }));
      expect(one.status).toBe(other.status);
      if (one.status !== "optimal" || other.status !== "optimal") continue;
      expect(apart(one.schedule.trades, other.schedule.trades, problem.shares)).toBeLessThan(1e-13);
      const size = Math.max(...other.upperPrices, other.marginalCost);
      expect(apart(one.upperPrices, other.upperPrices, size)).toBeLessThan(1e-12);
      expect(apart(one.lowerPrices, other.lowerPrices, size)).toBeLessThan(1e-12);
      expect(relative(one.marginalCost, other.marginalCost)).toBeLessThan(1e-12);
    }
  });
});

describe("on random problems", () => {
  const random = uniforms(5);

  test("shooting and Newton's steps, which share nothing but the program, find the same optimum", () => {
    let both = 0;
    for (let i = 0; i < 600; i++) {
      const β = [0.2, 0.5, 0.6, 1.5, 2, 3][i % 6];
      const problem = convexProblem(random, i, β);
      const { shares: X, intervals: N } = problem;
      const upper = random() < 0.5 ? null : (2 * X) / (0.7 * N);
      const lower = random() < 0.5 ? 0 : null;
      const bounds = checkBounds(problem, { lower, upper });
      if (bounds.upper.reduce((sum, bound) => sum + bound, 0) < X) continue;
      const program = separableProgram(problem, bounds);
      const shot = shoot(program);
      if (shot === undefined) continue;
      both++;
      const stepped = stepToOptimum(program);
      const values = [shot, stepped].map(({ trades, remaining }) => programValue(program, trades, remaining));
      expect(relative(values[0], values[1])).toBeLessThan(1e-13);
      expect(apart(Array.from(shot.trades), Array.from(stepped.trades), X)).toBeLessThan(1e-12);
      const isFree = shot.trades.some((n, k) => n > bounds.lower[k] && n < bounds.upper[k]);
      const price = Math.max(...shot.prices.map(Math.abs), problem.halfSpread);
      // Where every trade is at a bound, many prices fit.
      if (isFree) expect(Math.abs(shot.prices[0] - stepped.prices[0])).toBeLessThan(1e-12 * price);
    }
    expect(both).toBeGreaterThan(200);
  });

  test("the marginal cost is what one more share to trade adds", () => {
    for (let i = 0; i < 60; i++) {
      const problem = convexProblem(random, i, [0.5, 1.5, 2][i % 3]);
      const { shares: X, intervals: N } = problem;
      const bounds = { lower: i % 2 === 0 ? 0 : -X, upper: Math.max(X / N, (3 * X) / N) };
      const at = (shares: number): number => {
        const other = defineProblem({ ...problem, shares });
        return costReport(other, within(other, bounds).schedule).objective;
      };
      if (boundedSchedule(defineProblem({ ...problem, shares: 1.001 * X }), bounds).status !== "optimal")
        continue;
      const h = 1e-4 * X;
      const slope = (at(X + h) - at(X - h)) / (2 * h);
      const { marginalCost } = within(problem, bounds);
      expect(Math.abs(slope - marginalCost)).toBeLessThan(1e-5 * (Math.abs(slope) + Math.abs(at(X)) / X));
    }
  });

  test("no small move of shares from one interval to another saves anything", () => {
    for (let i = 0; i < 60; i++) {
      const problem = convexProblem(random, i, [0.3, 0.5, 2, 3][i % 4]);
      const { schedule } = within(problem, { lower: 0 });
      const least = costReport(problem, schedule).objective;
      const open = schedule.trades.flatMap((n, k) => (problem.profile?.open?.[k] === false ? [] : [[n, k]]));
      for (let j = 0; j < 20 && open.length > 1; j++) {
        const [a, b] = [0, 0].map(() => open[Math.floor(open.length * random())]);
        const size = Math.min(a[0], 1e-3 * problem.shares * random());
        const trades = schedule.trades.slice();
        trades[a[1]] -= size;
        trades[b[1]] += size;
        const remaining = [problem.shares];
        for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
        remaining[remaining.length - 1] = 0;
        const moved = costReport(problem, { ...schedule, trades, remaining });
        expect(moved.objective).toBeGreaterThanOrEqual(least - 1e-13 * Math.abs(least));
      }
    }
  });
});

describe("traps", () => {
  const order: ProblemInput = {
    shares: 1e6,
    horizon: 5,
    intervals: 60,
    volatility: 0.95,
    riskAversion: 1e-6,
  };
  const power = (exponent: number, change: Partial<ProblemInput> = {}): ExecutionProblem =>
    defineProblem({
      ...order,
      impact: powerImpact({ exponent, reference: { rate: 2e5, impact: 0.5 } }),
      ...change,
    });
  const optimum = (problem: ExecutionProblem) => {
    const schedule = optimalSchedule(problem);
    expect(certify(problem, schedule).verdict).toBe("optimal");
    return schedule;
  };

  test("an exponent above 1 ends early: the tail is doubly exponentially small, then nothing at all", () => {
    const { trades, remaining } = optimum(power(2, { horizon: 60, intervals: 600, riskAversion: 1e-5 }));
    const done = remaining.findIndex((x) => x < 1e-6);
    expect(done).toBeLessThan(100);
    // Each interval later, the logarithm is about twice as far down.
    const tail = trades.slice(done + 1).filter((n) => n > 0);
    const logs = tail.map((n) => Math.log(n / 1e6));
    expect(Math.min(...logs)).toBeLessThan(-150);
    logs.slice(1).forEach((log, i) => {
      expect(log / logs[i]).toBeGreaterThan(1.7);
      expect(log / logs[i]).toBeLessThan(2.1);
    });
    expect(trades.slice(done + 10).every((n) => n === 0)).toBe(true);
  });

  test("an exponent below 1 is infinitely steep at 0, and has trades of 1e-40 of the order with all their digits", () => {
    const problem = power(0.2, { riskAversion: 1e-3, intervals: 12 });
    const { trades } = optimum(problem);
    expect(trades[11] / 1e6).toBeLessThan(1e-4);
    expect(trades.every((n) => n > 0)).toBe(true);
  });

  test("an urgency whose prices leave the range of doubles", () => {
    for (const exponent of [0.5, 1, 2]) {
      const problem = power(exponent, { riskAversion: 1e3, intervals: 400 });
      const { trades } = optimum(problem);
      expect(trades[0] / 1e6).toBeGreaterThan(0.98);
      // Under a power below 1 the tail falls as a power of time; else faster than doubles can tell.
      if (exponent >= 1) expect(trades[399]).toBe(0);
    }
  });

  test("caps that leave no choice: x_0 is flat in the price", () => {
    for (const exponent of [0.5, 2]) {
      const problem = power(exponent, { intervals: 10 });
      const { schedule, certificate, upperPrices } = within(problem, { lower: 0, upper: 1e5 });
      expect(schedule.trades).toEqual(new Array(10).fill(1e5));
      expect(certificate.verdict).toBe("optimal");
      expect(upperPrices.every((price) => price >= 0)).toBe(true);
    }
  });

  test("a drift against the order, under which prices change sign", () => {
    for (const exponent of [0.5, 1.5]) {
      const problem = power(exponent, { drift: 4, halfSpread: 0.01, intervals: 20 });
      const { trades } = optimum(problem);
      expect(trades[19]).toBeGreaterThan(trades[10]);
    }
  });

  test("a drift that makes it sell more than it has and buy back, at the spread's cost", () => {
    const problem = power(0.5, { drift: -8, halfSpread: 0.02, intervals: 20 });
    const { trades, remaining } = optimum(problem);
    expect(Math.min(...remaining)).toBeLessThan(0);
    expect(trades[19]).toBeLessThan(0);
    const { schedule } = within(problem, { lower: 0 });
    expect(Math.min(...schedule.trades)).toBe(0);
  });

  test("a trade that must go against the order, or with it, though its price would not have it", () => {
    for (const exponent of [0.5, 2]) {
      const problem = power(exponent, { intervals: 6, halfSpread: 0.01 });
      const bounds = {
        lower: [0, 0, -2e4, 0, 0, 3e5],
        upper: [1e6, 1e6, -1e4, 1e6, 1e6, 1e6],
      };
      const { schedule, certificate, upperPrices, lowerPrices } = within(problem, bounds);
      expect(schedule.trades[2]).toBe(-1e4);
      expect(schedule.trades[5]).toBe(3e5);
      expect(certificate.verdict).toBe("optimal");
      expect(upperPrices[2]).toBeGreaterThan(0);
      expect(lowerPrices[5]).toBeGreaterThan(0);
    }
  });

  test("a trade that must go against the order, with nothing else in the way of shooting", () => {
    const bounds = { lower: [0, 0, -2e4, 0, 0, 0], upper: [1e6, 1e6, -1e4, 1e6, 1e6, 1e6] };
    const { schedule, certificate } = within(power(0.5, { intervals: 6 }), bounds);
    expect(schedule.trades[2]).toBe(-1e4);
    expect(certificate.verdict).toBe("optimal");
  });

  test("least trades that the tail would not make by itself", () => {
    for (const exponent of [0.5, 2]) {
      const problem = power(exponent, { intervals: 30, riskAversion: 1e-5 });
      const { schedule, certificate, lowerPrices } = within(problem, { lower: 500 });
      expect(schedule.trades[29]).toBe(500);
      expect(Math.min(...schedule.trades)).toBe(500);
      expect(lowerPrices[29]).toBeGreaterThan(0);
      expect(certificate.verdict).toBe("optimal");
    }
  });

  test("an odd power of a trade against the order is of the same size", () => {
    const mirror = (drift: number, side: "sell" | "buy") =>
      optimum(power(0.6, { drift, side, intervals: 12 }));
    expect(mirror(-8, "sell").trades).toEqual(mirror(8, "buy").trades);
  });

  test("a single interval trades the order at its marginal cost", () => {
    const problem = power(0.5, { intervals: 1, halfSpread: 0.1 });
    expect(optimalSchedule(problem).trades).toEqual([1e6]);
    const { marginalCost } = within(problem, {});
    const slope = 0.1 + 1.5 * 0.5 * Math.sqrt(1);
    expect(marginalCost).toBeCloseTo(slope, 12);
  });

  test("timing mid on a grid so coarse that holdings alternate has its optimum, though a trade's own square is below 0", () => {
    for (const exponent of [0.5, 1.5]) {
      const problem = power(exponent, { intervals: 4, timing: "mid", riskAversion: 1e-4 });
      const { remaining } = optimum(problem);
      expect(Math.min(...remaining)).toBeLessThan(0);
    }
  });

  test("a profile that closes all intervals but one leaves nothing to choose", () => {
    const open = Array.from({ length: 5 }, (_, k) => k === 2);
    const problem = power(0.5, { intervals: 5, profile: { open } });
    expect(optimum(problem).trades).toEqual([0, 0, 1e6, 0, 0]);
  });

  test("bounds that miss the order are infeasible, with the same proof as for linear impact", () => {
    const found = boundedSchedule(power(0.5), { upper: 1e4 });
    expect(found).toMatchObject({
      status: "infeasible",
      proof: { bound: "upper", total: 6e5, missing: 4e5 },
    });
  });
});

describe("what is refused", () => {
  const { temporaryImpact: _, permanentImpact: __, ...rest } = table1;
  const impact = powerImpact({ coefficient: 0.0011, exponent: 0.5 });

  test("a negative risk aversion, which may have several minima", () => {
    const problem = defineProblem({ ...rest, intervals: 5, impact, riskAversion: -1e-9 });
    for (const call of [() => optimalSchedule(problem), () => boundedSchedule(problem)]) {
      expect(call).toThrow(
        "riskAversion must be 0 or above (1/currency) for a law that is not linear; got -1e-9. With a negative one there can be " +
          "several minima.",
      );
    }
  });

  test("no price of what is left, which costs what a walk without noise loses", () => {
    const leaving = defineProblem({ ...rest, volatility: 0, intervals: 5, impact, remainderPrice: 2 });
    const schedule = scheduleFromTrades(leaving, [3e5, 2e5, 1e5, 1e5, 0]);
    const { expectedCost, remainder, temporary } = costReport(leaving, schedule);
    expect(remainder).toBe(2 * 3e5);
    const τ = leaving.horizon / 5;
    const powers = [3e5, 2e5, 1e5, 1e5].reduce((sum, n) => sum + 0.0011 * Math.sqrt(n / τ) * n, 0);
    expect(Math.abs(temporary / powers - 1)).toBeLessThan(1e-14);
    const simulated = simulateCosts(leaving, schedule, { paths: 2, seed: 1 });
    expect(Math.abs(simulated.mean / expectedCost - 1)).toBeLessThan(1e-12);
  });

  test("permanent impact that falls over the day", () => {
    const profile = { permanentImpact: [8e-7, 8e-7, 1e-7, 1e-7, 1e-7] };
    const problem = defineProblem({ ...rest, intervals: 5, impact, profile, riskAversion: 0 });
    expect(() => optimalSchedule(problem)).toThrow(
      "problem.profile.permanentImpact[2] must be at least the one before it, 8e-7, or below it by no more than",
    );
    const verdict = certify(problem, immediateSchedule(problem));
    expect(verdict).toMatchObject({ verdict: "unproven", gapBound: Number.POSITIVE_INFINITY });
    // Enough risk aversion makes up for it.
    const averse = defineProblem({ ...problem, riskAversion: 1e-6 });
    expect(certify(averse, optimalSchedule(averse)).verdict).toBe("optimal");
  });
});
