/**
 * The passport of a ticket: how it was read, in a trader's words.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { concessionAt, type ImpactModel } from "../model/impactModel";
import { formatAmount, formatSignificant, readable } from "../support/format";
import { basisPoints, total } from "../support/numbers";
import type { ReadTicket } from "./readTicket";
import type { PassportRow } from "./ticket";
import { pointOfRule } from "./ticketCosts";

const minute = 60_000;

/** An amount in full, to twelve digits: sums of decimals carry noise beyond. */
export function amount(value: number): string {
  return readable(value, 12);
}

/** The passport, line by line. */
export function passportOf(
  read: ReadTicket,
  problem: ExecutionProblem,
  upper: readonly number[] | undefined,
): readonly PassportRow[] {
  const lines = [
    orderLine(read),
    timeLine(read, problem),
    sessionLine(read),
    sizeLine(read),
    volatilityLine(read, problem),
    ...impactLines(read, problem),
    costLine(read, problem),
    riskAversionLine(read),
    ...remainderLines(read),
    volumeLine(read),
    ...(upper === undefined ? [] : [capLine(read, upper)]),
    ...stepLines(read),
  ];
  return Object.freeze(lines.map(([what, howMuch, from]) => Object.freeze({ what, howMuch, from })));
}

type Line = readonly [what: string, howMuch: string, from: string];

/** The unit in the singular, where its plural is an ordinary one: `"contracts"`, but not `"BTC"`. */
export function singular(unit: string): string {
  return /^[a-z ]+[^s]s$/.test(unit) ? unit.slice(0, -1) : unit;
}

const percent = (fraction: number): string => `${readable(100 * fraction)}%`;
const minutes = (milliseconds: number): string => {
  const value = formatSignificant(milliseconds / minute, 6);
  return `${value} minute${value === "1" ? "" : "s"}`;
};

/** An amount per unit in currency and in basis points of the price. */
function perUnit(value: number, { currency, unit, price }: ReadTicket): string {
  return `${readable(value)} ${currency} per ${singular(unit)}, ${readable(basisPoints(value, price))} bp`;
}

function orderLine(read: ReadTicket): Line {
  const { side, shares, unit, symbol, quoted, multiplier, price, currency } = read;
  const what = `${side} ${amount(shares)} ${shares === 1 ? singular(unit) : unit}${symbol === undefined ? "" : ` of ${symbol}`}`;
  const points =
    multiplier === 1
      ? `${amount(quoted)} ${currency}`
      : `${amount(quoted)} points of ${amount(multiplier)} ${currency}`;
  return [
    "Order",
    `${what} at ${points}, worth ${amount(shares * price)} ${currency}`,
    "shares, price: X, S₀",
  ];
}

function timeLine({ time }: ReadTicket, { horizon, intervals }: ExecutionProblem): Line {
  const { slices, text, zone } = time;
  const lengths = slices.map(({ from, to }) => to - from);
  const [shortest, longest] = [Math.min, Math.max].map((pick) => lengths.reduce((a, b) => pick(a, b)));
  const each =
    shortest === longest ? minutes(longest) : `${minutes(longest)}, the shortest of ${minutes(shortest)}`;
  const where = zone === undefined ? "" : ` (${zone})`;
  const when = `${text(slices[0].from)} to ${text(slices[slices.length - 1].to)}${where}`;
  const count = `${formatSignificant(intervals, 6)} slice${intervals === 1 ? "" : "s"}`;
  return [
    "Time",
    `${when}: ${minutes(horizon * minute)} in ${count} of ${each}`,
    "start, end, sliceLength: T, N",
  ];
}

function sessionLine({ time }: ReadTicket): Line {
  const { hours, text, dayLength, openLength, isAssumed } = time;
  if (hours === undefined) return ["A day", "24 hours, around the clock", "session"];
  const own = `${text(hours.from)} to ${text(hours.to)}, ${minutes(openLength)} of trading`;
  const regular = openLength === dayLength ? "" : `; a regular day has ${minutes(dayLength)}`;
  const assumed = isAssumed ? " (assumed, as the ticket states no session: the hours of New York)" : "";
  return ["A day", `${own}${regular}${assumed}`, "session"];
}

function sizeLine({ shares, dailyVolume, volumes }: ReadTicket): Line {
  const meanwhile = total(volumes.volumes);
  const part =
    meanwhile > 0 ? `, ${percent(shares / meanwhile)} of what it is expected to trade in that time` : "";
  return [
    "Size",
    `${percent(shares / dailyVolume)} of what the market trades in a day${part}`,
    "averageDailyVolume",
  ];
}

function volatilityLine(
  { dailyVolatility, volatilities, time, currency, unit }: ReadTicket,
  { volatility }: ExecutionProblem,
): Line {
  const daily = `${readable(100 * dailyVolatility, 4)}% of the price in a day of ${minutes(time.dayLength)}`;
  const each = `${readable(volatility)} ${currency} per ${singular(unit)} in a minute`;
  if (volatilities === undefined) return ["Volatility", `${daily}: ${each}`, "dailyVolatility: σ"];
  const [least, most] = [Math.min, Math.max].map((pick) => volatilities.reduce((a, b) => pick(a, b)));
  const slices = `; in the slices ${readable(100 * least, 4)}% to ${readable(100 * most, 4)}%`;
  return ["Volatility", `${daily}: ${each}${slices}`, "dailyVolatility, volatilityCurve: σ"];
}

