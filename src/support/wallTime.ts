/**
 * From the clock on the wall to the instant and back, where clocks are set too.
 *
 * @module
 */
import { offsetText, wallText } from "./clock";
import { InputError } from "./errors";
import type { Zone } from "./zone";

/** What to take where clocks are set and a wall-clock time exists twice or not at all. */
export type Disambiguation = "reject" | "earlier" | "later" | "compatible";

/** The instant of a wall time near which clocks are set. */
export function resolve(
  parameter: string,
  time: unknown,
  wall: number,
  zone: Zone,
  rule: Disambiguation,
): number {
  const { found, around } = zone.instantsAt(wall);
  if (found.length === 1) return found[0];
  if (rule === "reject") {
    const [earlier, later] = around.map((instant) => stampText(instant, zone));
    const what = found.length === 0 ? `does not exist in ${zone.name}` : `exists twice in ${zone.name}`;
    throw new InputError(
      parameter,
      time,
      "a time that the clock shows once",
      `It ${what}, where clocks are set: choose with disambiguation "earlier" (${earlier}) or "later" (${later}), ` +
        "or write times with their offsets.",
    );
  }
  const isEarlier = rule === "earlier" || (rule === "compatible" && found.length === 2);
  return isEarlier ? around[0] : around[1];
}

/** `"2024-03-08 09:30:00-05:00"`: an instant as the clock of a zone shows it. */
export function stampText(instant: number, zone: Zone): string {
  const offset = zone.offsetAt(instant);
  return `${wallText(instant + offset)}${offsetText(offset)}`;
}
