/**
 * The exact probability distribution of a schedule's cost, as plain data with functions beside it.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { anyFinite, checkNumber, checkObject, checkText, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { normalDensity, normalQuantile } from "../support/normalDistribution";
import { finite } from "../support/numbers";
import { costReport } from "./report";

/** A normal distribution as plain data. What can be asked of it: `quantile`, `density`, `valueAtRisk`, `conditionalValueAtRisk`. */
export interface NormalDistribution {
  /** Its mean (`unit`). */
  readonly mean: number;
  /** Its standard deviation, 0 or above (`unit`). */
  readonly standardDeviation: number;
  /** Unit of both, and of every quantile. */
  readonly unit?: string | undefined;
}

/** Distribution of the cost in currency, positive = money lost. */
export interface CostDistribution extends NormalDistribution {
  /** The same in basis points of the order's value on arrival, where the arrival price is known. */
  readonly inBasisPoints: NormalDistribution | undefined;
}

/**
 * The distribution of the cost of a schedule. Fills are linear in the noise, so the cost is exactly normal, with the mean
 * and variance of `costReport`: no simulation is needed to know its tails.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule of the problem's shares and intervals
 * @returns mean and standard deviation in currency and, with an `arrivalPrice`, in basis points of arrival value
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: AC § 1.4 for the distribution; § 3.2 for value at risk (L-VaR).
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625, arrivalPrice: 50,
 * });
 * const distribution = costDistribution(problem, equalSchedule(problem));
 * distribution.mean; // → 662500
 * valueAtRisk(distribution, 0.95); // → 2374254.53
 * distribution.inBasisPoints?.mean; // → 132.5
 * ```
 */
export function costDistribution(problem: ExecutionProblem, schedule: Schedule): CostDistribution {
  problem = checkProblem(problem);
  const { expectedCost, standardDeviation } = costReport(problem, schedule);
  return distributionOf(problem, expectedCost, standardDeviation);
}

/** The distribution of a cost with this mean and standard deviation (currency). */
export function distributionOf(
  problem: ExecutionProblem,
  expectedCost: number,
  standardDeviation: number,
): CostDistribution {
  const { arrivalPrice, shares, currency } = problem;
  const inBasisPoints = (price: number): NormalDistribution =>
    normalDistribution(
      basisPointsOf(expectedCost, shares, price),
      basisPointsOf(standardDeviation, shares, price),
      "bp",
    );
  return Object.freeze({
    ...normalDistribution(expectedCost, standardDeviation, currency),
    inBasisPoints: arrivalPrice === undefined || arrivalPrice === 0 ? undefined : inBasisPoints(arrivalPrice),
  });
}

/** A cost in basis points of the order's value on arrival. */
function basisPointsOf(cost: number, shares: number, arrivalPrice: number): number {
  const price = Math.abs(arrivalPrice);
  const perUnit = 1e4 / (shares * price);
  // One after the other where the value of the order leaves the range of doubles, and the cost in its units does not.
  const points = perUnit > 1e-290 && perUnit < 1e290 ? cost * perUnit : (cost / shares / price) * 1e4;
  return finite("The cost in basis points of the order's value", points);
}

/** A normal distribution. */
export function normalDistribution(
  mean: number,
  standardDeviation: number,
  unit: string,
): NormalDistribution {
  return Object.freeze({ mean, standardDeviation, unit });
}

/**
 * The value that a normal variable does not exceed with probability p.
 *
 * @param distribution - from `costDistribution` or `benchmarkDistribution`, or any mean and standard deviation
 * @param p - the probability, above 0 and below 1
 * @returns mean + z_p · standard deviation (unit of the distribution)
 * @throws InputError when an argument is not what it should be; 95 for 95% is one such case
 * @throws RangeError when the result leaves the range of doubles
 *
 * @example
 * ```ts
 * quantile({ mean: 100, standardDeviation: 20, unit: "USD" }, 0.95); // → 132.897
 * ```
 */
export function quantile(distribution: NormalDistribution, p: number): number {
  const { mean, standardDeviation } = checkDistribution(distribution);
  return finite("This quantile", mean + standardDeviation * normalQuantile(checkProbability(p)));
}

/**
 * The probability density of a normal variable.
 *
 * @param distribution - from `costDistribution` or `benchmarkDistribution`, or any mean and standard deviation
 * @param value - where (unit of the distribution)
 * @returns the density (1/unit of the distribution)
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when the standard deviation is 0: a certain value has no density
 *
 * @example
 * ```ts
 * density({ mean: 100, standardDeviation: 20, unit: "USD" }, 100); // → 0.0199471
 * ```
 */
export function density(distribution: NormalDistribution, value: number): number {
  const { mean, standardDeviation, unit = "" } = checkDistribution(distribution);
  // Infinite values have a density too, 0.
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new InputError("value", value, unit === "" ? "a number" : `a number (${unit})`);
  }
  if (standardDeviation === 0) {
    throw new RangeError(
      `A standard deviation of 0 has no density: the value is ${mean} ${unit} for certain.`,
    );
  }
  return finite("The density", normalDensity((value - mean) / standardDeviation) / standardDeviation);
}

/**
 * Value at risk: the cost that is exceeded with probability 1 − p only. The same number as `quantile`.
 *
 * @param distribution - from `costDistribution`, or any mean and standard deviation
 * @param p - the confidence level, above 0 and below 1
 * @returns the cost (unit of the distribution)
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when the result leaves the range of doubles
 *
 * Source: AC eq. 22, § 3.2.
 *
 * @example
 * ```ts
 * valueAtRisk({ mean: 100, standardDeviation: 20, unit: "USD" }, 0.95); // → 132.897
 * ```
 */
export function valueAtRisk(distribution: NormalDistribution, p: number): number {
  return quantile(distribution, p);
}

/**
 * Conditional value at risk (expected shortfall): the expected cost in the worst 1 − p of cases.
 *
 * @param distribution - from `costDistribution`, or any mean and standard deviation
 * @param p - the confidence level, above 0 and below 1
 * @returns the cost (unit of the distribution)
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when the result leaves the range of doubles
 *
 * @example
 * ```ts
 * conditionalValueAtRisk({ mean: 100, standardDeviation: 20, unit: "USD" }, 0.95); // → 141.254
 * ```
 */
export function conditionalValueAtRisk(distribution: NormalDistribution, p: number): number {
  const { mean, standardDeviation } = checkDistribution(distribution);
  const z = normalQuantile(checkProbability(p));
  return finite("This conditional value at risk", mean + (standardDeviation * normalDensity(z)) / (1 - p));
}

/** A distribution as plain data. */
export function checkDistribution(value: unknown, parameter = "distribution"): NormalDistribution {
  const words = "a distribution with mean, standardDeviation and unit";
  const given = checkObject(parameter, value, words);
  return {
    mean: checkNumber(`${parameter}.mean`, given.mean, anyFinite, ""),
    standardDeviation: checkNumber(
      `${parameter}.standardDeviation`,
      given.standardDeviation,
      notNegative,
      "",
    ),
    unit: given.unit === undefined ? "" : checkText(`${parameter}.unit`, given.unit),
  };
}

/** A probability above 0 and below 1. */
export function checkProbability(p: number): number {
  const range = {
    contains: (value: number) => value > 0 && value < 1,
    words: "a number above 0 and below 1",
  };
  if (typeof p === "number" && p > 1 && p <= 100) {
    throw new InputError("p", p, range.words, `Write ${p}% as ${p / 100}.`);
  }
  return checkNumber("p", p, range, "");
}