function impactLines(read: ReadTicket, problem: ExecutionProblem): Line[] {
  const { rule, time, permanent, currency, unit } = read;
  const { temporaryImpact: η, horizon, shares } = problem;
  const impact = problem.impact as ImpactModel;
  const day = time.dayLength / minute;
  const part = `${readable(100 * rule.fraction, 6)}% of a day's volume`;
  const points = `${readable(rule.basisPoints, 6)} bp`;
  const own = `this order evenly: ${readable(basisPoints(concessionAt(impact, shares / horizon), read.price))} bp`;
  const over = rule.over === "day" ? "a day" : "the order's time";
  const other = rule.over === "day" ? "order" : "day";
  const point = pointOfRule(rule, read, rule.over === "day" ? horizon : day);
  const otherOwn = readable(
    basisPoints(point.impact * (shares / horizon / point.rate) ** rule.exponent, read.price),
  );
  const reading =
    Math.abs(horizon - day) <= 1e-9 * day ? "" : ` (read with over: "${other}": ${otherOwn} bp)`;
  const one = singular(unit);
  const β = readable(rule.exponent, 6);
  const isLinear = rule.exponent === 1;
  const power = isLinear ? "" : `, growing with the rate to the power ${β}`;
  const unitOfη = isLinear ? `${currency}·minute/${one}²` : `${currency}/${one}·(minute/${one})^${β}`;
  return [
    [
      "Cost of speed",
      `${points} for ${part}, spread evenly over ${over}${power}; ${own}${reading}; η is ${readable(η)} ${unitOfη}${sliceWords(rule)}`,
      "impactRule: η",
    ],
    [
      "Lasting price move",
      permanent.gamma === 0
        ? "none"
        : `${permanent.words}; this order: ${perUnit(permanent.gamma * shares, read)}`,
      "permanentImpactRule: γ",
    ],
  ];
}

/** How η differs from slice to slice. */
function sliceWords({ follows, exponent }: ReadTicket["rule"]): string {
  if (follows === "clock") return "";
  const byVolume =
    exponent === 1
      ? "inversely proportional to the slice's"
      : `times (the slice's volume over it)^−${readable(exponent, 6)}`;
  const byVolatility = follows === "market" ? " and times the slice's volatility over the day's" : "";
  return ` at a usual minute's volume, ${byVolume}${byVolatility}`;
}

function costLine(read: ReadTicket, { halfSpread }: ExecutionProblem): Line {
  const { cost } = read;
  const fees = cost.words === undefined ? "no fees" : `fees ${readable(cost.fees)} (${cost.words})`;
  const parts = `half the spread ${readable(cost.halfSpread)}, ${fees}`;
  return ["Spread and fees", `${perUnit(halfSpread, read)}: ${parts}`, "spread, fees: ε"];
}

function riskAversionLine({ riskAversion, currency }: ReadTicket): Line {
  const words =
    riskAversion === 0 ? "0: expected cost alone counts" : `${readable(riskAversion)} per ${currency}`;
  return ["Risk aversion", words, "riskAversion: λ"];
}

function remainderLines(read: ReadTicket): Line[] {
  const { remainderPrice } = read;
  if (remainderPrice === undefined) return [];
  return [
    [
      "May be left at the end",
      `each at ${perUnit(remainderPrice, read)} beyond the last price`,
      "remainderBasisPoints",
    ],
  ];
}

function volumeLine({ volumes: { volumes, words }, unit }: ReadTicket): Line {
  const [least, most] = [Math.min, Math.max].map((pick) => volumes.reduce((a, b) => pick(a, b)));
  const each = least === most ? formatAmount(least) : `${formatAmount(least)} to ${formatAmount(most)}`;
  return [
    "Market volume",
    `${words}: ${each} ${unit} a slice, ${formatAmount(total(volumes))} in total`,
    "volumeCurve",
  ];
}

function capLine({ cap, unit }: ReadTicket, upper: readonly number[]): Line {
  const whose = cap?.of === "total" ? "total volume, ours included" : "what others trade";
  const most = formatAmount(total(upper));
  return [
    "Cap",
    `${readable(100 * (cap?.fraction ?? 1), 6)}% of ${whose}: ${most} ${unit} in total`,
    "participationCap",
  ];
}

function stepLines({ tick, lot, unit, multiplier, currency }: ReadTicket): Line[] {
  const lines: Line[] = [];
  if (tick !== undefined) {
    lines.push([
      "Tick",
      `${readable(tick, 6)}, ${readable(tick * multiplier, 6)} ${currency} per ${singular(unit)}`,
      "tick, multiplier",
    ]);
  }
  if (lot !== undefined) lines.push(["Lot", `${amount(lot)} ${lot === 1 ? singular(unit) : unit}`, "lot"]);
  return lines;
}
