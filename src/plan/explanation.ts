/**
 * What an explanation of a schedule is, and its words.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import type { ExecutionProblem } from "../model/executionProblem";
import { formatNumber, formatSignificant } from "../support/format";

/** What holds a slice where it is: a bound, a closed interval, or the spread, which a trade of 0 saves. */
export type BindingLimit = "upper bound" | "lower bound" | "closed" | "spread";

/** One slice of an explained schedule. */
export interface ExplainedSlice {
  /** Interval, counted from 1. */
  readonly interval: number;
  /** Shares traded in it. */
  readonly trade: number;
  /** What moving one share from this slice to the next saves in expected cost: impact, spread and drift (currency/share); undefined for the last. */
  readonly costSaved: number | undefined;
  /** What it adds in risk, λ ∂V (currency/share); undefined for the last. */
  readonly riskCarried: number | undefined;
  /** What holds the slice, where something does. */
  readonly binds: BindingLimit | undefined;
  /**
   * What one more share of the limit that binds is worth: 0 where none does, undefined where the schedule is not the optimum
   * (currency/share).
   */
  readonly limitPrice: number | undefined;
}

/** What is left at the end, explained. */
export interface ExplainedRemainder {
  /** Shares left. */
  readonly shares: number;
  /** What holds it: the order is finished, or as much is left as may be; undefined where nothing does. */
  readonly binds: "finished" | "most left" | undefined;
  /**
   * What leaving one share more would save at the margin: 0 where nothing holds it, below 0 where the order is finished
   * because leaving costs more; undefined where the schedule is not the optimum (currency/share).
   */
  readonly saving: number | undefined;
}

/** An explained schedule. */
export interface ScheduleExplanation {
  /** Whether it is the optimum within the bounds: only then limits have prices. */
  readonly verdict: Certificate["verdict"];
  /** One entry a slice. */
  readonly slices: readonly ExplainedSlice[];
  /** What is left and why, where the problem has a `remainderPrice`. */
  readonly remainder: ExplainedRemainder | undefined;
  /** The largest distance of a marginal cost from the mean, over slices that nothing binds (currency/share): rounding at an optimum. */
  readonly imbalance: number;
  /** The explanation in a few sentences. */
  readonly sentences: readonly string[];
}

/** What is said of the slices. */
export function explained(
  problem: ExecutionProblem,
  verdict: Certificate["verdict"],
  slices: readonly ExplainedSlice[],
): readonly string[] {
  const unit = `${problem.currency}/share`;
  if (verdict !== "optimal") {
    const gain = ({ costSaved = 0, riskCarried = 0, binds }: ExplainedSlice): number =>
      binds === undefined ? Math.abs(costSaved - riskCarried) : 0;
    const worst = slices.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    if (gain(worst) === 0) return [`The schedule is not the optimum (verdict "${verdict}").`];
    const isLater = (worst.costSaved ?? 0) > (worst.riskCarried ?? 0);
    const [from, to] = isLater ? [worst.interval, worst.interval + 1] : [worst.interval + 1, worst.interval];
    return [
      `The schedule is not the optimum: moving one share from interval ${from} to interval ${to} saves ` +
        `${formatSignificant(gain(worst))} ${unit}.`,
    ];
  }
  const bound = slices.filter(({ limitPrice = 0 }) => limitPrice > 0);
  if (bound.length === 0) {
    return ["Nothing binds: in every slice, the cost that waiting saves equals the risk that it carries."];
  }
  const dearest = bound.reduce((one, other) =>
    (other.limitPrice ?? 0) > (one.limitPrice ?? 0) ? other : one,
  );
  return [
    `Limits bind in ${bound.length} of ${slices.length} intervals.`,
    `The most valuable one is the ${dearest.binds === "closed" ? "closure" : dearest.binds} of interval ${dearest.interval}: ` +
      `one more share there is worth ${formatSignificant(dearest.limitPrice ?? 0)} ${unit}.`,
  ];
}

/** What is said of the rest. */
export function remainderWords(
  { currency, remainderPrice }: ExecutionProblem,
  { shares, binds, saving }: ExplainedRemainder,
  slices: readonly ExplainedSlice[],
): readonly string[] {
  if (saving === undefined) return [];
  const price = (value: number): string => `${formatSignificant(value)} ${currency}/share`;
  if (binds === "finished") {
    return [
      `Nothing is left: leaving the first share would cost ${price(Math.abs(saving))} more than trading it.`,
    ];
  }
  const left = `${formatNumber(shares)} shares are left at ${price(remainderPrice ?? 0)}`;
  if (binds === "most left")
    return [`${left}, as many as may be: leaving one more would save ${price(Math.max(0, saving))}.`];
  return slices.every((slice) => slice.binds !== undefined)
    ? [`${left}, since every slice is at a limit.`]
    : [`${left}: trading the last of them would cost as much as leaving it.`];
}
