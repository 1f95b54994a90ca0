/**
 * Exponential decay: G(u) = γ + Σ g_r exp(−ρ_r u). What is left of all trades is one number for each exponential, and one for what
 * stays.
 *
 * @module
 */
import type { DecayImpact } from "../model/decayImpact";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactLaw } from "../model/law";
import { type MemoryWalk, transientLaw } from "./transient";

/** The law of a problem with exponential decay. */
export function decayLaw(problem: ExecutionProblem, impact: DecayImpact): ImpactLaw {
  const { exponentials, permanent } = impact;
  return transientLaw(problem, {
    kind: "decay",
    isConvex: true,
    kernel: (u) =>
      exponentials.reduce((sum, { impact: g, rate: ρ }) => sum + g * Math.exp(-ρ * u), permanent),
    exponentials: { exponentials, permanent },
    begin: () => begin(impact),
  });
}

function begin({ exponentials, permanent }: DecayImpact): MemoryWalk {
  const fading = new Float64Array(exponentials.length);
  let stays = 0;
  return {
    pass: (time) => {
      exponentials.forEach(({ rate }, r) => {
        fading[r] *= Math.exp(-rate * time);
      });
    },
    add: (shares) => {
      exponentials.forEach(({ impact }, r) => {
        fading[r] += impact * shares;
      });
      stays += permanent * shares;
    },
    left: () => fading.reduce((sum, part) => sum + part, stays),
  };
}
