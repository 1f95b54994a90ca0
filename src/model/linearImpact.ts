/**
 * The linear law of impact as data.
 *
 * @module
 */
import { checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import type { ImpactKind } from "./impactKind";
import { unitOf } from "./notation";

/**
 * The linear law of Almgren and Chriss: the price a trade gets is worse by `temporary` times its rate, and the price
 * is lower (for a sell) by `permanent` times its shares ever after.
 */
export interface LinearImpact {
  /** Which law it is. */
  readonly kind: "linear";
  /** η, above 0 (currency·time/share²). */
  readonly temporary: number;
  /** γ, 0 or above (currency/share²). */
  readonly permanent: number;
}

/**
 * The linear law as data for `defineProblem`: `impact: linearImpact({ temporary, permanent })` means the same as
 * `temporaryImpact` and `permanentImpact`.
 *
 * @param parameters - `temporary` η, above 0 (currency·time/share²), and `permanent` γ, 0 or above (default 0,
 *   currency/share²)
 * @returns the law, plain and frozen
 * @throws InputError when a parameter is missing, unknown or out of range
 *
 * Source: AC eqs. 6 and 7.
 *
 * @example
 * ```ts
 * const impact = linearImpact({ temporary: 2.5e-6, permanent: 2.5e-7 });
 * const problem = defineProblem({ shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, impact });
 * problem.temporaryImpact; // → 2.5e-6
 * impactLaw(problem).kind; // → linear
 * ```
 */
export function linearImpact(parameters: {
  readonly temporary: number;
  readonly permanent?: number | undefined;
}): LinearImpact {
  const given = checkKeys("linearImpact's argument", parameters, linearKind.fields);
  return linearKind.check(given, "", { timeUnit: "time", currency: "currency" });
}

/** The linear law, for the gate. */
export const linearKind: ImpactKind<LinearImpact> = {
  fields: ["temporary", "permanent"],
  check: ({ temporary, permanent = 0 }, name, units) =>
    Object.freeze({
      kind: "linear",
      temporary: checkNumber(`${name}temporary`, temporary, positive, unitOf("temporaryImpact", units)),
      permanent:
        checkNumber(`${name}permanent`, permanent, notNegative, unitOf("permanentImpact", units)) + 0,
    }),
  coefficients: ({ temporary, permanent }) => ({ temporaryImpact: temporary, permanentImpact: permanent }),
  withCoefficients: (impact, { temporaryImpact, permanentImpact }) => ({
    ...impact,
    temporary: temporaryImpact ?? impact.temporary,
    permanent: permanentImpact ?? impact.permanent,
  }),
  scaled: ({ temporary, permanent }, factor) => ({
    kind: "linear",
    temporary: factor * temporary,
    permanent: factor * permanent,
  }),
  temporaryUnit: (_, units) => unitOf("temporaryImpact", units),
  concession: ({ temporary }, rate) => temporary * rate,
  concessionLetters: "ηX/T",
  power: ({ temporary, permanent }) => ({ coefficient: temporary, exponent: 1, permanent }),
  ownImpact: "timing",
};
