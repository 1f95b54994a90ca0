import { describe, expect, test } from "vitest";
import { defineProblem, describeProblem, gridRiskBias, kernelImpact } from "../../src/index";
import { table1 } from "../helpers/problems";
import { reference } from "../helpers/reference";

const { mid } = reference<{
  mid: { rows: { intervals: number; timing: "start" | "mid" | "end"; relativeErrorOfVariance: number }[] };
}>("profile");

describe("the risk that a grid misstates", () => {
  test.each(mid.rows.map((row) => [row.intervals, row.timing, row.relativeErrorOfVariance] as const))(
    "N = %i, %s, at the 2001 paper's λ: within 1e-6 of the 60-digit figure",
    (intervals, timing, expected) => {
      const problem = defineProblem({ ...table1, riskAversion: 1e-6, intervals });
      // The grid that stands for continuous time is itself off by some 3e-7 at κT = 3.
      expect(Math.abs(gridRiskBias(problem, timing) - expected)).toBeLessThan(1e-6);
      expect(gridRiskBias(defineProblem({ ...problem, timing }))).toBe(gridRiskBias(problem, timing));
    },
  );

  test("of a day that varies is that of the same day in finer slices", () => {
    const problem = defineProblem({
      ...table1,
      intervals: 4,
      riskAversion: 1e-6,
      profile: { volatility: [2, 1, 1, 0.5], lengths: [0.5, 1.5, 2, 1], open: [true, true, false, true] },
    });
    expect(gridRiskBias(problem)).toBeLessThan(-0.1);
    expect(gridRiskBias(problem, "end")).toBeGreaterThan(0.1);
    expect(Math.abs(gridRiskBias(problem, "mid"))).toBeLessThan(0.05);
  });

  test("is none where impact is known on the problem's own grid only", () => {
    const impact = kernelImpact({ values: [1e-4, 6e-5, 4e-5, 3e-5, 2e-5] });
    const { temporaryImpact: _, permanentImpact: __, ...others } = table1;
    expect(gridRiskBias(defineProblem({ ...others, intervals: 5, impact }))).toBeNaN();
  });

  test("is none where there is no risk, and where there is no optimum", () => {
    expect(gridRiskBias(defineProblem({ ...table1, volatility: 0 }))).toBeNaN();
    expect(gridRiskBias(defineProblem({ ...table1, permanentImpact: 6e-6 }))).toBeNaN();
  });

  test("stands in the description of a problem, without digits of rounding", () => {
    const row = (change: object): string | undefined =>
      describeProblem(defineProblem({ ...table1, riskAversion: 1e-6, ...change })).rows.find(([what]) =>
        what.startsWith("Variance of the optimum on this grid"),
      )?.[1];
    expect(row({})).toBe('50.3% below continuous trading (timing "mid": 0.195% above)');
    expect(row({ timing: "end" })).toBe('76.7% above continuous trading (timing "mid": 0.195% above)');
    expect(row({ timing: "mid", intervals: 400 })).toBe("within 0.001% of continuous trading");
    expect(row({ volatility: 0 })).toBeUndefined();
  });
});
