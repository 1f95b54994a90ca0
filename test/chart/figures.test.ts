import { describe, expect, test } from "vitest";
import {
  benchmarkLaw,
  costDistribution,
  costHistogram,
  costReport,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  lineChart,
  optimalSchedule,
  parameterSensitivity,
  remainingChart,
  scheduleSlider,
  sensitivityChart,
  simulateBenchmarks,
  simulateCosts,
  slippageChart,
  tradesChart,
} from "../../src/index";
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
const scheduleFigures = [remainingChart(problem, schedules), tradesChart(problem, schedules)];
const riskAversions = [1e-8, 1e-7, 1e-6, 2e-6, 1e-5];
const samples = schedules.map((schedule) => ({
  name: schedule.name,
  simulated: simulateCosts(problem, schedule, { paths: 500, seed: 1 }),
  law: costDistribution(problem, schedule),
}));
const frontier = frontierChart(problem, efficientFrontier(problem, riskAversions), {
  TWAP: costReport(problem, equalSchedule(problem)),
});
const slider = scheduleSlider(problem, riskAversions);
const histogram = costHistogram(problem, samples);
const heatMap = sensitivityChart(problem, parameterSensitivity(problem, [0.5, 1, 2]));
const priced = defineProblem({ ...problem, arrivalPrice: 100 });
const slippage = slippageChart(
  priced,
  benchmarkLaw(priced, equalSchedule(priced)),
  simulateBenchmarks(priced, equalSchedule(priced), { paths: 300, seed: 1 }),
);
const lines = lineChart(
  { subject: "Roots", finding: "2 at 4", xTitle: "n", yTitle: "√n", logarithmic: "both" },
  [
    { name: "√n", x: [1, 4], y: [1, 2], band: { lower: [0.9, 1.9], upper: [1.1, 2.1] } },
    { name: "with a gap", x: [1, 4], y: [null, 3], mode: "markers" },
  ],
);
const figures = [...scheduleFigures, frontier, slider, histogram, heatMap, slippage, lines];

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
    expect(scheduleFigures.map(({ layout }) => layout.xaxis)).toMatchObject([
      { title: { text: "Time t (second)" } },
      { title: { text: "Time t (second)" } },
    ]);
    expect(scheduleFigures.map(({ layout }) => layout.yaxis)).toMatchObject([
      { title: { text: "Shares remaining x (shares)" } },
      { title: { text: "Shares traded per slice n (shares)" } },
    ]);
  });

  test("says its finding in words, computed from the data", () => {
    expect(figures.map(({ summary }) => summary)).toEqual([
      "Chart. Shares Remaining (x_t): Half done after 230 (Optimal), 1,800 (TWAP) seconds.",
      "Chart. Shares Traded per Slice (q_t): First slice: Optimal 16.6 %, TWAP 1.7 % of the order.",
      "Chart. Efficient Frontier: √Var(C) against E[C]: From 135,224 to 41,654 USD of risk for 10,617 USD more cost.",
      "Chart. Shares remaining by risk aversion: 5 positions of a slider, expected cost from 50,979 to 61,596 USD.",
      "Chart. Distribution of Realized Costs (Simulation): Mean ± deviation: Optimal 60,681 ± 54,319; TWAP 54,573 ± 142,543 USD.",
      "Chart. Regret: J of the schedule made with a wrong parameter, less the least J; below it, its first slice: Worst: σ taken at 0.5 × its true value, regret 2,629 USD.",
      "Chart. Slippage against benchmarks: positive is money lost: Deviation: arrival 0.14, TWAP 0.004 USD/share; TWAP ahead exactly followed.",
      "Chart. Roots: 2 at 4.",
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

describe("the frontier's chart", () => {
  test("tells λ and time constant of each point, and marks other schedules", () => {
    expect(frontier.data[0]?.customdata).toContainEqual(["2e-6 1/USD", "331 seconds"]);
    expect(frontier.data[1]).toMatchObject({ name: "TWAP", mode: "markers" });
    expect(() => frontierChart(problem, [])).toThrow("points must be an array of at least two points");
  });
});

describe("the slider", () => {
  test("has a frame for each step, begins at the problem's own λ, and each frame has its own title", () => {
    const [control] = slider.layout.sliders as { active: number; steps: { args: [string[]] }[] }[];
    expect(control?.active).toBe(3);
    expect(control?.steps.map(({ args }) => args[0][0])).toEqual(slider.frames?.map(({ name }) => name));
    expect(slider.data[0]?.y).toEqual(optimalSchedule(problem).remaining);
    expect(slider.frames?.[3]).toMatchObject({ data: [{ y: slider.data[0]?.y }] });
    expect(slider.frames?.[3]).toMatchObject({
      layout: { title: { text: "E 55,270, √V 56,199 USD: time constant 331 seconds" } },
    });
  });

  test("refuses risk aversions that do not rise", () => {
    for (const wrong of [[1], [2, 1], [1, 1], Array.from({ length: 61 }, (_, i) => i)]) {
      expect(() => scheduleSlider(problem, wrong)).toThrow(
        "riskAversions must be an array of 2 to 60 rising numbers",
      );
    }
  });
});

describe("the histogram", () => {
  test("counts every path, in 40 common bins, as a density whose area is 1", () => {
    for (const bar of histogram.data.slice(0, 2) as { y: number[]; customdata: number[]; width: number }[]) {
      expect(bar.y).toHaveLength(40);
      expect(bar.customdata.reduce((sum, count) => sum + count, 0)).toBe(500);
      expect(bar.y.reduce((sum, density) => sum + density * bar.width, 0)).toBeCloseTo(1, 12);
    }
    expect((histogram.data[0] as { x: number[] }).x).toEqual((histogram.data[1] as { x: number[] }).x);
  });

  test("refuses samples that cannot be drawn", () => {
    const certain = defineProblem({ ...problem, volatility: 0 });
    const schedule = equalSchedule(certain);
    const flat = {
      name: "flat",
      simulated: { ...simulateCosts(certain, schedule, { paths: 2, seed: 1 }), costs: new Float64Array(2) },
    };
    expect(() => costHistogram(certain, [flat])).toThrow("Without volatility there is no histogram.");
    expect(() => costHistogram(problem, [])).toThrow("samples must be an array of 1 to 4 samples");
    expect(() => costHistogram(problem, samples, 1)).toThrow("bins must be an integer from 2 to 500; got 1.");
  });
});

test("the heat map shows no regret where the parameter is right", () => {
  const { z } = heatMap.data[0] as { z: number[][] };
  expect(z.map((row) => row[1])).toEqual([0, 0, 0, 0]);
  for (const row of z) expect(Math.min(...row)).toBe(0);
});

describe("the chart of lines", () => {
  test("draws a band below its line, and keeps a gap", () => {
    expect(lines.data).toHaveLength(4);
    expect(lines.data[1]).toMatchObject({ fill: "tonexty", y: [1.1, 2.1], showlegend: false });
    expect(lines.data[3]).toMatchObject({ name: "with a gap", y: [null, 3] });
  });

  test("refuses none, too many, and x and y of different lengths", () => {
    const text = { subject: "a", finding: "b", xTitle: "x", yTitle: "y" };
    const line = { name: "a", x: [1, 2], y: [1, 2] };
    expect(() => lineChart(text, [])).toThrow(
      "series must be an array of 1 to 7 lines; got an array of length 0.",
    );
    expect(() => lineChart(text, new Array(8).fill(line))).toThrow("got an array of length 8");
    expect(() => lineChart(text, [{ ...line, y: [1] }])).toThrow(
      "series[0].y must be an array of as many numbers as x has; got an array of length 1.",
    );
    expect(() => lineChart({ ...text, logarithmic: "z" as never }, [line])).toThrow(
      'logarithmic must be "x" or "y" or "both"',
    );
  });
});

describe("the chart of slippage", () => {
  test("has a density for each benchmark that is left to chance, whose area is 1, and bars of the simulation", () => {
    const [bars, density] = slippage.data as { x: number[]; y: number[]; width: number }[];
    expect(bars?.y.reduce((sum, y) => sum + y * (bars?.width as number), 0)).toBeCloseTo(1, 10);
    const step = (density?.x[1] as number) - (density?.x[0] as number);
    expect(density?.y.reduce((sum, y) => sum + y * step, 0)).toBeCloseTo(1, 3);
  });

  test("refuses a law that leaves nothing to chance", () => {
    const certain = defineProblem({ ...priced, volatility: 0 });
    expect(() => slippageChart(certain, benchmarkLaw(certain, equalSchedule(certain)))).toThrow(
      "law must be the law of 1 to 7 benchmarks that are left to chance",
    );
  });
});
