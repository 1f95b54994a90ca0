import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  denseSchedule,
  efficientFrontier,
  optimalSchedule,
  type ProblemInput,
  type Schedule,
  tridiagonalSchedule,
} from "../../src/index";
import { expectRelative, reference } from "../helpers/reference";

interface Case extends Pick<ProblemInput, "intervals" | "riskAversion" | "timing" | "permanentImpact"> {
  readonly kappaT: number;
  readonly places: readonly number[];
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
  readonly expectedCost: number;
  readonly costVariance: number;
}
const { common, cases } = reference<{ common: ProblemInput; cases: Case[] }>("optima");

/** Worst relative error over the entries that doubles can hold in full. */
function worstError(schedule: Schedule, { places, remaining, trades }: Case): number {
  let worst = 0;
  places.forEach((k, i) => {
    for (const [actual, expected] of [
      [schedule.remaining[k], remaining[i]],
      [schedule.trades[k - 1], trades[i]],
    ] as [number, number][]) {
      if (Math.abs(expected) > 1e-290)
        worst = Math.max(worst, Math.abs(actual - expected) / Math.abs(expected));
      else expect(Math.abs(actual)).toBeLessThan(1e-289);
    }
  });
  return worst;
}

const routes: [string, (problem: ReturnType<typeof defineProblem>) => Schedule][] = [
  ["closed form", optimalSchedule],
  ["tridiagonal", tridiagonalSchedule],
];

describe(`against ${cases.length} optima at 60 digits, κT from 1e-6 to 1e5, N from 1 to 10,000`, () => {
  for (const [name, route] of routes) {
    test(`the ${name} gives every holding and trade within 1e-12`, () => {
      for (const { places, remaining, trades, kappaT, expectedCost, costVariance, ...change } of cases) {
        const problem = defineProblem({ ...common, ...change });
        const what = `N ${change.intervals}, κT ${kappaT}, λ ${change.riskAversion}, ${change.timing}`;
        const schedule = route(problem);
        const error = worstError(schedule, {
          places,
          remaining,
          trades,
          kappaT,
          expectedCost,
          costVariance,
          ...change,
        });
        expect(error, what).toBeLessThan(1e-12);
        const report = costReport(problem, schedule);
        expectRelative(report.expectedCost, expectedCost, 1e-12, `E, ${what}`);
        if (costVariance > 1e-280) expectRelative(report.costVariance, costVariance, 1e-12, `V, ${what}`);
      }
    });
  }

  test("the frontier, which computes no schedule, gives the same costs within 1e-12", () => {
    for (const { riskAversion = 0, expectedCost, costVariance, kappaT, timing, ...change } of cases) {
      const { intervals, permanentImpact } = change;
      const problem = defineProblem({ ...common, intervals, permanentImpact, timing });
      const [point] = efficientFrontier(problem, [riskAversion]);
      const what = `N ${intervals}, κT ${kappaT}, λ ${riskAversion}, ${timing}`;
      expectRelative(point?.expectedCost as number, expectedCost, 1e-12, `E, ${what}`);
      if (costVariance > 1e-280)
        expectRelative(point?.costVariance as number, costVariance, 1e-12, `V, ${what}`);
    }
  });
});

describe("the dense route", () => {
  test("agrees with the closed form up to the rounding of a general solver (1e-9 of the order)", () => {
    for (const { intervals, riskAversion, timing, permanentImpact, kappaT } of cases) {
      if (intervals > 400 || kappaT > 1e4) continue;
      const problem = defineProblem({ ...common, intervals, riskAversion, timing, permanentImpact });
      const [dense, closed] = [denseSchedule(problem), optimalSchedule(problem)];
      dense.remaining.forEach((x, k) => {
        expect(Math.abs(x - closed.remaining[k])).toBeLessThan(1e-9 * 1e6);
      });
    }
  });

  test("takes at most 500 intervals, and says what to use beyond", () => {
    const problem = defineProblem({ ...common, intervals: 501 });
    expect(() => denseSchedule(problem)).toThrow(
      "problem.intervals must be at most 500 for the dense route; got 501. Use optimalSchedule or tridiagonalSchedule",
    );
  });
});

describe("all three routes", () => {
  test("shift alike with a drift", () => {
    for (const riskAversion of [-2e-7, 0, 1e-6]) {
      for (const side of ["sell", "buy"] as const) {
        const problem = defineProblem({ ...common, intervals: 23, riskAversion, side, drift: 0.3 });
        const closed = optimalSchedule(problem);
        for (const other of [tridiagonalSchedule(problem), denseSchedule(problem)]) {
          other.remaining.forEach((x, k) => {
            expect(Math.abs(x - closed.remaining[k])).toBeLessThan(1e-9 * 1e6);
          });
        }
      }
    }
  });

  test("refuse the same problems, for the same reason", () => {
    const refused: [string, ProblemInput][] = [
      ["cost-not-convex", { ...common, intervals: 5, permanentImpact: 5e-6 }],
      ["risk-seeking-beyond-limit", { ...common, intervals: 5, riskAversion: -1 }],
      ["spread-and-reversal", { ...common, intervals: 5, riskAversion: -9e-7, halfSpread: 0.1 }],
    ];
    for (const [reason, input] of refused) {
      for (const route of [optimalSchedule, tridiagonalSchedule, denseSchedule]) {
        expect(() => route(defineProblem(input))).toThrow(expect.objectContaining({ reason }));
      }
    }
  });

  test("leave no choice to a single interval", () => {
    const problem = defineProblem({ ...common, intervals: 1 });
    for (const route of [optimalSchedule, tridiagonalSchedule, denseSchedule]) {
      expect(route(problem).trades).toEqual([1e6]);
    }
  });
});
