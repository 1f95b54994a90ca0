import { describe, expect, test } from "vitest";
import {
  bandTable,
  defineProblem,
  estimatesChart,
  forecastChart,
  garchTable,
  scoreChart,
  scoreTable,
  signatureChart,
  studyChart,
  studyTable,
  varianceTable,
  volatilityBand,
  volatilityBandChart,
} from "../../src/index";
import {
  closeToCloseVolatility,
  compareForecasts,
  estimatorStudy,
  fitGarch,
  logReturns,
  rangeVolatilities,
  simulateBars,
  simulateIntraday,
  twoScaleVariance,
  varianceSignature,
} from "../../src/volatility/index";
import { schemaComplaints } from "../helpers/plotly";
import { table1 } from "../helpers/problems";

const bars = simulateBars({ bars: 300, volatility: 0.02, overnightFraction: 0.3, seed: 1 });
const estimates = [closeToCloseVolatility(bars.close), ...Object.values(rangeVolatilities(bars))];
const prices = simulateIntraday({ steps: 2340, volatility: 0.01, halfSpread: 2e-4, seed: 1 });
const points = varianceSignature(prices, [1, 3, 10, 30]);
const still = estimatorStudy({ bars: 30, volatility: 0.01 }, { samples: 30, seed: 1 });
const sparse = estimatorStudy({ bars: 30, volatility: 0.01, trades: 10 }, { samples: 30, seed: 1 });
const forecasts = { Flat: [2, 2, 2, 2], Seer: [1, 4, 2, 1] };
const problem = defineProblem({
  ...table1,
  intervals: 50,
  permanentImpact: 0,
  halfSpread: 0,
  riskAversion: 1e-6,
  timeUnit: "day",
  currency: "USD",
});
const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.77, 1.17] });
const figures = [
  estimatesChart({ One: estimates, Other: estimates }),
  signatureChart(points, {
    stepLength: 10,
    timeUnit: "second",
    reference: twoScaleVariance(prices, { grids: 30 }),
  }),
  studyChart({ Still: still, Sparse: sparse }),
  forecastChart(["2013-02-27", "2013-02-28", "2013-03-01", "2013-03-04"], forecasts),
  scoreChart(compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "Flat", lags: 0 }), "Flat"),
  volatilityBandChart(band),
];

describe("every chart of volatility", () => {
  test("passes plotly.js's own schema and survives JSON", () => {
    for (const figure of figures) {
      expect(schemaComplaints(figure), figure.summary).toEqual([]);
      expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    }
  });

  test("says its finding in a sentence, computed from the data", () => {
    expect(figures.map(({ summary }) => summary)).toEqual([
      "Chart. Annual volatility by estimator, with 95% intervals: The estimators disagree most on One: 25.8% to 31.4% a year.",
      "Chart. Signature: realized variance by sampling interval, with 95% intervals: Sampled every 10 seconds, the variance is 2.53 times that of every 5 minutes.",
      "Chart. Bias of the variance estimate, and its RMSE in parentheses: Rogers–Satchell has the largest bias, 49% too low (Sparse).",
      "Chart. Volatility forecast for the next day: Seer forecasts 1,587.5% to 3,174.9% a year.",
      "Chart. QLIKE out of sample, less that of “Flat”, with 95% intervals: Seer beats “Flat” by 0.173, 2.7 standard errors.",
      "Chart. The optimum over the interval of σ (σ in USD/share/√day): Over the interval the first slice sells 4.8% to 7.1% of the order; E + λV is 1,207,038 to 1,785,022 USD.",
    ]);
  });

  test("shows markup in names as it is written", () => {
    const { data, layout, summary } = estimatesChart({ "<b>x</b>&": estimates });
    expect(data[0].x).toEqual(["&lt;b>x&lt;/b>&amp;"]);
    expect((layout.title as { text: string }).text).toContain("&lt;b>x&lt;/b>&amp;: ");
    expect(summary).toContain(" on <b>x</b>&: ");
  });
});

test("intervals are drawn from the estimate to both ends", () => {
  const [trace] = estimatesChart({ One: estimates }).data;
  const { y, error_y } = trace as { y: number[]; error_y: { array: number[]; arrayminus: number[] } };
  const [estimate] = estimates as [(typeof estimates)[0]];
  expect(y[0]).toBeCloseTo(100 * estimate.annualVolatility, 12);
  expect(y[0] + error_y.array[0]).toBeCloseTo(100 * estimate.annualInterval[1], 12);
  expect(y[0] - error_y.arrayminus[0]).toBeCloseTo(100 * estimate.annualInterval[0], 12);
});

