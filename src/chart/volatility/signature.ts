/**
 * The signature plot: what the sampling interval does to a realized variance.
 *
 * @module
 */

import { checkEach, checkHas, checkKeys, checkName, checkNumber, positive } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatSignificant } from "../../support/format";
import type { SignaturePoint } from "../../volatility/realized";
import type { VarianceEstimate } from "../../volatility/variance";
import { type Figure, makeFigure, type Trace } from "../figure";
import { faint, looks } from "../look";
import { spokenDuration } from "../timeAxis";
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
  // Every minute rather than every 1 minute.
  const every = (length: number): string => spokenDuration(length, { timeUnit }).replace(/^1 /, "");
  return makeFigure(
    {
      subject: `Signature: realized variance by sampling interval, with ${intervalName(estimates)}s`,
      finding:
        `Sampled every ${every(ends[0])}, the variance is ${formatSignificant(ratio)} times ` +
        `that of every ${every(ends[1])}`,
      xTitle: "Sampling interval, logarithmic",
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
        line: { color: looks[0].color, width: 2 },
        customdata: estimates.map(({ interval }, i) => [...interval, every(lengths[i])]),
        hovertemplate:
          "Every %{customdata[2]}: %{y:.3~e} (%{customdata[0]:.3~e} to %{customdata[1]:.3~e})<extra></extra>",
      },
      ...(reference === undefined ? [] : referenceBand(reference, ends)),
    ],
    {
      hovermode: "closest",
      xaxis: { type: "log", ...intervalTicks(lengths, timeUnit) },
      yaxis: { tickformat: undefined, exponentformat: "power", rangemode: "tozero" },
    },
  );
}

/** The intervals themselves as ticks, of many every other one. */
function intervalTicks(lengths: readonly number[], timeUnit: string): Trace {
  const shown = lengths.length <= 8 ? lengths : lengths.filter((_, i) => i % 2 === 0);
  return { tickvals: shown, ticktext: shown.map((length) => spokenDuration(length, { timeUnit })) };
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
      fillcolor: faint(looks[2].color),
    },
    {
      ...line,
      name: method,
      y: level(variance),
      line: { color: looks[2].color, dash: "dash", width: 2 },
    },
  ];
}
