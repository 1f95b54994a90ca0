/**
 * Warnings about numbers that are possible but hardly true: likely slips of units, not views on the market.
 *
 * @module
 */
import { readable } from "../support/format";
import type { ImpactCoefficients } from "./impactKind";
import { coefficientUnit, concessionAt, fadingMoveOf, type ImpactModel } from "./impactModel";
import { type QuantityName, type Units, unitOf } from "./notation";

/** What the warnings look at. */
export interface PlausibilityData extends Units {
  readonly arrivalPrice: number | undefined;
  readonly shares: number;
  readonly horizon: number;
  readonly intervals: number;
  readonly volatility: number;
  readonly permanentImpact: number;
  readonly halfSpread: number;
  readonly riskAversion: number;
}

/** How often a unit of time fits into a year: of the calendar, and of a market open for 6.5 hours on 252 days. */
interface Year {
  readonly calendar: number;
  readonly market: number;
}

const perDay = (calendar: number, market: number): Year => ({
  calendar: 365 * calendar,
  market: 252 * market,
});
const years = {
  second: perDay(86_400, 23_400),
  minute: perDay(1440, 390),
  hour: perDay(24, 6.5),
  day: perDay(1, 1),
  week: { calendar: 52, market: 52 },
  month: { calendar: 12, market: 12 },
  year: { calendar: 1, market: 1 },
} satisfies Readonly<Record<string, Year>>;

/** Units of time as people shorten them. */
const shortened: Readonly<Record<string, keyof typeof years>> = {
  s: "second",
  sec: "second",
  min: "minute",
  h: "hour",
  hr: "hour",
  d: "day",
  wk: "week",
  mo: "month",
  yr: "year",
};

/** The year of a unit of time, in the singular or plural, shortened or not; undefined where the unit is not known. */
function yearOf(timeUnit: string): Year | undefined {
  const unit = timeUnit.toLowerCase().replace(/(?<=..)s$/, "");
  const name = Object.hasOwn(shortened, unit) ? shortened[unit] : unit;
  return Object.hasOwn(years, name) ? years[name as keyof typeof years] : undefined;
}

/** A quantity, what it amounts to, and the slip that would explain it. */
type Finding = readonly [name: QuantityName | "impact", says: string, slip: string];

/**
 * Compares σ√T, σ over a year where the unit of time is a known one, and the impacts with the arrival price, and the risk
 * aversion with what would trade at once. The thresholds are wide.
 */
export function plausibilityWarnings(problem: PlausibilityData, impact: ImpactModel): string[] {
  const { arrivalPrice = Number.NaN } = problem;
  const price = Math.abs(arrivalPrice);
  const findings = [
    ...priceFindings(arrivalPrice),
    ...(price > 0 ? [...volatilityFindings(problem, price), ...impactFindings(problem, impact, price)] : []),
    ...riskFindings(problem, impact),
  ];
  return findings.map(
    ([name, says, slip]) =>
      `${name}: ${says}. ${slip} Expected unit: ${expectedUnit(name, problem, impact)}.`,
  );
}

function expectedUnit(name: Finding[0], problem: PlausibilityData, impact: ImpactModel): string {
  // What a share moves the price by, whether the move stays or fades.
  if (name === "impact") return unitOf("permanentImpact", problem);
  if (name !== "temporaryImpact") return unitOf(name, problem);
  return coefficientUnit(name satisfies keyof ImpactCoefficients, impact, problem);
}

function priceFindings(arrivalPrice: number): Finding[] {
  if (arrivalPrice === 0) {
    return [
      ["arrivalPrice", "it is 0, so there are no basis points of it", "Leave it out if it is not known."],
    ];
  }
  if (!(arrivalPrice < 0)) return [];
  return [
    [
      "arrivalPrice",
      "it is below 0; basis points are of its absolute value",
      "Spreads, power and oil trade there. Is the sign right?",
    ],
  ];
}

const percent = (fraction: number): string => `${readable(100 * fraction)}% of the arrival price`;

function volatilityFindings(
  { horizon, volatility, timeUnit }: PlausibilityData,
  arrivalPrice: number,
): Finding[] {
  if (volatility === 0) return [];
  const finding = (says: string, slip: string): Finding[] => [["volatility", says, slip]];
  const swing = (volatility * Math.sqrt(horizon)) / arrivalPrice;
  const overHorizon = `over the horizon the price would move by ${percent(swing)}`;
  if (swing > 0.5)
    return finding(`${overHorizon} (more than 50%)`, "Is it a volatility per year, or in percent?");
  if (swing < 1e-5) {
    return finding(
      `${overHorizon} (less than 0.001%)`,
      "Is it a volatility of returns? Multiply that by the price.",
    );
  }
  const year = yearOf(timeUnit);
  if (year === undefined) return [];
  const most = (volatility * Math.sqrt(year.calendar)) / arrivalPrice;
  if (most > 10) {
    return finding(
      `over a year the price would move by ${percent(most)} (more than 1,000%)`,
      "Is it for another unit of time, or from prices with a split or a slipped decimal point?",
    );
  }
  const least = (volatility * Math.sqrt(year.market)) / arrivalPrice;
  if (least < 0.02) {
    return finding(
      `over the trading hours of a year the price would move by ${percent(least)} (less than 2%)`,
      "Is it a volatility of returns? Multiply that by the price: priceVolatility does.",
    );
  }
  return [];
}