test("intervals are named by their own level", () => {
  const [wide, narrow] = [0.95, 0.5].map((level) => closeToCloseVolatility(bars.close, { level })) as [
    (typeof estimates)[0],
    (typeof estimates)[0],
  ];
  expect(varianceTable("One", [narrow]).columns[4]).toBe("50% interval");
  expect(varianceTable("Both", [wide, narrow]).columns[4]).toBe("interval");
  expect(estimatesChart({ One: [narrow] }).summary).toContain("with 50% intervals:");
  expect(estimatesChart({ One: [wide, narrow] }).summary).toContain("with intervals:");
  const halves = varianceSignature(prices, [1, 30], { level: 0.5 });
  expect(signatureChart(halves, { stepLength: 1, timeUnit: "second" }).summary).toContain("50% intervals");
});

test("a band says whose interval it is, and in which unit", () => {
  expect(volatilityBandChart(band, { source: "EWMA" }).summary).toContain(
    "over the interval of EWMA (σ in USD/share/√day)",
  );
  expect(() => volatilityBandChart(band, { source: 5 as never })).toThrow("source must be a text; got 5.");
});

test("a result of another kind is refused, in words", () => {
  const none = undefined as never;
  const wrong = {} as never;
  const cases: [() => unknown, string][] = [
    [() => estimatesChart(none), "groups must be an object with arrays by name"],
    [
      () => estimatesChart({ a: estimates, b: estimates.slice(1) }),
      `groups["b"] must be an array of ${estimates.length}, as many as the first`,
    ],
    [() => estimatesChart({ a: [5] } as never), 'groups["a"][0] must be an estimate of volatility; got 5.'],
    [
      () => signatureChart(points, none),
      "signatureChart's options must be an object with named fields; got nothing.",
    ],
    [() => studyChart(none), "studies must be an object with arrays by name"],
    [() => forecastChart(none, wrong), "times must be an array of times; got nothing."],
    [() => forecastChart([], none), "forecasts must be series by method; got nothing."],
    [
      () => scoreChart(none, "a"),
      "scores must be an array of at least one score of compareForecasts; got nothing.",
    ],
    [() => volatilityBandChart(wrong), "band must be the result of volatilityBand; got an object."],
    [() => bandTable(none), "band must be the result of volatilityBand; got nothing."],
    [() => garchTable("GARCH", none), "fit must be the result of fitGarch; got nothing."],
    [() => studyTable("Study", none), "results must be an array of at least one result of estimatorStudy"],
    [() => scoreTable(none), "scores must be an object with arrays by name"],
    [
      () => varianceTable("Variances", [5] as never),
      "estimates[0] must be an estimate of volatility; got 5.",
    ],
  ];
  for (const [call, message] of cases) expect(call).toThrow(message);
});

test("what cannot be drawn is refused", () => {
  expect(() => estimatesChart({})).toThrow(
    "groups must be an object with arrays by name, each of at least one estimate of volatility; got an object.",
  );
  expect(() => estimatesChart({ a: [...estimates, ...estimates] })).toThrow(
    "groups must be one to seven estimates",
  );
  expect(() => signatureChart(points.slice(1, 2), { stepLength: 1, timeUnit: "s" })).toThrow(
    "at least two points",
  );
  expect(() => studyChart({})).toThrow(
    "studies must be an object with arrays by name, each of at least one result of estimatorStudy",
  );
  expect(() => forecastChart(["2013-03-01"], forecasts)).toThrow(
    'forecasts["Flat"] must be an array of 1 numbers (variance, one for each time); got an array of length 4.',
  );
  expect(() => forecastChart(["2013-03-01"], { Flat: [-1e-4] })).toThrow(
    'forecasts["Flat"][0] must be a finite number, 0 or above (variance, one for each time); got -0.0001.',
  );
  expect(() => forecastChart([undefined as never], { Flat: [1e-4] })).toThrow(
    'times[0] must be a text that begins with a date, such as "2024-03-08"; got nothing.',
  );
  const scores = compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "Flat", lags: 0 });
  expect(() => scoreChart(scores, "nobody")).toThrow(
    "benchmark must be the method that the scores were compared with, one of ",
  );
  expect(() => scoreChart([], "Flat")).toThrow(
    "scores must be an array of at least one score of compareForecasts",
  );
});

