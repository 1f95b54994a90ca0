/**
 * The time constant 1/κ of a schedule, as charts write it.
 *
 * @module
 */
import { structureOf } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { defineProblem } from "../model/problem";
import { timeConstant, urgency } from "../solve/urgency";
import { spokenDuration } from "./timeAxis";

/** The time constant of the optimum at a risk aversion, in words. */
export function timeConstantText(problem: ExecutionProblem, riskAversion: number): string {
  if (problem.intervals === 1) return "none";
  const at = defineProblem({ ...problem, riskAversion });
  if (structureOf(at) !== "quadratic") return "depends on what is left";
  if (uniformMarket(at) === undefined) return "varies over the day";
  // Holdings that change sign from one to the next: κτ is above 2.
  if (urgency(at).branch === "alternating") return "below half a slice";
  const constant = timeConstant(at);
  return Number.isFinite(constant) ? spokenDuration(constant, problem) : "infinite";
}
