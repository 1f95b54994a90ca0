/**
 * From a problem to its law of impact.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactModel } from "../model/impactModel";
import type { ImpactLaw, ImpactStructure } from "../model/law";
import { checkProblem } from "../model/problem";
import { keepingLatest } from "../support/latest";
import { decayLaw } from "./decay";
import { kernelLaw } from "./kernel";
import { linearLaw } from "./linear";
import { powerLaw } from "./power";
import { powerDecayLaw } from "./powerDecay";

/** The laws that there are, each in a file of its own. */
const laws: {
  readonly [kind in ImpactModel["kind"]]: (
    problem: ExecutionProblem,
    impact: Extract<ImpactModel, { kind: kind }>,
  ) => ImpactLaw;
} = {
  linear: linearLaw,
  power: powerLaw,
  decay: decayLaw,
  powerDecay: powerDecayLaw,
  kernel: kernelLaw,
};

/** What the expected costs of the laws look like. */
const structures: Readonly<Record<ImpactModel["kind"], ImpactStructure>> = {
  linear: "quadratic",
  power: "separable",
  decay: "transient",
  powerDecay: "transient",
  kernel: "transient",
};

/** What the expected cost of a checked problem looks like: `impactLaw(problem).structure`, without making the law. */
export function structureOf({ impact }: ExecutionProblem): ImpactStructure {
  return structures[(impact as ImpactModel).kind];
}

/** Laws that are costly to make. */
const known = new WeakMap<ExecutionProblem, ImpactLaw>();

const linear = keepingLatest(linearLaw);

/**
 * What a problem's impact costs and does: by formula (value, marginal, its inverse, curvature, kernel), and as a walk.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the law, with functions of the interval (counted from 0) and the trade (shares)
 * @throws InputError when `problem` is not from `defineProblem`
 *
 * Source: AC eqs. 4, 6 and 7 for the linear law; Almgren (2003) for the power law.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 4, intervals: 4, volatility: 1, temporaryImpact: 1e-3, permanentImpact: 1e-4, halfSpread: 0.01,
 * });
 * const law = impactLaw(problem);
 * law.value(0, 250); // → 65
 * law.marginal(0, 250); // → 0.51
 * law.inverseMarginal(0, 0.51); // → 250
 * law.begin().trade(0, 250).concession; // → -0.26
 * ```
 */
export function impactLaw(problem: ExecutionProblem): ImpactLaw {
  problem = checkProblem(problem);
  const impact = problem.impact as ImpactModel;
  if (impact.kind === "linear") return linear(problem);
  const found = known.get(problem);
  if (found !== undefined) return found;
  // The table pairs each kind with its own data, which the type of a lookup forgets.
  const law = (laws[impact.kind] as (problem: ExecutionProblem, impact: ImpactModel) => ImpactLaw)(
    problem,
    impact,
  );
  known.set(problem, law);
  return law;
}