test("a table refuses estimates of several periods", () => {
  const mixed = ["day", "week"].map((period) => closeToCloseVolatility(bars.close, { period }));
  expect(() => varianceTable("Mixed", mixed)).toThrow(
    "estimates must be an array of at least one estimate, all of the same period; got an array of length 2.",
  );
});

test("a study's cells carry the sign of the bias", () => {
  const [one] = still as [(typeof still)[0]];
  const cells = [-0.2, 0.3, 0.001].map((bias) => ({
    ...one,
    method: `${bias}`,
    bias,
    rootMeanSquareError: 0.5,
  }));
  const [trace] = studyChart({ Still: cells }).data as [{ text: string[][] }];
  expect(trace.text).toEqual([["−20%<br>(50%)"], ["+30%<br>(50%)"], ["0%<br>(50%)"]]);
});

test("an estimate below 0 is told in words by table and chart", () => {
  const zigzag = twoScaleVariance(
    Array.from({ length: 40 }, (_, i) => 100 + (i % 2)),
    { grids: 2 },
  );
  const table = varianceTable("One", [zigzag]);
  expect(table.caption).toBe(`One. Two-scale, K = 2: ${zigzag.warnings[0]}`);
  expect(JSON.stringify(table)).not.toContain("NaN");
  const figure = estimatesChart({ One: [zigzag, closeToCloseVolatility(bars.close)] });
  expect(figure.summary).toMatch(/; none by Two-scale, K = 2 \(One\)\.$/);
  expect(JSON.stringify(figure)).not.toContain("NaN");
  expect(() => estimatesChart({ One: [zigzag] })).toThrow(
    "groups must be estimates of which at least one has an annual volatility; got an object.",
  );
});

test("a chart of forecasts says what a period is and how many make a year", () => {
  const hours = forecastChart(
    ["2024-03-08 10:00"],
    { Flat: [1e-4] },
    { period: "hour", periodsPerYear: 1638 },
  );
  expect(hours.summary).toBe("Chart. Volatility forecast for the next hour: Flat forecasts 40.5% a year.");
  expect(forecastChart(["2024-03-08"], { Flat: [1e-4] }, { period: "week" }).summary).toContain("7.2%");
  expect(() => forecastChart(["2024-03-08"], { Flat: [1e-4] }, { period: "hour" })).toThrow(
    'periodsPerYear must be a finite number above 0 (periods a year); got nothing. How many periods called "hour" make a year is not known.',
  );
  expect(() => forecastChart(["soon"], { Flat: [1e-4] })).toThrow(
    'times[0] must be a text that begins with a date, such as "2024-03-08"; got the text "soon".',
  );
});

test("a study or a score without a number is told in words, and not the worst or the best", () => {
  const [one] = still;
  const none = {
    ...one,
    method: "None",
    bias: Number.NaN,
    rootMeanSquareError: Number.NaN,
    efficiency: Number.NaN,
  };
  const [trace] = studyChart({ Still: [one, none] }).data as [{ text: string[][]; z: unknown[][] }];
  expect([trace.text[1], trace.z[1]]).toEqual([["none"], [null]]);
  expect(studyTable("Study", [none]).rows[0].slice(0, 4)).toEqual(["None", "none", "none", "none"]);
  expect(() => studyChart({ Still: [none] })).toThrow(
    "studies must be results of which at least one has a bias; got an object.",
  );
  const [flat, seer] = compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "Flat", lags: 0 });
  const lost = { ...seer, method: "Lost", difference: { value: Number.NaN, standardError: Number.NaN } };
  expect(scoreChart([flat, lost, seer], "Flat").summary).toContain("Seer beats “Flat” by 0.173");
  expect(scoreTable({ One: [flat, lost] }).rows).toEqual([["One", "0", "none"]]);
  expect(() => scoreChart([flat, lost], "Flat")).toThrow(
    "scores must be scores of which at least one has a difference from the benchmark; got an array of length 2.",
  );
});

test("names that every object has are names like others", () => {
  const names = JSON.parse('["constructor", "toString", "__proto__"]') as string[];
  const byName = <T>(value: T): Record<string, T> =>
    JSON.parse(`{${names.map((name) => `"${name}": ${JSON.stringify(value)}`).join(", ")}}`) as Record<
      string,
      T
    >;
  expect((studyChart(byName(still)).data[0] as { x: string[] }).x).toEqual(names);
  expect((estimatesChart(byName(estimates)).data[0] as { x: string[] }).x).toEqual(names);
  expect(forecastChart(["2024-03-08"], byName([1e-4])).data.map(({ name }) => name)).toEqual(names);
  const scores = compareForecasts(byName([1, 2]), [1, 2], { benchmark: "constructor", lags: 0 });
  expect(scores.map(({ method, note }) => [method, note])).toEqual(names.map((name) => [name, undefined]));
  expect(scoreTable(byName(scores)).rows.map(([name]) => name)).toEqual(names);
});

