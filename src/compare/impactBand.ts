/**
 * What the errors of a law of impact mean for a schedule and its cost.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { PowerErrors } from "../model/almgren2005";
import type { ExecutionProblem } from "../model/executionProblem";
import { powerOf } from "../model/impactModel";
import { powerImpact } from "../model/powerImpact";
import { checkProblem, defineProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/optimal";
import { between, checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { normalQuantile } from "../support/normalDistribution";

/** A number with a band: at a level, by the normal distribution. */
export interface ImpactBandValue {
  /** The number by the law as estimated. */
  readonly value: number;
  /** Its standard error. */
  readonly standardError: number;
  /** The lower end of its band. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/** What each parameter's error alone does to a cost: one standard error (currency). */
export interface ImpactBandParts {
  /** Of γ. */
  readonly permanent: number;
  /** Of what trading at the reference rate concedes. */
  readonly temporary: number;
  /** Of β. */
  readonly exponent: number;
}

/** What the errors of a law do. */
export interface ImpactBand {
  /** The schedule whose cost it is. */
  readonly schedule: Schedule;
  /** E with its band (currency). */
  readonly cost: ImpactBandValue;
  /** What of its standard error each parameter's makes (currency). */
  readonly parts: ImpactBandParts;
  /** x_0 … x_N of the optimum, each with its band: where it would be if the law were a little different (shares). */
  readonly remaining: readonly ImpactBandValue[];
  /** What it costs on average to plan with the law as estimated when it is a little different: to second order (currency). */
  readonly expectedRegret: number;
  /** Probability that a band covers. */
  readonly level: number;
}

/** What `impactBand` may be told. */
export interface ImpactBandOptions {
  /** Whose cost: the optimum's (default), that of equal slices, or of a schedule of the problem. */
  readonly schedule?: "optimal" | "equal" | Schedule | undefined;
  /** Probability that a band covers, above 0 and below 1 (default 0.95). */
  readonly level?: number | undefined;
}

/**
 * Carries the errors of a power law into the cost of a schedule, and into the optimum: the forecast of a cost is wrong to first
 * order, the schedule only to second. By the delta method with independent errors, each parameter moved by one standard error either
 * way.
 *
 * @param problem - a problem from `defineProblem` with linear impact or a power law
 * @param errors - how far the law's parameters may be off, from `almgren2005Impact` or your own estimate
 * @param options - `schedule`: whose cost; `level` of the bands
 * @returns the cost with its band and what each parameter's error makes of it, the optimum's holdings with theirs, and the expected regret
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when there is no optimum, as `optimalSchedule` does
 *
 * Source: Almgren, Thum, Hauptmann and Li (2005) for the errors; the delta method.
 *
 * @example
 * ```ts
 * const { impact, errors } = almgren2005Impact({
 *   price: 100, dailyVolume: 6.561e6, sharesOutstanding: 1.728e9, dailyVolatility: 0.0157,
 * });
 * const problem = defineProblem({
 *   shares: 656_100, horizon: 0.5, intervals: 10, volatility: 1.57, timing: "mid", impact, riskAversion: 1e-6,
 * });
 * const { cost } = impactBand(problem, errors, { schedule: "equal" });
 * (cost.standardError / (656_100 * 100)) * 1e4; // → 1.445083
 * ```
 */
export function impactBand(
  problem: ExecutionProblem,
  errors: PowerErrors,
  options: ImpactBandOptions = {},
): ImpactBand {
  problem = checkProblem(problem);
  const off = checkErrors(errors);
  const given = checkKeys("impactBand's options", options, ["schedule", "level"]);
  const level = checkNumber("level", given.level ?? 0.95, between(0, 1), "");
  const best = optimalSchedule(problem);
  const schedule =
    given.schedule === undefined || given.schedule === "optimal"
      ? best
      : given.schedule === "equal"
        ? equalSchedule(problem)
        : (given.schedule as Schedule);
  const moved = names.map((name) => [1, -1].map((by) => withError(problem, off, name, by)));
  const optima = moved.map((pair) => pair.map((one) => optimalSchedule(one)));
  const cost = (one: ExecutionProblem): number => costReport(one, schedule).expectedCost;
  const parts = moved.map(([up, down]) => 0.5 * (cost(up) - cost(down)));
  const band = bandAt(level);
  const regret = (one: ExecutionProblem, right: Schedule): number =>
    Math.max(0, costReport(one, best).objective - costReport(one, right).objective);
  const expectedRegret = moved.reduce(
    (sum, pair, i) => sum + 0.5 * (regret(pair[0], optima[i][0]) + regret(pair[1], optima[i][1])),
    0,
  );
  const remaining = best.remaining.map((x, k) =>
    band(
      x,
      optima.map(([up, down]) => 0.5 * (up.remaining[k] - down.remaining[k])),
    ),
  );
  return Object.freeze({
    schedule,
    cost: band(cost(problem), parts),
    parts: Object.freeze({
      permanent: Math.abs(parts[0]),
      temporary: Math.abs(parts[1]),
      exponent: Math.abs(parts[2]),
    }),
    remaining: Object.freeze(remaining),
    expectedRegret,
    level,
  });
}

const names = ["permanent", "temporary", "exponent"] as const;

/** A value with the band that independent errors make. */
function bandAt(level: number): (value: number, errors: readonly number[]) => ImpactBandValue {
  const z = normalQuantile(0.5 + 0.5 * level);
  return (value, errors) => {
    const standardError = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0));
    return Object.freeze({
      value,
      standardError,
      low: value - z * standardError,
      high: value + z * standardError,
    });
  };
}

