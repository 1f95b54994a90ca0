/**
 * Volatility from the range of bars: what a period's highest and lowest price say that its last does not.
 *
 * Each estimate is the mean of one term a bar, see `volatility/rangeTerms.ts`. Its standard error comes from how much the
 * terms differ, not from a probability distribution of the returns.
 *
 * @module
 */
import { checkBars, type PriceBars } from "../support/bars";
import { checkChoice, checkKeys } from "../support/checks";
import { yearWarnings } from "./barClock";
import { estimateRanges, type RangeMethod, rangeMethods } from "./rangeTerms";
import { closedWarnings } from "./tradedBars";
import {
  type MeanVarianceOptions,
  meanVarianceOptions,
  type VarianceEstimate,
  varianceSettings,
} from "./variance";

/** One estimator as a public call. */
function estimateOne(
  call: string,
  bars: PriceBars,
  method: RangeMethod,
  options: Readonly<Record<string, unknown>>,
): VarianceEstimate {
  const settings = varianceSettings(checkKeys(`${call}'s options`, options, meanVarianceOptions));
  const [estimate] = estimateRanges(bars, [method], settings);
  return withWarnings(estimate, barWarnings(bars, options.periodsPerYear, settings.period));
}

/** What bars say of themselves beside their prices. */
function barWarnings(bars: PriceBars, periodsPerYear: unknown, period: string): readonly string[] {
  return [...yearWarnings(bars, periodsPerYear), ...closedWarnings(bars, period)];
}

function withWarnings(estimate: VarianceEstimate, more: readonly string[]): VarianceEstimate {
  if (more.length === 0) return estimate;
  return Object.freeze({ ...estimate, warnings: Object.freeze([...estimate.warnings, ...more]) });
}

/**
 * Parkinson's estimate: the mean of ln²(H/L), over 4 ln 2. Five times as efficient as close-to-close where the price
 * moves without trend and without pause; counts no gap overnight, takes a trend for volatility, and falls short where
 * few trades a period miss the extremes.
 *
 * @param bars - at least 2 bars in the order of time
 * @param options - period, periods a year, level of the interval, lags
 * @returns the variance of a period within its bar (nothing between bars), with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * Source: M. Parkinson, Journal of Business 53 (1980) 61–65.
 *
 * @example
 * ```ts
 * const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
 * parkinsonVolatility(bars).volatility; // → 0.01799
 * ```
 */
export function parkinsonVolatility(bars: PriceBars, options: MeanVarianceOptions = {}): VarianceEstimate {
  return estimateOne("parkinsonVolatility", checkBars(bars, 2), "parkinson", { ...options });
}

/** What `garmanKlassVolatility` takes besides. */
export interface GarmanKlassOptions extends MeanVarianceOptions {
  /**
   * - `"usual"` (default): ½ ln²(H/L) − (2 ln 2 − 1) ln²(C/O);
   * - `"1980"`: the paper's estimator of least variance, 0.511 (u − d)² − 0.019 (c(u + d) − 2ud) − 0.383 c².
   */
  readonly form?: "usual" | "1980" | undefined;
}

/**
 * Garman and Klass's estimate: range and move of the bar together, 7.4 times as efficient as close-to-close under the
 * same conditions as Parkinson's, and with the same weaknesses.
 *
 * @param bars - at least 2 bars in the order of time
 * @param options - form, period, periods a year, level of the interval, lags
 * @returns the variance of a period within its bar, with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * Source: M. B. Garman and M. J. Klass, Journal of Business 53 (1980) 67–78; the usual form drops the cross term.
 *
 * @example
 * ```ts
 * const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
 * garmanKlassVolatility(bars).volatility; // → 0.02025
 * garmanKlassVolatility(bars, { form: "1980" }).volatility; // → 0.02027
 * ```
 */
