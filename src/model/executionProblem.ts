/**
 * The execution problem as data: an order, a market and an attitude to risk.
 *
 * @module
 */
import type { OwnImpact } from "./impactKind";
import type { ImpactModel } from "./impactModel";
import type { Units } from "./notation";
import type { Profile, ProfileInput } from "./profile";

/** The direction of the order. Shares are positive for both. */
export type Side = "sell" | "buy";

/**
 * Which price a trade gets, because the literature disagrees:
 *
 * - `"start"`: the price before the interval's noise and before the trade's own permanent impact
 *   (Almgren and Chriss 2001, eq. 2);
 * - `"mid"`: the mean of the prices before and after the interval, the closest of the three to trading evenly
 *   through it: a trade pays half of its own permanent impact, and risk on a coarse grid is that of continuous time
 *   to second order in τ;
 * - `"end"`: the price after both, so that a trade pays its own permanent impact in full and the whole order
 *   is exposed to the first interval's noise (seed A's printed formulas).
 */
export type Timing = "start" | "mid" | "end";

/** A trade that was made before an order. */
export interface EarlierTrade {
  /** How long before the order it was made, 0 or above (unit of time). */
  readonly ago: number;
  /** Its shares, positive for the order's own side. */
  readonly shares: number;
}

/** What `defineProblem` takes: a problem in words and numbers, in any consistent set of units. */
export interface ProblemInput {
  /** `"sell"` (default) or `"buy"`. */
  readonly side?: Side | undefined;
  /** Size of the order X, above 0 for both sides (shares). */
  readonly shares: number;
  /** Time allowed T, above 0 (unit of time). */
  readonly horizon: number;
  /** Number of intervals N, equal unless `profile.lengths` says otherwise, an integer from 1 to 10,000,000. */
  readonly intervals: number;
  /** Price volatility σ, 0 or above: standard deviation of the price per √time, not of returns (currency/share/√time). */
  readonly volatility: number;
  /**
   * Temporary impact η, above 0: price conceded per unit of trading rate (currency·time/share²). Required unless
   * `impact` is given.
   */
  readonly temporaryImpact?: number | undefined;
  /** Permanent impact γ, 0 or above (default 0): lasting price move per share traded (currency/share²). */
  readonly permanentImpact?: number | undefined;
  /**
   * The law of impact as data, from `linearImpact` or `powerImpact`; instead of `temporaryImpact` and `permanentImpact`, not
   * beside them.
   */
  readonly impact?: ImpactModel | undefined;
  /**
   * The part of its own permanent impact that a trade pays (default: what the timing says, `"none"` for `"start"`,
   * `"half"` for `"mid"`, `"full"` for `"end"`).
   */
  readonly ownImpact?: OwnImpact | undefined;
  /**
   * Trades made before this order, by how long ago, 0 or above (unit of time), and their shares, positive for the same side: under
   * impact that fades the price has yet to recover from them (default none; at most 100,000).
   */
  readonly earlierTrades?: readonly EarlierTrade[] | undefined;
  /** Half of the bid–ask spread and fees ε, 0 or above (default 0) (currency/share). */
  readonly halfSpread?: number | undefined;
  /**
   * What each share left at the end costs beyond the last price, 0 or above (currency/share): fees, impact and risk of
   * trading it later. Without it the order must finish. With it a schedule may leave any part of the order, valued at the last price
   * less this: whatever trades have left in that price by the end, under every law of impact, what is left bears too.
   */
  readonly remainderPrice?: number | undefined;
  /** Expected price trend α, positive when the price rises (default 0) (currency/share/time). */
  readonly drift?: number | undefined;
  /** Risk aversion λ: currency of expected cost that one unit of variance is worth (default 0) (1/currency). */
  readonly riskAversion?: number | undefined;
  /** Which price a trade gets (default `"start"`). */
  readonly timing?: Timing | undefined;
  /** What varies over the day, N numbers each; an array replaces its scalar everywhere. */
  readonly profile?: ProfileInput | undefined;
  /** Price S₀ when the order arrives, of either sign; needed only for basis points and plausibility warnings (currency/share). */
  readonly arrivalPrice?: number | undefined;
  /** Name of the time unit, for titles and messages (default `"time"`). */
  readonly timeUnit?: string | undefined;
  /** Name of the currency, for titles and messages (default `"currency"`). */
  readonly currency?: string | undefined;
  /** Ignored and computed anew, so that `defineProblem({ ...problem, riskAversion: 0 })` works. */
  readonly warnings?: readonly string[] | undefined;
}

/** A validated, frozen problem. The fields are those of {@link ProblemInput}, with the defaults filled in. */
export interface ExecutionProblem extends Units {
  /** `"sell"` or `"buy"`. */
  readonly side: Side;
  /** Size of the order X (shares). */
  readonly shares: number;
  /** Time allowed T (unit of time). */
  readonly horizon: number;
  /** Number of intervals N. */
  readonly intervals: number;
  /** Price volatility σ (currency/share/√time). */
  readonly volatility: number;
  /**
   * Temporary impact η (currency·time/share²). For a law that is not linear, a view of that law's own coefficient, in its own
   * unit: not enumerable, and so absent from copies, which hold each number once.
   */
  readonly temporaryImpact: number;
  /** Permanent impact γ (currency/share²); a view of the law's where that is not linear. */
  readonly permanentImpact: number;
  /**
   * The law of impact as data. For a linear one it is a view of `temporaryImpact` and `permanentImpact`, which hold it:
   * not enumerable, and so absent from copies, which hold each number once. `impactLaw(problem)` works for copies too.
   */
  readonly impact?: ImpactModel | undefined;
  /** The part of its own permanent impact that a trade pays, where it was given; else the timing says it. */
  readonly ownImpact: OwnImpact | undefined;
  /** Trades made before this order, where they were given. */
  readonly earlierTrades: readonly EarlierTrade[] | undefined;
  /** Half of the bid–ask spread and fees ε (currency/share). */
  readonly halfSpread: number;
  /** What each share left at the end costs beyond the last price, where shares may be left (currency/share). */
  readonly remainderPrice: number | undefined;
  /** Expected price trend α, positive when the price rises (currency/share/time). */
  readonly drift: number;
  /** Risk aversion λ (1/currency). */
  readonly riskAversion: number;
  /** Which price a trade gets. */
  readonly timing: Timing;
  /** What varies over the day, where it was given. The scalars beside it are what tables show. */
  readonly profile: Profile | undefined;
  /** Price S₀ when the order arrives, where it was given (currency/share). */
  readonly arrivalPrice: number | undefined;
  /** What looks like a slip of units or of a sign; most of it is seen only against an `arrivalPrice`. */
  readonly warnings: readonly string[];
}
