/**
 * Estimators on trial: bias, efficiency and coverage by simulation with a known truth.
 *
 * @module
 */

import {
  checkInteger,
  checkKeys,
  checkNumber,
  checkObject,
  checkProgress,
  positive,
} from "../support/checks";
import { checkSeed } from "../support/normals";
import { closeToCloseVolatility } from "./closeToClose";
import { rangeVolatilities } from "./range";
import { type BarOptions, type SimulatedBars, simulateBars } from "./simulateBars";
import type { VarianceEstimate } from "./variance";

/** How large a study is to be. */
export interface StudyOptions {
  /** Number of samples to simulate, an integer from 10 to 100,000 (default 400). */
  readonly samples?: number | undefined;
  /** Seed of the random numbers. */
  readonly seed: number | string;
  /** Called from time to time, and once at the end, with the fraction completed (0 to 1); `progressBar` makes one. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** How one estimator did. */
export interface StudyResult {
  /** The estimator. */
  readonly method: string;
  /** Mean of estimate ÷ truth, less 1: −0.1 is 10% too low in variance. */
  readonly bias: number;
  /** Standard error of `bias`. */
  readonly biasStandardError: number;
  /** Variance of the zero-mean close-to-close estimate over this one's: how many times fewer bars do as well. */
  readonly efficiency: number;
  /** Root mean square error (RMSE) of estimate ÷ truth: bias and scatter together. */
  readonly rootMeanSquareError: number;
  /** Fraction of the 95% intervals that hold the truth. */
  readonly coverage: number;
}

/**
 * Tries six estimators on many simulated samples of bars. The truth is the variance from close to close, which is what a
 * position that is held overnight is exposed to.
 *
 * @param sample - what each sample looks like; its seed is replaced
 * @param options - number of samples, seed
 * @returns a result for each estimator: close-to-close without and with mean, Parkinson, Garman–Klass, Rogers–Satchell,
 *   Yang–Zhang
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const results = estimatorStudy({ bars: 40, volatility: 0.01 }, { samples: 200, seed: 1 });
 * results.map(({ method }) => method)[2]; // → Parkinson
 * results[2].efficiency > 4; // → true
 * ```
 */
export function estimatorStudy(
  sample: Omit<BarOptions, "seed">,
  options: StudyOptions,
): readonly StudyResult[] {
  const given = checkKeys("estimatorStudy's options", options, ["samples", "seed", "onProgress"]);
  const onProgress = checkProgress(given.onProgress);
  const samples = given.samples === undefined ? 400 : checkInteger("samples", given.samples, 10, 100_000);
  const seed = checkSeed(given.seed);
  const { volatility } = checkObject(
    "sample",
    sample,
    "an object such as simulateBars takes, without a seed",
  );
  const truth = checkNumber("sample.volatility", volatility, positive, "a pure number per √bar") ** 2;
  const rows = Array.from({ length: samples }, (_, i) => {
    const estimates = estimatesOf(simulateBars({ ...sample, seed: `${seed}:study:${i}` }));
    // Some hundred reports, however long it takes.
    if ((i + 1) % Math.ceil(samples / 100) === 0 || i + 1 === samples) onProgress?.((i + 1) / samples);
    return estimates;
  });
  const first = rows[0];
  const ratios = first.map((_, k) => rows.map((row) => row[k].variance / truth));
  const reference = scatter(ratios[0]);
  return Object.freeze(
    first.map(({ method }, k) => {
      const ratio = ratios[k];
      const { mean, variance } = scatter(ratio);
      const covering = rows.filter((row) => {
        const [low, high] = row[k].interval;
        return low <= truth && truth <= high;
      });
      return Object.freeze({
        method,
        bias: mean - 1,
        biasStandardError: Math.sqrt(variance / samples),
        efficiency: reference.variance / variance,
        rootMeanSquareError: Math.sqrt((mean - 1) ** 2 + variance),
        coverage: covering.length / samples,
      });
    }),
  );
}

function estimatesOf(bars: SimulatedBars): readonly VarianceEstimate[] {
  const { parkinson, garmanKlass, rogersSatchell, yangZhang } = rangeVolatilities(bars);
  return [
    closeToCloseVolatility(bars.close, { mean: "zero" }),
    closeToCloseVolatility(bars.close),
    parkinson,
    garmanKlass,
    rogersSatchell,
    yangZhang,
  ];
}

function scatter(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
