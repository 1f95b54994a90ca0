import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  mixtureQuantile,
  optimalSchedule,
  parameterShiftSchedule,
  powerImpact,
  quantile,
  remainingProblem,
  type Schedule,
  type ShiftPlan,
  scheduleFromTrades,
  simulateCosts,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { expectRelative } from "../helpers/reference";
import { variedProblem } from "../helpers/varied";

const daily = (annual: number): number => (annual / Math.sqrt(250)) * 50;
/** Figure 4: 10% a year at first; 5% or 40% after the second day. */
const figure4 = defineProblem({ ...table1, volatility: daily(0.1), riskAversion: 1e-6, currency: "USD" });
const regimes = [
  { probability: 0.5, volatility: daily(0.05) },
  { probability: 0.5, volatility: daily(0.4) },
];
const plan4 = parameterShiftSchedule(figure4, { after: 2, regimes });

/** E + λV of a mixture, from its definition. */
function mixture(λ: number, parts: readonly (readonly [P: number, ExecutionProblem, Schedule])[]): number {
  const reports = parts.map(([P, problem, schedule]) => ({ P, ...costReport(problem, schedule) }));
  const E = reports.reduce((sum, { P, expectedCost }) => sum + P * expectedCost, 0);
  const V = reports.reduce(
    (sum, { P, expectedCost, costVariance }) => sum + P * (costVariance + (expectedCost - E) ** 2),
    0,
  );
  return E + λ * V;
}

describe("Figure 4 of the paper", () => {
  test("has the plan that golden sections found in another program", () => {
    expectRelative(plan4.heldAtEvent, 486_451.2245357343, 1e-7, "X*, where the objective is flat");
    expectRelative(plan4.objective, 833_142.6337876986, 1e-13, "E + λV");
    expectRelative(plan4.expectedCost, 713_488.2371017737, 1e-8, "E");
    expectRelative(plan4.costVariance, 119_654_396_685.92491, 1e-7, "V");
    expectRelative(plan4.varianceBetween, 591_613_665.9591452, 1e-6, "between");
    const held = plan4.branches.map(({ schedule }) => schedule.remaining.map(Math.round));
    expect(held).toEqual([
      [1_000_000, 727_901, 486_451, 321_484, 159_900, 0],
      [1_000_000, 727_901, 486_451, 211_531, 79_116, 0],
    ]);
    expect(optimalSchedule(figure4).remaining.map(Math.round)).toEqual([
      ...[1_000_000, 753_710, 539_155, 347_301, 170_070, 0],
    ]);
  });

  test("could be better beforehand by 32 dollars, by last legs that nobody would keep to", () => {
    // Where the variance between the outcomes counts, the dearer one is worth λ/(1 + 2λ(E_j − E)) only.
    const λs = [1.048250778411329e-6, 9.559957046015093e-7];
    const held = 486_532.3544695673;
    const first = [1e6 - 727_941.1014155097, 727_941.1014155097 - held];
    const parts = plan4.branches.map(({ probability, problem }, j) => {
      const left = remainingProblem(problem, first, { riskAversion: λs[j] });
      const trades = [...first, ...optimalSchedule(left).trades];
      return [probability, problem, scheduleFromTrades(problem, trades)] as const;
    });
    expect((plan4.objective - mixture(1e-6, parts)).toFixed(3)).toBe("32.434");
  });

  test("has the moments of simulated costs, whichever outcome is drawn", () => {
    const costs = plan4.branches.flatMap(({ problem, schedule }, j) => [
      ...simulateCosts(problem, schedule, { paths: 20_000, seed: j + 1 }).costs,
    ]);
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    const squares = costs.map((cost) => (cost - mean) ** 2);
    const variance = squares.reduce((sum, square) => sum + square, 0) / costs.length;
    const fourth = squares.reduce((sum, square) => sum + square * square, 0) / costs.length;
    expect(Math.abs(mean - plan4.expectedCost)).toBeLessThan(4 * Math.sqrt(variance / costs.length));
    expect(Math.abs(variance - plan4.costVariance)).toBeLessThan(
      4 * Math.sqrt((fourth - variance ** 2) / costs.length),
    );
    const sorted = [...costs].sort((one, other) => one - other);
    const simulated = sorted[Math.floor(0.95 * sorted.length)];
    const exact = mixtureQuantile(plan4.branches, 0.95);
    // The wild half alone reaches that far: its density there, halved, gives the error of the sample's quantile.
    expect(Math.abs(simulated - exact)).toBeLessThan(0.01 * exact);
    const { expectedCost: mu, costVariance } = plan4;
    const normal = quantile({ mean: mu, standardDeviation: Math.sqrt(costVariance) }, 0.95);
    expect(exact).not.toBeCloseTo(normal, -3);
  });
});

