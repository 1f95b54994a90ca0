/**
 * Charts of forecasts: the forecast volatilities, and how the methods score beside a benchmark.
 *
 * @module
 */

import { checkEach, checkKeys, checkNumbers, checkObject, notNegative } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatNumber, formatSignificant } from "../../support/format";
import type { Series } from "../../support/numbers";
import type { ForecastScore } from "../../volatility/forecastScores";
import { type VarianceOptions, varianceSettings } from "../../volatility/variance";
import { categoriesDownward, type Figure, makeFigure } from "../figure";
import { looks, looksOf } from "../look";
import { scoreFields } from "./fields";
import { isNumber, orNone } from "./interval";

/**
 * Forecast volatilities over time, annualized. The title gives the range of the last of them.
 *
 * @param times - one for each forecast, as texts that begin with a date such as `"2024-03-08"`
 * @param forecasts - variances per period by method, at most seven, each as long as `times`
 * @param options - name of the period that a forecast is for, and how many make a year (default: days, 252)
 * @returns a figure for `show`
 * @throws InputError when a series does not fit the times, or an argument is not what it should be
 *
 * @example
 * ```ts
 * forecastChart(["2013-02-28", "2013-03-01"], { Flat: [1e-4, 1e-4] }).summary;
 * // → "Chart. Volatility forecast for the next day: Flat forecasts 15.9% a year."
 * ```
 */
export function forecastChart(
  times: readonly string[],
  forecasts: Readonly<Record<string, Series>>,
  options: Pick<VarianceOptions, "period" | "periodsPerYear"> = {},
): Figure {
  if (!Array.isArray(times)) throw new InputError("times", times, "an array of times");
  const entries = Object.entries(checkObject("forecasts", forecasts, "series by method")) as [
    string,
    Series,
  ][];
  if (entries.length === 0 || entries.length > 7) {
    throw new InputError("forecasts", forecasts, "one to seven series by method");
  }
  const given = checkKeys("forecastChart's options", options, ["period", "periodsPerYear"]);
  const { period, periodsPerYear } = varianceSettings(given);
  if (Number.isNaN(periodsPerYear)) {
    const hint = `How many periods called "${period}" make a year is not known.`;
    throw new InputError(
      "periodsPerYear",
      given.periodsPerYear,
      "a finite number above 0 (periods a year)",
      hint,
    );
  }
  for (let i = 0; i < times.length; i++) checkDate(`times[${i}]`, times[i]);
  for (const [name, values] of entries) {
    checkNumbers(`forecasts["${name}"]`, values, times.length, notNegative, "variance, one for each time");
  }
  const annual = (values: Series): number[] =>
    Array.from(values, (variance) => Number((100 * Math.sqrt(periodsPerYear * variance)).toPrecision(6)));
  const [name, values] = entries[entries.length - 1];
  const styles = looksOf(entries.map(([method]) => method));
  return makeFigure(
    {
      subject: `Volatility forecast for the next ${period}`,
      finding: rangeFinding(name, annual(values)),
      xTitle: period === "day" ? "Day" : "Time",
      yTitle: "Volatility (% a year)",
    },
    entries.map(([method, variances], i) => ({
      type: "scatter",
      mode: "lines",
      name: method,
      x: times,
      y: annual(variances),
      // A line that changes every day would hide the gaps of a dash.
      line: { color: styles[i].color, dash: "solid", width: 1.2 },
      hovertemplate: "%{y:.1f}%",
    })),
    {
      xaxis: {
        type: "date",
        tickformat: undefined,
        ...(period === "day" ? { hoverformat: "%-d %b %Y" } : {}),
      },
      yaxis: { rangemode: "tozero" },
    },
  );
}

/** The lowest and the highest forecast of a method, in percent a year. */
function rangeFinding(method: string, annual: readonly number[]): string {
  const [low, high] = [Math.min(...annual), Math.max(...annual)].map((value) => formatNumber(value, 1));
  return low === high
    ? `${method} forecasts ${low}% a year`
    : `${method} forecasts ${low}% to ${high}% a year`;
}

/** A text that an axis of dates can place. */
function checkDate(parameter: string, time: unknown): void {
  if (typeof time === "string" && /^\d{4}-\d{2}-\d{2}/.test(time)) return;
  throw new InputError(parameter, time, 'a text that begins with a date, such as "2024-03-08"');
}

/**
 * Scores of forecasts beside a benchmark: mean differences of the loss with 95% intervals; left of 0 is better. The title
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
  checkEach("scores", scores, scoreFields, "score of compareForecasts");
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
  const judged = others.filter(({ difference }: ForecastScore) => isNumber(difference.value));
  if (judged.length === 0) {
    throw new InputError(
      "scores",
      scores,
      "scores of which at least one has a difference from the benchmark",
    );
  }
  const best = judged.reduce((a: ForecastScore, b: ForecastScore) =>
    b.difference.value < a.difference.value ? b : a,
  );
  const { value, standardError } = best.difference;
  const z = Math.abs(value / standardError);
  return makeFigure(
    {
      subject: `QLIKE out of sample, less that of “${benchmark}”, with 95% intervals`,
      finding:
        `${best.method} ${value < 0 ? `beats “${benchmark}”` : `comes closest to “${benchmark}”, behind`} by ` +
        `${formatSignificant(Math.abs(value))}, ${orNone(z, (errors) => formatNumber(errors, 1))} standard errors`,
      xTitle: "Mean difference of the loss (left of 0 is better)",
      yTitle: "",
    },
    [
      {
        type: "scatter",
        mode: "markers",
        x: others.map(({ difference }: ForecastScore) => difference.value),
        y: others.map(({ method }: ForecastScore) => method),
        error_x: {
          type: "data",
          array: others.map(({ difference }: ForecastScore) => 1.96 * difference.standardError),
          thickness: 1.5,
          width: 4,
        },
        marker: { color: looks[0].color, size: 10 },
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
