/**
 * Optima on their way back from a worker, in the memory in which their orders came.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { plainZeros } from "../support/numbers";
import type { Cursor } from "./cursor";

/** What an optimum comes with. */
export interface PlannedNumbers {
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
  readonly lowerPrices: readonly number[];
  readonly upperPrices: readonly number[];
  readonly marginalCost: number;
  readonly certificate: Certificate;
}

const verdicts: readonly Certificate["verdict"][] = [
  "optimal",
  "not-optimal",
  "infeasible",
  "no-optimum",
  "unproven",
];
const none = Number.NaN;

/** Numbers of an optimum before its arrays. */
const headLength = 9;

type Prices = Pick<PlannedNumbers, "lowerPrices" | "upperPrices" | "marginalCost">;

/** How many numbers the optimum of an order of N intervals takes at most. */
export function answerLength(intervals: number): number {
  return headLength + 4 * intervals + 3;
}

/** Writes an optimum. */
export function writeAnswer(
  out: Cursor,
  { remaining, trades }: Schedule,
  certificate: Certificate,
  prices?: Prices,
): void {
  out.write(verdicts.indexOf(certificate.verdict));
  out.write(certificate.feasibilityResidual);
  out.write(certificate.optimalityResidual);
  out.write(certificate.tolerance);
  out.write(certificate.gapBound);
  out.write(certificate.gapBasisPoints ?? none);
  out.write(certificate.isGapLoose ? 1 : 0);
  out.write(certificate.curvature);
  out.write(prices?.marginalCost ?? none);
  out.writeAll(remaining);
  out.writeAll(trades);
  if (prices === undefined) return;
  writePrices(out, prices.lowerPrices);
  writePrices(out, prices.upperPrices);
}

/** Whether any is above 0, and only then all of them. */
function writePrices(out: Cursor, prices: readonly number[]): void {
  const isAny = prices.some((price) => price !== 0);
  out.write(isAny ? 1 : 0);
  if (isAny) out.writeAll(prices);
}

/** Reads the next optimum, which is that of this problem. */
export function readAnswer(
  from: Cursor,
  { intervals: N, arrivalPrice }: ExecutionProblem,
  hasBounds: boolean,
): PlannedNumbers {
  const verdict = verdicts[from.read()];
  const feasibilityResidual = from.read();
  const optimalityResidual = from.read();
  const tolerance = from.read();
  const gapBound = from.read();
  const gap = from.read();
  const isGapLoose = from.read() === 1;
  const curvature = from.read();
  const gapBasisPoints = arrivalPrice === undefined ? undefined : gap;
  return {
    certificate: Object.freeze({
      verdict,
      feasibilityResidual,
      optimalityResidual,
      tolerance,
      gapBound,
      gapBasisPoints,
      isGapLoose,
      curvature,
    }),
    marginalCost: from.read(),
    remaining: from.readAll(N + 1),
    trades: from.readAll(N),
    lowerPrices: hasBounds ? readPrices(from, N) : [],
    upperPrices: hasBounds ? readPrices(from, N) : [],
  };
}

function readPrices(from: Cursor, length: number): number[] {
  return from.read() === 1 ? from.readAll(length) : plainZeros(length);
}
