/**
 * What charts of schedules find, in words.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { formatNumber, formatSignificant } from "../support/format";
import { percent } from "./percent";
import type { TimeAxis } from "./timeAxis";
import { allOf, type Compared, type Group, grouped, listed, sentence, spoken } from "./words";

/** The words for trading in the order's direction and against it. */
const verbs = {
  sell: { one: "sells", many: "sell", done: "sold", back: "buys", over: "oversells" },
  buy: { one: "buys", many: "buy", done: "bought", back: "sells", over: "overbuys" },
} as const;

/** When each schedule has first done half of the order, and by how much one leaves the range between the order and 0. */
export function halfFinding(
  { side, shares }: ExecutionProblem,
  schedules: readonly Schedule[],
  axis: TimeAxis,
): string {
  const { done } = verbs[side];
  const compared = schedules.map((schedule): Compared => {
    const time = halfTime(schedule, shares);
    return { name: schedule.name, size: time, text: axis.when(time) };
  });
  const groups = grouped(compared);
  const [first, last] = [groups[0], groups[groups.length - 1]];
  const have = (names: readonly string[]): string =>
    `${listed(names)} ${names.length === 1 ? "has" : "have"}`;
  const reversal = reversalWords(schedules, shares, side);
  if (groups.length === 1) {
    const all = schedules.length === 1 ? have(first.names) : `${allOf(schedules.length, "schedules")} have`;
    return sentence(`${all} ${done} half ${first.text}${reversal}`);
  }
  if (groups.length === 2 && schedules.length <= 3) {
    return sentence(
      `${have(first.names)} ${done} half ${first.text}, ${listed(last.names)} ${last.text}${reversal}`,
    );
  }
  return sentence(
    `${spoken(first.names[0])} is the first to have ${done} half, ${first.text}; ` +
      `${spoken(last.names[0])} the last, ${last.text}${reversal}`,
  );
}

/** Names the schedule that is furthest outside of the range between the order and 0; empty where all stay within. */
function reversalWords(schedules: readonly Schedule[], shares: number, side: "sell" | "buy"): string {
  const furthest = schedules.map(({ name, remaining }) => {
    const below = -remaining.reduce((least, x) => Math.min(least, x), 0);
    const above = remaining.reduce((most, x) => Math.max(most, x), shares) - shares;
    return { name, below, above, size: Math.max(below, above) };
  });
  const worst = furthest.reduce((one, other) => (other.size > one.size ? other : one));
  // Less than this is rounding.
  if (!(worst.size > 1e-9 * shares)) return "";
  const amount = wholeShares(worst.size);
  const { over, back } = verbs[side];
  const who = schedules.length === 1 ? "it" : spoken(worst.name);
  return `; ${who} ${worst.below >= worst.above ? `${over} by up to` : `first ${back} up to`} ${amount}`;
}

function wholeShares(value: number): string {
  const text = value >= 1000 ? formatNumber(value) : formatSignificant(value);
  return `${text} ${text === "1" ? "share" : "shares"}`;
}

/** What part of the order each schedule trades in the first slice. */
export function firstSliceFinding(
  { side, shares, earlierTrades }: ExecutionProblem,
  schedules: readonly Schedule[],
): string {
  const verb = verbs[side];
  const compared = schedules.map(({ name, trades }): Compared => {
    const fraction = trades[0] / shares;
    return {
      name,
      size: -fraction,
      text: fraction < 0 ? `${verb.back} ${percent(-fraction)}` : percent(fraction),
    };
  });
  const groups = grouped(compared);
  const [first, last] = [groups[0], groups[groups.length - 1]];
  // A first trade against the order has its own verb.
  const trade = ({ names, text }: Group): string =>
    [listed(names), text.startsWith(verb.back) ? [] : names.length === 1 ? verb.one : verb.many, text]
      .flat()
      .join(" ");
  const whole = earlierTrades === undefined ? "the order" : "what is left";
  const where = `of ${whole} in the first slice`;
  if (groups.length === 1 && schedules.length > 1) {
    return sentence(`${allOf(schedules.length, "schedules")} ${verb.many} ${first.text} ${where}`);
  }
  if (groups.length === 1) return sentence(`${trade(first)} ${where}`);
  if (groups.length === 2 && schedules.length <= 3) {
    return sentence(`${trade(first)} ${where}, ${listed(last.names)} ${last.text}`);
  }
  return sentence(
    `${spoken(first.names[0])} ${verb.one} the most in the first slice, ${first.text} of ${whole}; ` +
      `${spoken(last.names[0])} the least, ${last.text}`,
  );
}

/** When half of the order is first done, read off the line between two grid points (unit of time). */
export function halfTime({ remaining, times }: Schedule, shares: number): number {
  const after = remaining.findIndex((x) => x <= shares / 2);
  const [x0, x1] = [remaining[after - 1], remaining[after]];
  const [t0, t1] = [times[after - 1], times[after]];
  return t0 + (t1 - t0) * ((x0 - shares / 2) / (x0 - x1));
}
