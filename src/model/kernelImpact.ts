/**
 * Impact that decays as a table says, as data.
 *
 * @module
 */
import { anyFinite, checkKeys, checkNumber, checkNumbers, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { fadingKind } from "./fadingKind";
import type { ImpactKind } from "./impactKind";
import { unitOf } from "./notation";

/** A share moves the price by G(0), and k intervals later by G(kτ): as many numbers as the problem has intervals, or more. */
export interface KernelImpact {
  /** Which law it is. */
  readonly kind: "kernel";
  /** G(0), G(τ), G(2τ), … (currency/share²). */
  readonly values: readonly number[];
  /** η, 0 or above: what speed concedes beside it (currency·time/share²). */
  readonly temporary: number;
}

/** What `kernelImpact` takes. */
export interface KernelImpactInput {
  /** G(0), above 0, G(τ), G(2τ), …, one for each interval of the problem, or more (currency/share²). */
  readonly values: readonly number[];
  /** η, 0 or above (default 0) (currency·time/share²). */
  readonly temporary?: number | undefined;
}

/**
 * Impact that decays as measured, as data for `defineProblem`: the numbers G(kτ) on the problem's own grid, whose intervals must
 * all have the same length. What a table says need not have an optimum: `priceManipulation` tells.
 *
 * @param parameters - `values` G(0), G(τ), …, and `temporary` η (default 0)
 * @returns the law, plain and frozen
 * @throws InputError when a parameter is missing, unknown or out of range
 *
 * @example
 * ```ts
 * const impact = kernelImpact({ values: [1e-4, 6e-5, 4e-5, 3e-5] });
 * const problem = defineProblem({ shares: 1000, horizon: 4, intervals: 4, volatility: 0, impact });
 * optimalSchedule(problem).trades.map(Math.round); // → [333, 167, 167, 333]
 * ```
 */
export function kernelImpact(parameters: KernelImpactInput): KernelImpact {
  const given = checkKeys("kernelImpact's argument", parameters, [...kernelKind.fields]);
  return kernelKind.check(given, "", { timeUnit: "time", currency: "currency" });
}

/** A table of decay, for the gate. */
export const kernelKind: ImpactKind<KernelImpact> = {
  ...fadingKind,
  fields: ["values", "temporary"],
  ownGridOnly: true,
  check: ({ values, temporary = 0 }, name, units) => {
    const unit = unitOf("permanentImpact", units);
    if (!isList(values) || values.length === 0) {
      throw new InputError(
        `${name}values`,
        values,
        `an array of numbers, one for each interval or more (${unit})`,
      );
    }
    const table = checkNumbers(`${name}values`, values, values.length, anyFinite, unit);
    if (!(table[0] > 0)) throw new InputError(`${name}values[0]`, table[0], `above 0 (${unit})`);
    return Object.freeze({
      kind: "kernel",
      values: Object.freeze(Array.from(table)),
      temporary:
        checkNumber(`${name}temporary`, temporary, notNegative, unitOf("temporaryImpact", units)) + 0,
    });
  },
  fadingMove: ({ values }) => values[0],
  coefficients: ({ temporary }) => ({ temporaryImpact: temporary, permanentImpact: 0 }),
  withCoefficients: (law, { temporaryImpact, permanentImpact }) => {
    if (permanentImpact !== undefined && permanentImpact !== 0) {
      throw new InputError("permanentImpact", permanentImpact, "left out: the table holds what stays");
    }
    return { ...law, temporary: temporaryImpact ?? law.temporary };
  },
  scaled: ({ values, temporary }, factor) => ({
    kind: "kernel",
    values: values.map((value) => factor * value),
    temporary: factor * temporary,
  }),
};
