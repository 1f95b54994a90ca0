/**
 * Laws whose temporary impact is a function of each trade by itself, where an order may be left unfinished: the rest is one more
 * trade, for which no impact and no spread are paid. What its price, its risk and the moves that it bears cost is no part of a law's
 * temporary impact.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactLaw } from "../model/law";
import { mayLeave } from "../model/remainder";
import { impactLaw } from "./law";

/** What single trades cost, the rest among them. */
export type ChoiceLaw = Pick<
  ImpactLaw,
  "value" | "curvature" | "temporaryMarginal" | "tradeAt" | "convexTrades"
>;

/** The law of a problem's trades, in which the rest is trade N + 1 where one may be left. */
export function choiceLaw(problem: ExecutionProblem): ChoiceLaw {
  const law = impactLaw(problem);
  if (!mayLeave(problem)) return law;
  const rest = problem.intervals;
  return {
    value: (k, n) => (k === rest ? 0 : law.value(k, n)),
    curvature: (k, n) => (k === rest ? 0 : law.curvature(k, n)),
    temporaryMarginal: (k, n) => (k === rest ? 0 : law.temporaryMarginal(k, n)),
    tradeAt: (k, price, beside) =>
      k < rest ? law.tradeAt(k, price, beside) : beside > 0 ? price / beside : Number.POSITIVE_INFINITY,
    convexTrades: (k, beside) =>
      k < rest ? law.convexTrades(k, beside) : [0, beside >= 0 ? Number.POSITIVE_INFINITY : 0],
  };
}
