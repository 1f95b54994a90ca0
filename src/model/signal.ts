/**
 * A signal of where the price goes, and trades that follow it: as data.
 *
 * @module
 */

/** A signal that reverts to 0: dI = −θI dt + ν dB is the trend of the price. */
export interface MeanRevertingSignal {
  /** I_0 when the order begins, positive when the price is expected to rise (currency/share/time). */
  readonly initial: number;
  /** θ, above 0: how fast it reverts (1/time). */
  readonly reversion: number;
  /** ν, 0 or above: how much it varies (currency/share/time/√time). */
  readonly volatility: number;
}

/** The trade of one interval as a linear function of what is known before it. */
export interface SignalGains {
  /** Shares for each share left. */
  readonly remaining: number;
  /** Shares for each unit that an exponential has left in the price, in the order of the law; last, what stays (shares²/currency). */
  readonly left: readonly number[];
  /** Shares for each unit of the signal (shares over currency/share/time). */
  readonly signal: number;
}
