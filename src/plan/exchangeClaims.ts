/**
 * What a file claims about a schedule, checked against the schedule itself.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkKeys } from "../support/checks";
import { InputError } from "../support/errors";

/** The numbers of a certificate, and what each is measured in. */
const numbers = [
  ["feasibilityResidual", "shares"],
  ["optimalityResidual", "shares"],
  ["tolerance", "shares"],
  ["gapBound", "{currency}"],
  ["gapBasisPoints", "basis points"],
  ["curvature", "{currency}/share²"],
] as const satisfies readonly (readonly [keyof Certificate, string])[];

/**
 * Refuses a claim that does not hold. Verdict and kind of bound must be the same; numbers may differ by rounding, since an engine may
 * round a function in its own way: by a millionth, or where they are 0 but for rounding, by what the schedule was held to.
 */
export function checkClaims(problem: ExecutionProblem, claim: unknown, found: Certificate): void {
  const known = ["verdict", "isGapLoose", ...numbers.map(([name]) => name)];
  const claimed = checkKeys("certificate", claim, known);
  for (const field of ["verdict", "isGapLoose"] as const) {
    if (claimed[field] === found[field]) continue;
    throw new InputError(
      `certificate.${field}`,
      claimed[field],
      `${JSON.stringify(found[field])}, the value recomputed from problem, schedule and bounds`,
      "The file was changed after it was written, or its certificate belongs to another schedule.",
    );
  }
  for (const [name, unit] of numbers) {
    const [value, own] = [claimed[name], found[name]];
    // JSON cannot write NaN, the infinities, or a missing value.
    if (own === undefined || !Number.isFinite(own)) {
      if (value === undefined || value === null) continue;
    } else if (typeof value === "number" && Math.abs(value - own) <= allowance(problem, name, own, found))
      continue;
    throw new InputError(
      `certificate.${name}`,
      value,
      `${own === undefined || !Number.isFinite(own) ? "left out or null" : own} (${unit.replace("{currency}", () => problem.currency)}), the recomputed value`,
      "The file was changed after it was written, or its certificate belongs to another schedule.",
    );
  }
}

/** How far a claimed number may be from the one that is found. */
function allowance(
  { shares, arrivalPrice = 0 }: ExecutionProblem,
  name: (typeof numbers)[number][0],
  own: number,
  { tolerance, curvature }: Certificate,
): number {
  const relative = 1e-6 * Math.abs(own);
  if (name === "feasibilityResidual" || name === "optimalityResidual") return Math.max(relative, tolerance);
  if (name === "tolerance" || name === "curvature") return relative;
  // A trade that is off by the tolerance makes about such a gap.
  const rounding = Number.isFinite(curvature) ? Math.abs(curvature) * tolerance * shares : 0;
  if (name === "gapBound") return Math.max(relative, rounding);
  const value = shares * Math.abs(arrivalPrice);
  return Math.max(relative, value > 0 ? 1e4 * (rounding / value) : 0);
}
