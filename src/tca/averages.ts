/**
 * The benchmarks of a problem as averages of its own prices.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, uniformMarket } from "../model/market";
import { checkKeys, checkNumbers, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import {
  type AverageName,
  type BenchmarkOptions,
  benchmarkWeights,
  checkBenchmark,
  checkParticipation,
} from "./benchmark";

/** A benchmark with the weights of its average. */
export interface Average {
  readonly name: AverageName;
  readonly weights: Float64Array;
}

/** The benchmarks that are asked for, as averages. */
export function checkedAverages(problem: ExecutionProblem, options: BenchmarkOptions): readonly Average[] {
  const given = checkKeys("options", options, ["benchmarks", "volumes", "participation"]);
  const { intervals: N, shares } = problem;
  const wantedVolumes = given.volumes ?? problem.profile?.volumes;
  const volumes =
    wantedVolumes === undefined
      ? undefined
      : checkNumbers("volumes", wantedVolumes, N, notNegative, "shares");
  const durations = openDurations(problem);
  const usual = [
    "arrival",
    "TWAP",
    "TWAP look-ahead",
    ...(volumes === undefined ? [] : ["VWAP", "VWAP look-ahead"]),
  ];
  const wanted = given.benchmarks === undefined ? usual : given.benchmarks;
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw new InputError("benchmarks", wanted, "an array of at least one name");
  }
  return wanted.map((text: unknown) => {
    const name = checkBenchmark(text);
    const terms =
      name === "PWP" ? { shares, participation: checkParticipation(given.participation) } : undefined;
    if (name === "open" || name === "bar VWAP" || name === "close look-ahead") {
      throw new InputError(
        "benchmark",
        text,
        "an average of the order's own prices: the model knows no session and no other trades",
      );
    }
    return { name, weights: benchmarkWeights(name, N, volumes, terms, durations) };
  });
}

/** How long each interval counts in a time-weighted average: not at all where it is closed. Undefined where all are alike. */
function openDurations(problem: ExecutionProblem): Float64Array | undefined {
  if (uniformMarket(problem) !== undefined) return undefined;
  const { lengths, open } = marketOf(problem);
  return lengths.map((length, k) => length * open[k]);
}

/** The arrival price, without which no price has a value. */
export function requireArrival({ arrivalPrice }: ExecutionProblem): number {
  if (arrivalPrice !== undefined) return arrivalPrice;
  throw new InputError("arrivalPrice", arrivalPrice, "given (currency/share): benchmarks are prices");
}
