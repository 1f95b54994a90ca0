/**
 * What varies over the day: numbers for each interval beside the problem's scalars. Auctions, lunch, halts and nights
 * are rows of it.
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
import { type Series, total } from "../support/numbers";
import { type QuantityName, type Units, unitOf } from "./notation";

/** A profile as `defineProblem` takes it: arrays of N numbers, each of which replaces its scalar everywhere. */
export interface ProfileInput {
  /** τ_1 … τ_N, above 0; they sum to the horizon within 1e-12 of it (unit of time). */
  readonly lengths?: Series | undefined;
  /** What the market is expected to trade in each interval without the order, 0 or above (shares). */
  readonly volumes?: Series | undefined;
  /** σ_1 … σ_N, 0 or above (currency/share/√time). */
  readonly volatility?: Series | undefined;
  /** η_1 … η_N, above 0: the coefficients of the problem's law, in its unit (currency·time/share² for a linear one). */
  readonly temporaryImpact?: Series | undefined;
  /** γ_1 … γ_N, 0 or above: interval k's trade moves the price by γ_k a share for good (currency/share²). */
  readonly permanentImpact?: Series | undefined;
  /** ε_1 … ε_N, 0 or above (currency/share). */
  readonly halfSpread?: Series | undefined;
  /** α_1 … α_N, positive where the price rises (currency/share/time). */
  readonly drift?: Series | undefined;
  /** Whether the order may trade in each interval; where it may not, the risk still runs. */
  readonly open?: readonly boolean[] | undefined;
}

/** A validated profile: frozen arrays of N entries, and only those that were given. */
export interface Profile {
  /** τ_1 … τ_N (unit of time). */
  readonly lengths?: readonly number[];
  /** What the market is expected to trade in each interval without the order (shares). */
  readonly volumes?: readonly number[];
  /** σ_1 … σ_N (currency/share/√time). */
  readonly volatility?: readonly number[];
  /** η_1 … η_N, the coefficients of the problem's law (currency·time/share² for a linear one). */
  readonly temporaryImpact?: readonly number[];
  /** γ_1 … γ_N (currency/share²). */
  readonly permanentImpact?: readonly number[];
  /** ε_1 … ε_N (currency/share). */
  readonly halfSpread?: readonly number[];
  /** α_1 … α_N, positive where the price rises (currency/share/time). */
  readonly drift?: readonly number[];
  /** Whether the order may trade in each interval. */
  readonly open?: readonly boolean[];
}

/** The arrays of numbers, with what may stand in them and whose unit it has. */
const numeric: readonly (readonly [
  field: Exclude<keyof Profile, "open">,
  range: NumberRange,
  unit: QuantityName,
])[] = [
  ["lengths", positive, "horizon"],
  ["volumes", notNegative, "shares"],
  ["volatility", notNegative, "volatility"],
  ["temporaryImpact", positive, "temporaryImpact"],
  ["permanentImpact", notNegative, "permanentImpact"],
  ["halfSpread", notNegative, "halfSpread"],
  ["drift", anyFinite, "drift"],
];

const fields: readonly string[] = [...numeric.map(([field]) => field), "open"];

/** Checks a profile of N intervals; undefined where nothing is given. */
export function checkProfile(
  value: unknown,
  { horizon, intervals }: { readonly horizon: number; readonly intervals: number },
  units: Units,
): Profile | undefined {
  if (value === undefined) return undefined;
  const given = checkKeys("profile", value, fields);
  const profile: { -readonly [field in keyof Profile]: Profile[field] } = {};
  for (const [field, range, unit] of numeric) {
    if (given[field] === undefined) continue;
    const numbers = checkNumbers(`profile.${field}`, given[field], intervals, range, unitOf(unit, units));
    profile[field] = Object.freeze(numbers);
  }
  if (given.open !== undefined) profile.open = checkOpen(given.open, intervals);
  if (profile.lengths !== undefined) checkTotalLength(profile.lengths, horizon, unitOf("horizon", units));
  return Object.keys(profile).length === 0 ? undefined : Object.freeze(profile);
}

/** Which intervals may trade, at least one. */
export function checkOpen(value: unknown, intervals: number): readonly boolean[] {
  if (!Array.isArray(value) || value.length !== intervals) {
    throw new InputError("profile.open", value, `an array of ${intervals} entries, each true or false`);
  }
  // By index: a hole is no entry that `forEach` would see.
  for (let k = 0; k < intervals; k++) {
    if (typeof value[k] !== "boolean") throw new InputError(`profile.open[${k}]`, value[k], "true or false");
  }
  if (!value.includes(true)) {
    throw new InputError("profile.open", value, "true for at least one interval", "Nothing could be traded.");
  }
  return Object.freeze([...value]);
}

function checkTotalLength(lengths: readonly number[], horizon: number, unit: string): void {
  const sum = total(lengths);
  if (Math.abs(sum - horizon) <= 1e-12 * horizon) return;
  throw new InputError(
    "the sum of profile.lengths",
    sum,
    `the horizon, ${horizon} (${unit})`,
    `It is off by ${sum - horizon}.`,
  );
}
