/**
 * Laws of market impact as plain data. What they mean is derived from the data by `impactLaw`.
 *
 * @module
 */
import { checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { type Units, unitOf } from "./notation";

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

/** A law of impact as plain data, told apart by its `kind`. */
export type ImpactModel = LinearImpact;

/** The part of its own lasting move that a trade pays: none, half or all of it. */
export type OwnImpact = "none" | "half" | "full";

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
  const { temporary, permanent } = checkKeys("linearImpact's argument", parameters, [
    "temporary",
    "permanent",
  ]);
  return Object.freeze({
    kind: "linear",
    temporary: checkNumber("temporary", temporary, positive, "currency·time/share²"),
    permanent:
      permanent === undefined ? 0 : checkNumber("permanent", permanent, notNegative, "currency/share²"),
  });
}

/** Checks a law that a problem is given. */
export function checkImpact(value: unknown, units: Units): ImpactModel {
  const given = checkKeys("impact", value, ["kind", "temporary", "permanent"]);
  if (given.kind !== "linear") throw new InputError("impact.kind", given.kind, '"linear"');
  const temporary = checkNumber(
    "impact.temporary",
    given.temporary,
    positive,
    unitOf("temporaryImpact", units),
  );
  const permanent =
    given.permanent === undefined
      ? 0
      : checkNumber("impact.permanent", given.permanent, notNegative, unitOf("permanentImpact", units));
  return Object.freeze({ kind: "linear", temporary, permanent });
}
