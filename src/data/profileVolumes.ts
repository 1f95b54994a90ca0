/**
 * From a volume profile to the market's volumes over an order's intervals.
 *
 * @module
 */
import { checkKeys, checkNumber, checkNumbers, checkRecord, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import type { VolumeProfile } from "./volumeProfile";

/** The part of the session that an order has. */
export interface ProfileVolumesOptions {
  /** The market's clock at which the order starts: one of the profile's `starts` (default the first). */
  readonly from?: string | undefined;
  /** The start of the first slice that is no longer the order's (default none: to the close). */
  readonly to?: string | undefined;
}

/**
 * The market's expected volume of each slice, for `profile.volumes` of a problem and for `volumeSchedule`: the fraction of each
 * slice times the volume of a day.
 *
 * @param profile - from `volumeProfile`
 * @param dailyVolume - expected volume of a whole day, 0 or above (shares): `profile.dailyVolume.value`, an average over some
 *   weeks, a forecast
 * @param options - the part of the session that the order has
 * @returns one volume for each slice (shares); where slices differ in length, `profile.lengths` of the problem says so
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const profile = { starts: ["09:30:00", "11:40:00", "13:50:00"], fractions: [0.5, 0.2, 0.3] };
 * profileVolumes(profile, 2e6); // → [1000000,400000,600000]
 * profileVolumes(profile, 2e6, { from: "11:40:00" }); // → [400000,600000]
 * ```
 */
export function profileVolumes(
  profile: Pick<VolumeProfile, "starts" | "fractions">,
  dailyVolume: number,
  options: ProfileVolumesOptions = {},
): readonly number[] {
  const { starts, fractions } = checkRecord(
    "profile",
    profile,
    "a volume profile, as volumeProfile gives it",
  );
  if (!Array.isArray(starts) || starts.length === 0) {
    throw new InputError("profile.starts", starts, "an array of times of day, as volumeProfile gives it");
  }
  const parts = checkNumbers("profile.fractions", fractions, starts.length, notNegative, "");
  const volume = checkNumber("dailyVolume", dailyVolume, notNegative, "shares");
  const given = checkKeys("profileVolumes's options", options, ["from", "to"]);
  const first = given.from === undefined ? 0 : sliceAt("from", given.from, starts);
  const end = given.to === undefined ? parts.length : sliceAt("to", given.to, starts);
  if (end <= first) throw new InputError("to", given.to, `the start of a slice after ${starts[first]}`);
  return Object.freeze(parts.slice(first, end).map((part) => part * volume));
}

/** The slice that begins at a time of day; seconds may be left out. */
function sliceAt(name: string, time: unknown, starts: readonly unknown[]): number {
  const found = starts.findIndex((start) => start === time || start === `${time}:00`);
  if (found >= 0) return found;
  throw new InputError(name, time, `the start of a slice, such as ${JSON.stringify(starts[0])}`);
}
