/**
 * Impact that decays as a power of time, as data.
 *
 * @module
 */
import { checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { fadingKind } from "./fadingKind";
import type { ImpactKind } from "./impactKind";
import { unitOf } from "./notation";

/** A share moves the price by G(0), and u later by G(u) = γ + g (1 + u/t₀)^−α. */
export interface PowerDecayImpact {
  /** Which law it is. */
  readonly kind: "powerDecay";
  /** g, above 0 (currency/share²). */
  readonly impact: number;
  /** t₀, above 0: how long a move lasts before it begins to fade (unit of time). */
  readonly timescale: number;
  /** α, above 0: how fast it fades after that. */
  readonly exponent: number;
  /** γ, 0 or above: the part that stays (currency/share²). */
  readonly permanent: number;
  /** η, 0 or above: what speed concedes beside it (currency·time/share²). */
  readonly temporary: number;
}

/** What `powerDecayImpact` takes. */
export interface PowerDecayImpactInput {
  /** g, above 0 (currency/share²). */
  readonly impact: number;
  /** t₀, above 0 (unit of time). */
  readonly timescale: number;
  /** α, above 0. */
  readonly exponent: number;
  /** γ, 0 or above (default 0) (currency/share²). */
  readonly permanent?: number | undefined;
  /** η, 0 or above (default 0) (currency·time/share²). */
  readonly temporary?: number | undefined;
}

/**
 * Impact that decays as a power of time, as data for `defineProblem`: G(u) = γ + g (1 + u/t₀)^−α. Unless the problem says
 * otherwise, a trade pays half of the move that it makes itself.
 *
 * @param parameters - `impact` g, `timescale` t₀, `exponent` α, and `permanent` γ and `temporary` η (default 0)
 * @returns the law, plain and frozen
 * @throws InputError when a parameter is missing, unknown or out of range
 *
 * Source: J. Gatheral, "No-dynamic-arbitrage and market impact", Quantitative Finance 10 (2010), § 4; J.-P. Bouchaud, Y. Gefen,
 * M. Potters and M. Wyart, Quantitative Finance 4 (2004), for the power of time.
 *
 * @example
 * ```ts
 * const impact = powerDecayImpact({ impact: 1e-4, timescale: 0.05, exponent: 0.5 });
 * const problem = defineProblem({ shares: 100_000, horizon: 1, intervals: 20, volatility: 0, impact });
 * optimalSchedule(problem).trades[0]; // → 12823.86
 * ```
 */
export function powerDecayImpact(parameters: PowerDecayImpactInput): PowerDecayImpact {
  const given = checkKeys("powerDecayImpact's argument", parameters, [...powerDecayKind.fields]);
  return powerDecayKind.check(given, "", { timeUnit: "time", currency: "currency" });
}

/** Decay as a power of time, for the gate. */
export const powerDecayKind: ImpactKind<PowerDecayImpact> = {
  ...fadingKind,
  fields: ["impact", "timescale", "exponent", "permanent", "temporary"],
  check: ({ impact, timescale, exponent, permanent = 0, temporary = 0 }, name, units) => {
    const perShare = unitOf("permanentImpact", units);
    return Object.freeze({
      kind: "powerDecay",
      impact: checkNumber(`${name}impact`, impact, positive, perShare),
      timescale: checkNumber(`${name}timescale`, timescale, positive, units.timeUnit),
      exponent: checkNumber(`${name}exponent`, exponent, positive, ""),
      permanent: checkNumber(`${name}permanent`, permanent, notNegative, perShare) + 0,
      temporary:
        checkNumber(`${name}temporary`, temporary, notNegative, unitOf("temporaryImpact", units)) + 0,
    });
  },
  fadingMove: ({ impact }) => impact,
  coefficients: ({ temporary, permanent }) => ({ temporaryImpact: temporary, permanentImpact: permanent }),
  withCoefficients: (law, { temporaryImpact, permanentImpact }) => ({
    ...law,
    temporary: temporaryImpact ?? law.temporary,
    permanent: permanentImpact ?? law.permanent,
  }),
  scaled: (law, factor) => ({
    ...law,
    impact: factor * law.impact,
    permanent: factor * law.permanent,
    temporary: factor * law.temporary,
  }),
};
