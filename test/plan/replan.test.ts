import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  defineProblem,
  optimalSchedule,
  planSchedule,
  remainingProblem,
  requireOptimal,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, arrivalPrice: 50, currency: "USD" });

describe("with fills as planned, the new plan is the rest of the old one", () => {
  test("for every timing, side and profile, on grids that are not uniform", () => {
    const random = uniforms(51);
    let tried = 0;
    for (let i = 0; i < 90; i++) {
      const varied = variedProblem(random, i, { halfSpread: 0, profile: { halfSpread: undefined } });
      const plan = optimalSchedule(varied);
      const k = Math.floor(varied.intervals * random());
      const left = plan.remaining[k];
      // A schedule that overshoots leaves nothing to plan; one that cannot trade from here on could only have ended.
      if (!(left > 1e-3 * varied.shares) || k === 0) continue;
      tried++;
      const rest = optimalSchedule(remainingProblem(varied, plan.trades.slice(0, k)));
      for (const [j, n] of rest.trades.entries()) {
        expect(Math.abs(n - plan.trades[k + j])).toBeLessThanOrEqual(1e-9 * varied.shares);
      }
    }
    expect(tried).toBeGreaterThan(30);
  });

  test("within bounds too", () => {
    const upper = 300_000;
    const plan = requireOptimal(boundedSchedule(problem, { upper })).schedule;
    const rest = planSchedule(remainingProblem(problem, plan.trades.slice(0, 2)), { upper });
    if (rest.status !== "optimal") throw new Error(rest.message);
    expect(rest.schedule.trades).toEqual(plan.trades.slice(2).map((n) => expect.closeTo(n, 5)));
  });
});

test("off-plan fills change the order that is left, and nothing else", () => {
  const left = remainingProblem(problem, [100_000, 0]);
  expect(left).toMatchObject({
    shares: 900_000,
    horizon: 3,
    intervals: 3,
    volatility: 0.95,
    arrivalPrice: 50,
  });
  expect(remainingProblem(problem, [-100_000]).shares).toBe(1_100_000);
  expect(remainingProblem(problem, [])).toEqual(problem);
});

test("parameters that have changed hold for all that is left, in place of a profile's", () => {
  const varied = defineProblem({
    ...problem,
    profile: { volatility: [1, 2, 3, 4, 5], volumes: [5, 4, 3, 2, 1], lengths: [2, 1.5, 0.5, 0.5, 0.5] },
  });
  const left = remainingProblem(varied, [0, 0], { volatility: 2, riskAversion: 5e-6, arrivalPrice: 48 });
  expect(left).toMatchObject({ volatility: 2, riskAversion: 5e-6, arrivalPrice: 48, horizon: 1.5 });
  expect(left.profile).toEqual({ volumes: [3, 2, 1], lengths: [0.5, 0.5, 0.5] });
  const regrid = remainingProblem(varied, [0, 0], { profile: { lengths: [1, 0.25, 0.75] } });
  expect(regrid.horizon).toBe(2);
  expect(regrid.profile).toEqual({ volatility: [3, 4, 5], volumes: [3, 2, 1], lengths: [1, 0.25, 0.75] });
});

test("with more risk from noon on, the rest is traded faster", () => {
  const plan = optimalSchedule(problem);
  const rest = (changes: object) =>
    optimalSchedule(remainingProblem(problem, plan.trades.slice(0, 2), changes)).trades[0];
  expect(rest({ volatility: 1.9 })).toBeGreaterThan(rest({}));
  expect(rest({ temporaryImpact: 1e-5 })).toBeLessThan(rest({}));
});

test("an order that is done, overdone or out of time has no remainder", () => {
  expect(() => remainingProblem(problem, [4e5, 6e5])).toThrow(
    "the sum of fills must be below the order's 1,000,000 shares; got 1000000. The order is done.",
  );
  expect(() => remainingProblem(problem, [4e5, 7e5])).toThrow(
    "The excess is a new order, on the other side.",
  );
  expect(() => remainingProblem(problem, [1, 2, 3, 4, 5])).toThrow(
    "fills must be an array of fewer than 5 numbers (shares), one for each interval that is over",
  );
  expect(() => remainingProblem(problem, [1, Number.NaN])).toThrow("fills[1]");
  expect(() => remainingProblem(problem, [1], { lambda: 3 } as never)).toThrow('changes field "lambda"');
});
