/**
 * The exact joint distribution of an execution and its benchmarks.
 *
 * @module
 */

import { type NormalDistribution, normalDistribution } from "../cost/distribution";
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { checkProblem, sideSign } from "../model/problem";
import { requireFinish } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { Sum } from "../support/numbers";
import { checkedAverages, requireArrival } from "./averages";
import type { AverageName, BenchmarkOptions } from "./benchmark";

/** The joint normal distribution of the execution price and of benchmarks. Arrays are frozen and in the order of `names`. */
export interface BenchmarkDistribution {
  /** `"execution"`, then the benchmarks. */
  readonly names: readonly ("execution" | AverageName)[];
  /** Expected prices (currency/share). */
  readonly means: readonly number[];
  /** Covariances (currency²/share²). */
  readonly covariance: readonly (readonly number[])[];
  /** What one standard normal ζ_k moves each price by: `loadings[i][k − 1]` (currency/share). */
  readonly loadings: readonly (readonly number[])[];
  /** Distribution of Σ n_k S̃_k, what a sale brings in and a purchase costs (currency). */
  readonly proceeds: NormalDistribution;
  /** Distribution of s (benchmark − execution) by the benchmark's name: positive = lost (currency/share). */
  readonly slippage: Readonly<Record<string, NormalDistribution>>;
}

/**
 * The joint distribution of the average price that a schedule gets and of benchmark prices. All are linear in the noise, hence
 * jointly normal: with weights w_0 … w_N on the prices S_k, a benchmark is
 *
 *     B = S_0 + Σ_{j=1}^N (ατ − sγ n_j + σ√τ ζ_j) W_j,      W_j = Σ_{k=j}^N w_k
 *
 * and the execution price the same with weights n_k/X on the prices P_k that trades get, less what they concede. The
 * order's own permanent impact moves the benchmarks too.
 *
 * @param problem - a problem from `defineProblem`, with an `arrivalPrice`
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - which benchmarks, and the market's volumes
 * @returns means, covariances and loadings, and the distributions of the proceeds and of the slippage against each benchmark
 * @throws InputError when an argument is not what it should be, or the problem has no arrival price
 *
 * Source: the price model of AC eqs. 1–3; seed B section 1 asks for these expectations and variances and leaves them out.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 2, temporaryImpact: 1e-3, arrivalPrice: 100,
 * });
 * const joint = benchmarkDistribution(problem, equalSchedule(problem));
 * joint.names; // → ["execution", "arrival", "TWAP", "TWAP look-ahead"]
 * joint.means; // → [99, 100, 100, 100]
 * joint.slippage.arrival.standardDeviation; // → 0.935414
 * joint.slippage.TWAP.standardDeviation; // → 0
 * ```
 */
export function benchmarkDistribution(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: BenchmarkOptions = {},
): BenchmarkDistribution {
  problem = checkProblem(problem);
  requireFinish(problem, "benchmarkDistribution");
  checkSchedule(problem, schedule);
  const { intervals: N, shares: X } = problem;
  const S0 = requireArrival(problem);
  const sign = sideSign(problem);
  const averages = checkedAverages(problem, options);
  const { own, conceded, moves, noise } = executionTerms(problem, schedule);
  const weights = [own, ...averages.map(({ weights }) => weights)];
  const rows = weights.map((w) => {
    const [mean, later] = [new Sum(), new Sum()];
    mean.add(S0);
    const loadings = new Array<number>(N);
    for (let j = N; j >= 1; j--) {
      later.add(w[j]);
      mean.add(moves[j - 1] * later.value);
      loadings[j - 1] = noise[j - 1] * later.value;
    }
    return { mean: mean.value, loadings };
  });
  const means = rows.map(({ mean }, i) => (i === 0 ? mean + conceded : mean));
  const loadings = rows.map((row) => Object.freeze(row.loadings));
  const product = (one: readonly number[], other: readonly number[]): number => {
    const sum = new Sum();
    for (let k = 0; k < N; k++) sum.add(one[k] * other[k]);
    return sum.value;
  };
  const execution = loadings[0];
  const slippage = averages.map(({ name }, i) => {
    const apart = loadings[i + 1].map((loading, k) => loading - execution[k]);
    const mean = sign * (means[i + 1] - means[0]);
    const perShare = `${problem.currency}/share`;
    return [name, normalDistribution(mean, Math.sqrt(product(apart, apart)), perShare)] as const;
  });
  return Object.freeze({
    names: Object.freeze(["execution" as const, ...averages.map(({ name }) => name)]),
    means: Object.freeze(means),
    covariance: Object.freeze(
      loadings.map((one) => Object.freeze(loadings.map((other) => product(one, other)))),
    ),
    loadings: Object.freeze(loadings),
    proceeds: normalDistribution(
      X * means[0],
      X * Math.sqrt(product(execution, execution)),
      problem.currency,
    ),
    slippage: Object.freeze(Object.fromEntries(slippage)),
  });
}

/** An execution as an average of prices: weights, what it concedes, expected moves of the price, and their noise. */
function executionTerms(
  problem: ExecutionProblem,
  { trades }: Schedule,
): {
  readonly own: Float64Array;
  readonly conceded: number;
  readonly moves: readonly number[];
  readonly noise: Float64Array;
} {
  const { intervals: N, shares: X } = problem;
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  const u = exposedPart(problem.timing);
  const impact = impactLaw(problem).begin();
  const own = new Float64Array(N + 1);
  const conceded = new Sum();
  const moves = trades.map((n, k) => {
    const { move, concession } = impact.trade(k, n);
    own[k] += (1 - u) * (n / X);
    own[k + 1] += u * (n / X);
    conceded.add((n / X) * concession);
    return α[k] * τ[k] + move;
  });
  const noise = σ.map((volatility, k) => volatility * Math.sqrt(τ[k]));
  return { own, conceded: conceded.value, moves, noise };
}
