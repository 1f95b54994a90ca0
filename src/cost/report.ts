/**
 * What a schedule costs, term by term: the only place where the formulas of expected cost and variance stand.
 *
 * The two timings differ in one thing alone, the *exposed* position of an interval: the shares on which the
 * interval's price move and the trade's own permanent impact fall. With timing `"start"` it is what remains
 * after the trade, x_k; with `"end"` what remained before it, x_{k−1}. With h_k for that position and s = +1
 * for a sell, −1 for a buy,
 *
 *     E = γ Σ n_k h_k + ε Σ |n_k| + (η/τ) Σ n_k² − s α τ Σ h_k        V = σ² τ Σ h_k²
 *
 * For `"start"` this is AC eqs. 4 and 5 with eqs. 6 and 7 put in, and the drift of § 4.1. Because Σ n_k x_k =
 * ½X² − ½Σn², the permanent term is ½γX² ∓ ½γΣn² (− for `"start"`, + for `"end"`), AC eq. 8.
 *
 * @module
 */
import { checkProblem, type ExecutionProblem, sideSign, stepLength } from "../model/problem";
import { checkSchedule, type Schedule } from "../model/schedule";
import { differenceOfProducts, Sum } from "../support/numbers";

/** Expected cost term by term, its variance and the objective. Positive is money lost, for both sides. */
export interface CostReport {
  /** Cost of the lasting price moves that the trades cause (currency). */
  readonly permanent: number;
  /** Cost of crossing the spread, ε Σ|n| (currency). */
  readonly spread: number;
  /** Cost of trading at speed, (η/τ) Σn² (currency). */
  readonly temporary: number;
  /** Cost of the price trend, negative where it helps (currency). */
  readonly drift: number;
  /** E, the sum of the four parts (currency). */
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
 * @returns the report; the four parts sum to `expectedCost`
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
  checkProblem(problem);
  checkSchedule(problem, schedule);
  const exposedOffset = problem.timing === "start" ? 1 : 0;
  const { remaining, trades } = schedule;

  const exposure = new Sum();
  const exposureSquares = new Sum();
  const tradesTimesExposure = new Sum();
  const tradeSizes = new Sum();
  const tradeSquares = new Sum();
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    const h = remaining[k + exposedOffset];
    exposure.add(h);
    exposureSquares.add(h * h);
    tradesTimesExposure.add(n * h);
    tradeSizes.add(Math.abs(n));
    tradeSquares.add(n * n);
  }
  return costOfSums(problem, {
    exposure: exposure.value,
    exposureSquares: exposureSquares.value,
    tradesTimesExposure: tradesTimesExposure.value,
    tradeSizes: tradeSizes.value,
    tradeSquares: tradeSquares.value,
  });
}

/** The five sums over a schedule that decide its cost. */
export interface ScheduleSums {
  /** Σ h_k (shares). */
  readonly exposure: number;
  /** Σ h_k² (shares²). */
  readonly exposureSquares: number;
  /** Σ n_k h_k (shares²). */
  readonly tradesTimesExposure: number;
  /** Σ |n_k| (shares). */
  readonly tradeSizes: number;
  /** Σ n_k² (shares²). */
  readonly tradeSquares: number;
}

/** The report of a schedule of which only its sums are known. */
export function costOfSums(problem: ExecutionProblem, sums: ScheduleSums): CostReport {
  const { volatility: σ, temporaryImpact: η, permanentImpact: γ, halfSpread: ε } = problem;
  const τ = stepLength(problem);
  const permanent = γ * sums.tradesTimesExposure;
  const spread = ε * sums.tradeSizes;
  const temporary = (η / τ) * sums.tradeSquares;
  // `+ 0` turns the −0 of a driftless buy into 0.
  const drift = -sideSign(problem) * problem.drift * τ * sums.exposure + 0;
  const expectedCost = permanent + spread + temporary + drift;
  const costVariance = σ * σ * τ * sums.exposureSquares;
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
    expectedCost,
    costVariance,
    standardDeviation: Math.sqrt(costVariance),
    objective,
  });
}

/**
 * What one trade more or less adds to the expected cost at second order: the coefficient a of Σn² in E,
 * a = η/τ − ½γ for timing `"start"` (AC: η̃/τ) and η/τ + ½γ for `"end"`. E is convex exactly where a > 0.
 */
export function tradeCurvature(problem: ExecutionProblem): number {
  const { temporaryImpact: η, permanentImpact: γ, horizon: T, intervals: N } = problem;
  // (2ηN ∓ γT)/(2T) instead of η/τ ∓ ½γ: near the convexity limit the two terms nearly cancel.
  const sign = problem.timing === "start" ? 1 : -1;
  return differenceOfProducts(2 * η, N, sign * γ, T) / (2 * T);
}

/**
 * What one share more in the order adds to E + λV through the parts that no schedule changes: ½γX², and for timing
 * `"end"` the drift and the risk of x_0 = X (currency/share).
 */
export function fixedMarginalCost(problem: ExecutionProblem): number {
  const { shares: X, permanentImpact: γ, volatility: σ, riskAversion: λ } = problem;
  const τ = stepLength(problem);
  const exposed =
    problem.timing === "start" ? 0 : 2 * (λ * σ * σ * τ) * X - sideSign(problem) * problem.drift * τ;
  return γ * X + exposed;
}
