/**
 * The likelihood of GARCH(1,1) at given parameters.
 *
 * @module
 */
import { checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import type { Series } from "../support/numbers";
import { likelihoodAt } from "./garchDerivatives";
import { backcast, squaredReturns, type Vector3 } from "./garchSample";

/** The parameters of a GARCH(1,1). */
export interface GarchParameters {
  /** ω, above 0, in the returns' unit squared. */
  readonly omega: number;
  /** α, 0 or above. */
  readonly alpha: number;
  /** β, 0 or above. */
  readonly beta: number;
}

/** A likelihood, its slope, and what the parameters say of the next period. */
export interface GarchLikelihood {
  /** The log-likelihood, in full. */
  readonly logLikelihood: number;
  /** Derivatives by ω, α and β. */
  readonly gradient: readonly [number, number, number];
  /** h of the period after the last return. */
  readonly nextVariance: number;
}

/**
 * The log-likelihood of a GARCH(1,1) with normal shocks and mean 0 at given parameters, with its analytic gradient.
 *
 * The first variance is ω + (α + β) b, with b a mean of the first 75 squared returns with weights 0.94^i.
 *
 * @param returns - at least 10 returns, any unit (pure numbers or percent)
 * @param parameters - ω (in the returns' unit squared), α, β
 * @returns log-likelihood, gradient and the next period's variance
 * @throws InputError when an argument is not what it should be
 *
 * Source: T. Bollerslev, Journal of Econometrics 31 (1986) 307–327, § 5.
 *
 * @example
 * ```ts
 * const returns = [1, -2, 0.5, 1.5, -1, 0.3, -0.2, 0.9, 1.1, -1.4];
 * garchLikelihood(returns, { omega: 0.1, alpha: 0.1, beta: 0.8 }).logLikelihood; // → -15.4682
 * ```
 */
export function garchLikelihood(returns: Series, parameters: GarchParameters): GarchLikelihood {
  const { squares } = squaredReturns(returns, 1);
  const given = checkKeys("garchLikelihood's parameters", parameters, ["omega", "alpha", "beta"]);
  const θ: Vector3 = [
    checkNumber("omega", given.omega, positive, "returns squared"),
    checkNumber("alpha", given.alpha, notNegative, ""),
    checkNumber("beta", given.beta, notNegative, ""),
  ];
  const sample = { squares, backcast: backcast(returns) };
  const point = likelihoodAt(θ, sample);
  return Object.freeze({
    logLikelihood: point.logLikelihood,
    gradient: Object.freeze(point.gradient),
    nextVariance: point.next,
  });
}
