/**
 * Impact that decays exponentially, as data.
 *
 * @module
 */
import { checkKeys, checkNumber, isList, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { fadingKind } from "./fadingKind";
import type { ImpactKind } from "./impactKind";
import { type Units, unitOf } from "./notation";

/** One part of what a share does to the price: it moves it by `impact` at once, and the move fades at `rate`. */
export interface ExponentialDecay {
  /** g, above 0 (currency/share²). */
  readonly impact: number;
  /** ρ, above 0 (1/time); ln 2/ρ is the half-life. */
  readonly rate: number;
}

/**
 * A share moves the price by G(0), and u later by G(u) = γ + Σ g_r exp(−ρ_r u). With one exponential it is the model of Obizhaeva
 * and Wang; with none left to fade, the linear law.
 */
export interface DecayImpact {
  /** Which law it is. */
  readonly kind: "decay";
  /** The parts that fade, at least one. */
  readonly exponentials: readonly ExponentialDecay[];
  /** γ, 0 or above: the part that stays (currency/share²). */
  readonly permanent: number;
  /** η, 0 or above: what speed concedes beside it (currency·time/share²). */
  readonly temporary: number;
}

/** What `decayImpact` takes. */
export interface DecayImpactInput {
  /** The parts that fade, at least one. */
  readonly exponentials: readonly ExponentialDecay[];
  /** γ, 0 or above (default 0) (currency/share²). */
  readonly permanent?: number | undefined;
  /** η, 0 or above (default 0) (currency·time/share²). */
  readonly temporary?: number | undefined;
}

/**
 * Impact that decays exponentially, as data for `defineProblem`: G(u) = γ + Σ g_r exp(−ρ_r u). Unless the problem says otherwise, a
 * trade pays half of the move that it makes itself, because it walks the book.
 *
 * @param parameters - `exponentials` { impact g, rate ρ }, and `permanent` γ and `temporary` η (default 0)
 * @returns the law, plain and frozen
 * @throws InputError when a parameter is missing, unknown or out of range
 *
 * Source: A. Obizhaeva and J. Wang, "Optimal trading strategy and supply/demand dynamics", Journal of Financial Markets 16 (2013),
 * § 3, for one exponential.
 *
 * @example
 * ```ts
 * const impact = decayImpact({ exponentials: [{ impact: 2e-5, rate: 0.25 }], permanent: 1e-6 });
 * const problem = defineProblem({ shares: 100_000, horizon: 8, intervals: 8, volatility: 0, impact });
 * optimalSchedule(problem).trades.map(Math.round); // → [30055, 6648, 6648, 6648, 6648, 6648, 6648, 30055]
 * Math.round(costReport(problem, optimalSchedule(problem)).expectedCost); // → 58462
 * ```
 */
export function decayImpact(parameters: DecayImpactInput): DecayImpact {
  const given = checkKeys("decayImpact's argument", parameters, [...decayKind.fields]);
  return decayKind.check(given, "", { timeUnit: "time", currency: "currency" });
}

/** Exponential decay, for the gate. */
export const decayKind: ImpactKind<DecayImpact> = {
  ...fadingKind,
  fields: ["exponentials", "permanent", "temporary"],
  check: ({ exponentials, permanent = 0, temporary = 0 }, name, units) => {
    if (!isList(exponentials) || exponentials.length === 0) {
      throw new InputError(`${name}exponentials`, exponentials, "an array of at least one { impact, rate }");
    }
    return Object.freeze({
      kind: "decay",
      exponentials: Object.freeze(
        Array.from(exponentials, (one, r) => checkExponential(one, `${name}exponentials[${r}]`, units)),
      ),
      permanent:
        checkNumber(`${name}permanent`, permanent, notNegative, unitOf("permanentImpact", units)) + 0,
      temporary:
        checkNumber(`${name}temporary`, temporary, notNegative, unitOf("temporaryImpact", units)) + 0,
    });
  },
  fadingMove: ({ exponentials }) => exponentials.reduce((sum, { impact }) => sum + impact, 0),
  coefficients: ({ temporary, permanent }) => ({ temporaryImpact: temporary, permanentImpact: permanent }),
  withCoefficients: (impact, { temporaryImpact, permanentImpact }) => ({
    ...impact,
    temporary: temporaryImpact ?? impact.temporary,
    permanent: permanentImpact ?? impact.permanent,
  }),
  scaled: ({ exponentials, permanent, temporary }, factor) => ({
    kind: "decay",
    exponentials: exponentials.map(({ impact, rate }) => ({ impact: factor * impact, rate })),
    permanent: factor * permanent,
    temporary: factor * temporary,
  }),
};

function checkExponential(value: unknown, name: string, units: Units): ExponentialDecay {
  const { impact, rate } = checkKeys(name, value, ["impact", "rate"]);
  return Object.freeze({
    impact: checkNumber(`${name}.impact`, impact, positive, unitOf("permanentImpact", units)),
    rate: checkNumber(`${name}.rate`, rate, positive, `1/${units.timeUnit}`),
  });
}
