/**
 * Decay as a power of time: G(u) = γ + g (1 + u/t₀)^−α.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactLaw } from "../model/law";
import type { PowerDecayImpact } from "../model/powerDecayImpact";
import { ledger, transientLaw } from "./transient";

/** The law of a problem whose impact decays as a power of time. */
export function powerDecayLaw(
  problem: ExecutionProblem,
  { impact: g, timescale: t0, exponent: α, permanent }: PowerDecayImpact,
): ImpactLaw {
  return transientLaw(problem, {
    kind: "powerDecay",
    isConvex: true,
    kernel: (u) => permanent + g * (1 + u / t0) ** -α,
    begin: () => ledger((age) => permanent + g / ((t0 + age) / t0) ** α),
  });
}
