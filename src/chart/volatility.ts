/**
 * Charts of volatility: estimates with their intervals, signatures, studies, forecasts, and what an interval does to a
 * schedule.
 *
 * @module
 */

import type { VolatilityBand } from "../compare/volatilityBand";
import { axisTitle, timeUnits, unitOf } from "../model/notation";
import { checkEach, checkGroups, checkHas, checkObject, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import type { Series } from "../support/numbers";
import type { ForecastScore } from "../volatility/forecast";
import type { SignaturePoint } from "../volatility/realized";
import type { StudyResult } from "../volatility/study";
import type { VarianceEstimate } from "../volatility/variance";
import { dashes, type Figure, makeFigure, palette, plainText } from "./figure";
import { intervalName } from "./volatilityTable";

const symbols = ["circle", "square", "diamond", "cross", "triangle-up", "x", "star"];

/** A fraction in per cent, as it stands in a title. */
const percent = (value: number, decimals = 1): string => formatNumber(100 * value, decimals);

/**
 * Annual volatilities by several estimators side by side, each with its interval, for one or more instruments. The title
 * names the instrument on which the estimators are furthest apart.
 *
 * @param groups - estimates by the name of the instrument; each has the same estimators in the same order, at most seven
 * @returns a figure for `show`
 * @throws InputError when there is nothing to draw, or more than seven estimators
 *
 * @example
 * ```ts
 * const { parkinson, yangZhang } = rangeVolatilities(simulateBars({ bars: 50, volatility: 0.01, seed: 1 }));
 * estimatesChart({ Simulated: [parkinson, yangZhang] }).data.length; // → 2
 * ```
 */
export function estimatesChart(groups: Readonly<Record<string, readonly VarianceEstimate[]>>): Figure {
  checkGroups("groups", groups, ["method", "annualVolatility", "annualInterval"], "estimate of volatility");
  const names = Object.keys(groups);
  const methods = groups[names[0] ?? ""]?.map(({ method }) => method) ?? [];
  if (methods.length === 0 || methods.length > 7) {
    throw new InputError("groups", groups, "one to seven estimates by the name of each instrument");
  }
  const at = (name: string, i: number): VarianceEstimate => groups[name]?.[i] as VarianceEstimate;
  const spreads = names.map((name) => {
    const values = methods.map((_, i) => at(name, i).annualVolatility);
    return { name, low: Math.min(...values), high: Math.max(...values) };
  });
  const widest = spreads.reduce((a, b) => (b.high / b.low > a.high / a.low ? b : a));
  return makeFigure(
    {
      subject: `Annual volatility by estimator, with ${intervalName(Object.values(groups).flat())}s`,
      finding: `Furthest apart on ${plainText(widest.name)}: ${percent(widest.low)} % to ${percent(widest.high)} % a year`,
      xTitle: "",
      yTitle: "Volatility (% a year)",
    },
    methods.map((method, i) => ({
      type: "scatter",
      mode: "markers",
      name: plainText(method),
      x: names.map(plainText),
      y: names.map((name) => 100 * at(name, i).annualVolatility),
      error_y: {
        type: "data",
        symmetric: false,
        array: names.map((name) => 100 * (at(name, i).annualInterval[1] - at(name, i).annualVolatility)),
        arrayminus: names.map((name) => 100 * (at(name, i).annualVolatility - at(name, i).annualInterval[0])),
        thickness: 1.5,
        width: 3,
      },
      marker: { color: palette[i], symbol: symbols[i], size: 8 },
      customdata: names.map((name) => at(name, i).annualInterval.map((end) => 100 * end)),
      hovertemplate: "%{y:.1f} % (%{customdata[0]:.1f} to %{customdata[1]:.1f})",
    })),
    {
      scattermode: "group",
      xaxis: { type: "category", tickformat: undefined },
      yaxis: { rangemode: "tozero" },
    },
  );
}

/** What a signature plot says of its data. */
export interface SignatureText {
  /** Length of one step of the finest grid. */
  readonly stepLength: number;
  /** Its unit, for example `"second"`. */
  readonly timeUnit: string;
}

/**
 * The signature plot: realised variance by sampling interval, with intervals, and an estimate that is free of noise as a
 * line where one is given. The title compares the finest interval with the coarsest.
 *
 * @param points - points of `varianceSignature`, at least two
 * @param text - length of a step and its unit
 * @param reference - drawn as a line with its band, for example a two-scale estimate
 * @returns a figure for `show`
 * @throws InputError when there are fewer than two points
 *
 * @example
 * ```ts
 * const points = varianceSignature(simulateIntraday({ steps: 390, volatility: 0.01, seed: 1 }), [1, 5, 30]);
 * signatureChart(points, { stepLength: 1, timeUnit: "minute" }).data.length; // → 1
 * ```
 */
export function signatureChart(
  points: readonly SignaturePoint[],
  text: SignatureText,
  reference?: VarianceEstimate,
): Figure {
  if (!Array.isArray(points) || points.length < 2) {
    throw new InputError("points", points, "an array of at least two points of varianceSignature");
  }
  checkEach("points", points, ["estimate"], "point of varianceSignature");
  checkHas("text", text, ["stepLength", "timeUnit"], "an object with stepLength and timeUnit");
  const { stepLength, timeUnit } = text;
  const estimates = points.map(({ estimate }: SignaturePoint) => estimate);
  const [first, last] = [points[0] as SignaturePoint, points[points.length - 1] as SignaturePoint];
  const ratio = first.estimate.variance / last.estimate.variance;
  const lengths = points.map(({ step }: SignaturePoint) => step * stepLength);
  const ends = [lengths[0], lengths[lengths.length - 1]];
  return makeFigure(
    {
      subject: `Signature: realised variance by sampling interval, with ${intervalName(estimates)}s`,
      finding:
        `Sampled every ${formatSignificant(ends[0])} ${timeUnits({ timeUnit })}, ` +
        `${formatSignificant(ratio)} × the variance of every ${formatSignificant(ends[1])}`,
      xTitle: `Sampling interval (${timeUnits({ timeUnit })}), logarithmic`,
      yTitle: `Variance (per ${first.estimate.period})`,
    },
    [
      {
        type: "scatter",
        mode: "lines+markers",
        name: "Realised variance",
        x: lengths,
        y: estimates.map(({ variance }) => variance),
        error_y: {
          type: "data",
          symmetric: false,
          array: estimates.map(({ variance, interval }) => interval[1] - variance),
          arrayminus: estimates.map(({ variance, interval }) => variance - interval[0]),
          thickness: 1.2,
          width: 3,
        },
        line: { color: palette[0], width: 2 },
        customdata: estimates.map(({ interval }) => interval),
        hovertemplate: "%{y:.3e} (%{customdata[0]:.3e} to %{customdata[1]:.3e})",
      },
      ...(reference === undefined ? [] : referenceBand(reference, ends)),
    ],
    {
      xaxis: { type: "log", tickvals: ticksOf(lengths) },
      yaxis: { tickformat: undefined, exponentformat: "power", rangemode: "tozero" },
    },
  );
}

/** Every other of many ticks. */
function ticksOf(values: readonly number[]): readonly number[] {
  return values.length <= 10 ? values : values.filter((_, i) => i % 2 === 0);
}

/** A level with its interval, from one end of the x axis to the other. */
function referenceBand(
  estimate: VarianceEstimate,
  ends: readonly number[],
): readonly Readonly<Record<string, unknown>>[] {
  const { method, variance, interval } = estimate;
  const level = (y: number): readonly number[] => [y, y];
  const line = { type: "scatter", mode: "lines", x: ends, hoverinfo: "skip" };
  return [
    { ...line, y: level(interval[0]), line: { width: 0 }, showlegend: false },
    {
      ...line,
      name: `${plainText(method)}, ${intervalName([estimate])}`,
      y: level(interval[1]),
      line: { width: 0 },
      fill: "tonexty",
      fillcolor: "rgba(0, 158, 115, 0.18)",
    },
    {
      ...line,
      name: plainText(method),
      y: level(variance),
      line: { color: palette[2], dash: "dash", width: 2 },
    },
  ];
}

/**
 * Bias of the estimators in several settings, each cell with the bias of the variance in per cent and, under it, bias and
 * scatter together as the root of their mean square. The title names the worst bias.
 *
 * @param studies - results of `estimatorStudy` by the name of the setting, with the same estimators
 * @returns a figure for `show`
 * @throws InputError when there is nothing to draw
 *
 * @example
 * ```ts
 * const still = estimatorStudy({ bars: 20, volatility: 0.01 }, { samples: 20, seed: 1 });
 * studyChart({ still }).data.length; // → 1
 * ```
 */
export function studyChart(studies: Readonly<Record<string, readonly StudyResult[]>>): Figure {
  checkGroups("studies", studies, ["method", "bias", "error"], "result of estimatorStudy");
  const settings = Object.keys(studies);
  const methods = studies[settings[0] ?? ""]?.map(({ method }) => method) ?? [];
  if (methods.length === 0) throw new InputError("studies", studies, "results by the name of each setting");
  const at = (setting: string, i: number): StudyResult => studies[setting]?.[i] as StudyResult;
  const all = settings.flatMap((setting) => methods.map((_, i) => ({ setting, ...at(setting, i) })));
  const worst = all.reduce((a, b) => (Math.abs(b.bias) > Math.abs(a.bias) ? b : a));
  const sign = worst.bias < 0 ? "too low" : "too high";
  // Colours up to 40 % either way: one large bias must not make all others look alike.
  const cap = Math.min(0.4, Math.abs(worst.bias));
  return makeFigure(
    {
      subject: "Bias of the variance; in brackets, bias and scatter together (root mean square)",
      finding: `Worst: ${plainText(worst.method)}, ${percent(Math.abs(worst.bias), 0)} % ${sign} (${plainText(worst.setting)})`,
      xTitle: "",
      yTitle: "",
    },
    [
      {
        type: "heatmap",
        x: settings.map(plainText),
        y: methods.map(plainText),
        z: methods.map((_, i) => settings.map((setting) => 100 * at(setting, i).bias)),
        text: methods.map((_, i) =>
          settings.map((setting) => {
            const { bias, error } = at(setting, i);
            const size = percent(Math.abs(bias), 0);
            const sign = size === "0" ? "" : bias < 0 ? "−" : "+";
            return `${sign}${size} %<br>(${percent(error, 0)} %)`;
          }),
        ),
        texttemplate: "%{text}",
        zmin: -100 * cap,
        zmax: 100 * cap,
        colorscale: [
          [0, "#5b9bd5"],
          [0.5, "#ffffff"],
          [1, "#e6a23c"],
        ],
        colorbar: { title: { text: "Bias (%)" } },
        hovertemplate: "%{y}, %{x}<br>%{text}<extra></extra>",
      },
    ],
    {
      hovermode: "closest",
      xaxis: { type: "category", tickformat: undefined },
      yaxis: { type: "category", tickformat: undefined, autorange: "reversed" },
    },
  );
}

/**
 * Forecast volatilities over time, annualised with 252 days a year. The title gives the range of the last of them.
 *
 * @param times - dates, one for each forecast
 * @param forecasts - variances per day by method, at most seven, each as long as `times`
 * @returns a figure for `show`
 * @throws InputError when a series does not fit the times
 *
 * @example
 * ```ts
 * forecastChart(["2013-02-28", "2013-03-01"], { Flat: [1e-4, 1e-4] }).summary;
 * // → "Chart. Volatility forecast for the next day: Flat: from 15.9 % to 15.9 % a year."
 * ```
 */
export function forecastChart(times: readonly string[], forecasts: Readonly<Record<string, Series>>): Figure {
  if (!Array.isArray(times)) throw new InputError("times", times, "an array of times");
  const entries = Object.entries(checkObject("forecasts", forecasts, "series by method")) as [
    string,
    Series,
  ][];
  if (entries.length === 0 || entries.length > 7) {
    throw new InputError("forecasts", forecasts, "one to seven series by method");
  }
  for (const [name, values] of entries) {
    if (values?.length !== times.length) {
      throw new InputError(
        `forecasts["${name}"]`,
        values,
        `an array of ${times.length} variances, one a time`,
      );
    }
  }
  const annual = (values: Series): number[] =>
    Array.from(values, (variance) => Number((100 * Math.sqrt(252 * variance)).toPrecision(6)));
  const [name, values] = entries[entries.length - 1];
  const last = annual(values);
  return makeFigure(
    {
      subject: "Volatility forecast for the next day",
      finding:
        `${plainText(name)}: from ${formatNumber(Math.min(...last), 1)} % ` +
        `to ${formatNumber(Math.max(...last), 1)} % a year`,
      xTitle: "Day",
      yTitle: "Volatility (% a year)",
    },
    entries.map(([method, variances], i) => ({
      type: "scatter",
      mode: "lines",
      name: plainText(method),
      x: times,
      y: annual(variances),
      line: { color: palette[i], dash: dashes[i], width: 1.5 },
      hovertemplate: "%{y:.1f} %",
    })),
    { xaxis: { type: "date", tickformat: undefined }, yaxis: { rangemode: "tozero" } },
  );
}

/**
 * Scores of forecasts beside a benchmark: mean differences of the loss with 95 % intervals; left of 0 is better. The title
 * names the best and says whether chance could have put it there.
 *
 * @param scores - results of `compareForecasts`
 * @param benchmark - the method that they were compared with
 * @returns a figure for `show`
 * @throws InputError when there are none
 *
 * @example
 * ```ts
 * const forecasts = { flat: [2, 2, 2, 2], seer: [1, 4, 2, 1] };
 * scoreChart(compareForecasts(forecasts, [1, 4, 2, 1], "flat", 0), "flat").data.length; // → 1
 * ```
 */
export function scoreChart(scores: readonly ForecastScore[], benchmark: string): Figure {
  checkEach("scores", scores, ["method", "difference"], "score of compareForecasts");
  const others = scores.filter(({ method }) => method !== benchmark);
  if (others.length === 0) throw new InputError("scores", scores, "the scores of compareForecasts");
  const best = others.reduce((a: ForecastScore, b: ForecastScore) =>
    b.difference.value < a.difference.value ? b : a,
  );
  const { value, standardError } = best.difference;
  const z = Math.abs(value / standardError);
  return makeFigure(
    {
      subject: `QLIKE out of sample, less that of “${plainText(benchmark)}”, with 95 % intervals`,
      finding:
        `${plainText(best.method)} ${value < 0 ? "is ahead" : "is the closest, behind"} by ` +
        `${formatSignificant(Math.abs(value))}, ${formatNumber(z, 1)} standard errors`,
      xTitle: "Mean difference of the loss (left of 0 is better)",
      yTitle: "",
    },
    [
      {
        type: "scatter",
        mode: "markers",
        x: others.map(({ difference }: ForecastScore) => difference.value),
        y: others.map(({ method }: ForecastScore) => plainText(method)),
        error_x: {
          type: "data",
          array: others.map(({ difference }: ForecastScore) => 1.96 * difference.standardError),
          thickness: 1.5,
          width: 4,
        },
        marker: { color: palette[0], size: 10 },
        customdata: others.map(({ difference }: ForecastScore) => 1.96 * difference.standardError),
        hovertemplate: "%{y}: %{x:.4f} ± %{customdata:.4f}<extra></extra>",
      },
    ],
    {
      hovermode: "closest",
      height: 320,
      xaxis: { tickformat: undefined },
      yaxis: { type: "category", tickformat: undefined, autorange: "reversed" },
    },
  );
}

/**
 * What the interval of an estimated σ does to the schedule: holdings at its low end, at the estimate and at its high end,
 * with the area in between. The title tells the first slice and the objective, at either end.
 *
 * @param band - the result of `volatilityBand`
 * @param source - whose interval it is, in a few words, for the line below the title
 * @returns a figure for `show`
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.8, 1.15] });
 * volatilityBandChart(band).data.length; // → 3
 * ```
 */
export function volatilityBandChart(band: VolatilityBand, source = "σ"): Figure {
  checkText("source", source);
  checkHas("band", band, ["low", "estimate", "high"], "the result of volatilityBand");
  checkHas("band.estimate", band.estimate, ["problem", "schedule"], "the result of volatilityBand");
  const { problem } = band.estimate;
  const ends = [band.low, band.high] as const;
  const firsts = ends.map(({ schedule }) => schedule.trades[0] / problem.shares);
  const objectives = ends.map(({ report }) => report.objective);
  const line = (name: string, point: VolatilityBand["low"], style: object): Record<string, unknown> => ({
    type: "scatter",
    mode: "lines",
    name: `${name}: σ = ${formatSignificant(point.volatility)}`,
    x: point.schedule.times,
    y: point.schedule.remaining,
    hovertemplate: "%{y:,.0f} shares",
    ...style,
  });
  return makeFigure(
    {
      subject: `The optimum over the interval of ${plainText(source)} (σ in ${unitOf("volatility", problem)})`,
      finding:
        `First slice ${percent(firsts[0])} to ${percent(firsts[1])} %; ` +
        `E + λV ${formatNumber(objectives[0])} to ${formatNumber(objectives[1])} ${problem.currency}`,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("remaining", problem),
    },
    [
      line("Low end", band.low, { line: { color: palette[5], dash: "dot", width: 1.5 } }),
      line("High end", band.high, {
        line: { color: palette[1], dash: "dash", width: 1.5 },
        fill: "tonexty",
        fillcolor: "rgba(0, 114, 178, 0.15)",
      }),
      line("Estimate", band.estimate, { line: { color: palette[0], width: 2.5 } }),
    ],
  );
}
