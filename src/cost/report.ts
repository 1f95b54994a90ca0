/**
 * What a schedule costs, term by term.
 *
 * The timings differ in the *exposed* position h_k of an interval alone: the shares on which the interval's price move
 * falls. With timing `"start"` it is what remains after the trade, x_k; with `"end"` what remained before it, x_{k−1};
 * with `"mid"` the mean of both. With s = +1 for a sell, −1 for a buy, and the cost of impact by its law,
 *
 *     E = permanent + spread + temporary − s Σ α_k τ_k h_k + remainder        V = Σ σ_k² τ_k h_k²
 *
 * For `"start"` and linear impact this is AC eqs. 4 and 5 with eqs. 6 and 7 put in, and the drift of § 4.1.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf, type UniformMarket, uniformMarket } from "../model/market";
import type { PathSums } from "../model/pathSums";
import { checkProblem, sideSign } from "../model/problem";
import { remainderOf } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { Sum } from "../support/numbers";

/** Expected cost term by term, its variance and the objective. Positive is money lost, for both sides. */
export interface CostReport {
  /** Cost of the lasting price moves that the trades cause (currency). */
  readonly permanent: number;
  /** Cost of crossing the spread, Σ ε_k|n_k| (currency). */
  readonly spread: number;
  /** Cost of trading at speed, Σ (η_k/τ_k) n_k² for linear impact (currency). */
  readonly temporary: number;
  /** Cost of the price trend, negative where it helps (currency). */
  readonly drift: number;
  /** Cost of what is left at the end, `remainderPrice` for each share; 0 for an order that finishes (currency). */
  readonly remainder: number;
  /** E, the sum of the five parts (currency). */
  readonly expectedCost: number;
  /** V, the variance of the cost (currency²). */
  readonly costVariance: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** U = E + λV (currency). */
  readonly objective: number;
}

/**
 * Expected cost and variance of a schedule under the problem's timing.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule of the problem's shares and intervals
 * @returns the report; the five parts sum to `expectedCost`
 * @throws InputError when problem or schedule is not what its gate gives, or they do not fit each other
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: AC eqs. 4–8, 15 and § 4.1 for timing `"start"`; seed A section 1 for `"end"`.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000,
 *   horizon: 5,
 *   intervals: 5,
 *   volatility: 0.95,
 *   temporaryImpact: 2.5e-6,
 *   permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625,
 * });
 * const report = costReport(problem, equalSchedule(problem));
 * report.expectedCost; // → 662500
 * report.costVariance; // → 1.083e12
 * ```
 */
export function costReport(problem: ExecutionProblem, schedule: Schedule): CostReport {
  problem = checkProblem(problem);
  const sums = checkSchedule(problem, schedule);
  const law = impactLaw(problem);
  const uniform = uniformMarket(problem);
  const { permanent, spread, temporary } = law.costOfSums?.(sums, schedule) ?? law.cost(schedule);
  const { drift, costVariance } =
    uniform === undefined
      ? exposureCost(problem, schedule)
      : uniformExposureCost(problem, uniform, schedule, sums);
  const remainder = (problem.remainderPrice ?? 0) * remainderOf(schedule);
  const expectedCost = permanent + spread + temporary + drift + remainder;
  const objective = expectedCost + problem.riskAversion * costVariance;
  if (!Number.isFinite(expectedCost) || !Number.isFinite(objective)) {
    throw new RangeError(
      `The cost leaves the range of floating-point numbers (expected cost ${expectedCost}, ` +
        `objective ${objective} ${problem.currency}). State the problem in larger units of shares or time.`,
    );
  }
  return Object.freeze({
    permanent,
    spread,
    temporary,
    drift,
    remainder,
    expectedCost,
    costVariance,
    standardDeviation: Math.sqrt(costVariance),
    objective,
  });
}

/**
 * −s α τ Σ h_k and σ² τ Σ h_k² in a market that does not vary. With h_k = x_k + u n_k, u the part of an interval's move that
 * its own trade gets,
 *
 *     Σ h_k² = Σ x_k² + 2u Σ n_k x_k + u² Σ n_k²,      Σ h_k = Σ x_k + u (X − x_N)
 */
function uniformExposureCost(
  problem: ExecutionProblem,
  { volatility: σ, drift: α, length: τ }: UniformMarket,
  { remaining }: Schedule,
  { trades, holdings, products }: PathSums,
): Pick<CostReport, "drift" | "costVariance"> {
  const u = exposedPart(problem.timing);
  const costVariance = σ * σ * τ * (holdings + 2 * u * products + u * u * trades);
  if (α === 0) return { drift: 0, costVariance };
  const exposure = new Sum();
  for (let k = 1; k < remaining.length; k++) exposure.add(remaining[k]);
  exposure.add(u * (remaining[0] - remaining[remaining.length - 1]));
  return { drift: -sideSign(problem) * α * τ * exposure.value + 0, costVariance };
}

/** −s Σ α_k τ_k h_k and Σ σ_k² τ_k h_k²: what the exposed positions cost and risk, whatever the law of impact. */
function exposureCost(
  problem: ExecutionProblem,
  { remaining }: Schedule,
): Pick<CostReport, "drift" | "costVariance"> {
  const u = exposedPart(problem.timing);
  // h_k is the mean of these two holdings, which are one and the same for "start" and "end".
  const before = u === 0 ? 1 : 0;
  const after = u === 1 ? 0 : 1;
  const { intervals: N } = problem;
  const [exposure, squares] = [new Sum(), new Sum()];
  const { volatilities: σ, drifts: α, lengths: τ } = marketOf(problem);
  for (let k = 0; k < N; k++) {
    const h = 0.5 * (remaining[k + before] + remaining[k + after]);
    exposure.add(α[k] * τ[k] * h);
    squares.add(σ[k] * σ[k] * τ[k] * (h * h));
  }
  // `+ 0` turns the −0 of a driftless buy into 0.
  return { drift: -sideSign(problem) * exposure.value + 0, costVariance: squares.value };
}
