/**
 * Tables of volatility.
 *
 * @module
 */

import type { BandPoint, VolatilityBand } from "../compare/volatilityBand";
import { unitOf } from "../model/notation";
import { checkEach, checkGroups, checkHas, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import type { ForecastScore } from "../volatility/forecastScores";
import type { GarchFit, GarchParameter } from "../volatility/garchFit";
import type { StudyResult } from "../volatility/study";
import type { VarianceEstimate } from "../volatility/variance";
import type { Table } from "./figure";
import { percent } from "./percent";
import { checkBand } from "./volatility/checkBand";
import { estimateFields, fitFields, scoreFields, studyFields } from "./volatility/fields";
import { intervalName, orNone, withWarnings } from "./volatility/interval";

/**
 * Estimates one below the other: variance of a period, its standard error, and the volatility of a year with its
 * interval. What does not exist is written as "none", and the estimates' warnings say why, after the caption.
 *
 * @param caption - what the table says, above it
 * @param estimates - estimates of one period, at least one
 * @returns a table for `show`
 * @throws InputError when there are none, or their periods differ
 *
 * @example
 * ```ts
 * const estimate = closeToCloseVolatility([100, 101, 100, 102, 101]);
 * varianceTable("Four returns", [estimate]).rows[0][3]; // → 23.6%
 * ```
 */
export function varianceTable(caption: string, estimates: readonly VarianceEstimate[]): Table {
  checkText("caption", caption);
  checkEach("estimates", estimates, estimateFields, "estimate of volatility");
  const [first] = estimates;
  if (first === undefined || estimates.some(({ period }) => period !== first.period)) {
    throw new InputError("estimates", estimates, "an array of at least one estimate, all of the same period");
  }
  return {
    kind: "table",
    caption: withWarnings(caption, estimates),
    columns: [
      "Estimator",
      `Variance per ${first.period}`,
      "Standard error",
      "Volatility a year",
      intervalName(estimates),
    ],
    rows: estimates.map(({ method, variance, standardError, annualVolatility, annualInterval }) => [
      method,
      orNone(variance, (value) => value.toExponential(3)),
      orNone(standardError, (value) => value.toExponential(1)),
      orNone(annualVolatility, percent),
      orNone(annualInterval[1], (high) => `${percent(annualInterval[0])} to ${percent(high)}`),
    ]),
  };
}

/**
 * The parameters of a GARCH(1,1) with both their errors; what the fit's status means stands after the caption.
 *
 * @param caption - what the table says, above it
 * @param fit - the result of `fitGarch`
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const bars = simulateBars({ bars: 1000, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } });
 * garchTable("Simulated", fitGarch(logReturns(bars.close))).rows.map(([name]) => name); // → ["ω","α","β","α + β"]
 * ```
 */
export function garchTable(caption: string, fit: GarchFit): Table {
  checkText("caption", caption);
  checkHas("fit", fit, fitFields, "the result of fitGarch");
  const { omega, alpha, beta, persistence } = fit;
  const inWords = (x: number | undefined): string => orNone(x, (number) => formatSignificant(number));
  const row = (name: string, { value, standardError, normalError }: GarchParameter): string[] => [
    name,
    ...[value, standardError, normalError].map(inWords),
  ];
  return {
    kind: "table",
    caption: fit.status === "interior" ? caption : `${caption}. ${fit.message}`,
    columns: ["Parameter", "Estimate", "Robust standard error", "Normal standard error"],
    rows: [
      row("ω", omega),
      row("α", alpha),
      row("β", beta),
      ["α + β", ...[persistence.value, persistence.standardError].map(inWords), ""],
    ],
  };
}

/**
 * How estimators did in a study: bias with its standard error, efficiency, RMSE, coverage of the intervals.
 *
 * @param caption - what the table says, above it
 * @param results - results of `estimatorStudy`
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const results = estimatorStudy({ bars: 20, volatility: 0.01 }, { samples: 50, seed: 1 });
 * studyTable("Small", results).rows[0][0]; // → Close-to-close, zero mean
 * ```
 */
export function studyTable(caption: string, results: readonly StudyResult[]): Table {
  checkText("caption", caption);
  checkEach("results", results, studyFields, "result of estimatorStudy");
  return {
    kind: "table",
    caption,
    columns: ["Estimator", "Bias ± standard error", "Efficiency", "RMSE", "Coverage of 95%"],
    rows: results.map(({ method, bias, biasStandardError, efficiency, rootMeanSquareError, coverage }) => [
      method,
      orNone(bias, (value) => `${percent(value)} ± ${orNone(biasStandardError, percent)}`),
      orNone(efficiency, (value) => formatNumber(value, 1)),
      ...[rootMeanSquareError, coverage].map((part) => orNone(part, (value) => percent(value, 0))),
    ]),
  };
}

/**
 * Scores of forecasts for several instruments: mean differences of QLIKE to the benchmark, with standard errors.
 *
 * @param scores - results of `compareForecasts` by the name of the instrument, with the same methods
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const forecasts = { flat: [2, 2, 2, 2], seer: [1, 4, 2, 1] };
 * scoreTable({ One: compareForecasts(forecasts, [1, 4, 2, 1], { benchmark: "flat", lags: 0 }) }).rows; // → [["One","0","-0.173 ± 0.064"]]
 * ```
 */
export function scoreTable(scores: Readonly<Record<string, readonly ForecastScore[]>>): Table {
  checkGroups("scores", scores, scoreFields, "score of compareForecasts");
  const methods = Object.values(scores)[0]?.map(({ method }) => method) ?? [];
  const notes = Object.entries(scores).flatMap(([name, results]) =>
    results.flatMap(({ method, note }) => (note === undefined ? [] : [`. ${name}, ${method}: ${note}`])),
  );
  return {
    kind: "table",
    caption: `QLIKE less that of the benchmark ± standard error: below 0 is better${notes.join("")}`,
    columns: ["", ...methods],
    rows: Object.entries(scores).map(([name, results]) => [
      name,
      ...results.map(({ difference: { value, standardError } }) =>
        value === 0
          ? "0"
          : orNone(
              value,
              (x) => `${formatNumber(x, 3)} ± ${orNone(standardError, (e) => formatNumber(e, 3))}`,
            ),
      ),
    ]),
  };
}

/**
 * A schedule and its cost over the interval of σ: one row for each end and one for the estimate.
 *
 * @param band - the result of `volatilityBand`
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.8, 1.15] });
 * bandTable(band).rows[1].slice(0, 3); // → ["Estimate","0.95","45.0%"]
 * ```
 */
export function bandTable(band: VolatilityBand): Table {
  const { low, estimate, high } = checkBand(band);
  const { problem } = estimate;
  const { currency } = problem;
  const row = (name: string, { volatility, schedule, report, regret }: BandPoint): string[] => [
    name,
    formatSignificant(volatility),
    percent(schedule.trades[0] / problem.shares),
    ...[report.expectedCost, report.standardDeviation, report.objective, regret].map((x) => formatNumber(x)),
  ];
  return {
    kind: "table",
    caption: "If σ were really this: the optimal schedule, and the regret of planning with the estimate",
    columns: [
      "End",
      `σ (${unitOf("volatility", problem)})`,
      "First slice",
      ...["E", "√V", "E + λV", "Regret"].map((head) => `${head} (${currency})`),
    ],
    rows: [row("Low", low), row("Estimate", estimate), row("High", high)],
  };
}
