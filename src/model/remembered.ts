/**
 * Problems that have passed the gate.
 *
 * @module
 */
import { makeBrand } from "../support/brand";
import type { ExecutionProblem } from "./executionProblem";
import type { ImpactCoefficients } from "./impactKind";
import { coefficientsOf, type ImpactModel, isLinear } from "./impactModel";

/** The problems that have passed the gate, so that to ask again costs nothing. */
const passed = makeBrand();

export const isRemembered: (problem: unknown) => boolean = passed.has;

/** The fields of a problem, each number once: those of a linear law in two fields, those of any other in `impact`. */
type Fields = Omit<ExecutionProblem, "impact" | keyof ImpactCoefficients> &
  (ImpactCoefficients | { readonly impact: ImpactModel });

/** Freezes a problem, with a view of what it holds in the other form. */
export function remember(data: Fields): ExecutionProblem {
  if ("impact" in data && !isLinear(data)) {
    const { temporaryImpact, permanentImpact } = coefficientsOf(data.impact);
    Object.defineProperty(data, "temporaryImpact", { value: temporaryImpact });
    Object.defineProperty(data, "permanentImpact", { value: permanentImpact });
  } else {
    Object.defineProperty(data, "impact", { value: linearView(data as ImpactCoefficients) });
  }
  passed.mark(data);
  return Object.freeze(data) as ExecutionProblem;
}

/** The linear law of two coefficients. */
export function linearView({
  temporaryImpact: temporary,
  permanentImpact: permanent,
}: ImpactCoefficients): ImpactModel {
  return Object.freeze({ kind: "linear", temporary, permanent });
}

/** Fields that hold a law in place of its coefficients. */
export function withLaw(problem: Omit<ExecutionProblem, "impact">, impact: ImpactModel): Fields {
  const { temporaryImpact: _, permanentImpact: __, warnings, ...fields } = problem;
  return Object.assign(fields, { impact, warnings });
}

/** A problem that another thread has checked, and its law where that is not linear. Not frozen: nobody else gets hold of it. */
export function restoreProblem(
  fields: Omit<ExecutionProblem, "impact">,
  law?: ImpactModel,
): ExecutionProblem {
  if (law !== undefined) return remember(withLaw(fields, law));
  const problem = fields as ExecutionProblem & { impact: ImpactModel };
  problem.impact = linearView(fields);
  passed.mark(problem);
  return problem;
}

/** A checked problem with another risk aversion, any finite number: for loops in which the gate would take too long. */
export function withRiskAversion(problem: ExecutionProblem, riskAversion: number): ExecutionProblem {
  return remember({ ...problem, riskAversion });
}
