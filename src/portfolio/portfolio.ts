/**
 * A portfolio to be traded as data: positions, their market and an attitude to risk.
 *
 * @module
 */
import type { Timing } from "../model/executionProblem";
import type { OwnImpact } from "../model/impactKind";
import type { Units } from "../model/notation";
import type { Series } from "../support/numbers";
import type { Matrix, MatrixInput } from "./matrices";

/**
 * What varies over the day. A single order's profile replaces its scalars; a portfolio's multiplies its matrices: each array
 * but `lengths` and `open` holds N factors, 1 where an interval is like the portfolio's own numbers.
 */
export interface PortfolioProfileInput {
  /** τ_1 … τ_N, above 0; they sum to the horizon within 1e-12 of it (unit of time). */
  readonly lengths?: Series | undefined;
  /** By what the covariance is multiplied in each interval, 0 or above. */
  readonly covariance?: Series | undefined;
  /** By what the temporary impact is multiplied, above 0. */
  readonly temporaryImpact?: Series | undefined;
  /** By what the permanent impact is multiplied, 0 or above. */
  readonly permanentImpact?: Series | undefined;
  /** By what the half spreads are multiplied, 0 or above. */
  readonly halfSpreads?: Series | undefined;
  /** By what the drifts are multiplied. */
  readonly drifts?: Series | undefined;
  /** Whether the portfolio may trade in each interval; where it may not, the risk still runs. */
  readonly open?: readonly boolean[] | undefined;
}

/** A validated profile: frozen arrays of N entries, and only those that were given. */
export interface PortfolioProfile {
  /** τ_1 … τ_N (unit of time). */
  readonly lengths?: readonly number[];
  /** Factors of the covariance. */
  readonly covariance?: readonly number[];
  /** Factors of the temporary impact. */
  readonly temporaryImpact?: readonly number[];
  /** Factors of the permanent impact. */
  readonly permanentImpact?: readonly number[];
  /** Factors of the half spreads. */
  readonly halfSpreads?: readonly number[];
  /** Factors of the drifts. */
  readonly drifts?: readonly number[];
  /** Whether the portfolio may trade in each interval. */
  readonly open?: readonly boolean[];
}

/** What `definePortfolio` takes, in any consistent set of units. */
export interface PortfolioInput {
  /** What the names are called, m different texts (default `"Name 1"`, `"Name 2"`, …). */
  readonly names?: readonly string[] | undefined;
  /** X, m numbers, above 0 to sell and below 0 to buy; 0 for a name that may only hedge (shares). */
  readonly positions: Series;
  /** Time allowed T, above 0 (unit of time). */
  readonly horizon: number;
  /** Number of intervals N, equal unless `profile.lengths` says otherwise, an integer from 1 to 100,000. */
  readonly intervals: number;
  /** C, covariance of the price changes of a unit of time, not of returns: m rows of m, symmetric, positive semidefinite (currency²/share²/time). */
  readonly covariance: MatrixInput;
  /** H, price conceded by each name per unit of trading rate of each: symmetric and positive definite, or m numbers where names do not touch each other (currency·time/share²). */
  readonly temporaryImpact: MatrixInput | Series;
  /** Γ, lasting move of each price (row) per share traded of each name (column), with a symmetric part that is positive semidefinite; or m numbers (default 0) (currency/share²). */
  readonly permanentImpact?: MatrixInput | Series | undefined;
  /** Half of the bid–ask spread and fees ε, 0 or above, m numbers or one for all (default 0) (currency/share). */
  readonly halfSpreads?: number | Series | undefined;
  /** Expected price trends α, positive where a price rises, m numbers or one for all (default 0) (currency/share/time). */
  readonly drifts?: number | Series | undefined;
  /** Risk aversion λ (default 0) (1/currency). */
  readonly riskAversion?: number | undefined;
  /** Which price a trade gets, as for a single order (default `"start"`). */
  readonly timing?: Timing | undefined;
  /** The part of its own permanent impact that a trade pays (default: what the timing says). */
  readonly ownImpact?: OwnImpact | undefined;
  /** What varies over the day. */
  readonly profile?: PortfolioProfileInput | undefined;
  /** Prices S₀ on arrival, m numbers; needed for basis points and for charts in currency (currency/share). */
  readonly arrivalPrices?: Series | undefined;
  /** Name of the time unit, for titles and messages (default `"time"`). */
  readonly timeUnit?: string | undefined;
  /** Name of the currency, for titles and messages (default `"currency"`). */
  readonly currency?: string | undefined;
  /** Ignored and computed anew, so that `definePortfolio({ ...portfolio, riskAversion: 0 })` works. */
  readonly warnings?: readonly string[] | undefined;
}

/** A validated, frozen portfolio: the fields of {@link PortfolioInput}, with the defaults filled in and matrices written out. */
export interface Portfolio extends Units {
  /** What the m names are called. */
  readonly names: readonly string[];
  /** X, above 0 to sell (m numbers, shares). */
  readonly positions: readonly number[];
  /** Time allowed T (unit of time). */
  readonly horizon: number;
  /** Number of intervals N. */
  readonly intervals: number;
  /** C (m rows of m, currency²/share²/time). */
  readonly covariance: Matrix;
  /** H (m rows of m, currency·time/share²). */
  readonly temporaryImpact: Matrix;
  /** Γ (m rows of m, currency/share²). */
  readonly permanentImpact: Matrix;
  /** ε (m numbers, currency/share). */
  readonly halfSpreads: readonly number[];
  /** α (m numbers, currency/share/time). */
  readonly drifts: readonly number[];
  /** Risk aversion λ (1/currency). */
  readonly riskAversion: number;
  /** Which price a trade gets. */
  readonly timing: Timing;
  /** The part of its own permanent impact that a trade pays, where it was given. */
  readonly ownImpact: OwnImpact | undefined;
  /** What varies over the day, where it was given. */
  readonly profile: PortfolioProfile | undefined;
  /** Prices S₀ on arrival, where they were given (m numbers, currency/share). */
  readonly arrivalPrices: readonly number[] | undefined;
  /** What may surprise: an asymmetric permanent impact that could be exploited on a longer horizon. */
  readonly warnings: readonly string[];
}
