/**
 * Forecasts of variance, judged by what came.
 *
 * @module
 */
import { anyFinite, checkInteger, checkKeys, checkObject, checkText, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import { type Series, total } from "../support/numbers";
import { blockLength, Moments } from "./moments";
import { checkSeries } from "./variance";

/** Options of `compareForecasts`. */
export interface ComparisonOptions {
  /** The method to compare with. */
  readonly benchmark: string;
  /** Days over which losses may be correlated, an integer from 0 (default 20). */
  readonly lags?: number | undefined;
  /** What is to be known of forecasts, by method, such as `notes` of `walkForward`: it goes on into the scores. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
}

/** How good a method's forecasts were, alone and beside another's. */
export interface ForecastScore {
  /** What the forecast is called. */
  readonly method: string;
  /** Mean QLIKE loss, ln h + x/h (smaller is better; only differences mean something). */
  readonly loss: Estimate;
  /** Mean loss less the benchmark's: below 0, this one was better. */
  readonly difference: Estimate;
  /** Mean of outcomes over mean of forecasts: above 1, the forecasts were too low. */
  readonly level: number;
  /** What is to be known of the forecasts, where something is. */
  readonly note?: string;
}

/**
 * Judges forecasts of variance by QLIKE, the mean of ln h + x/h for forecasts h and outcomes x. Its expectation is
 * least at the true variance even where the outcomes are squared returns, noisy as they are (Patton 2011).
 *
 * Differences are tested as Diebold and Mariano (1995) do it: the mean of day by day differences, with a standard error
 * that allows for correlation over `lags` days.
 *
 * @param forecasts - variance forecasts above 0 by method, all of one length
 * @param outcomes - what came, 0 or above, as many
 * @param options - the method to compare with, and the lags of the standard errors
 * @returns a score for each method
 * @throws InputError when an argument is not what it should be
 *
 * Source: A. J. Patton, Journal of Econometrics 160 (2011) 246–256; F. X. Diebold and R. S. Mariano, Journal of Business
 * and Economic Statistics 13 (1995) 253–263.
 *
 * @example
 * ```ts
 * const outcomes = [1, 4, 2, 1];
 * const scores = compareForecasts({ flat: [2, 2, 2, 2], seer: [1, 4, 2, 1] }, outcomes, { benchmark: "flat", lags: 0 });
 * scores[1].difference.value < 0; // → true
 * scores[0].level; // → 1
 * ```
 */
export function compareForecasts(
  forecasts: Readonly<Record<string, Series>>,
  outcomes: Series,
  options: ComparisonOptions,
): readonly ForecastScore[] {
  const { benchmark, ...given } = checkKeys("compareForecasts's options", options, [
    ...["benchmark", "lags", "notes"],
  ]);
  const notes = given.notes === undefined ? {} : checkObject("notes", given.notes, "texts by method");
  const lags = given.lags === undefined ? 20 : checkInteger("lags", given.lags, 0, 10_000);
  const x = checkSeries("outcomes", outcomes, 2, notNegative, "variance");
  const losses = Object.entries(checkObject("forecasts", forecasts, "series by method")).map(
    ([method, values]) => {
      const h = checkForecasts(method, values, x.length);
      const loss = Float64Array.from(h, (value, i) => Math.log(value) + x[i] / value);
      return { method, loss, level: total(x) / total(h) };
    },
  );
  const reference = losses.find(({ method }) => method === benchmark)?.loss;
  if (reference === undefined)
    throw new InputError("benchmark", benchmark, "the name of one of the forecasts");
  return Object.freeze(
    losses.map(({ method, loss, level }) =>
      Object.freeze({
        method,
        loss: meanOf(loss, lags),
        difference: meanOf(
          loss.map((value, i) => value - reference[i]),
          lags,
        ),
        level,
        ...(!Object.hasOwn(notes, method) || notes[method] === undefined
          ? {}
          : { note: checkText(`notes["${method}"]`, notes[method]) }),
      }),
    ),
  );
}

function checkForecasts(method: string, values: unknown, count: number): Series {
  const parameter = `forecasts["${method}"]`;
  const h = checkSeries(parameter, values, count, anyFinite, "variance");
  if (h.length !== count)
    throw new InputError(parameter, values, `an array of ${count} numbers, one an outcome`);
  const wrong = h.findIndex((value) => value <= 0);
  if (wrong < 0) return h;
  throw new InputError(
    `${parameter}[${wrong}]`,
    h[wrong],
    "a finite number above 0 (variance)",
    "A window in which no price moves, as in a halt, forecasts 0, at which the loss ln h + x/h has no value. Leave these " +
      "days out of the forecasts and of the outcomes, or set a least forecast: values.map((h) => Math.max(h, 1e-8)).",
  );
}

function meanOf(values: Float64Array, lags: number): Estimate {
  const moments = new Moments(lags);
  for (let first = 0; first < values.length; first += blockLength) {
    const block = values.subarray(first, first + blockLength);
    moments.add(block, block.length);
  }
  return Object.freeze({ value: moments.mean, standardError: moments.standardError });
}
