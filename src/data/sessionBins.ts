/**
 * Intervals of one length within sessions: aligned to the open, begun anew after each break, never across a night.
 *
 * @module
 */

import type { SessionHours } from "../support/calendar";
import { InputError } from "../support/errors";
import type { Stamp } from "./series";
import { lengthText, type UnitLength } from "./timeUnit";

/** Rounding errors of times in milliseconds, as a fraction of an interval. */
const tiny = 1e-6;

/** Number of intervals of a stretch; the last one is shorter where the length does not divide it. */
export function binCount({ stretches }: SessionHours, stretch: number, length: number): number {
  const { from, to } = stretches[stretch];
  return Math.max(1, Math.ceil((to - from) / length - tiny));
}

/** Length of an interval of a stretch (ms). */
export function binLength(session: SessionHours, stretch: number, bin: number, length: number): number {
  const { from, to } = session.stretches[stretch];
  return bin < binCount(session, stretch, length) - 1 ? length : to - from - bin * length;
}

/**
 * The interval that a row belongs to, by the time since its stretch began: of two at whose border it stands the later one,
 * but for a bar that ends there. A price at the close belongs to the last.
 */
export function binOf(since: number, stamp: Stamp, length: number, count: number): number {
  const place = since / length;
  const bin = stamp === "end" ? Math.ceil(place - tiny) - 1 : Math.floor(place + tiny);
  return Math.min(Math.max(bin, 0), count - 1);
}

/** Refuses bars that would have to be cut: an interval holds whole bars. */
export function checkWholeBars(
  stamp: Stamp,
  spacing: number | undefined,
  length: number,
  unit: UnitLength,
): void {
  if (stamp === "price" || spacing === undefined) return;
  const ratio = length / spacing;
  if (Math.abs(ratio - Math.round(ratio)) <= tiny * ratio) return;
  const own = lengthText(spacing, unit);
  const words = `a multiple of the bars' own length, ${own}, since bars cannot be cut`;
  throw new InputError("length", lengthText(length, unit), words);
}