/** What trading evenly concedes at most, as a fraction of the price. */
const mostTemporary = 0.03;

function temporaryFindings(temporary: number): Finding[] {
  const finding = (says: string, slip: string): Finding[] => [["temporaryImpact", says, slip]];
  if (temporary > mostTemporary) {
    return finding(
      `trading evenly would concede ${percent(temporary)} (more than 3%)`,
      "Is it per trade instead of per unit of trading rate, or for another time unit?",
    );
  }
  if (!(temporary < 1e-6)) return [];
  return finding(
    `trading evenly would concede ${readable(1e4 * temporary)} bp (less than 0.01 bp)`,
    "The order is small, or is it for another time unit?",
  );
}

/**
 * Of a law whose moves fade: a trade concedes half of its own move, and what earlier trades have left. Equal trades concede at least
 * the former, and no schedule more than the whole order at once.
 */
function fadingFindings({ shares, intervals }: PlausibilityData, temporary: number, move: number): Finding[] {
  const atOnce = temporary + 0.5 * move * shares;
  const evenly = (0.5 * move * shares) / intervals;
  const finding = (says: string, slip: string): Finding[] => [["impact", says, slip]];
  if (temporary > mostTemporary) return temporaryFindings(temporary);
  if (evenly > 0.03) {
    return finding(
      `each of ${intervals.toLocaleString("en")} equal trades would concede ${percent(evenly)} by its own move (more than 3%)`,
      "Is it per lot, or a fraction of the price instead of a price?",
    );
  }
  if (!(atOnce < 1e-6)) return [];
  return finding(
    `the whole order at once would concede ${readable(1e4 * atOnce)} bp (less than 0.01 bp)`,
    "The order is small, or is the move for another currency?",
  );
}

function impactFindings(problem: PlausibilityData, impact: ImpactModel, arrivalPrice: number): Finding[] {
  const { shares, horizon, permanentImpact, halfSpread } = problem;
  const temporary = concessionAt(impact, shares / horizon) / arrivalPrice;
  const move = fadingMoveOf(impact) / arrivalPrice;
  const findings = move > 0 ? fadingFindings(problem, temporary, move) : temporaryFindings(temporary);
  const permanent = (permanentImpact * shares) / arrivalPrice;
  if (permanent > 0.2) {
    findings.push([
      "permanentImpact",
      `the order would move the price by ${percent(permanent)} for good (more than 20%)`,
      "Is it per lot, or a fraction of the price instead of a price?",
    ]);
  }
  const spread = halfSpread / arrivalPrice;
  if (spread > 0.002) {
    findings.push([
      "halfSpread",
      `it is ${percent(spread)} (more than 0.2%)`,
      "Is it in basis points, or in cents?",
    ]);
  }
  return findings;
}

/**
 * 2 (cosh κτ − 1) = λσ²τ²/η from which on the first of many trades is 99% of the order: e^(−κτ) = 1/100. For a law that is not
 * linear, η is what the whole order concedes in an interval, over its rate: of a move that fades, half.
 */
const atOnce = 100 + 1 / 100 - 2;

/**
 * On a grid finer than this many intervals, "at once" means within one of this many parts of the horizon: a slip is one
 * however short the intervals are. Several trades do in that time what one does, and more.
 */
const finest = 1000;

function riskFindings(problem: PlausibilityData, impact: ImpactModel): Finding[] {
  const { riskAversion: λ, volatility: σ, shares: X, horizon: T, intervals: N } = problem;
  if (λ < 0) {
    return [["riskAversion", "it is below 0, so the optimum seeks risk", "Is the sign a slip?"]];
  }
  const t = T / Math.min(N, finest);
  const η = (concessionAt(impact, X / t) + 0.5 * fadingMoveOf(impact) * X) / (X / t);
  if (N === 1 || !((λ * σ * σ * t * t) / η > atOnce)) return [];
  const when =
    N <= finest
      ? `in the first of ${N.toLocaleString("en")} intervals`
      : "within the first 0.1% of the horizon";
  return [
    [
      "riskAversion",
      `the optimum trades more than 99% of the order ${when}`,
      "Is it for another currency, or without a unit? Or are temporaryImpact and volatility for different time units?",
    ],
  ];
}