test("results of another kind are refused by table and chart", () => {
  const foreign = still as never;
  for (const [call, message] of [
    [() => varianceTable("A", foreign), "estimates[0] must be an estimate of volatility; got an object."],
    [
      () => studyTable("A", estimates as never),
      "results[0] must be a result of estimatorStudy; got an object.",
    ],
    [() => garchTable("A", band as never), "fit must be the result of fitGarch; got an object."],
    [() => garchTable(5 as never, band as never), "caption must be a text; got 5."],
    [
      () => bandTable({ ...band, low: { ...band.low, schedule: band.low } } as never),
      "schedule must be a schedule with the arrays remaining and trades; got an object. scheduleFromTrades makes one of your numbers.",
    ],
  ] as const) {
    expect(call).toThrow(expect.objectContaining({ name: "InputError", message }));
  }
});

test("a band is one area in one color: one entry of the legend, and each end is named to the pointer", () => {
  const { data, layout } = volatilityBandChart(band);
  const [low, high, estimate] = data as {
    name: string;
    showlegend?: boolean;
    fill?: string;
    fillcolor?: string;
    line: { color: string; dash?: string };
    hovertemplate: string;
  }[];
  expect(low.showlegend).toBe(false);
  expect([high.name, high.fill, high.fillcolor]).toEqual([
    "σ from 0.77 to 1.17",
    "tonexty",
    "rgba(0, 114, 178, 0.2)",
  ]);
  expect(new Set([low, high, estimate].map(({ line }) => line.color))).toEqual(new Set(["#0072B2"]));
  expect([low, high].map(({ hovertemplate }) => hovertemplate)).toEqual([
    "%{y:,.0f} shares<extra>Low end, σ = 0.77</extra>",
    "%{y:,.0f} shares<extra>High end, σ = 1.17</extra>",
  ]);
  expect(layout.xaxis).toMatchObject({ title: { text: "Time (days)" } });
});

test("daily series are thin and solid, each in a color of its own", () => {
  const many = forecastChart(["2024-03-08"], { Flat: [1e-4], Seer: [2e-4], Third: [3e-4] });
  const lines = many.data.map(({ line }) => line as { color: string; dash: string; width: number });
  expect(lines.every(({ dash, width }) => dash === "solid" && width < 1.5)).toBe(true);
  expect(new Set(lines.map(({ color }) => color)).size).toBe(3);
});

test("sampling intervals are written out below the axis", () => {
  const { layout, data } = signatureChart(points, { stepLength: 30, timeUnit: "second" });
  expect(layout.xaxis).toMatchObject({
    tickvals: [30, 90, 300, 900],
    ticktext: ["30 seconds", "1.5 minutes", "5 minutes", "15 minutes"],
  });
  expect((data[0] as { customdata: unknown[][] }).customdata[2][2]).toBe("5 minutes");
});

test("tables say standard error in full, and the level of the intervals whose coverage they show", () => {
  const returns = logReturns(simulateBars({ bars: 1000, volatility: 0.02, seed: 3 }).close);
  expect(garchTable("A", fitGarch(returns)).columns).toEqual([
    "Parameter",
    "Estimate",
    "Robust standard error",
    "Normal standard error",
  ]);
  expect(studyTable("A", still).columns.slice(-1)).toEqual(["Coverage of 95%"]);
});

test("what is sampled every minute is not sampled every 1 minute", () => {
  expect(signatureChart(points, { stepLength: 60, timeUnit: "second" }).summary).toMatch(
    /: Sampled every minute, the variance is [\d.]+ times that of every 30 minutes\.$/,
  );
});

test("a title says what it compares: one instrument or many, ahead or behind", () => {
  expect(estimatesChart({ One: estimates }).summary).toContain(": The estimators disagree on One: ");
  expect(estimatesChart({ One: estimates.slice(0, 1) }).summary).toMatch(
    /: The volatility of One is \d\d\.\d% a year\.$/,
  );
  const [flat, seer] = compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "Flat", lags: 0 });
  const behind = { ...seer, difference: { value: 0.02, standardError: 0.01 } };
  expect(scoreChart([flat, behind], "Flat").summary).toContain(
    ": Seer comes closest to “Flat”, behind by 0.02, 2.0 standard errors.",
  );
});
