/**
 * Volatility from the range of bars: what a period's highest and lowest price say that its last does not.
 *
 * Each estimate is the mean of one term a bar, written below in the bar's logarithms from its open: u = ln(H/O),
 * d = ln(L/O), c = ln(C/O), and o = ln(O/C_previous). Its standard error comes from how much the terms differ, not from
 * a law of the returns.
 *
 * @module
 */

import { checkBars, type PriceBars } from "../support/bars";
import { checkChoice, checkKeys } from "../support/checks";
import { type BarLogs, emptyLogs, fillLogs, meanMoves } from "./barLogs";
import { blockLength, Moments } from "./moments";
import {
  type MeanVarianceOptions,
  meanVarianceOptions,
  type VarianceEstimate,
  type VarianceSettings,
  varianceEstimate,
  varianceSettings,
} from "./variance";

/** The estimators, by the names that a table shows. */
const methods = {
  parkinson: "Parkinson",
  garmanKlass: "Garman–Klass",
  garmanKlass1980: "Garman–Klass 1980",
  rogersSatchell: "Rogers–Satchell",
  yangZhang: "Yang–Zhang",
} as const;
type RangeMethod = keyof typeof methods;

/** What Yang and Zhang's terms need to know of all bars: weights of night, day and range, and the two means. */
interface YangZhangWeights {
  readonly night: number;
  readonly day: number;
  readonly range: number;
  readonly meanNight: number;
  readonly meanDay: number;
}

/** Their estimate written as one mean too: of deviations from known means, times m/(m − 1). */
function yangZhangWeights(bars: PriceBars): YangZhangWeights {
  const m = bars.close.length - 1;
  const k = 0.34 / (1.34 + (m + 1) / (m - 1));
  const ofSample = m / (m - 1);
  const { overnight, move } = meanMoves(bars);
  return { night: ofSample, day: ofSample * k, range: 1 - k, meanNight: overnight, meanDay: move };
}

/** Where nobody asks for Yang and Zhang's estimate, whose means and weights cost another pass. */
const noWeights: YangZhangWeights = { night: 0, day: 0, range: 0, meanNight: 0, meanDay: 0 };

/**
 * Fills the terms of all five means for the first `count` bars of a block. One loop for all is hardly dearer than one
 * for each: what takes time is to fetch the logarithms.
 */
function fillTerms(
  { overnight, up, down, move }: BarLogs,
  count: number,
  weights: YangZhangWeights,
  { parkinson, garmanKlass, garmanKlass1980, rogersSatchell, yangZhang }: Record<RangeMethod, Float64Array>,
): void {
  // Locals: what a loop takes from outside is looked up again in every turn.
  const [ofRange, ofMove] = [1 / (4 * Math.LN2), 2 * Math.LN2 - 1];
  const { night, day, range, meanNight, meanDay } = weights;
  for (let i = 0; i < count; i++) {
    const u = up[i];
    const d = down[i];
    const c = move[i];
    const squaredRange = (u - d) * (u - d);
    const squaredMove = c * c;
    const free = u * (u - c) + d * (d - c);
    const ofNight = overnight[i] - meanNight;
    const ofDay = c - meanDay;
    parkinson[i] = ofRange * squaredRange;
    garmanKlass[i] = 0.5 * squaredRange - ofMove * squaredMove;
    garmanKlass1980[i] = 0.511 * squaredRange - 0.019 * (c * (u + d) - 2 * u * d) - 0.383 * squaredMove;
    rogersSatchell[i] = free;
    yangZhang[i] = night * ofNight * ofNight + day * ofDay * ofDay + range * free;
  }
}

/** Estimates by several methods in one pass over the bars, block by block. */
function estimateAll(
  bars: PriceBars,
  asked: readonly RangeMethod[],
  settings: VarianceSettings,
): VarianceEstimate[] {
  const logs = emptyLogs();
  const column = (): Float64Array => new Float64Array(blockLength);
  const terms: Record<RangeMethod, Float64Array> = {
    parkinson: column(),
    garmanKlass: column(),
    garmanKlass1980: column(),
    rogersSatchell: column(),
    yangZhang: column(),
  };
  const weights = asked.includes("yangZhang") ? yangZhangWeights(bars) : noWeights;
  const moments = asked.map(() => new Moments(settings.lags));
  const n = bars.open.length;
  for (let first = 0; first < n; first += blockLength) {
    const count = Math.min(blockLength, n - first);
    fillLogs(bars, first, count, logs);
    fillTerms(logs, count, weights, terms);
    asked.forEach((method, i) => {
      // The first bar of all has no close before it, and so no term of Yang and Zhang's.
      const skipped = method === "yangZhang" && first === 0 ? 1 : 0;
      const column = terms[method];
      moments[i].add(skipped === 0 ? column : column.subarray(skipped), count - skipped);
    });
  }
  return asked.map((method, i) => {
    const { mean, standardError, observations } = moments[i];
    return varianceEstimate(methods[method], mean, standardError, observations, settings);
  });
}

/** One estimator as a public call. */
function estimateOne(
  call: string,
  bars: PriceBars,
  method: RangeMethod,
  options: Readonly<Record<string, unknown>>,
): VarianceEstimate {
  const settings = varianceSettings(checkKeys(`${call}'s options`, options, meanVarianceOptions));
  return estimateAll(bars, [method], settings)[0];
}

/**
 * Parkinson's estimate: the mean of ln²(H/L), over 4 ln 2. Five times as efficient as close-to-close where the price
 * moves without trend and without pause; counts no gap overnight, takes a trend for volatility, and falls short where
 * few trades a period miss the extremes.
 *
 * @param bars - at least 2 bars in the order of time
 * @param options - period, periods a year, level of the interval, lags
 * @returns the variance of a period within its bar (nothing between bars), with its errors, and annualised
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
 * @returns the variance of a period within its bar, with its errors, and annualised
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
 * @returns the variance of a period within its bar, with its errors, and annualised
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
 * @returns the variance of a period from close to close, with its errors, and annualised
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
  readonly parkinson: VarianceEstimate;
  readonly garmanKlass: VarianceEstimate;
  readonly garmanKlass1980: VarianceEstimate;
  readonly rogersSatchell: VarianceEstimate;
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
  const asked = Object.keys(methods) as RangeMethod[];
  const estimates = estimateAll(checked, asked, settings);
  const byMethod = Object.fromEntries(asked.map((method, i) => [method, estimates[i]]));
  return Object.freeze(byMethod as Record<RangeMethod, VarianceEstimate>);
}
