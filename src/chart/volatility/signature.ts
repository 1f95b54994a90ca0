/**
 * The signature plot: what the sampling interval does to a realized variance.
 *
 * @module
 */

import { timeUnits } from "../../model/notation";
import { checkEach, checkHas, checkKeys, checkName, checkNumber, positive } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatSignificant } from "../../support/format";
import type { SignaturePoint } from "../../volatility/realized";
import type { VarianceEstimate } from "../../volatility/variance";
import { type Figure, makeFigure, palette, type Trace } from "../figure";
import { estimateFields, pointFields } from "./fields";
import { intervalBars, intervalName } from "./interval";

/** What a signature plot must know besides its points. */
export interface SignatureOptions {
  /** Length of one step of the finest grid. */
  readonly stepLength: number;
  /** Its unit, for example `"second"`. */
  readonly timeUnit: string;
  /** Drawn as a line with its band, for example a two-scale estimate. */
  readonly reference?: VarianceEstimate | undefined;
}

/**
 * The signature plot: realized variance by sampling interval, with intervals, and an estimate that is free of noise as a
 * line where one is given. The title compares the finest interval with the coarsest.
 *
 * @param points - points of `varianceSignature`, at least two
 * @param options - length of a step and its unit, and an estimate to compare with
 * @returns a figure for `show`
 * @throws InputError when there are fewer than two points
 *
 * @example
 * ```ts
 * const points = varianceSignature(simulateIntraday({ steps: 390, volatility: 0.01, seed: 1 }), [1, 5, 30]);
 * signatureChart(points, { stepLength: 1, timeUnit: "minute" }).data.length; // → 1
 * ```
 */
export function signatureChart(points: readonly SignaturePoint[], options: SignatureOptions): Figure {
  if (!Array.isArray(points) || points.length < 2) {
    throw new InputError("points", points, "an array of at least two points of varianceSignature");
  }
  checkEach("points", points, pointFields, "point of varianceSignature");
  const given = checkKeys("signatureChart's options", options, ["stepLength", "timeUnit", "reference"]);
  const stepLength = checkNumber("stepLength", given.stepLength, positive, "unit of time");
  const timeUnit = checkName("timeUnit", given.timeUnit);
  const { reference } = options;
  if (reference !== undefined) checkHas("reference", reference, estimateFields, "an estimate of a variance");
  const estimates = points.map(({ estimate }: SignaturePoint) => estimate);
  const [first, last] = [points[0] as SignaturePoint, points[points.length - 1] as SignaturePoint];
  const ratio = first.estimate.variance / last.estimate.variance;
  const lengths = points.map(({ step }: SignaturePoint) => step * stepLength);
  const ends = [lengths[0], lengths[lengths.length - 1]];
  return makeFigure(
    {
      subject: `Signature: realized variance by sampling interval, with ${intervalName(estimates)}s`,
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
        name: "Realized variance",
        x: lengths,
        y: estimates.map(({ variance }) => variance),
        error_y: intervalBars(
          estimates.map(({ variance }) => variance),
          estimates.map(({ interval }) => interval),
          { thickness: 1.2 },
        ),
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
function referenceBand(estimate: VarianceEstimate, ends: readonly number[]): readonly Trace[] {
  const { method, variance, interval } = estimate;
  const level = (y: number): readonly number[] => [y, y];
  const line = { type: "scatter", mode: "lines", x: ends, hoverinfo: "skip" };
  return [
    { ...line, y: level(interval[0]), line: { width: 0 }, showlegend: false },
    {
      ...line,
      name: `${method}, ${intervalName([estimate])}`,
      y: level(interval[1]),
      line: { width: 0 },
      fill: "tonexty",
      fillcolor: "rgba(0, 158, 115, 0.18)",
    },
    {
      ...line,
      name: method,
      y: level(variance),
      line: { color: palette[2], dash: "dash", width: 2 },
    },
  ];
}
