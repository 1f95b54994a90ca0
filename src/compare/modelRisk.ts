/**
 * What it costs to plan with one model of impact where another is true.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactModel } from "../model/impactModel";
import { checkProblem } from "../model/problem";
import { requireFinish } from "../model/remainder";
import { holdingsAfter, makeSchedule, type Schedule } from "../model/schedule";
import { equalSchedule } from "../solve/baseline";
import { checkKeys, checkObject } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { anchorOf, rejectOwnArrays, scaledTo } from "./comparable";
import { robustTrades } from "./robustSchedule";
import { optimaWithin } from "./within";

/** Options of `modelRisk`. */
export interface ModelRiskOptions {
  /**
   * What equal slices of the order pay for impact under every model, spread and drift aside (currency): each model is scaled to it. Default: what
   * they pay under the problem's own law. `"as given"` compares the models as they are.
   */
  readonly anchor?: number | "as given" | undefined;
}

/** The largest regret of a schedule, and under which model. */
export interface WorstRegret {
  /** Name of the schedule. */
  readonly schedule: string;
  /** Name of the model under which its regret is largest. */
  readonly model: string;
  /** That regret (currency). */
  readonly regret: number;
}

/** What planning with the wrong model costs. */
export interface ModelRisk {
  /** Names of the models, in the order of the columns. */
  readonly models: readonly string[];
  /** By how much each model was scaled. */
  readonly factors: readonly number[];
  /** The models as compared. */
  readonly scaled: readonly ImpactModel[];
  /** The best schedule under each model that never trades back, by the model's name, and equal slices, `"TWAP"`: the rows. */
  readonly schedules: readonly Schedule[];
  /** E + λV of each schedule (rows) under each model (columns) (currency). */
  readonly objective: readonly (readonly number[])[];
  /** The same less the least under that model: what having planned otherwise costs (currency). */
  readonly regret: readonly (readonly number[])[];
  /** Each schedule's largest regret. */
  readonly worst: readonly WorstRegret[];
  /** The schedule among these whose largest regret is least. */
  readonly minimax: WorstRegret;
  /** The schedule among all that never trade back whose largest regret is least. */
  readonly robust: RobustSchedule;
  /** The findings in words. */
  readonly sentences: readonly string[];
}

/** The schedule with the least largest regret, and why there is no better one. */
export interface RobustSchedule {
  /** The schedule, called `"Robust"`. */
  readonly schedule: Schedule;
  /** Its largest regret (currency). */
  readonly regret: number;
  /** What no schedule's largest regret lies below (currency). */
  readonly bound: number;
  /** Its regret under each model (currency). */
  readonly regrets: readonly number[];
  /** The least favorable prior: weights of the models for which this schedule is the cheapest on average. */
  readonly prior: readonly number[];
}

const mostModels = 8;

/**
 * What it costs to plan an order with one model of impact where another is true: the models are made comparable, the order is planned under
 * each, without ever trading back, and every plan is priced under every model. Besides the best of these plans, the best of all schedules is sought, by its largest
 * regret, with the proof that none is better.
 *
 * @param problem - the order, its market and its risk aversion, 0 or above; of its law only the anchor is taken
 * @param models - two to eight laws of impact by name
 * @param options - `anchor`: what equal slices pay under every model
 * @returns matrix of objectives and regrets, the best of the plans, and the best of all schedules with its prior
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the order has no optimum under a model
 *
 * Source: minimax regret, L. J. Savage, Journal of the American Statistical Association 46 (1951).
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 400_000, horizon: 1, intervals: 26, volatility: 0.95, riskAversion: 1e-6, temporaryImpact: 1e-7,
 * });
 * const slow = decayImpact({ exponentials: [{ impact: 1e-6, rate: (390 * Math.LN2) / 120 }] });
 * const models = { linear: linearImpact({ temporary: 1e-7 }), slow };
 * const { minimax, robust } = modelRisk(problem, models, { anchor: 50_000 });
 * minimax.schedule; // → linear
 * Math.round(minimax.regret); // → 17469
 * Math.round(robust.regret); // → 8916
 * robust.prior.map((weight) => Math.round(100 * weight)); // → [26, 74]
 * ```
 */
