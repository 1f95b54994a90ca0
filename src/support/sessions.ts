/**
 * Prices by session: what the hours of a market make of a series, and what volatility within them is estimated from.
 *
 * @module
 */

/** Prices of a stretch of uninterrupted trading, with the times at which they were valid. */
export interface PricePath {
  /** Trading time since the session's open, not falling (unit of time). */
  readonly times: readonly number[];
  /** Prices at these times (currency/share). */
  readonly prices: readonly number[];
}

/** A session with its prices. */
export interface SessionPrices {
  /** The date on which it closes. */
  readonly date: string;
  /** One stretch, or several where the session has breaks. */
  readonly stretches: readonly PricePath[];
}

/** Sessions in the order of time. */
export interface PricesBySession {
  /** Unit of the times: `"minute"`. */
  readonly timeUnit: string;
  /** Sessions in the order of time. */
  readonly sessions: readonly SessionPrices[];
}
