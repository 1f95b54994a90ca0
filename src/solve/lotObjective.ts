/**
 * E + λV with trades and holdings counted in lots.
 *
 * @module
 */
import { choiceLaw } from "../impact/choices";
import { structureOf } from "../impact/law";
import { type BoundArrays, impliedBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactStructure } from "../model/law";
import {
  objectiveValue,
  type QuadraticObjective,
  quadraticObjective,
  quadraticPart,
} from "../model/quadratic";
import { withRest } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { Sum } from "../support/numbers";
import type { LotBounds, LotObjective } from "./lotDescent";
import { requireFullIntervals } from "./transientForm";
import { fullForm } from "./transientFull";
import { improvePairs, transientValue } from "./transientLots";

/** An objective in lots, and in shares. */
export interface ObjectiveOfLots {
  /** As a sum over trades and holdings; undefined where every trade meets every other. */
  readonly inLots: LotObjective | undefined;
  /** Moves lots between trades as long as that gains, where there is no such sum. */
  readonly improve?: ((x: Float64Array, bounds: LotBounds) => void) | undefined;
  /** Whether it is convex in every trade and every holding by itself. */
  readonly isConvex: boolean;
  /** E + λV of a schedule (currency). */
  readonly objectiveOf: (schedule: Schedule) => number;
}

/** Who says it, by what the expected cost looks like. */
const objectives: Readonly<
  Record<ImpactStructure, (problem: ExecutionProblem, lot: number, bounds: BoundArrays) => ObjectiveOfLots>
> = { quadratic: quadraticLots, separable: separableLots, transient: transientLots };

/** The objective of a problem in lots of so many shares. */
export function lotObjective(problem: ExecutionProblem, lot: number, bounds: BoundArrays): ObjectiveOfLots {
  return objectives[structureOf(problem)](problem, lot, bounds);
}

function quadraticLots(problem: ExecutionProblem, lot: number): ObjectiveOfLots {
  const form = quadraticObjective(problem);
  const { tradeCurvatures: a, holdingCurvatures: b } = form;
  return {
    inLots: inLots(form, lot),
    isConvex: a.every((c) => c >= 0) && b.every((c) => c >= 0),
    objectiveOf: (schedule) => objectiveValue(form, schedule),
  };
}

function separableLots(problem: ExecutionProblem, lot: number, bounds: BoundArrays): ObjectiveOfLots {
  const form = quadraticPart(problem);
  const { value, convexTrades } = choiceLaw(problem);
  const { tradeCurvatures: a, holdingCurvatures: b, halfSpreads: ε } = form;
  const { lower, upper } = impliedBounds(problem.shares, bounds);
  const temporary = (k: number, n: number): number => value(k, n) - ε[k] * Math.abs(n);
  const isConvexTrade = (e: number, k: number): boolean => {
    const [from, to] = convexTrades(k, 2 * e);
    return e >= 0 || (from === 0 && Math.max(-lower[k], upper[k]) <= to);
  };
  return {
    inLots: { ...inLots(form, lot), temporary: (k, n) => temporary(k, n * lot) },
    isConvex: a.every(isConvexTrade) && b.every((c) => c >= 0),
    objectiveOf: (schedule) => {
      const sum = new Sum();
      sum.add(objectiveValue(form, schedule));
      schedule.trades.forEach((n, k) => {
        sum.add(temporary(k, n));
      });
      return sum.value;
    },
  };
}

function transientLots(problem: ExecutionProblem, lot: number): ObjectiveOfLots {
  requireFullIntervals(problem, "whole lots");
  const form = fullForm(problem);
  return {
    inLots: undefined,
    improve: (x, bounds) => improvePairs(form, lot, x, bounds),
    isConvex: false,
    objectiveOf: (schedule) => transientValue(form, withRest(problem, schedule).trades),
  };
}

/** The quadratic form with n and x in lots. */
function inLots(form: QuadraticObjective, lot: number): LotObjective {
  const times = (values: Float64Array, factor: number): Float64Array => values.map((value) => value * factor);
  return {
    tradeCurvatures: times(form.tradeCurvatures, lot * lot),
    tradePrices: times(form.tradePrices, lot),
    halfSpreads: times(form.halfSpreads, lot),
    holdingCurvatures: times(form.holdingCurvatures, lot * lot),
    holdingPrices: times(form.holdingPrices, lot),
  };
}
