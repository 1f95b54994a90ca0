/**
 * What a desk can give up when no schedule keeps its limits: the smallest relaxation of each soft limit on its own.
 *
 * @module
 */
import { marketOf } from "../model/market";
import { duration } from "../model/notation";
import { formatNumber, formatSignificant } from "../support/format";
import { Sum } from "../support/numbers";
import { boundsOf, type Limits } from "./limits";

/** The smallest change of one limit with which a schedule exists, all others kept. */
export interface Relaxation {
  /** Which limit gives way. */
  readonly limit: "participation" | "upper" | "lower" | "pauses" | "time" | "order";
  /**
   * What it must become: a fraction for `"participation"`, a factor on every bound for `"upper"` and `"lower"`, 0 for `"pauses"`, which are
   * dropped; or by how much: unit of time for `"time"`, shares left undone for `"order"`.
   */
  readonly value: number;
  /** The relaxation in words, for example "12.9% instead of 8%". */
  readonly words: string;
}

/** How far bounds miss the order. */
export interface Miss {
  /** Σ of the lower bounds, and of the upper ones with what may be left (shares). */
  readonly least: number;
  readonly most: number;
  /** The first interval whose lower bound lies above its upper one, counted from 0; −1 where there is none. */
  readonly crossed: number;
  /** Whether a schedule satisfies them. */
  readonly isFeasible: boolean;
}

/** Whether a schedule satisfies limits: the sums decide, because each trade has its own bounds. */
export function missOf(limits: Limits): Miss {
  const { lower, upper } = boundsOf(limits);
  const [least, most] = [new Sum(), new Sum()];
  most.add(limits.mostLeft);
  let crossed = -1;
  let [isUnbounded, isBottomless] = [false, false];
  for (let k = 0; k < lower.length; k++) {
    if (lower[k] > upper[k] && crossed < 0) crossed = k;
    if (upper[k] === Number.POSITIVE_INFINITY) isUnbounded = true;
    else most.add(upper[k]);
    if (lower[k] === Number.NEGATIVE_INFINITY) isBottomless = true;
    else least.add(lower[k]);
  }
  const { shares } = limits.problem;
  const sums = {
    least: isBottomless ? Number.NEGATIVE_INFINITY : least.value,
    most: isUnbounded ? Number.POSITIVE_INFINITY : most.value,
  };
  const slack = 1e-13 * shares;
  const isFeasible = crossed < 0 && sums.least <= shares + slack && sums.most >= shares - slack;
  return { ...sums, crossed, isFeasible };
}

/** Every limit whose relaxation is enough on its own, with the smallest one. */
export function relaxationsOf(limits: Limits): readonly Relaxation[] {
  const found = [
    byParticipation(limits),
    byScale(limits, "upper"),
    byScale(limits, "lower"),
    byPauses(limits),
  ];
  return [...found, byTime(limits), byOrder(limits)].filter((one) => one !== undefined);
}

/** The least value above `low`, which fails, up to `high`, that does: to twelve digits, and never one that fails. */
function leastThatDoes(low: number, high: number, does: (value: number) => boolean): number | undefined {
  if (!does(high)) return undefined;
  let [bad, good] = [low, high];
  for (let i = 0; i < 200 && good - bad > 1e-13 * Math.abs(good); i++) {
    const middle = 0.5 * (bad + good);
    if (does(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function byParticipation(limits: Limits): Relaxation | undefined {
  const { participation, problem } = limits;
  if (participation === undefined) return undefined;
  const does = (fraction: number): boolean =>
    missOf({ ...limits, participation: { ...participation, fraction } }).isFeasible;
  const volumes = problem.profile?.volumes ?? [];
  const traded = volumes.filter((volume) => volume > 0);
  // Enough for any interval with a volume to take the whole order by itself.
  const most =
    participation.of === "total" ? 1 - 1e-12 : Math.max(1, (2 * problem.shares) / Math.min(...traded));
  const value = leastThatDoes(participation.fraction, most, does);
  if (value === undefined) return undefined;
  const percent = (fraction: number): string => `${formatSignificant(100 * fraction)}%`;
  const words = `${roundedUp(value)} instead of ${percent(participation.fraction)} of the ${participation.of === "total" ? "total volume" : "others' volume"}`;
  return { limit: "participation", value, words };
}

/** A percentage with three digits that is not below the fraction, so that what is said will do. */
function roundedUp(fraction: number): string {
  const unit = 10 ** (Math.floor(Math.log10(100 * fraction)) - 2);
  return `${formatSignificant(Math.ceil((100 * fraction) / unit - 1e-9) * unit)}%`;
}

function byScale(limits: Limits, limit: "upper" | "lower"): Relaxation | undefined {
  if (!limits.has[limit]) return undefined;
  const scaled = (factor: number): Limits => ({
    ...limits,
    [limit]: limits[limit].map((bound) => bound * factor || 0),
  });
  const does = (factor: number): boolean => missOf(scaled(factor)).isFeasible;
  const isUpper = limit === "upper";
  const value = isUpper ? leastThatDoes(1, 1e9, does) : leastThatDoes(0, 1, (given_up) => does(1 - given_up));
  if (value === undefined) return undefined;
  const factor = isUpper ? value : 1 - value;
  const words = isUpper
    ? `upper bounds ${formatNumber(100 * (factor - 1), 1)}% higher`
    : `lower bounds ${formatNumber(100 * (1 - factor), 1)}% lower`;
  return { limit, value: factor, words };
}

function byPauses(limits: Limits): Relaxation | undefined {
  if (!limits.has.pauses) return undefined;
  const without = { ...limits, paused: new Uint8Array(limits.paused.length) };
  return missOf(without).isFeasible ? { limit: "pauses", value: 0, words: "no pauses" } : undefined;
}

/** Longer trading at the pace that the last interval allows. */
function byTime(limits: Limits): Relaxation | undefined {
  const miss = missOf(limits);
  const { problem } = limits;
  const missing = problem.shares - miss.most;
  if (miss.crossed >= 0 || !(missing > 0)) return undefined;
  const { upper } = boundsOf(limits);
  const { lengths } = marketOf(problem);
  let last = upper.length - 1;
  while (last >= 0 && !(upper[last] > 0)) last--;
  if (last < 0) return undefined;
  const value = (missing / upper[last]) * lengths[last];
  const words = `${duration(Number(value.toPrecision(3)), problem)} more at the last interval's pace, if the market is open that long`;
  return { limit: "time", value, words };
}

function byOrder(limits: Limits): Relaxation | undefined {
  const miss = missOf(limits);
  const value = limits.problem.shares - miss.most;
  if (miss.crossed >= 0 || !(value > 0) || miss.most <= 0) return undefined;
  const left = limits.mostLeft > 0 ? "more shares" : "shares";
  return { limit: "order", value, words: `leave ${formatNumber(value)} ${left} untraded` };
}
