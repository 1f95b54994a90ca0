/**
 * The exact law of a schedule's cost.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { checkNumber } from "../support/checks";
import { InputError } from "../support/errors";
import { normalDensity, normalQuantile } from "../support/normalDistribution";
import { finite } from "../support/numbers";
import { costReport } from "./report";

/** A normal law of the cost, positive = money lost. */
export interface CostLaw {
  /** Expected cost. */
  readonly mean: number;
  /** Standard deviation of the cost. */
  readonly standardDeviation: number;
  /** The cost that is not exceeded with probability p (0 < p < 1). */
  readonly quantile: (p: number) => number;
  /** Probability density at a cost. */
  readonly density: (cost: number) => number;
  /** Value at risk: the cost that is exceeded with probability 1 − p only. The same number as `quantile(p)`. */
  readonly valueAtRisk: (p: number) => number;
  /** Conditional value at risk: the expected cost in the worst 1 − p of cases. */
  readonly conditionalValueAtRisk: (p: number) => number;
}

/** The law in currency, and in basis points of the order's value on arrival where the arrival price is known. */
export interface CostDistribution extends CostLaw {
  readonly basisPoints: CostLaw | undefined;
}

/**
 * The law of the cost of a schedule. Fills are linear in the noise, so the cost is exactly normal, with the mean
 * and variance of `costReport`: no simulation is needed to know its tails.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule of the problem's shares and intervals
 * @returns mean, deviation, quantile, density, value at risk and conditional value at risk, in currency and, with an
 *   `arrivalPrice`, in basis points of arrival value
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a result leaves the range of doubles, now or when the law is asked
 *
 * Source: AC § 1.4 for the law; § 3.3 for value at risk (L-VaR).
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625, arrivalPrice: 50,
 * });
 * const law = costDistribution(problem, equalSchedule(problem));
 * law.mean; // → 662500
 * law.valueAtRisk(0.95); // → 2374254.53
 * law.basisPoints.mean; // → 132.5
 * ```
 */
export function costDistribution(problem: ExecutionProblem, schedule: Schedule): CostDistribution {
  const { expectedCost, standardDeviation } = costReport(problem, schedule);
  const { arrivalPrice, shares } = problem;
  return Object.freeze({
    ...normalLaw(expectedCost, standardDeviation, problem.currency),
    basisPoints:
      arrivalPrice === undefined
        ? undefined
        : Object.freeze(
            normalLaw(
              inBasisPoints(expectedCost, shares, arrivalPrice),
              inBasisPoints(standardDeviation, shares, arrivalPrice),
              "basis points",
            ),
          ),
  });
}

/** A cost in basis points of the order's value on arrival. */
function inBasisPoints(cost: number, shares: number, arrivalPrice: number): number {
  const perUnit = 1e4 / (shares * arrivalPrice);
  // One after the other where the value of the order leaves the range of doubles, and the cost in its units does not.
  const points = perUnit > 1e-290 && perUnit < 1e290 ? cost * perUnit : (cost / shares / arrivalPrice) * 1e4;
  return finite("The cost in basis points of the order's value", points);
}

/** A normal law with its tails. */
export function normalLaw(mean: number, standardDeviation: number, unit = ""): CostLaw {
  const quantile = (p: number): number =>
    finite("This quantile of the cost", mean + standardDeviation * normalQuantile(checkProbability(p)));
  return {
    mean,
    standardDeviation,
    quantile,
    density: (cost) => {
      // Infinite costs have a density too, 0.
      if (typeof cost !== "number" || Number.isNaN(cost)) {
        throw new InputError("cost", cost, `a number${unit === "" ? "" : ` (${unit})`}`);
      }
      if (standardDeviation === 0) {
        throw new RangeError("The cost is certain: its law has no density. Its value is `mean`.");
      }
      return finite("The density", normalDensity((cost - mean) / standardDeviation) / standardDeviation);
    },
    valueAtRisk: quantile,
    conditionalValueAtRisk: (p) =>
      finite(
        "This conditional value at risk",
        mean + (standardDeviation * normalDensity(normalQuantile(checkProbability(p)))) / (1 - p),
      ),
  };
}

function checkProbability(p: number): number {
  const range = {
    contains: (value: number) => value > 0 && value < 1,
    words: "a number above 0 and below 1",
  };
  if (typeof p === "number" && p > 1 && p <= 100) {
    throw new InputError("p", p, range.words, `Write ${p} % as ${p / 100}.`);
  }
  return checkNumber("p", p, range, "");
}
