/**
 * The plan around a scheduled event, such as an earnings announcement, after which the market is another one.
 *
 * @module
 */
import { type CostDistribution, distributionOf } from "../cost/distribution";
import { checkProbabilities } from "../cost/mixture";
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import { quadraticObjective, requireQuadratic } from "../model/quadratic";
import { requireFinish } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { requireOptimum } from "../solve/elimination";
import { requireProper } from "../solve/wellPosed";
import { checkInteger, checkKeys, checkNumber, notNegative, portion } from "../support/checks";
import { InputError } from "../support/errors";
import { leastOfQuartic } from "./quartic";
import { type AffinePath, parabolaAlong, pathAt, pathThrough } from "./shiftLegs";

/** An outcome of the event: its probability, and what is different after it. */
export interface ShiftRegime {
  /** How probable it is, above 0; those of all regimes sum to 1. */
  readonly probability: number;
  /** σ after the event (currency/share/√time). */
  readonly volatility?: number | undefined;
  /** η after the event (currency·time/share²). */
  readonly temporaryImpact?: number | undefined;
  /** γ after the event (currency/share²). */
  readonly permanentImpact?: number | undefined;
  /** ε after the event (currency/share). */
  readonly halfSpread?: number | undefined;
  /** α after the event (currency/share/time). */
  readonly drift?: number | undefined;
  /** Standard deviation of the jump that the price makes at the event, normal and with mean 0 (default 0) (currency/share). */
  readonly jump?: number | undefined;
}

/** When the event is, and what it may lead to. */
export interface ShiftOptions {
  /** How many intervals are over at the event, 1 to N − 1. */
  readonly after: number;
  /** Its outcomes, independent of the price until then. */
  readonly regimes: readonly ShiftRegime[];
}

/** What is done for one outcome of the event. */
export interface ShiftBranch {
  /** How probable the outcome is. */
  readonly probability: number;
  /** The order in a market whose parameters change at the event; it does not know of a jump. */
  readonly problem: ExecutionProblem;
  /** What is traded before the event, the same for all outcomes, and after it. */
  readonly schedule: Schedule;
  /** The cost if this is the outcome, the jump included. */
  readonly distribution: CostDistribution;
}

/** A plan around an event. */
export interface ShiftPlan {
  /** How many intervals are over at the event. */
  readonly after: number;
  /** X_*, what is held at the event (shares). */
  readonly heldAtEvent: number;
  /** One for each outcome, in their order. */
  readonly branches: readonly ShiftBranch[];
  /** E over all outcomes (currency). */
  readonly expectedCost: number;
  /** V over all outcomes, `varianceBetween` included (currency²). */
  readonly costVariance: number;
  /** The part of V that comes from expected costs that differ by outcome (currency²). */
  readonly varianceBetween: number;
  /** E + λV (currency). */
  readonly objective: number;
}

const changing = ["volatility", "temporaryImpact", "permanentImpact", "halfSpread", "drift"] as const;

/**
 * The plan for an order on whose way an event is scheduled, which one of several sets of parameters will follow. Until then nobody knows
 * which, so there is one leg before the event, and one for each outcome after it. Each leg minimizes E + λV given what is held at
 * the event, so that whoever re-plans after it finds the same; what is held minimizes E + λV of the whole, a mixture:
 *
 *     E = Σ P_j E_j        V = Σ P_j V_j + Σ P_j (E_j − E)²
 *
 * V_j includes J_j² X_*², the variance of a jump. The last sum makes another plan slightly better ex ante, whose last legs nobody would keep to when the time comes. The cost is
 * no longer normal: `mixtureQuantile(plan.branches, p)` has its quantiles.
 *
 * @param problem - a problem from `defineProblem` with λ ≥ 0; its own parameters, and its profile, hold until the event, and after it where a
 *   regime does not change them
 * @param options - `after`, how many intervals are over at the event, and its `regimes`
 * @returns the legs, what is held at the event, and cost and risk
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when there is no such optimum: the cost is not convex, or a leg trades against the order while the spread costs
 *
 * Source: AC § 4.3, which takes the legs as known and looks for X_*.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: (0.1 / Math.sqrt(250)) * 50, temporaryImpact: 2.5e-6,
 *   permanentImpact: 2.5e-7, halfSpread: 0.0625, riskAversion: 1e-6,
 * });
 * const [calm, wild] = [0.5, 4].map((times) => ({ probability: 0.5, volatility: times * problem.volatility }));
 * const plan = parameterShiftSchedule(problem, { after: 2, regimes: [calm, wild] });
 * plan.heldAtEvent.toFixed(0); // → "486451"
 * plan.branches.map(({ schedule }) => Math.round(schedule.remaining[3])); // → [321484, 211531]
 * ```
 */
export function parameterShiftSchedule(problem: ExecutionProblem, options: ShiftOptions): ShiftPlan {
  problem = checkProblem(problem);
  requireFinish(problem, "parameterShiftSchedule");
  requireQuadratic(problem, "a plan around an event");
  requireFinish(problem, "parameterShiftSchedule");
  const { after, regimes } = checkOptions(problem, options);
  const outcomes = regimes.map((regime) => {
    const shifted = problemAfter(problem, after, regime);
    requireOptimum(shifted);
    const path = pathThrough(quadraticObjective(shifted), after);
    return { probability: regime.probability, jump: regime.jump ?? 0, shifted, path };
  });
  const heldAtEvent = bestHeld(problem.shares, outcomes);
  const branches = outcomes.map(({ probability, jump, shifted, path }) => {
    const { remaining, trades } = pathAt(path, heldAtEvent);
    requireProper(shifted, remaining, trades);
    const schedule = makeSchedule(shifted, "Around the event", remaining, trades);
    const { expectedCost, costVariance } = costReport(shifted, schedule);
    const standardDeviation = Math.sqrt(costVariance + (jump * heldAtEvent) ** 2);
    const distribution = distributionOf(shifted, expectedCost, standardDeviation);
    return Object.freeze({ probability, problem: shifted, schedule, distribution });
  });
  return Object.freeze({
    ...{ after, heldAtEvent, branches: Object.freeze(branches) },
    ...momentsOf(branches, problem.riskAversion),
  });
}

