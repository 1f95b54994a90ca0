/**
 * The optimum in continuous time without a deadline.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { powerOf } from "../model/impactModel";
import { uniformMarket } from "../model/market";
import { unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import { requireFinish } from "../model/remainder";
import { checkFields, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { finite } from "../support/numbers";

/** What the optimum without a deadline costs, and how fast it trades. */
export interface InfiniteHorizon {
  /** X (shares). */
  readonly shares: number;
  /** β of h(v) = ηv^β. */
  readonly exponent: number;
  /** T*: the order over the rate at which it begins (unit of time). */
  readonly timeConstant: number;
  /** E (currency). */
  readonly expectedCost: number;
  /** V (currency²). */
  readonly costVariance: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** When nothing is left, for β > 1; undefined where the order is never quite done (unit of time). */
  readonly extinction: number | undefined;
}

/**
 * The optimum of E + λV in continuous time, without a deadline: what a desk's horizon should be measured against. With
 * h(v) = ηv^β,
 *
 *     T* = (βη X^{β−1}/λσ²)^{1/(1+β)}        x(t) = X (1 + (1−β)/(1+β) · t/T*)^{−(1+β)/(1−β)},  X e^{−t/T*} for β = 1
 *     E = ½γX² + εX + (1+β)/(1+3β) · η X^{1+β} T*^{−β}        V = (1+β)/(1+3β) · σ²X²T*
 *
 * For β > 1 the order is done at T*(β+1)/(β−1), which no longer horizon delays; for β ≤ 1 it never is. Where E holds no more
 * than temporary impact, E·V^β is the same for every λ.
 *
 * @param problem - a problem from `defineProblem` with linear impact or a power law, a market that does not vary, no drift, and
 *   volatility and risk aversion above 0; its horizon and its grid do not matter
 * @returns time constant, cost, variance and the time at which nothing is left; `remainingAt` gives x(t)
 * @throws InputError when the problem is not such a one
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: R. Almgren, "Optimal execution with nonlinear impact functions and trading-enhanced risk", Applied Mathematical
 * Finance 10 (2003), whose Table 1 it reproduces.
 *
 * @example
 * ```ts
 * const impact = powerImpact({ exponent: 2, reference: { rate: 1e5, impact: 0.5 } });
 * const problem = defineProblem({ shares: 1e5, horizon: 1, intervals: 1, volatility: 1, impact, riskAversion: 1e-5 });
 * const without = infiniteHorizon(problem);
 * without.timeConstant; // → 1
 * without.expectedCost; // → 21428.571
 * without.extinction; // → 3
 * remainingAt(without, 1); // → 29629.63
 * ```
 */
export function infiniteHorizon(problem: ExecutionProblem): InfiniteHorizon {
  problem = checkProblem(problem);
  const { coefficient: η, exponent: β, permanent: γ } = requirePower(problem);
  const { shares: X, riskAversion: λ, halfSpread: ε, volatility: σ } = requireStill(problem);
  const timeConstant = ((β * η * X ** (β - 1)) / (λ * σ * σ)) ** (1 / (1 + β));
  const part = (1 + β) / (1 + 3 * β);
  const temporary = part * η * X * (X / timeConstant) ** β;
  const costVariance = part * σ * σ * X * X * timeConstant;
  return Object.freeze({
    shares: X,
    exponent: β,
    timeConstant: finite("The time constant", timeConstant),
    expectedCost: finite("The expected cost", 0.5 * γ * X * X + ε * X + temporary),
    costVariance: finite("The variance of the cost", costVariance),
    standardDeviation: Math.sqrt(costVariance),
    extinction: β > 1 ? (timeConstant * (β + 1)) / (β - 1) : undefined,
  });
}

/**
 * What is left of an order without a deadline.
 *
 * @param optimum - from `infiniteHorizon`
 * @param time - since the order began, 0 or above (unit of time)
 * @returns x(t) (shares); 0 from the time of extinction on
 * @throws InputError when an argument is not what it should be
 *
 * Source: Almgren (2003), as for `infiniteHorizon`.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 1, temporaryImpact: 1e-6, riskAversion: 1e-6,
 * });
 * remainingAt(infiniteHorizon(problem), 1); // → 367879.441
 * ```
 */
export function remainingAt(optimum: InfiniteHorizon, time: number): number {
  checkFields("optimum", optimum, ["shares", "exponent", "timeConstant"], "the result of infiniteHorizon");
  const { shares: X, exponent: β, timeConstant } = optimum;
  const t = checkNumber("time", time, notNegative, "unit of time") / timeConstant;
  // (1 + at)^{−1/a} with a = (1 − β)/(1 + β), by logarithms: near β = 1 it is an exponential.
  const a = (1 - β) / (1 + β);
  if (1 + a * t <= 0) return 0;
  return X * Math.exp(a === 0 ? -t : -Math.log1p(a * t) / a);
}

/** η, β and γ of a law that is a power of the rate. */
function requirePower(problem: ExecutionProblem): NonNullable<ReturnType<typeof powerOf>> {
  const market = uniformMarket(problem);
  if (market === undefined) {
    throw new InputError(
      "problem.profile",
      problem.profile,
      "left out or constant without a deadline",
      "A day's profile ends with the day.",
    );
  }
  const power = powerOf(problem.impact);
  if (power === undefined) {
    throw new InputError(
      "problem.impact.kind",
      problem.impact?.kind,
      '"linear" or "power" without a deadline',
    );
  }
  const { temporaryImpact: coefficient, permanentImpact: permanent } = market;
  return { ...power, coefficient, permanent };
}

/** The rest of a problem in which risk is what makes one trade. */
function requireStill(
  problem: ExecutionProblem,
): Pick<ExecutionProblem, "shares" | "riskAversion" | "halfSpread" | "volatility"> {
  requireFinish(problem, "infiniteHorizon", "Without a deadline nothing needs to be left.");
  const { drift, volatility, halfSpread } = uniformMarket(problem) ?? problem;
  const { shares, riskAversion } = problem;
  const still = { contains: (value: number) => value === 0, words: "0 without a deadline" };
  checkNumber("problem.drift", drift, still, unitOf("drift", problem));
  checkNumber("problem.volatility", volatility, positive, unitOf("volatility", problem));
  checkNumber("problem.riskAversion", riskAversion, positive, unitOf("riskAversion", problem));
  return { shares, riskAversion, halfSpread, volatility };
}
