/**
 * Models of impact made comparable: under each, equal slices of the order pay the same.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { type ImpactModel, scaledImpact } from "../model/impactModel";
import { defineProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";

/** Rejects arrays that hold one law's own coefficients. */
export function rejectOwnArrays({ profile }: ExecutionProblem): void {
  for (const name of ["temporaryImpact", "permanentImpact"] as const) {
    if (profile?.[name] === undefined) continue;
    throw new InputError(
      `problem.profile.${name}`,
      profile[name],
      "left out for modelRisk: each model brings coefficients of its own",
    );
  }
}

/** What equal slices are to pay; undefined where models stay as given. */
export function anchorOf(problem: ExecutionProblem, value: unknown): number | undefined {
  if (value === "as given") return undefined;
  if (value === undefined) return impactOfEqualSlices(problem);
  return checkNumber("anchor", value, positive, problem.currency);
}

function impactOfEqualSlices(problem: ExecutionProblem): number {
  const { permanent, temporary } = costReport(problem, equalSchedule(problem));
  return permanent + temporary;
}

/** A model on the common scale. */
export interface Compared {
  readonly problem: ExecutionProblem;
  readonly impact: ImpactModel;
  readonly factor: number;
}

/** The order under a model that is scaled to the anchor. */
export function scaledTo(
  problem: ExecutionProblem,
  name: string,
  impact: ImpactModel,
  anchor: number | undefined,
): Compared {
  const under = (law: ImpactModel): ExecutionProblem => {
    try {
      return defineProblem({
        ...problem,
        temporaryImpact: undefined,
        permanentImpact: undefined,
        impact: law,
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(
        `models["${name}"]${error.parameter.replace(/^impact/, "")}`,
        error.value,
        error.allowed,
      );
    }
  };
  const asGiven = under(impact);
  const law = asGiven.impact as ImpactModel;
  if (anchor === undefined) return { problem: asGiven, impact: law, factor: 1 };
  const cost = impactOfEqualSlices(asGiven);
  if (!(cost > 0)) {
    throw new InputError(
      `models["${name}"]`,
      impact,
      "a law under which equal slices cost something, so that it can be scaled",
    );
  }
  const factor = anchor / cost;
  const scaled = scaledImpact(law, factor);
  return { problem: under(scaled), impact: scaled, factor };
}
