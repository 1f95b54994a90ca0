/**
 * By how much a grid misstates risk.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { ExecutionProblem, Timing } from "../model/executionProblem";
import { isKnownOnOwnGridOnly } from "../model/impactModel";
import { checkProblem, defineProblem } from "../model/problem";
import type { Profile, ProfileInput } from "../model/profile";
import { optimalSchedule } from "../solve/optimal";
import { NoOptimumError } from "../support/errors";

/** Intervals of the grid that stands for continuous time: with timing `"mid"` its own error is below 1e-4 up to κT = 40. */
const fine = 400;

/** Where a problem has more intervals, its grid is finer than anything that could be compared with it. */
const mostIntervals = 1_000_000;

/**
 * The variance of the optimum on the problem's grid over that of continuous trading, less 1: −0.5 where the grid shows half
 * of the risk. Timing `"start"` leaves out what is sold in an interval, `"end"` counts it in full; both err by order τ,
 * `"mid"` by order τ².
 *
 * @param problem - a problem from `defineProblem`
 * @param timing - the timing to judge (default the problem's own)
 * @returns the relative error of the variance, or NaN where there is no optimum, no risk, more than 1,000,000 intervals, or
 *   impact from a table, which is known on its own grid only
 * @throws InputError when `problem` is not from `defineProblem`
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6,
 * });
 * gridRiskBias(problem); // → -0.50286
 * gridRiskBias(problem, "mid"); // → 0.00195
 * ```
 */
export function gridRiskBias(problem: ExecutionProblem, timing?: Timing): number {
  problem = checkProblem(problem);
  if (problem.intervals > mostIntervals || isKnownOnOwnGridOnly(problem.impact)) return Number.NaN;
  const onGrid = optimalVariance({ ...problem, timing: timing === undefined ? problem.timing : timing });
  const continuous = optimalVariance(refined(problem));
  return continuous === 0 ? Number.NaN : onGrid / continuous - 1;
}

type Input = Parameters<typeof defineProblem>[0];

function optimalVariance(input: Input): number {
  try {
    const problem = defineProblem(input);
    return costReport(problem, optimalSchedule(problem)).costVariance;
  } catch (error) {
    const { name } = error as Error;
    if (name === NoOptimumError.name || name === RangeError.name) return Number.NaN;
    throw error;
  }
}

/** The same market with every interval cut into equal pieces, traded at their middle prices. */
function refined(problem: ExecutionProblem): Input {
  const { intervals: N, profile } = problem;
  const pieces = Math.max(2, Math.ceil(fine / N));
  return {
    ...problem,
    intervals: N * pieces,
    timing: "mid",
    ownImpact: undefined,
    profile: profile === undefined ? undefined : refinedProfile(profile, pieces),
  };
}

function refinedProfile({ open, lengths, volumes: _, ...others }: Profile, pieces: number): ProfileInput {
  const repeated = <T>(values: readonly T[]): T[] =>
    values.flatMap((value) => new Array<T>(pieces).fill(value));
  const input: Record<string, unknown> = {};
  for (const [field, values] of Object.entries(others)) input[field] = repeated(values);
  if (open !== undefined) input.open = repeated(open);
  if (lengths !== undefined) input.lengths = repeated(lengths.map((length) => length / pieces));
  return input;
}
