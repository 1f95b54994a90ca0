/**
 * The power law that Almgren, Thum, Hauptmann and Li estimated, with the errors of its coefficients.
 *
 * @module
 */
import { checkKeys, checkNumber, positive } from "../support/checks";
import { type PowerImpact, powerImpact } from "./powerImpact";

/** The stock for which the law is wanted. */
export interface Almgren2005Input {
  /** Price, above 0 (currency/share). */
  readonly price: number;
  /** V, what the market trades in a day, above 0 (shares). */
  readonly dailyVolume: number;
  /** Θ, shares outstanding, above 0 (shares). */
  readonly sharesOutstanding: number;
  /** σ as a fraction of the price in a day, above 0: 0.0157 for 1.57%. */
  readonly dailyVolatility: number;
  /** How many of the problem's units of time a trading day has, above 0 (default 1; 390 for minutes of New York's day). */
  readonly dayLength?: number | undefined;
}

/** How far the parameters of a power law may be off: one standard error each, independent of each other. */
export interface PowerErrors {
  /** Of γ, as a fraction of it. */
  readonly permanent: number;
  /** Of what trading at `rate` concedes, as a fraction of it. */
  readonly temporary: number;
  /** Of β, as it is. */
  readonly exponent: number;
  /** The rate about which β turns, above 0 (shares/time): there its error changes nothing. */
  readonly rate: number;
}

/** The law of a stock, with its errors. */
export interface Almgren2005Impact {
  /** The law for `defineProblem`. */
  readonly impact: PowerImpact;
  /** How far its parameters may be off, for `impactBand`. */
  readonly errors: PowerErrors;
}

/** Coefficients, with standard errors. */
const γ = { value: 0.314, error: 0.041 };
const η = { value: 0.142, error: 0.0062 };
const β = { value: 0.6, error: 0.038 };
/** The exponent of Θ/V, set to ¼ (the fit says 0.267 ± 0.22). */
const δ = 0.25;

/**
 * The impact of a large US stock by the estimates of Almgren, Thum, Hauptmann and Li: as fractions of the price,
 *
 *     I = γσ (X/V)(Θ/V)^{1/4}          J = ½I + ησ |X/(VT)|^{3/5}
 *
 * with γ = 0.314 ± 0.041, η = 0.142 ± 0.0062 and an exponent of 0.600 ± 0.038, from 29,509 orders of 2001 to 2003. I is how far the order
 * moves the price for good, J what trading it evenly in the time T costs. An order pays half of its own move: give the problem
 * timing `"mid"`, or `ownImpact: "half"`. The paper prints no correlation of its errors; they are taken as independent.
 *
 * @param stock - price, daily volume, shares outstanding, daily volatility and the length of a day in the problem's unit of time
 * @returns the law for `defineProblem`, and its errors for `impactBand`
 * @throws InputError when an argument is not what it should be
 *
 * Source: R. Almgren, C. Thum, E. Hauptmann and H. Li, "Direct estimation of equity market impact", Risk 18(7) (2005), with
 * its estimates and Table 3.
 *
 * @example
 * ```ts
 * // 10% of a day's volume of IBM in half a day, Table 3.
 * const { impact } = almgren2005Impact({
 *   price: 100, dailyVolume: 6.561e6, sharesOutstanding: 1.728e9, dailyVolatility: 0.0157,
 * });
 * const problem = defineProblem({
 *   shares: 656_100, horizon: 0.5, intervals: 10, volatility: 1.57, timing: "mid", impact, arrivalPrice: 100,
 * });
 * const { expectedCost } = costReport(problem, equalSchedule(problem));
 * (expectedCost / (656_100 * 100)) * 1e4; // → 18.4179
 * ```
 */
export function almgren2005Impact(stock: Almgren2005Input): Almgren2005Impact {
  const names = ["price", "dailyVolume", "sharesOutstanding", "dailyVolatility", "dayLength"];
  const given = checkKeys("almgren2005Impact's argument", stock, names);
  const S = checkNumber("price", given.price, positive, "currency/share");
  const V = checkNumber("dailyVolume", given.dailyVolume, positive, "shares");
  const Θ = checkNumber("sharesOutstanding", given.sharesOutstanding, positive, "shares");
  const σ = checkNumber("dailyVolatility", given.dailyVolatility, positive, "fraction of the price in a day");
  const day = checkNumber("dayLength", given.dayLength ?? 1, positive, "unit of time");
  const rate = V / day;
  return Object.freeze({
    impact: powerImpact({
      exponent: β.value,
      reference: { rate, impact: η.value * σ * S },
      permanent: (γ.value * σ * S * (Θ / V) ** δ) / V,
    }),
    errors: Object.freeze({
      permanent: γ.error / γ.value,
      temporary: η.error / η.value,
      exponent: β.error,
      rate,
    }),
  });
}
