/**
 * A ticket's time, cut into slices.
 *
 * @module
 */
import type { Span } from "../support/calendar";
import { checkChoice, checkKeys, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";

const units = { second: 1000, minute: 60_000, hour: 3_600_000 } as const;

/** Units as people write them. */
const spellings: Readonly<Record<string, number>> = {
  ...{ s: units.second, sec: units.second, second: units.second, seconds: units.second },
  ...{ m: units.minute, min: units.minute, minute: units.minute, minutes: units.minute },
  ...{ h: units.hour, hr: units.hour, hour: units.hour, hours: units.hour },
};

/** More slices than anybody trades in, and a table that can still be written. */
const mostSlices = 100_000;

/** The length of a slice (ms): `"5 min"`, or a number with its unit. */
export function sliceLengthOf(value: unknown): number {
  const words = 'a length of time such as "5 min", "30 s" or "1 hour"';
  if (typeof value === "string") {
    const found = /^(\d+(?:\.\d+)?) ?([a-z]+)$/.exec(value.trim());
    const unit = found !== null && Object.hasOwn(spellings, found[2]) ? spellings[found[2]] : undefined;
    const length = unit === undefined ? 0 : Number(found?.[1]) * unit;
    if (length >= 1 && Number.isFinite(length)) return length;
    throw new InputError("sliceLength", value, words);
  }
  if (typeof value === "number") {
    throw new InputError("sliceLength", value, words, `Write the unit too: "${value} min", "${value} s".`);
  }
  const given = checkKeys("sliceLength", value, ["value", "unit"]);
  const unit = checkChoice("sliceLength.unit", given.unit, ["second", "minute", "hour"]);
  const length = checkNumber("sliceLength.value", given.value, positive, unit) * units[unit];
  if (length >= 1 && Number.isFinite(length)) return length;
  throw new InputError(
    "sliceLength.value",
    given.value,
    `at least a millisecond and at most a number can hold (${unit})`,
  );
}

/** Cuts each stretch of trading; where its length is no multiple of a slice's, its last slice is shorter. */
export function cutSlices(stretches: readonly Span[], sliceLength: unknown): readonly Span[] {
  const length = sliceLengthOf(sliceLength);
  const counts = stretches.map(({ from, to }) => Math.max(1, Math.ceil((to - from) / length - 1e-9)));
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count > mostSlices) {
    const words = `so long that there are at most ${formatNumber(mostSlices)} slices`;
    throw new InputError("sliceLength", sliceLength, words, `This length makes ${formatNumber(count)}.`);
  }
  return stretches.flatMap(({ from, to }, i) =>
    Array.from({ length: counts[i] }, (_, k) => ({
      from: from + k * length,
      to: k === counts[i] - 1 ? to : from + (k + 1) * length,
    })),
  );
}
