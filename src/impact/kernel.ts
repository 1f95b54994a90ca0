/**
 * Decay as a table says, on the problem's own grid. Between its points, where no trade meets the price, it is a straight line; after
 * its last one nothing fades any more.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { KernelImpact } from "../model/kernelImpact";
import type { ImpactLaw } from "../model/law";
import { uniformMarket } from "../model/market";
import { InputError } from "../support/errors";
import { ledger, transientLaw } from "./transient";

/** The law of a problem whose impact decays as a table says. */
export function kernelLaw(problem: ExecutionProblem, { values }: KernelImpact): ImpactLaw {
  const { intervals: N, horizon, profile } = problem;
  if (values.length < N) {
    throw new InputError(
      "problem.impact.values",
      values,
      `at least ${N} numbers, one for each interval`,
      "Measure further, or use powerDecayImpact or decayImpact.",
    );
  }
  if (
    profile?.lengths !== undefined &&
    uniformMarket({ ...problem, profile: { lengths: profile.lengths } }) === undefined
  ) {
    throw new InputError(
      "problem.profile.lengths",
      profile.lengths,
      "equal under a table of decay, whose numbers are one interval apart",
      "Use powerDecayImpact or decayImpact.",
    );
  }
  const kernel = (u: number): number => {
    const place = (u * N) / horizon;
    // Sums of times are off by their rounding.
    const near = Math.round(place);
    if (Math.abs(place - near) < 1e-9 * (1 + near)) return values[Math.min(near, values.length - 1)];
    const below = Math.min(Math.floor(place), values.length - 1);
    const above = Math.min(below + 1, values.length - 1);
    return values[below] + (place - Math.floor(place)) * (values[above] - values[below]);
  };
  return transientLaw(problem, {
    kind: "kernel",
    isConvex: isConvex(values),
    kernel,
    begin: () => ledger(kernel),
  });
}

/** Whether a table falls ever more slowly, and never below 0. */
function isConvex(values: readonly number[]): boolean {
  const last = values.length - 1;
  if (values[last] < 0 || (last > 0 && values[last] > values[last - 1])) return false;
  return values.every((value, k) => k === 0 || k === last || values[k - 1] + values[k + 1] >= 2 * value);
}
