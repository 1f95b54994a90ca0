import { describe, expect, test } from "vitest";
import {
  benchmarkLaw,
  costDistribution,
  costHistogram,
  costReport,
  costTable,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  lineChart,
  makeTable,
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
import { schemaComplaints } from "../helpers/plotly";
import { seedA, table1 } from "../helpers/problems";

const problem = defineProblem({
  ...seedA,
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
      { title: { text: "Time (seconds)" } },
      { title: { text: "Time (seconds)" } },
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
      "Chart. Distribution of Realized Costs (Simulation): Mean (deviation): Optimal 60,681 (54,319); TWAP 54,573 (142,543) USD.",
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

describe("a chart refuses, in words,", () => {
  const points = efficientFrontier(problem, riskAversions);
  const [sample] = samples;
  const report = costReport(problem, equalSchedule(problem));
  const [entry] = parameterSensitivity(problem, [0.5]);
  const none = undefined as never;
  const withHole = [...points];
  delete withHole[1];
  const unitsMissing = "units must be a problem, or an object with its timeUnit and currency; got nothing.";
  const cases: [string, () => unknown, string][] = [
    [
      "no problem",
      () => frontierChart(none, points),
      "problem must be the result of defineProblem; got nothing. Call defineProblem({ … }) first.",
    ],
    [
      "numbers for points",
      () => frontierChart(problem, [1, 2] as never),
      "points[0] must be a point of efficientFrontier; got 1.",
    ],
    [
      "a hole between points",
      () => frontierChart(problem, withHole),
      "points[1] must be a point of efficientFrontier; got nothing.",
    ],
    [
      "a cost that is a text",
      () => frontierChart(problem, [points[0], { ...points[1], expectedCost: "6" }] as never),
      'points[1].expectedCost must be a finite number; got the text "6". Write the number without quotation marks.',
    ],
    [
      "marks that are null",
      () => frontierChart(problem, points, null as never),
      "marks must be an object of cost reports by name; got null.",
    ],
    [
      "a mark that is no report",
      () => frontierChart(problem, points, { TWAP: 5 } as never),
      'marks["TWAP"] must be a report of costReport; got 5.',
    ],
    [
      "a subject that is no text",
      () => frontierChart(problem, points, {}, 5 as never),
      "subject must be a text; got 5.",
    ],
    [
      "no risk aversions",
      () => scheduleSlider(problem, none),
      "riskAversions must be an array of 2 to 60 rising numbers; got nothing.",
    ],
    [
      "a risk aversion that is a text",
      () => scheduleSlider(problem, [0, "1"] as never),
      'riskAversions[1] must be a finite number (1/USD); got the text "1". Write the number without quotation marks.',
    ],
    [
      "no samples",
      () => costHistogram(problem, none),
      "samples must be an array of 1 to 4 samples; got nothing.",
    ],
    ["no units", () => costHistogram(none, samples), unitsMissing],
    [
      "a sample that is null",
      () => costHistogram(problem, [null] as never),
      "samples[0] must be a sample with a name and what simulateCosts gives; got null.",
    ],
    [
      "a sample without a name",
      () => costHistogram(problem, [{ ...sample, name: 5 }] as never),
      "samples[0].name must be a text; got 5.",
    ],
    [
      "a sample without a simulation",
      () => costHistogram(problem, [{ name: "a" }] as never),
      "samples[0].simulated must be the result of simulateCosts; got nothing.",
    ],
    [
      "costs that are no numbers",
      () =>
        costHistogram(problem, [
          { name: "a", simulated: { ...sample?.simulated, costs: [1, Number.NaN] } },
        ] as never),
      "samples[0].simulated.costs[1] must be a finite number; got NaN.",
    ],
    [
      "a law that is none",
      () => costHistogram(problem, [{ ...sample, law: null }] as never),
      "samples[0].law must be left out, or a law as costDistribution gives it; got null.",
    ],
    [
      "no sensitivities",
      () => sensitivityChart(problem, none),
      "sensitivities must be an array, the result of parameterSensitivity; got nothing.",
    ],
    ["no units of a heat map", () => sensitivityChart(none, []), unitsMissing],
    [
      "a sensitivity that is null",
      () => sensitivityChart(problem, [null] as never),
      "sensitivities[0] must be an entry of parameterSensitivity; got null.",
    ],
    [
      "a parameter that is none",
      () => sensitivityChart(problem, [{ ...entry, parameter: "bogus" }] as never),
      'sensitivities[0].parameter must be "temporaryImpact" or "permanentImpact" or "volatility" or "riskAversion"; got the text "bogus".',
    ],
    [
      "a regret that is a text",
      () => sensitivityChart(problem, [{ ...entry, regret: "5" }] as never),
      'sensitivities[0].regret must be a finite number, or NaN where there is no optimum; got the text "5".',
    ],
    [
      "no reports",
      () => costTable(problem, none),
      "reports must be an object of cost reports by name; got nothing.",
    ],
    [
      "a number for reports",
      () => costTable(problem, 5 as never),
      "reports must be an object of cost reports by name; got 5.",
    ],
    [
      "a report that lacks a number",
      () => costTable(problem, { a: { ...report, objective: undefined } } as never),
      'reports["a"].objective must be a finite number; got nothing.',
    ],
    ["a table without units", () => costTable(none, { a: report }), unitsMissing],
    ["a caption that is no text", () => makeTable(none, ["a"], []), "caption must be a text; got nothing."],
    [
      "no columns",
      () => makeTable("c", [], []),
      "columns must be an array of at least one text; got an array of length 0.",
    ],
    [
      "a column that is no text",
      () => makeTable("c", ["a", 5] as never, []),
      "columns[1] must be a text; got 5.",
    ],
    [
      "no rows",
      () => makeTable("c", ["a"], none),
      "rows must be an array of rows, each an array of cells; got nothing.",
    ],
    [
      "a row that is a text",
      () => makeTable("c", ["a", "b"], ["12"] as never),
      'rows[0] must be an array of 2 cells, as there are columns; got the text "12".',
    ],
    [
      "a cell that is missing",
      () => makeTable("c", ["a"], [[none]]),
      "rows[0][0] must be a text or a number; got nothing.",
    ],
    [
      "a cell that is a symbol",
      () => makeTable("c", ["a"], [[Symbol("z") as never]]),
      "rows[0][0] must be a text or a number; got Symbol(z).",
    ],
  ];
  test.each(cases)("%s", (_, call, message) => {
    expect(call).toThrow(expect.objectContaining({ name: "InputError", message }));
  });
});

describe("a heat map with parameters that have no optimum", () => {
  // With γ at 0.8 of its limit, half the η or twice the γ is beyond it.
  const near = defineProblem({ ...table1, halfSpread: 0, permanentImpact: 4e-6, riskAversion: 1e-6 });
  const entries = parameterSensitivity(near, [0.5, 1, 2]);

  test("names the worst of those that have one, and leaves the others empty", () => {
    const figure = sensitivityChart(near, entries);
    expect(figure.summary).toMatch(
      /: Worst: . taken at (0\.5|2) × its true value, regret [\d,]+ currency\.$/,
    );
    const { z, text } = figure.data[0] as { z: (number | null)[][]; text: string[][] };
    expect(z[0]?.[0]).toBeNull();
    expect(text[0]?.[0]).toBe("no optimum");
    expect(schemaComplaints(figure)).toEqual([]);
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  test("says so when none has one", () => {
    const without = entries.filter(({ regret }) => Number.isNaN(regret));
    expect(sensitivityChart(near, without).summary).toMatch(
      /: Nothing to compare: no entry has an optimum\.$/,
    );
  });
});

test("a slider takes an array of doubles", () => {
  expect(scheduleSlider(problem, Float64Array.from(riskAversions) as never)).toEqual(slider);
});

test("a histogram of costs that differ by rounding alone says that they do", () => {
  const calm = defineProblem({
    ...problem,
    shares: 1e6,
    horizon: 1,
    intervals: 2,
    volatility: 1e-12,
    temporaryImpact: 1e6,
  });
  const simulated = simulateCosts(calm, equalSchedule(calm), { paths: 100, seed: 1 });
  const costs = Float64Array.from(simulated.costs, (cost, i) => cost + (i % 2) * 256);
  expect(() => costHistogram(calm, [{ name: "a", simulated: { ...simulated, costs } }])).toThrow(
    /^samples must be samples whose costs differ by more than rounding; got an array of length 1\. They lie between \d+ and \d+ USD: with so little volatility there is no histogram\.$/,
  );
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
    expect(() => lineChart(undefined as never, [line])).toThrow(
      "text must be an object with subject, finding",
    );
    expect(() => lineChart(text, [5] as never)).toThrow(
      "series[0] must be a line with name, x and y; got 5.",
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
    const step = density?.x[1] - density?.x[0];
    expect(density?.y.reduce((sum, y) => sum + y * step, 0)).toBeCloseTo(1, 3);
  });

  test("refuses what is no law, no simulation and no problem", () => {
    const law = benchmarkLaw(priced, equalSchedule(priced));
    expect(() => slippageChart(priced, {} as never)).toThrow(
      "law must be the result of benchmarkLaw; got an object.",
    );
    expect(() => slippageChart(priced, law, 5 as never)).toThrow(
      "simulated must be the result of simulateBenchmarks",
    );
    expect(() => slippageChart(undefined as never, law)).toThrow("units must be a problem");
  });

  test("refuses a law that leaves nothing to chance", () => {
    const certain = defineProblem({ ...priced, volatility: 0 });
    expect(() => slippageChart(certain, benchmarkLaw(certain, equalSchedule(certain)))).toThrow(
      "law must be the law of 1 to 7 benchmarks that are left to chance",
    );
  });
});
