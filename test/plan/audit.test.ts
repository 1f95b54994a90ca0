import { describe, expect, test } from "vitest";
import {
  auditSchedule,
  boundedSchedule,
  costReport,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  requireOptimal,
} from "../../src/index";
import { table1 } from "../helpers/problems";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, arrivalPrice: 50, currency: "USD" });
const upper = 250_000;
const capped = requireOptimal(boundedSchedule(problem, { upper })).schedule;

test("the optimum within its limits is found to be one, from its trades alone", () => {
  const audit = auditSchedule(problem, capped.trades, { upper });
  expect(audit).toMatchObject({ verdict: "optimal", breaches: [] });
  expect(Math.abs(audit.missing)).toBeLessThan(1e-6);
  expect(audit.sentences).toEqual([
    "It is the optimum within its limits.",
    "The schedule is the optimum for a risk aversion of 1e-6/USD.",
  ]);
  expect(auditSchedule(problem, optimalSchedule(problem)).verdict).toBe("optimal");
});

test("what a schedule costs above the optimum within the same limits is said in money and basis points", () => {
  const audit = auditSchedule(problem, equalSchedule(problem), { upper });
  const excess =
    costReport(problem, equalSchedule(problem)).objective - costReport(problem, capped).objective;
  expect(audit).toMatchObject({
    verdict: "improvable",
    excess,
    cost: costReport(problem, equalSchedule(problem)),
  });
  expect(audit.excessBasisPoints).toBeCloseTo((1e4 * excess) / (1e6 * 50), 10);
  expect(audit.sentences).toEqual([
    "It costs 237,053 USD (47.4 bp) more than the optimum within the same limits, in E + λV.",
    "The schedule is the optimum for a risk aversion of 0.",
  ]);
  const lenient = auditSchedule(problem, equalSchedule(problem), { upper, tolerance: 240_000 });
  expect(lenient.verdict).toBe("within tolerance");
  expect(lenient.sentences[1]).toBe("That is within the tolerance.");
  expect(auditSchedule(problem, equalSchedule(problem), { upper, tolerance: 237_000 }).verdict).toBe(
    "improvable",
  );
});

describe("a schedule that breaks its limits", () => {
  test("has each of them named, also lots and closed intervals", () => {
    const closed = defineProblem({ ...problem, profile: { open: [true, true, true, true, false] } });
    const audit = auditSchedule(closed, [300_000, 150_050, 250_000, 150_000, 149_950], { upper, lot: 100 });
    expect(audit.breaches).toEqual([
      { interval: 1, limit: "upper bound", trade: 300_000, allowed: 250_000 },
      { interval: 2, limit: "lot", trade: 150_050, allowed: 150_100 },
      { interval: 5, limit: "closed", trade: 149_950, allowed: 0 },
    ]);
    expect(audit.sentences).toEqual([
      "Interval 1 trades 300,000 shares, above the upper bound of 250,000.",
      "Interval 2 trades 150,050 shares, not a whole number of lots: the nearest is 150,100.",
      "Interval 5 is closed, but the schedule trades 149,950 shares there.",
    ]);
  });

  test("may cost less than the optimum that keeps them, and that is said", () => {
    const audit = auditSchedule(problem, optimalSchedule(problem), { upper });
    expect(audit.verdict).toBe("breaks limits");
    expect(audit.excess).toBeLessThan(0);
    expect(audit.sentences.at(-2)).toMatch(/ USD \(\d+\.\d bp\) less than the optimum that keeps the limits/);
  });

  test("is not called the optimum for any risk aversion, though its other intervals may fit one", () => {
    const audit = auditSchedule(problem, [250_000, 200_000, 200_000, 200_000, 150_000], { upper: 220_000 });
    expect(audit.implied?.isExplained).toBe(false);
    const flat = auditSchedule(problem, [300_000, 175_000, 175_000, 175_000, 175_000], { upper });
    expect(flat.implied).toMatchObject({ isExplained: true, riskAversion: 0 });
    expect(flat.sentences.at(-1)).toBe("Its other intervals look like the optimum for a risk aversion of 0.");
  });

  test("against limits that no schedule keeps, the proof stands in place of the optimum", () => {
    const audit = auditSchedule(problem, equalSchedule(problem), { upper: 150_000 });
    expect(audit).toMatchObject({
      verdict: "breaks limits",
      optimum: { status: "infeasible" },
      excess: undefined,
    });
    expect(audit.sentences.slice(-2)).toEqual([
      "Further breaches: 2.",
      "No schedule satisfies the bounds: the upper bounds add up to 750,000 shares, 250,000 short of the order's 1,000,000.",
    ]);
    // Without bounds, a trade against the order breaks the default one.
    const turning = auditSchedule(problem, [1.2e6, -2e5, 0, 0, 0]);
    expect(turning.breaches).toEqual([{ interval: 2, limit: "lower bound", trade: -2e5, allowed: 0 }]);
  });
});

test("trades that are not the order's have no cost, and the difference is said", () => {
  const short = auditSchedule(problem, [2e5, 2e5, 2e5, 2e5, 1e5], { upper });
  expect(short).toMatchObject({ verdict: "not the order", total: 9e5, missing: 1e5, cost: undefined });
  expect(short.sentences).toEqual([
    "Its trades add up to 900,000 shares, 100,000 short of the order's 1,000,000.",
  ]);
  const long = auditSchedule(problem, [2e5, 2e5, 2e5, 2e5, 2.5e5]);
  expect(long.sentences).toEqual([
    "Its trades add up to 1,050,000 shares, 50,000 more than the order's 1,000,000.",
  ]);
});

test("what is no schedule is refused by name", () => {
  expect(() => auditSchedule(problem, [1, 2, 3])).toThrow("schedule must be an array of 5 numbers");
  expect(() => auditSchedule(problem, {} as never)).toThrow("schedule.trades must be an array of 5 numbers");
  expect(() => auditSchedule(problem, capped, { lot: 0 })).toThrow(
    "options.lot must be a finite number above 0 (shares); got 0.",
  );
  expect(() => auditSchedule(problem, capped, { tolerance: -1 })).toThrow("options.tolerance must be");
});