export function garmanKlassVolatility(bars: PriceBars, options: GarmanKlassOptions = {}): VarianceEstimate {
  const { form = "usual", ...others } = checkKeys("garmanKlassVolatility's options", options, [
    ...meanVarianceOptions,
    "form",
  ]);
  const chosen = checkChoice("form", form, ["usual", "1980"]) === "usual" ? "garmanKlass" : "garmanKlass1980";
  return estimateOne("garmanKlassVolatility", checkBars(bars, 2), chosen, others);
}

/**
 * Rogers and Satchell's estimate: the mean of u(u − c) + d(d − c), which a trend of any strength leaves unbiased. Counts
 * no gap overnight either.
 *
 * @param bars - at least 2 bars in the order of time
 * @param options - period, periods a year, level of the interval, lags
 * @returns the variance of a period within its bar, with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * Source: L. C. G. Rogers and S. E. Satchell, Annals of Applied Probability 1 (1991) 504–512.
 *
 * @example
 * ```ts
 * const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
 * rogersSatchellVolatility(bars).volatility; // → 0.01997
 * ```
 */
export function rogersSatchellVolatility(
  bars: PriceBars,
  options: MeanVarianceOptions = {},
): VarianceEstimate {
  return estimateOne("rogersSatchellVolatility", checkBars(bars, 2), "rogersSatchell", { ...options });
}

/**
 * Yang and Zhang's estimate: the variance overnight, plus a mixture of the variance from open to close and Rogers and
 * Satchell's. Of the range estimators here the only one for the whole period from close to close; neither a trend nor a
 * gap biases it.
 *
 * @param bars - at least 3 bars in the order of time; the first gives only its close
 * @param options - period, periods a year, level of the interval, lags
 * @returns the variance of a period from close to close, with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * Source: D. Yang and Q. Zhang, Journal of Business 73 (2000) 477–491, with k = 0.34/(1.34 + (m + 1)/(m − 1)).
 *
 * @example
 * ```ts
 * const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
 * const { volatility, observations } = yangZhangVolatility(bars);
 * volatility; // → 0.02881
 * observations; // → 2
 * ```
 */
export function yangZhangVolatility(bars: PriceBars, options: MeanVarianceOptions = {}): VarianceEstimate {
  return estimateOne("yangZhangVolatility", checkBars(bars, 3), "yangZhang", { ...options });
}

/** The five range estimates of one series of bars. */
export interface RangeEstimates {
  /** As of `parkinsonVolatility`. */
  readonly parkinson: VarianceEstimate;
  /** As of `garmanKlassVolatility`. */
  readonly garmanKlass: VarianceEstimate;
  /** As of `garmanKlassVolatility` in the form of 1980. */
  readonly garmanKlass1980: VarianceEstimate;
  /** As of `rogersSatchellVolatility`. */
  readonly rogersSatchell: VarianceEstimate;
  /** As of `yangZhangVolatility`. */
  readonly yangZhang: VarianceEstimate;
}

/**
 * The five range estimates in one pass: the same numbers as by the single calls, in a fraction of their time.
 *
 * @param bars - at least 3 bars in the order of time
 * @param options - period, periods a year, level of the interval, lags
 * @returns an estimate by each method
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
 * const all = rangeVolatilities(bars);
 * all.parkinson.variance === parkinsonVolatility(bars).variance; // → true
 * ```
 */
export function rangeVolatilities(bars: PriceBars, options: MeanVarianceOptions = {}): RangeEstimates {
  const checked = checkBars(bars, 3);
  const settings = varianceSettings(checkKeys("rangeVolatilities's options", options, meanVarianceOptions));
  const asked = Object.keys(rangeMethods) as RangeMethod[];
  const estimates = estimateRanges(checked, asked, settings);
  const more = barWarnings(bars, options.periodsPerYear, settings.period);
  const byMethod = Object.fromEntries(asked.map((method, i) => [method, withWarnings(estimates[i], more)]));
  return Object.freeze(byMethod as Record<RangeMethod, VarianceEstimate>);
}
