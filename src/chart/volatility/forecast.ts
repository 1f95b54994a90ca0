/**
 * Charts of forecasts: the forecast volatilities, and how the methods score beside a benchmark.
 *
 * @module
 */

import { checkEach, checkNumbers, checkObject, checkText, notNegative } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatNumber, formatSignificant } from "../../support/format";
import type { Series } from "../../support/numbers";
import type { ForecastScore } from "../../volatility/forecastScores";
import { categoriesDownward, type Figure, lineStyle, makeFigure, palette, plainText } from "../figure";

/**
 * Forecast volatilities over time, annualized with 252 days a year. The title gives the range of the last of them.
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
  times.forEach((time, i) => void checkText(`times[${i}]`, time));
  for (const [name, values] of entries) {
    checkNumbers(`forecasts["${name}"]`, values, times.length, notNegative, "variance, one for each time");
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
      line: lineStyle(i, 1.5),
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
 * @throws InputError when there are none, or the benchmark is not among them
 *
 * @example
 * ```ts
 * const forecasts = { flat: [2, 2, 2, 2], seer: [1, 4, 2, 1] };
 * scoreChart(compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "flat", lags: 0 }), "flat").data.length; // → 1
 * ```
 */
export function scoreChart(scores: readonly ForecastScore[], benchmark: string): Figure {
  checkEach("scores", scores, ["method", "difference"], "score of compareForecasts");
  const others = scores.filter(({ method }) => method !== benchmark);
  if (others.length === scores.length) {
    const known = scores.map(({ method }) => `"${method}"`).join(", ");
    throw new InputError(
      "benchmark",
      benchmark,
      `the method that the scores were compared with, one of ${known}`,
    );
  }
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
      yaxis: categoriesDownward,
    },
  );
}
