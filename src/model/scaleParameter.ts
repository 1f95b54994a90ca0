/**
 * A problem with a parameter that is wrong by a factor.
 *
 * @module
 */
import type { ExecutionProblem } from "./executionProblem";
import { changedCoefficients } from "./impactModel";
import { defineProblem } from "./problem";

/** The parameters that are estimated or chosen, and may be wrong. */
export type ScalableParameter = "temporaryImpact" | "permanentImpact" | "volatility" | "riskAversion";

/** A checked problem with one parameter multiplied by a factor, in its profile too. Throws as `defineProblem` does. */
export function scaleParameter(
  problem: ExecutionProblem,
  parameter: ScalableParameter,
  factor: number,
): ExecutionProblem {
  const { profile } = problem;
  const change = { [parameter]: problem[parameter] * factor };
  const isImpact = parameter === "temporaryImpact" || parameter === "permanentImpact";
  const scaled = { ...problem, ...(isImpact ? changedCoefficients(problem, change) : change) };
  const varying = parameter === "riskAversion" ? undefined : profile?.[parameter];
  if (varying === undefined) return defineProblem(scaled);
  return defineProblem({
    ...scaled,
    profile: { ...profile, [parameter]: varying.map((value) => value * factor) },
  });
}
