/**
 * Laws under which all that trades have left in the price is a few numbers, each of which goes on by itself: exponentials, and what
 * stays. Linear impact is the one without exponentials.
 *
 * @module
 */
import type { DecayImpact } from "../model/decayImpact";
import type { ExecutionProblem } from "../model/executionProblem";
import { InputError } from "../support/errors";

/** What trades leave, and what they concede. */
export type RecursiveLaw = Pick<DecayImpact, "exponentials" | "permanent" | "temporary">;

/** The law of a problem as such a sum; rejects a problem under whose law there is none, or costs are no squares. */
export function recursiveLawOf({ impact }: ExecutionProblem, what: string): RecursiveLaw {
  if (impact?.kind === "decay") return impact;
  if (impact?.kind === "linear") {
    return { exponentials: [], permanent: impact.permanent, temporary: impact.temporary };
  }
  throw new InputError(
    "problem.impact.kind",
    impact?.kind,
    `"linear" or "decay" for ${what}`,
    "Use decayImpact, or give a trend that is known beforehand as profile.drift, which every law takes.",
  );
}
