/**
 * Two schedules of one problem on the same price paths: how much more one costs than the other.
 *
 * @module
 */
import { type NormalDistribution, normalDistribution } from "../cost/distribution";
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { type SimulationOptions, simulateCosts } from "../simulate/costs";
import { formatNumber } from "../support/format";
import { normalProbability } from "../support/normalDistribution";
import { Sum } from "../support/numbers";

/** Two schedules compared. */
export interface PairedComparison {
  /** The exact distribution of the first one's cost less the second one's, on the same path (currency). */
  readonly difference: NormalDistribution;
  /** Probability that the first one costs less on a path; 0.5 where both always cost the same, as two that agree to a billionth of the order. */
  readonly probabilityCheaper: number;
  /** The same by simulation, on common paths. */
  readonly simulated: {
    /** Mean of the differences (currency). */
    readonly mean: number;
    /** Its standard error: that of a mean of differences, not of two means (currency). */
    readonly meanError: number;
    /** Standard deviation of the differences (currency). */
    readonly standardDeviation: number;
    /** Fraction of paths on which the first one costs less. */
    readonly fractionCheaper: number;
  };
  /** Paths that two independent simulations would need for the same standard error, as a multiple; Infinity where paths always agree. */
  readonly pathsSaved: number;
  /** The comparison in words. */
  readonly message: string;
}

/**
 * Compares two schedules on common price paths, exactly and by simulation. Most of the noise in the two costs is common:
 * their difference is known far better than either.
 *
 * @param problem - a problem from `defineProblem`
 * @param one - a schedule of it
 * @param other - another one
 * @param options - number of paths, seed, and a function to report progress to
 * @returns the distribution of the difference, exact and simulated
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a cost leaves the range of doubles
 *
 * Source: the cost's noise is −Σ σ_k √τ_k h_k ζ_k (AC eqs. 1–3), so that of a difference has h_k of one less that of the other.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6, currency: "USD",
 * });
 * const paired = compareSchedules(problem, optimalSchedule(problem), equalSchedule(problem), { paths: 10_000, seed: 1 });
 * Math.round(paired.difference.mean); // → 247481
 * Math.abs(paired.simulated.mean - paired.difference.mean) < 4 * paired.simulated.meanError; // → true
 * ```
 */
export function compareSchedules(
  problem: ExecutionProblem,
  one: Schedule,
  other: Schedule,
  options: SimulationOptions,
): PairedComparison {
  problem = checkProblem(problem);
  checkSchedule(problem, one);
  checkSchedule(problem, other);
  // Two routes to one optimum differ by rounding, which says nothing of which is the cheaper.
  const isSame = one.remaining.every((x, k) => Math.abs(x - other.remaining[k]) <= 1e-9 * problem.shares);
  const names = [one.name, other.name] as const;
  if (isSame) other = one;
  const mean = costReport(problem, one).expectedCost - costReport(problem, other).expectedCost;
  const deviation = Math.sqrt(varianceOfDifference(problem, one, other));
  const difference = normalDistribution(mean, deviation, problem.currency);
  const [first, second] = [simulateCosts(problem, one, options), simulateCosts(problem, other, options)];
  const simulated = momentsOf(first.costs, second.costs);
  const independent = first.standardDeviation ** 2 + second.standardDeviation ** 2;
  const probabilityCheaper =
    deviation > 0 ? normalProbability(-mean / deviation) : mean < 0 ? 1 : mean > 0 ? 0 : 0.5;
  return Object.freeze({
    difference,
    probabilityCheaper,
    simulated,
    pathsSaved: independent / simulated.standardDeviation ** 2,
    message: isSame
      ? `${names[0]} and ${names[1]} are the same schedule, to a billionth of the order.`
      : words(problem, names, { mean, deviation, probabilityCheaper }),
  });
}

/** Σ σ_k² τ_k (h_k − h'_k)². */
function varianceOfDifference(problem: ExecutionProblem, one: Schedule, other: Schedule): number {
  const { lengths: τ, volatilities: σ } = marketOf(problem);
  const u = exposedPart(problem.timing);
  const apart = one.remaining.map((x, k) => x - other.remaining[k]);
  const sum = new Sum();
  for (let k = 0; k < problem.intervals; k++) {
    const h = (1 - u) * apart[k + 1] + u * apart[k];
    sum.add(σ[k] * σ[k] * τ[k] * h * h);
  }
  return sum.value;
}

function momentsOf(one: readonly number[], other: readonly number[]): PairedComparison["simulated"] {
  const count = one.length;
  const sum = new Sum();
  let cheaper = 0;
  for (let i = 0; i < count; i++) {
    const difference = one[i] - other[i];
    sum.add(difference);
    if (difference < 0) cheaper++;
  }
  const mean = sum.value / count;
  const squares = new Sum();
  for (let i = 0; i < count; i++) squares.add((one[i] - other[i] - mean) ** 2);
  const standardDeviation = Math.sqrt(squares.value / (count - 1));
  return Object.freeze({
    mean,
    meanError: standardDeviation / Math.sqrt(count),
    standardDeviation,
    fractionCheaper: cheaper / count,
  });
}

function words(
  { currency }: ExecutionProblem,
  [one, other]: readonly [string, string],
  { mean, deviation, probabilityCheaper }: { mean: number; deviation: number; probabilityCheaper: number },
): string {
  const money = (value: number): string => `${formatNumber(value)} ${currency}`;
  const more = mean < 0 ? "less" : "more";
  return (
    `${one} costs ${money(Math.abs(mean))} ${more} than ${other} on average, with a standard deviation of ${money(deviation)} across paths, ` +
    `and is the cheaper one on ${formatNumber(100 * probabilityCheaper, 1)}% of them.`
  );
}
