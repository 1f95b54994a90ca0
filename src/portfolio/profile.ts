/**
 * The gate of a portfolio's profile.
 *
 * @module
 */
import { checkOpen } from "../model/profile";
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
