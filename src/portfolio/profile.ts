/**
 * The gate of a portfolio's profile.
 *
 * @module
 */
import {
  anyFinite,
  checkKeys,
  checkNumbers,
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { total } from "../support/numbers";
import type { PortfolioProfile } from "./portfolio";

const factors: readonly (readonly [field: Exclude<keyof PortfolioProfile, "open">, range: NumberRange])[] = [
  ["lengths", positive],
  ["covariance", notNegative],
  ["temporaryImpact", positive],
  ["permanentImpact", notNegative],
  ["halfSpreads", notNegative],
  ["drifts", anyFinite],
];

const fields: readonly string[] = [...factors.map(([field]) => field), "open"];

/** Checks a profile of N intervals; undefined where nothing is given. */
export function checkPortfolioProfile(
  value: unknown,
  { horizon, intervals, timeUnit }: { horizon: number; intervals: number; timeUnit: string },
): PortfolioProfile | undefined {
  if (value === undefined) return undefined;
  const given = checkKeys("profile", value, fields);
  const profile: { -readonly [field in keyof PortfolioProfile]: PortfolioProfile[field] } = {};
  for (const [field, range] of factors) {
    if (given[field] === undefined) continue;
    const unit = field === "lengths" ? timeUnit : "a factor";
    profile[field] = Object.freeze(checkNumbers(`profile.${field}`, given[field], intervals, range, unit));
  }
  if (given.open !== undefined) profile.open = checkOpen(given.open, intervals);
  const sum = total(profile.lengths ?? [horizon]);
  if (!(Math.abs(sum - horizon) <= 1e-12 * horizon)) {
    throw new InputError("the sum of profile.lengths", sum, `the horizon, ${horizon} (${timeUnit})`);
  }
  return Object.keys(profile).length === 0 ? undefined : Object.freeze(profile);
}

function checkOpen(value: unknown, intervals: number): readonly boolean[] {
  if (!Array.isArray(value) || value.length !== intervals) {
    throw new InputError("profile.open", value, `an array of ${intervals} entries, each true or false`);
  }
  for (let k = 0; k < intervals; k++) {
    if (typeof value[k] !== "boolean") throw new InputError(`profile.open[${k}]`, value[k], "true or false");
  }
  if (!value.includes(true)) {
    throw new InputError("profile.open", value, "true for at least one interval", "Nothing could be traded.");
  }
  return Object.freeze([...value]);
}
