/**
 * Times as files write them, and their order.
 *
 * @module
 */

/** Day, and time of day where there is one: 2013-09-03, 2013-09-03 08:30, 2013-09-03T08:30:15.250Z, 08:30:00-05:00. */
const timePattern =
  /^\d{4}-(\d\d)-(\d\d)(?:[ T]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const offsetPattern = /([+-]\d\d):?(\d\d)$/;

/** What is wrong with a time after another; nothing where it is in order. */
export function timeProblem(cell: string | undefined, before: string | undefined): string | undefined {
  const found = cell === undefined ? null : timePattern.exec(cell);
  if (cell === undefined || found === null || !isDay(cell, Number(found[1]), Number(found[2]))) {
    return "a date like 2013-09-03, or a time like 2013-09-03 08:30:00";
  }
  if (before === undefined) return undefined;
  // Texts of one form are in the order of time when they are in that of the alphabet.
  const isOneForm = cell.length === before.length && cell[10] === before[10];
  if (!isOneForm) return `written like the time before it, ${before}`;
  const isLater = offsetPattern.test(cell.slice(11)) ? instantOf(cell) > instantOf(before) : cell > before;
  return isLater ? undefined : `later than the time before it, ${before}`;
}

/** A time with an offset from Greenwich, in microseconds: clocks that are set back must not look like disorder. */
function instantOf(time: string): number {
  const local = time.replace(" ", "T").replace(offsetPattern, "");
  const [seconds, fraction = ""] = local.split(".") as [string, string?];
  const [, hours, minutes] = offsetPattern.exec(time) ?? ["", "+00", "00"];
  const offset = Number(hours) * 60 + (hours?.startsWith("-") ? -1 : 1) * Number(minutes);
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, "0")) - offset * 60_000_000;
}

function isDay(text: string, month: number, day: number): boolean {
  if (day <= 28) return month >= 1 && month <= 12 && day >= 1;
  const year = Number(text.slice(0, 4));
  return month >= 1 && month <= 12 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
