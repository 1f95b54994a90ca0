/**
 * What a trader may ask of a schedule, in the trader's units.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { duration } from "../model/notation";
import { anyFinite, between, checkChoice, checkKeys, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";

/** A goal for `riskAversionFor`. */
export type RiskAversionGoal =
  | {
      /** A given fraction of the order is to be done by a time. */
      readonly kind: "done";
      /** The fraction of the order, above 0 and below 1 (default 0.5: half done). */
      readonly fraction?: number | undefined;
      /** The time, above 0 and below the horizon (unit of time). */
      readonly by: number;
    }
  | {
      /** The expected cost is to be a given amount. */
      readonly kind: "expectedCost";
      /** In currency, or … */
      readonly cost?: number | undefined;
      /** … in 1/10,000 of the order's absolute value on arrival. */
      readonly basisPoints?: number | undefined;
    }
  | {
      /** The cost is to exceed a given amount only with probability 1 − `level`. */
      readonly kind: "costQuantile";
      /** The level, above 0.5 and below 1, for example 0.95. */
      readonly level: number;
      /** In currency, or … */
      readonly cost?: number | undefined;
      /** … in 1/10,000 of the order's absolute value on arrival. */
      readonly basisPoints?: number | undefined;
    }
  | {
      /** The first interval in which the order may trade is to take a given fraction of the market's volume. */
      readonly kind: "participation";
      /** Fraction of the interval's volume in `profile.volumes`, above 0. */
      readonly fraction: number;
    };

/** A checked goal. */
export type Goal = {
  /** What the value is to be: a fraction, or currency. */
  readonly target: number;
  /** What is measured, in words. */
  readonly subject: string;
  /** What the optimum does, with the value in words. */
  readonly predicate: (value: string) => string;
  /** The value in the unit that the goal was given in. */
  readonly inUnit: (value: number) => number;
  /** Whether it is a cost, which may well stay below the goal. */
  readonly isCost: boolean;
  /** Whether a cost was given in basis points. */
  readonly isInBasisPoints: boolean;
} & (
  | { readonly kind: "done"; readonly by: number }
  | { readonly kind: "expectedCost" }
  | { readonly kind: "costQuantile"; readonly level: number }
  | { readonly kind: "participation"; readonly first: number; readonly volume: number }
);

const kinds = ["done", "expectedCost", "costQuantile", "participation"] as const;
const fields: Readonly<Record<(typeof kinds)[number], readonly string[]>> = {
  done: ["kind", "fraction", "by"],
  expectedCost: ["kind", "cost", "basisPoints"],
  costQuantile: ["kind", "level", "cost", "basisPoints"],
  participation: ["kind", "fraction"],
};

export function checkGoal(problem: ExecutionProblem, goal: RiskAversionGoal): Goal {
  const { kind: given } = checkKeys("goal", goal, [...new Set(kinds.flatMap((kind) => fields[kind]))]);
  const kind = checkChoice("goal.kind", given, kinds);
  const own = checkKeys(`goal of kind "${kind}"`, goal, [...fields[kind]]);
  const plain = { inUnit: (value: number): number => value, isCost: false, isInBasisPoints: false };
  if (kind === "done") {
    const target = checkNumber("goal.fraction", own.fraction ?? 0.5, between(0, 1), "");
    const by = checkNumber(
      "goal.by",
      own.by,
      between(0, problem.horizon, (time) => formatSignificant(time, 6)),
      problem.timeUnit,
    );
    const time = duration(by, problem);
    const subject = `the fraction done within ${time}`;
    return { ...plain, kind, target, by, subject, predicate: (value) => `has ${value} done within ${time}` };
  }
  if (kind === "participation") {
    const target = checkNumber("goal.fraction", own.fraction, positive, "");
    const volumes = problem.profile?.volumes;
    if (volumes === undefined) {
      throw new InputError(
        "problem.profile.volumes",
        undefined,
        "given for a goal of participation (shares)",
      );
    }
    const first = marketOf(problem).open.indexOf(1);
    const volume = volumes[first];
    if (!(volume > 0)) {
      throw new InputError(
        `problem.profile.volumes[${first}]`,
        volume,
        "above 0 for a goal of participation (shares)",
      );
    }
    const predicate = (value: string): string => `begins with ${value} of the market's volume`;
    return { ...plain, kind, target, first, volume, subject: "the participation at the start", predicate };
  }
  const money = checkCost(problem, own);
  if (kind === "expectedCost") {
    const predicate = (value: string): string => `has an expected cost of ${value}`;
    return { ...money, kind, subject: "the expected cost", predicate };
  }
  const level = checkNumber("goal.level", own.level, between(0.5, 1), "");
  const where = `at the ${formatSignificant(100 * level, 6)}% level`;
  const predicate = (value: string): string => `costs ${value} ${where}`;
  return { ...money, kind, level, subject: `the cost ${where}`, predicate };
}

function checkCost(
  { arrivalPrice, shares, currency }: ExecutionProblem,
  { cost, basisPoints }: Readonly<Record<string, unknown>>,
): Pick<Goal, "target" | "inUnit" | "isCost" | "isInBasisPoints"> {
  if ((cost === undefined) === (basisPoints === undefined)) {
    throw new InputError("goal", { cost, basisPoints }, "given either cost or basisPoints");
  }
  if (cost !== undefined) {
    const target = checkNumber("goal.cost", cost, anyFinite, currency);
    return { target, inUnit: (value) => value, isCost: true, isInBasisPoints: false };
  }
  const given = checkNumber("goal.basisPoints", basisPoints, anyFinite, "bp");
  if (arrivalPrice === undefined || arrivalPrice === 0) {
    throw new InputError(
      "problem.arrivalPrice",
      arrivalPrice,
      "given, and not 0, for a goal in basis points",
    );
  }
  const one = 1e-4 * shares * Math.abs(arrivalPrice);
  return { target: given * one, inUnit: (value) => value / one, isCost: true, isInBasisPoints: true };
}

/** A value in the goal's unit, in words. */
export function valueWords({ currency }: ExecutionProblem, goal: Goal, value: number): string {
  if (goal.kind === "done" || goal.kind === "participation") return `${formatNumber(100 * value, 1)}%`;
  if (goal.isInBasisPoints) return `${formatNumber(goal.inUnit(value), 1)} bp`;
  return `${formatNumber(value)} ${currency}`;
}

/** The answer in words. */
export function goalWords(
  problem: ExecutionProblem,
  goal: Goal,
  { low, high }: { readonly low: number; readonly high: number },
  others: readonly { readonly low: number }[],
): string {
  const λ = (value: number): string =>
    value === 0 ? "0" : `${formatSignificant(value)}/${problem.currency}`;
  const isFlat = high > low * (1 + 1e-6);
  const end = high === Number.POSITIVE_INFINITY ? "upwards" : `to ${λ(high)}`;
  const which = isFlat ? `any risk aversion from ${λ(low)} ${end}` : `a risk aversion of ${λ(low)}`;
  const does = goal.predicate(valueWords(problem, goal, goal.target).replace(".0%", "%"));
  const also = others.map(({ low: other }) => λ(other)).join(" and ");
  return (
    `The optimum for ${which} ${does}.` +
    (also === "" ? "" : ` So does that for ${also}, which costs more on average and risks less.`)
  );
}
