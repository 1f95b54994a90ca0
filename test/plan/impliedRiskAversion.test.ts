import { expect, test } from "vitest";
import {
  boundedSchedule,
  defineProblem,
  equalSchedule,
  impliedRiskAversion,
  optimalSchedule,
  scheduleFromTrades,
  volumeSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, currency: "USD" });

test("an optimum implies its own λ, within bounds too, for every timing, side and profile", () => {
  const random = uniforms(21);
  let checked = 0;
  for (let i = 0; i < 120; i++) {
    const varied = variedProblem(random, i);
    const fair = varied.shares / varied.intervals;
    const bounds = { lower: i % 2 === 0 ? 0 : 0.6 * fair, upper: 2 * fair };
    const optimum = boundedSchedule(varied, bounds);
    if (optimum.status === "infeasible") continue;
    const { riskAversion, isExplained, residual } = impliedRiskAversion(varied, optimum.schedule, bounds);
    if (riskAversion === undefined) continue;
    checked++;
    expect(isExplained).toBe(true);
    expect(residual).toBeLessThan(1e-8);
    // One pair of slices may hardly tell risks apart.
    expect(Math.abs(riskAversion - varied.riskAversion)).toBeLessThanOrEqual(
      1e-5 * varied.riskAversion + 1e-13,
    );
  }
  expect(checked).toBeGreaterThan(60);
});

test("the answer does not depend on the problem's own λ", () => {
  const schedule = optimalSchedule(problem);
  const implied = [0, 1e-8, 1e-3].map(
    (riskAversion) => impliedRiskAversion({ ...problem, riskAversion }, schedule).riskAversion,
  );
  expect(new Set(implied).size).toBe(1);
});

test("equal trades imply a λ of 0, and what no λ explains says so", () => {
  expect(impliedRiskAversion(problem, equalSchedule(problem))).toEqual({
    riskAversion: 0,
    residual: 0,
    isExplained: true,
    message: "The schedule is the optimum for a risk aversion of 0.",
  });
  const shaped = impliedRiskAversion(problem, volumeSchedule(problem, [3, 1, 1, 1, 3]));
  expect(shaped.isExplained).toBe(false);
  expect(shaped.message).toMatch(
    /^No risk aversion explains the schedule: the nearest one, .*USD, leaves .*% of its/,
  );
  const late = impliedRiskAversion(problem, scheduleFromTrades(problem, [1e5, 1.5e5, 2e5, 2.5e5, 3e5]));
  expect(late.riskAversion).toBeLessThan(0);
  // What is exactly the optimum of one who seeks risk is none of anybody else.
  const seeking = impliedRiskAversion(problem, optimalSchedule({ ...problem, riskAversion: -1e-7 }));
  expect(seeking.riskAversion).toBeCloseTo(-1e-7, 12);
  expect(seeking.residual).toBeLessThan(1e-9);
  expect(seeking.isExplained).toBe(false);
  expect(late.message).toMatch(/would seek risk\.$/);
});

test("a schedule whose slices are all bound, or that bears no risk, implies nothing", () => {
  const all = impliedRiskAversion(problem, equalSchedule(problem), { upper: 200_000 });
  expect(all).toMatchObject({ riskAversion: undefined, isExplained: false });
  expect(all.message).toBe(
    "The schedule implies no risk aversion: fewer than two of its slices are free of bounds.",
  );
  const calm = defineProblem({ ...table1, volatility: 0 });
  expect(impliedRiskAversion(calm, equalSchedule(calm)).message).toBe(
    "The schedule implies no risk aversion: the risk of delay is the same in every slice.",
  );
});
