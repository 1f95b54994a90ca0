/**
 * Schedules with their problem and their certificate, as JSON.
 *
 * @module
 */
import { type Certificate, certify } from "../certify/schedule";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem, defineProblem } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { anyFinite, checkKeys, checkName, checkNumbers, checkObject } from "../support/checks";
import { InputError } from "../support/errors";
import { checkClaims } from "./exchangeClaims";
import { jsonText } from "./exchangeNumbers";

/** The name of the format. */
const format = "optimal-execution schedule";

/** The version that is written; a reader refuses later ones. */
const version = 1;

/** A schedule as it was read, with everything that came with it. */
export interface ExchangedSchedule {
  /** The problem whose schedule it is. */
  readonly problem: ExecutionProblem;
  /** The schedule, to the same bits. */
  readonly schedule: Schedule;
  /** The bounds that it was made with, where it has any. */
  readonly bounds: TradeBounds | undefined;
  /** What `certify` says about it, recomputed. */
  readonly certificate: Certificate;
}

/**
 * A schedule as JSON, with its problem, the bounds it was made with and its certificate: all that another person, or another
 * program, needs to check it. Numbers are written in the shortest form that reads back to the same bits.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule of the problem
 * @param bounds - the bounds that the certificate is to hold it to; without them trades may be any number, as for `certify`
 * @returns the text; {@link scheduleFromJson} reads it back
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when doubles cannot hold what decides the verdict
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const text = scheduleToJson(problem, optimalSchedule(problem));
 * scheduleFromJson(text).certificate.verdict; // → optimal
 * scheduleFromJson(text).schedule.trades; // → [250, 250, 250, 250]
 * ```
 */
export function scheduleToJson(problem: ExecutionProblem, schedule: Schedule, bounds?: TradeBounds): string {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const certificate = certify(problem, schedule, bounds);
  const { name, trades, remaining } = schedule;
  const { warnings: _, ...fields } = problem;
  const limits =
    bounds === undefined ? undefined : { lower: plain(bounds.lower), upper: plain(bounds.upper) };
  const content = { format, version, problem: fields, bounds: limits };
  return `${jsonText({ ...content, schedule: { name, trades, remaining }, certificate })}\n`;
}

/** A bound with its typed array, if it is one, as a plain one. */
function plain(bound: TradeBounds["lower"]): TradeBounds["lower"] {
  return typeof bound === "object" && bound !== null
    ? Array.from(bound as readonly (number | null)[])
    : bound;
}

/**
 * A schedule read from JSON. Nothing in it is taken on trust: problem and schedule are checked, and the certificate is recomputed
 * and must match what the file claims, in its verdict and, but for rounding, in its numbers.
 *
 * @param text - what {@link scheduleToJson} wrote
 * @returns problem, schedule, bounds and the recomputed certificate
 * @throws InputError when the text is not such JSON, is of a later version, or makes a claim that does not hold
 * @throws RangeError when doubles cannot hold what decides the verdict
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 2, volatility: 1, temporaryImpact: 1e-3 });
 * const text = scheduleToJson(problem, optimalSchedule(problem), { upper: 600 });
 * scheduleFromJson(text).bounds; // → {"upper":600}
 * scheduleFromJson(text).certificate.gapBound; // → 0
 * ```
 */
export function scheduleFromJson(text: string): ExchangedSchedule {
  const given = checkKeys("text", parsed(text), [
    ...["format", "version", "problem", "bounds", "schedule", "certificate"],
  ]);
  if (given.format !== format) {
    throw new InputError("format", given.format, `"${format}"`, "scheduleToJson writes such files.");
  }
  if (given.version !== version) {
    const isLater = typeof given.version === "number" && given.version > version;
    const hint = isLater ? "A later release of the library wrote it: update this one." : "";
    throw new InputError("version", given.version, String(version), hint);
  }
  const problem = defineProblem(checkObject("problem", given.problem) as unknown as ExecutionProblem);
  const schedule = readSchedule(problem, given.schedule);
  const bounds = given.bounds === undefined ? undefined : (given.bounds as TradeBounds);
  const certificate = certify(problem, schedule, bounds);
  checkClaims(problem, given.certificate, certificate);
  return Object.freeze({ problem, schedule, bounds, certificate });
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") throw new InputError("text", text, "the text that scheduleToJson wrote");
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const place = placeIn(text, String(error));
    throw new InputError("text", text, "JSON, as scheduleToJson writes it", place);
  }
}

/** Where JSON breaks off, as far as the engine says it. */
function placeIn(text: string, message: string): string {
  const named = /line (\d+),? column (\d+)/.exec(message);
  if (named !== null) return `It breaks at line ${named[1]}, column ${named[2]}.`;
  const found = /position (\d+)/.exec(message);
  if (found === null) return "It breaks off before its end, or is another format.";
  const lines = text.slice(0, Number(found[1])).split("\n");
  return `It breaks at line ${lines.length}, column ${lines[lines.length - 1].length + 1}.`;
}

function readSchedule(problem: ExecutionProblem, value: unknown): Schedule {
  const given = checkKeys("schedule", value, ["name", "trades", "remaining"]);
  const { intervals } = problem;
  const trades = checkNumbers("schedule.trades", given.trades, intervals, anyFinite, "shares");
  const remaining = checkNumbers("schedule.remaining", given.remaining, intervals + 1, anyFinite, "shares");
  const schedule = makeSchedule(problem, checkName("schedule.name", given.name), remaining, trades);
  checkSchedule(problem, schedule);
  return schedule;
}
