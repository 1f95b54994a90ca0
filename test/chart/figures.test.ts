import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, optimalSchedule, remainingChart, tradesChart } from "../../src/index";
import { schemaComplaints } from "../support/plotly";

const problem = defineProblem({
  shares: 1_000_000,
  horizon: 3600,
  intervals: 60,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  permanentImpact: 1e-7,
  riskAversion: 2e-6,
  timing: "end",
  timeUnit: "second",
  currency: "USD",
});
const schedules = [optimalSchedule(problem), equalSchedule(problem)];
const figures = [remainingChart(problem, schedules), tradesChart(problem, schedules)];

describe("every figure", () => {
  test("passes plotly.js's own schema, which does see a wrong attribute", () => {
    for (const figure of figures) expect(schemaComplaints(figure)).toEqual([]);
    expect(schemaComplaints({ data: [{ type: "scatter", x: [1], y: [1], lines: {} }], layout: {} })).toEqual([
      "In data trace 0, key lines is not part of the schema",
    ]);
  });

  test("survives JSON without loss", () => {
    for (const figure of figures) expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  test("offers no upload to anybody's cloud", () => {
    for (const { config } of figures) {
      expect(config).toMatchObject({ showSendToCloud: false, displaylogo: false });
    }
  });

  test("has units on both axes", () => {
    expect(figures.map(({ layout }) => layout.xaxis)).toMatchObject([
      { title: { text: "Time t (second)" } },
      { title: { text: "Time t (second)" } },
    ]);
    expect(figures.map(({ layout }) => layout.yaxis)).toMatchObject([
      { title: { text: "Shares remaining x (shares)" } },
      { title: { text: "Shares traded per slice n (shares)" } },
    ]);
  });

  test("says its finding in words, computed from the data", () => {
    expect(figures.map(({ summary }) => summary)).toEqual([
      "Chart. Shares Remaining (x_t): Half done: Optimal by 230 seconds, TWAP by 1,800 seconds.",
      "Chart. Shares Traded per Slice (q_t): First slice: Optimal 16.6 %, TWAP 1.7 % of the order.",
    ]);
  });

  test("refuses schedules that are none, too many, or of another problem", () => {
    expect(() => remainingChart(problem, [])).toThrow(
      "schedules must be an array of 1 to 7 schedules; got an array of length 0.",
    );
    expect(() => tradesChart(problem, new Array(8).fill(schedules[0]))).toThrow("got an array of length 8");
    expect(() => remainingChart(defineProblem({ ...problem, intervals: 30 }), schedules)).toThrow(
      "schedule must be a schedule of 30 intervals",
    );
  });

  test("makes markup in names harmless", () => {
    const hostile = { ...equalSchedule(problem), name: '<a href="javascript:alert(1)">x</a>&lt;' };
    const figure = remainingChart(problem, [hostile]);
    expect(JSON.stringify(figure)).not.toMatch(/[<>&]/);
  });
});