interface Outcome {
  readonly probability: number;
  readonly jump: number;
  readonly shifted: ExecutionProblem;
  readonly path: AffinePath;
}

/**
 * X_*: E + λV is a polynomial of fourth degree in it, since V contains the variance of the E_j, which are parabolas. Everything is
 * divided by X, which makes its coefficients comparable.
 */
function bestHeld(X: number, outcomes: readonly Outcome[]): number {
  const λ = outcomes[0].shifted.riskAversion;
  const scaled = ([c0, c1, c2]: readonly [number, number, number]) => [c0, c1 * X, c2 * X * X] as const;
  const parts = outcomes.map(({ probability, jump, shifted, path }) => ({
    ...{ probability, jumpVariance: (jump * X) ** 2 },
    whole: scaled(parabolaAlong(quadraticObjective(shifted), path)),
    cost: scaled(parabolaAlong(quadraticObjective(shifted, 0), path)),
  }));
  type Part = (typeof parts)[number];
  const mean = (of: (part: Part) => number): number =>
    parts.reduce((sum, part) => sum + part.probability * of(part), 0);
  const means = [0, 1, 2].map((i) => mean(({ cost }) => cost[i]));
  const covariance = (i: number, j: number): number =>
    mean(({ cost }) => (cost[i] - means[i]) * (cost[j] - means[j]));
  return (
    X *
    leastOfQuartic([
      mean(({ whole }) => whole[1]) + 2 * λ * covariance(0, 1),
      mean(({ whole, jumpVariance }) => whole[2] + λ * jumpVariance) +
        λ * (covariance(1, 1) + 2 * covariance(0, 2)),
      2 * λ * covariance(1, 2),
      λ * covariance(2, 2),
    ])
  );
}

/** E, V and E + λV of the mixture. */
function momentsOf(
  branches: readonly ShiftBranch[],
  λ: number,
): Pick<ShiftPlan, "expectedCost" | "costVariance" | "varianceBetween" | "objective"> {
  const mean = (of: (distribution: CostDistribution) => number): number =>
    branches.reduce((sum, { probability, distribution }) => sum + probability * of(distribution), 0);
  const expectedCost = mean((cost) => cost.mean);
  const varianceBetween = mean((cost) => (cost.mean - expectedCost) ** 2);
  const costVariance = mean((cost) => cost.standardDeviation ** 2) + varianceBetween;
  return { expectedCost, costVariance, varianceBetween, objective: expectedCost + λ * costVariance };
}

/** The order in a market that changes at the event. */
function problemAfter(
  problem: ExecutionProblem,
  after: number,
  { probability: _, jump: __, ...changes }: ShiftRegime,
): ExecutionProblem {
  const market = marketOf(problem);
  const own = {
    volatility: market.volatilities,
    temporaryImpact: market.temporaryImpacts,
    permanentImpact: market.permanentImpacts,
    halfSpread: market.halfSpreads,
    drift: market.drifts,
  };
  const profile: Record<string, unknown> = { ...problem.profile };
  for (const name of changing) {
    const value = changes[name];
    if (value !== undefined) profile[name] = Array.from(own[name], (old, k) => (k < after ? old : value));
  }
  const { warnings: _w, impact: _i, ...fields } = problem;
  return defineProblem({ ...fields, profile });
}

function checkOptions(problem: ExecutionProblem, options: unknown): ShiftOptions {
  const { intervals: N, riskAversion } = problem;
  if (N < 2) throw new InputError("problem.intervals", N, "2 or more, one before the event and one after it");
  if (riskAversion < 0)
    throw new InputError("problem.riskAversion", riskAversion, "0 or above around an event");
  const given = checkKeys("parameterShiftSchedule's options", options, ["after", "regimes"]);
  const after = checkInteger("options.after", given.after, 1, N - 1);
  const { regimes } = given;
  if (!Array.isArray(regimes) || regimes.length === 0) {
    throw new InputError("options.regimes", regimes, "an array of at least one regime, { probability, … }");
  }
  const open = problem.profile?.open;
  if (open !== undefined && !(open.slice(0, after).includes(true) && open.slice(after).includes(true))) {
    throw new InputError("options.after", after, "an event with open intervals before it and after it");
  }
  const checked = Array.from(regimes, (regime: unknown, i) => {
    const fields = checkKeys(`options.regimes[${i}]`, regime, ["probability", "jump", ...changing]);
    checkNumber(`options.regimes[${i}].probability`, fields.probability, portion, "");
    if (fields.jump !== undefined) {
      checkNumber(`options.regimes[${i}].jump`, fields.jump, notNegative, unitOf("halfSpread", problem));
    }
    return fields as unknown as ShiftRegime;
  });
  checkProbabilities("options.regimes", checked);
  return { after, regimes: checked };
}
