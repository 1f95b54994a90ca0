/**
 * The power law of impact as data.
 *
 * @module
 */
import { checkKeys, checkNumber, type NumberRange, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { ImpactKind } from "./impactKind";
import { type Units, unitOf } from "./notation";

/**
 * Temporary impact as a power of the trading rate, h(v) = η|v|^β sgn v, with linear permanent impact. The linear law is the
 * one of exponent 1.
 */
export interface PowerImpact {
  /** Which law it is. */
  readonly kind: "power";
  /** η, above 0: the price conceded at a rate of 1 (currency/share over (shares/time)^β). */
  readonly coefficient: number;
  /** β, above 0 and at most 3: the power of the price conceded; the cost of a trade has the power 1 + β. */
  readonly exponent: number;
  /** γ, 0 or above (currency/share²). */
  readonly permanent: number;
}

/** What `powerImpact` takes. */
export interface PowerImpactInput {
  /** η, above 0 (currency/share over (shares/time)^β); instead of `reference`. */
  readonly coefficient?: number | undefined;
  /** β, above 0 and at most 3; 0.5 is the square-root law. */
  readonly exponent: number;
  /** γ, 0 or above (default 0) (currency/share²). */
  readonly permanent?: number | undefined;
  /** What a rate concedes, which says η without its awkward unit: η = impact/rate^β. */
  readonly reference?:
    | {
        /** A trading rate, above 0 (shares/time). */
        readonly rate: number;
        /** The price conceded at it, above 0 (currency/share). */
        readonly impact: number;
      }
    | undefined;
}

/**
 * A power law of temporary impact as data for `defineProblem`: trading at the rate v gets a price that is worse by
 * h(v) = η|v|^β. A square root in the *price* is a power 3/2 in the *cost*, which is convex.
 *
 * @param parameters - `exponent` β, above 0 and at most 3; `coefficient` η, or a `reference` { rate, impact } in its place; and
 *   `permanent` γ (default 0, currency/share²)
 * @returns the law, plain and frozen
 * @throws InputError when a parameter is missing, unknown or out of range, or both forms of η are given
 *
 * Source: R. Almgren, "Optimal execution with nonlinear impact functions and trading-enhanced risk", Applied Mathematical
 * Finance 10 (2003), h(v) = ηv^k with its v_ref and h_ref.
 *
 * @example
 * ```ts
 * const impact = powerImpact({ exponent: 0.5, reference: { rate: 1e6, impact: 1.1 }, permanent: 2.5e-7 });
 * impact.coefficient; // → 0.0011
 * const problem = defineProblem({ shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, impact });
 * impactLaw(problem).value(0, 200_000); // → 98386.991
 * problem.temporaryImpact; // → 0.0011
 * ```
 */
export function powerImpact(parameters: PowerImpactInput): PowerImpact {
  const names = [...powerKind.fields, "reference"];
  const { reference, ...given } = checkKeys("powerImpact's argument", parameters, names);
  const units: Units = { timeUnit: "time", currency: "currency" };
  if (reference === undefined) return powerKind.check(given, "", units);
  if (given.coefficient !== undefined) {
    throw new InputError("coefficient", given.coefficient, "left out where reference is given: both say η");
  }
  const at = checkKeys("reference", reference, ["rate", "impact"]);
  const rate = checkNumber("reference.rate", at.rate, positive, "shares/time");
  const impact = checkNumber("reference.impact", at.impact, positive, "currency/share");
  const β = checkNumber("exponent", given.exponent, exponents, "");
  const coefficient = impact / rate ** β;
  if (!(coefficient > 0 && Number.isFinite(coefficient))) {
    throw new InputError(
      "reference.rate",
      rate,
      `such that ${impact}/rate^${β} is a finite number above 0 (shares/time)`,
      "State time or shares in another unit.",
    );
  }
  return powerKind.check({ ...given, coefficient }, "", units);
}

/** Which exponents a law may have. Beyond 3 a trade's cost spans more than doubles hold. */
export const exponents: NumberRange = {
  contains: (β) => β > 0 && β <= 3,
  words: "a number above 0 and at most 3",
};

/** The power law, for the gate. */
export const powerKind: ImpactKind<PowerImpact> = {
  fields: ["coefficient", "exponent", "permanent"],
  check: ({ coefficient, exponent, permanent = 0 }, name, units) => {
    const β = checkNumber(`${name}exponent`, exponent, exponents, "");
    return Object.freeze({
      kind: "power",
      coefficient: checkNumber(`${name}coefficient`, coefficient, positive, unitOfCoefficient(β, units)),
      exponent: β,
      permanent:
        checkNumber(`${name}permanent`, permanent, notNegative, unitOf("permanentImpact", units)) + 0,
    });
  },
  coefficients: ({ coefficient, permanent }) => ({
    temporaryImpact: coefficient,
    permanentImpact: permanent,
  }),
  withCoefficients: (impact, { temporaryImpact, permanentImpact }) => ({
    ...impact,
    coefficient: temporaryImpact ?? impact.coefficient,
    permanent: permanentImpact ?? impact.permanent,
  }),
  scaled: ({ coefficient, permanent, ...law }, factor) => ({
    ...law,
    coefficient: factor * coefficient,
    permanent: factor * permanent,
  }),
  temporaryUnit: ({ exponent }, units) => unitOfCoefficient(exponent, units),
  concession: ({ coefficient, exponent }, rate) => coefficient * rate ** exponent,
  concessionLetters: "η(X/T)^β",
  power: ({ coefficient, exponent, permanent }) => ({ coefficient, exponent, permanent }),
  ownImpact: "timing",
};

function unitOfCoefficient(β: number, { currency, timeUnit }: Units): string {
  return `${currency}/share·(${timeUnit}/share)^${formatSignificant(β, 6)}`;
}
