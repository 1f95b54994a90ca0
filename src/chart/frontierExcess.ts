/**
 * How far a schedule lies above the efficient frontier.
 *
 * @module
 */

import type { FrontierPoint } from "../compare/frontier";
import type { CostReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { formatNumber } from "../support/format";

/** The distance in words, and whether it is too little to be seen in the chart. */
export interface Excess {
  readonly text: string;
  readonly isHair: boolean;
}

/** Less than this part of the chart's height is less than the size of a mark. */
const hair = 0.02;

/**
 * The distance in words; undefined for a schedule whose risk no point of the frontier has.
 *
 * @param byRisk - points of the frontier in the order of their risk
 */
export function excessText(
  { currency }: ExecutionProblem,
  byRisk: readonly FrontierPoint[],
  { expectedCost, standardDeviation }: CostReport,
): Excess | undefined {
  const least = costAtRisk(byRisk, standardDeviation ** 2);
  if (least === undefined) return undefined;
  const excess = expectedCost - least;
  const costs = byRisk.map((point) => point.expectedCost);
  const height = Math.max(...costs) - Math.min(...costs);
  // Half a unit of currency would be written as 0 or 1, and the interpolation knows no better.
  if (!(excess > Math.max(0.5, 1e-4 * height))) {
    return { text: "on the frontier", isHair: false };
  }
  return {
    text: `${formatNumber(excess)} ${currency} above the frontier`,
    isHair: excess < hair * height,
  };
}

/**
 * The frontier's cost at a variance: a cubic between the two points around it. Over V the frontier has the slope −λ, so that
 * both values and both slopes are known. Just beyond the riskiest point its tangent takes over.
 */
function costAtRisk(byRisk: readonly FrontierPoint[], variance: number): number | undefined {
  const after = byRisk.findIndex((point) => point.costVariance >= variance);
  const last = byRisk[byRisk.length - 1];
  if (after === -1) {
    const beyond = variance - last.costVariance;
    return beyond <= 1e-3 * last.costVariance ? last.expectedCost - last.riskAversion * beyond : undefined;
  }
  const [from, to] = [byRisk[after - 1], byRisk[after]];
  if (from === undefined) return variance === to.costVariance ? to.expectedCost : undefined;
  const width = to.costVariance - from.costVariance;
  const t = (variance - from.costVariance) / width;
  const [slopeFrom, slopeTo] = [-from.riskAversion * width, -to.riskAversion * width];
  return (
    (1 + 2 * t) * (1 - t) ** 2 * from.expectedCost +
    t * (1 - t) ** 2 * slopeFrom +
    t ** 2 * (3 - 2 * t) * to.expectedCost +
    t ** 2 * (t - 1) * slopeTo
  );
}