describe("parameterShiftSchedule", () => {
  const random = uniforms(41);
  const varied = Array.from({ length: 90 }, (_, i) =>
    variedProblem(random, i, { halfSpread: 0, profile: { halfSpread: undefined } }),
  ).filter(({ intervals }) => intervals >= 4);
  /** An event with open intervals on both of its sides, where there is one. */
  const eventOf = ({ intervals, profile }: ExecutionProblem): number | undefined => {
    const after = 1 + Math.floor((intervals - 1) * random());
    const open = profile?.open ?? new Array<boolean>(intervals).fill(true);
    return open.slice(0, after).includes(true) && open.slice(after).includes(true) ? after : undefined;
  };
  /** Where trades go both ways the smooth plan is the plan too, since there is no spread. */
  const cases = varied.flatMap((problem) => {
    const after = eventOf(problem);
    return after === undefined ? [] : [[problem, after] as const];
  });
  const changes = [
    { probability: 0.2, volatility: 0.4, temporaryImpact: 3e-6 },
    { probability: 0.5, volatility: 2, permanentImpact: 0, drift: 0.2 },
    { probability: 0.3 },
  ];

  test("without a change is the optimum, for every timing, side and profile", () => {
    expect(cases.length).toBeGreaterThan(60);
    for (const [problem, after] of cases) {
      const plan = parameterShiftSchedule(problem, { after, regimes: [{ probability: 1 }] });
      const best = optimalSchedule(problem);
      const [branch] = plan.branches;
      const size = Math.max(...best.remaining.map(Math.abs));
      for (let k = 0; k <= problem.intervals; k++) {
        expect(Math.abs((branch?.schedule.remaining[k] ?? 0) - best.remaining[k])).toBeLessThan(1e-9 * size);
      }
      expectRelative(plan.objective, costReport(problem, best).objective, 1e-10, "E + λV");
      expect(plan.varianceBetween).toBe(0);
    }
  });

  const plans = cases.map(([problem, after]) => parameterShiftSchedule(problem, { after, regimes: changes }));

  test("trades one leg before the event, whatever follows", () => {
    for (const { after, heldAtEvent, branches } of plans) {
      for (const { schedule } of branches) {
        for (let k = 0; k <= after; k++) {
          expectRelative(schedule.remaining[k], branches[0]?.schedule.remaining[k] as number, 1e-9, `x_${k}`);
        }
        expectRelative(schedule.remaining[after], heldAtEvent, 1e-9, "X*");
        expect(schedule.remaining.at(-1)).toBe(0);
      }
    }
  });

  test("trades after the event as whoever re-plans then", () => {
    for (const { after, branches } of plans) {
      for (const { problem, schedule } of branches) {
        const done = schedule.trades.slice(0, after);
        // An order that is over, or on the other side, is no order to re-plan.
        if (schedule.remaining[after] < 1e-3 * problem.shares) continue;
        const left = remainingProblem(problem, done);
        const best = left.intervals === 1 ? [left.shares] : optimalSchedule(left).trades;
        const size = Math.max(problem.shares, ...schedule.remaining.map(Math.abs));
        for (const [i, n] of best.entries()) {
          expect(Math.abs(n - schedule.trades[after + i])).toBeLessThan(1e-9 * size);
        }
      }
    }
  });

  /** The plan with the first leg changed, and each last leg as whoever re-plans would trade it. */
  const changed = (plan: ShiftPlan, trades: readonly number[]): number =>
    mixture(
      plan.branches[0]?.problem.riskAversion as number,
      plan.branches.map(({ probability, problem, schedule }) => {
        const left = remainingProblem(problem, trades);
        const rest = left.intervals === 1 ? [left.shares] : optimalSchedule(left).trades;
        return [probability, problem, { ...schedule, ...pathOf(problem.shares, [...trades, ...rest]) }];
      }),
    );

  test("has no better first leg, in random directions and for any number of shares held at the event", () => {
    let compared = 0;
    for (const plan of plans) {
      const { after, branches, heldAtEvent, objective } = plan;
      const { problem, schedule } = branches[0] as (typeof branches)[number];
      const open = schedule.trades.map((_, k) => problem.profile?.open?.[k] !== false);
      const first = schedule.trades.slice(0, after);
      if (heldAtEvent < 0.05 * problem.shares) continue;
      for (const step of [-0.02, 0.02, -2e-4, 2e-4]) {
        const trades = first.map((n, k) => (open[k] ? n + step * heldAtEvent * (random() - 0.3) : n));
        expect(changed(plan, trades)).toBeGreaterThan(objective * (1 - 1e-13));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test("knows a spread that varies over the day and with the outcome", () => {
    const order = defineProblem({
      ...{ ...table1, riskAversion: 1e-6 },
      profile: { halfSpread: [0.05, 0.2, 0.1, 0.02, 0.3] },
    });
    for (const after of [1, 2, 3]) {
      const plan = parameterShiftSchedule(order, {
        after,
        regimes: [
          { probability: 0.3, volatility: 0.3, halfSpread: 0.15 },
          { probability: 0.7, volatility: 1.2 },
        ],
      });
      for (const { schedule } of plan.branches) expect(Math.min(...schedule.trades)).toBeGreaterThan(0);
      const first = plan.branches[0]?.schedule.trades.slice(0, after) as number[];
      for (let i = 0; i < 40; i++) {
        const size = i % 2 === 0 ? 2e4 : 2e3;
        const trades = first.map((n) => n + size * (random() - 0.5));
        expect(changed(plan, trades)).toBeGreaterThan(plan.objective);
      }
    }
  });

  test("has the moments of its branches", () => {
    for (const { branches, objective, expectedCost, costVariance, varianceBetween } of plans) {
      const λ = branches[0]?.problem.riskAversion as number;
      const parts = branches.map(
        ({ probability, problem, schedule }) => [probability, problem, schedule] as const,
      );
      const size = parts.reduce((sum, [, ...of]) => Math.max(sum, costReport(...of).costVariance), 0);
      // Where a gain from drift nearly pays for all else, the sum has fewer digits than its parts.
      expect(Math.abs(mixture(λ, parts) - objective)).toBeLessThan(1e-12 * (λ * size + Math.abs(objective)));
      expectRelative(expectedCost + λ * costVariance, objective, 1e-14, "sum");
      expect(varianceBetween).toBeGreaterThan(0);
      expect(varianceBetween).toBeLessThan(costVariance);
    }
  });

  test("takes a jump for what it is: a closed moment in which the price moves by that much", () => {
    const [jump, moment] = [2, 1e-7];
    const plan = parameterShiftSchedule(figure4, { after: 2, regimes: [{ probability: 1, jump }] });
    const { volatility: σ } = figure4;
    const withMoment = defineProblem({
      ...{ ...table1, riskAversion: 1e-6, horizon: 5 + moment, intervals: 6, volatility: σ },
      profile: {
        lengths: [1, 1, moment, 1, 1, 1],
        volatility: [σ, σ, jump / Math.sqrt(moment), σ, σ, σ],
        open: [true, true, false, true, true, true],
      },
    });
    const best = optimalSchedule(withMoment);
    expectRelative(plan.heldAtEvent, best.remaining[2], 1e-9, "X*");
    const { expectedCost, costVariance, objective } = costReport(withMoment, best);
    expectRelative(plan.expectedCost, expectedCost, 1e-9, "E");
    expectRelative(plan.costVariance, costVariance, 1e-9, "V");
    expectRelative(plan.objective, objective, 1e-12, "E + λV");
    expectRelative(
      plan.branches[0]?.distribution.standardDeviation as number,
      Math.sqrt(costVariance),
      1e-9,
      "√V",
    );
  });

  test("weighs the jumps of several outcomes by their probabilities", () => {
    const jumps = (one: number, other: number): ShiftPlan => {
      const [calm, wild] = regimes as [(typeof regimes)[number], (typeof regimes)[number]];
      const [a, b] = [
        { ...calm, probability: 0.2, jump: one },
        { ...wild, probability: 0.8, jump: other },
      ];
      return parameterShiftSchedule(figure4, { after: 2, regimes: [a, b] });
    };
    // What counts for X* is ΣP J².
    expectRelative(jumps(2, 0).heldAtEvent, jumps(0, 1).heldAtEvent, 1e-9, "X*");
    expect(jumps(1, 1).heldAtEvent).toBeLessThan(0.99 * jumps(0, 0).heldAtEvent);
  });

  test("says what is wrong with an event", () => {
    const shift = (options: object, problem = figure4) => parameterShiftSchedule(problem, options as never);
    expect(() => shift({ after: 5, regimes })).toThrow(
      "options.after must be an integer from 1 to 4; got 5.",
    );
    expect(() => shift({ after: 2, regimes: [] })).toThrow(
      "options.regimes must be an array of at least one",
    );
    expect(() => shift({ after: 2, regimes: [{ probability: 0.5 }] })).toThrow(
      "the sum of the probabilities of options.regimes must be 1; got 0.5.",
    );
    expect(() => shift({ after: 2, regimes: [{ probability: 1, sigma: 2 }] })).toThrow(
      'options.regimes[0] field "sigma" must be left out',
    );
    expect(() => shift({ after: 2, regimes: [{ probability: 1, volatility: -1 }] })).toThrow(
      "profile.volatility[2] must be",
    );
    expect(() => shift({ after: 2, regimes: [{ probability: 1, jump: -2 }] })).toThrow(
      "options.regimes[0].jump must be a finite number, 0 or above (USD/share); got -2.",
    );
    const closed = defineProblem({ ...table1, profile: { open: [false, false, true, true, true] } });
    expect(() => shift({ after: 2, regimes }, closed)).toThrow("an event with open intervals before it");
    const shut = defineProblem({ ...table1, profile: { open: [true, true, true, false, false] } });
    expect(() => shift({ after: 3, regimes }, shut)).toThrow(
      "an event with open intervals before it and after it",
    );
    const seeking = defineProblem({ ...table1, riskAversion: -1e-7 });
    expect(() => shift({ after: 2, regimes }, seeking)).toThrow("problem.riskAversion must be 0 or above");
    const single = defineProblem({ ...table1, intervals: 1 });
    expect(() => shift({ after: 1, regimes }, single)).toThrow("problem.intervals must be 2 or more");
  });

  test("refuses an order that may end unfinished", () => {
    const open = defineProblem({ ...figure4, remainderPrice: 0.5 });
    expect(() => parameterShiftSchedule(open, { after: 2, regimes })).toThrow(
      "problem.remainderPrice must be left out",
    );
  });

  test("refuses a law of impact whose cost is not quadratic", () => {
    const { temporaryImpact: _, permanentImpact: __, ...order } = table1;
    const impact = powerImpact({ coefficient: 1e-4, exponent: 0.6 });
    const power = defineProblem({ ...order, riskAversion: 1e-6, impact });
    expect(() => parameterShiftSchedule(power, { after: 2, regimes })).toThrow("a plan around an event");
  });

  test("refuses what has no optimum, with the reason", () => {
    const rising = [{ probability: 1, drift: 5 }];
    expect(() => parameterShiftSchedule(figure4, { after: 2, regimes: rising })).toThrow(
      expect.objectContaining({ name: "NoOptimumError", reason: "spread-and-reversal" }),
    );
    const wrong = [{ probability: 1, temporaryImpact: 1e-8 }];
    expect(() => parameterShiftSchedule(figure4, { after: 2, regimes: wrong })).toThrow(
      expect.objectContaining({ name: "NoOptimumError", reason: "cost-not-convex" }),
    );
  });
});

function pathOf(X: number, trades: readonly number[]): Pick<Schedule, "remaining" | "trades"> {
  const remaining = [X];
  for (const n of trades) remaining.push((remaining.at(-1) as number) - n);
  remaining[trades.length] = 0;
  return { remaining, trades };
}