export function modelRisk(
  problem: ExecutionProblem,
  models: Readonly<Record<string, ImpactModel>>,
  options: ModelRiskOptions = {},
): ModelRisk {
  problem = checkProblem(problem);
  requireFinish(problem, "modelRisk");
  rejectOwnArrays(problem);
  const given = Object.entries(checkObject("models", models, "laws of impact by name"));
  if (given.length < 2 || given.length > mostModels) {
    throw new InputError("models", models, `two to ${mostModels} laws of impact by name`);
  }
  const anchor = anchorOf(problem, checkKeys("modelRisk's options", options, ["anchor"]).anchor);
  const names = given.map(([name]) => name);
  const compared = given.map(([name, impact]) => scaledTo(problem, name, impact as ImpactModel, anchor));
  const optimumOf = optimaWithin({});
  const schedules = [
    ...compared.map((model, j) => renamed(model.problem, names[j], optimumOf(model.problem))),
    equalSchedule(problem),
  ];
  const objective = schedules.map((schedule) =>
    compared.map((model) => costReport(model.problem, schedule).objective),
  );
  const least = compared.map((_, j) => objective[j][j]);
  const regret = objective.map((row) => row.map((value, j) => Math.max(0, value - least[j])));
  const worst = regret.map((row, i) => worstOf(schedules[i].name, names, row));
  const minimax = worst.reduce((one, other) => (other.regret < one.regret ? other : one));
  const robust = robustOf(compared.map((model, j) => ({ problem: model.problem, least: least[j] })));
  const frozen = (rows: readonly (readonly number[])[]): readonly (readonly number[])[] =>
    Object.freeze(rows.map((row) => Object.freeze(row)));
  return Object.freeze({
    models: Object.freeze(names),
    factors: Object.freeze(compared.map(({ factor }) => factor)),
    scaled: Object.freeze(compared.map(({ impact }) => impact)),
    schedules: Object.freeze(schedules),
    objective: frozen(objective),
    regret: frozen(regret),
    worst: Object.freeze(worst),
    minimax,
    robust,
    sentences: Object.freeze(words(problem, names, worst, { minimax, robust })),
  });
}

function renamed(problem: ExecutionProblem, name: string, { remaining, trades }: Schedule): Schedule {
  return makeSchedule(problem, name, remaining, trades);
}

function worstOf(schedule: string, names: readonly string[], row: readonly number[]): WorstRegret {
  const regret = Math.max(...row);
  return Object.freeze({ schedule, model: names[row.indexOf(regret)], regret });
}

function robustOf(
  models: readonly { readonly problem: ExecutionProblem; readonly least: number }[],
): RobustSchedule {
  const [{ problem }] = models;
  const { trades, weights, bound } = robustTrades(models, equalSchedule(problem).trades);
  const remaining = holdingsAfter(problem.shares, trades);
  remaining[trades.length] = 0;
  const schedule = makeSchedule(problem, "Robust", remaining, Array.from(trades));
  const regrets = models.map((model) => costReport(model.problem, schedule).objective - model.least);
  return Object.freeze({
    schedule,
    regret: Math.max(...regrets),
    bound,
    regrets: Object.freeze(regrets),
    prior: Object.freeze(Array.from(weights)),
  });
}

function words(
  { currency }: ExecutionProblem,
  names: readonly string[],
  worst: readonly WorstRegret[],
  { minimax, robust }: Pick<ModelRisk, "minimax" | "robust">,
): string[] {
  const money = (value: number): string => `${formatNumber(value)} ${currency}`;
  const ruinous = worst.reduce((one, other) => (other.regret > one.regret ? other : one));
  const active = names.filter((_, j) => robust.prior[j] > 1e-6);
  const under = active.length === 1 ? `when ${active[0]} is true` : `under ${active.join(" and ")} alike`;
  return [
    `The costliest mistake is to plan by ${ruinous.schedule} when ${ruinous.model} is true: ${money(ruinous.regret)}.`,
    `Of these schedules ${minimax.schedule} has the smallest worst-case regret: ${money(minimax.regret)}, when ${minimax.model} is true.`,
    `The robust schedule lowers it to ${money(robust.regret)}, ${under}, and no schedule has less than ${money(robust.bound)}.`,
  ];
}