function checkErrors(errors: unknown): PowerErrors {
  const given = checkKeys("errors", errors, ["permanent", "temporary", "exponent", "rate"]);
  const part = { contains: (value: number) => value >= 0 && value < 1, words: "a number from 0 to below 1" };
  return {
    permanent: checkNumber("errors.permanent", given.permanent, part, "fraction of γ"),
    temporary: checkNumber("errors.temporary", given.temporary, part, "fraction of temporary impact"),
    exponent: checkNumber("errors.exponent", given.exponent, notNegative, "added to β"),
    rate: checkNumber("errors.rate", given.rate, positive, "shares/time"),
  };
}

/** The problem with one parameter of its law off by a standard error. */
function withError(
  problem: ExecutionProblem,
  { permanent, temporary, exponent, rate }: PowerErrors,
  name: keyof ImpactBandParts,
  by: number,
): ExecutionProblem {
  const law = powerOf(problem.impact);
  if (law === undefined) {
    throw new InputError("problem.impact.kind", problem.impact?.kind, '"linear" or "power" for impactBand');
  }
  const turn = name === "exponent" ? by * exponent : 0;
  if (!(law.exponent + turn > 0 && law.exponent + turn <= 3)) {
    const β = formatSignificant(law.exponent);
    throw new InputError(
      "errors.exponent",
      exponent,
      `so small that ${β} ± it stays above 0 and at most 3 (β)`,
    );
  }
  const factors = {
    permanentImpact: name === "permanent" ? 1 + by * permanent : 1,
    // About the rate at which it concedes the same, another power has another coefficient.
    temporaryImpact: (name === "temporary" ? 1 + by * temporary : 1) * rate ** -turn,
  };
  const { profile, temporaryImpact, permanentImpact } = problem;
  return defineProblem({
    ...problem,
    temporaryImpact: undefined,
    permanentImpact: undefined,
    impact: powerImpact({
      coefficient: temporaryImpact * factors.temporaryImpact,
      exponent: law.exponent + turn,
      permanent: permanentImpact * factors.permanentImpact,
    }),
    profile: profile && {
      ...profile,
      temporaryImpact: profile.temporaryImpact?.map((η) => η * factors.temporaryImpact),
      permanentImpact: profile.permanentImpact?.map((one) => one * factors.permanentImpact),
    },
  });
}
