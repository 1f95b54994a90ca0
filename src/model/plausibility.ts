/**
 * Warnings about numbers that are possible but hardly true: likely slips of units, not views on the market.
 *
 * @module
 */
import { readable } from "../support/format";
import { type QuantityName, type Units, unitOf } from "./notation";

/** What the warnings look at. */
export interface PlausibilityData extends Units {
  readonly arrivalPrice: number | undefined;
  readonly shares: number;
  readonly horizon: number;
  readonly volatility: number;
  readonly temporaryImpact: number;
  readonly permanentImpact: number;
  readonly halfSpread: number;
}

/** How often a unit of time fits into a year of the calendar: with the market open less, a year holds less still. */
const timesPerYear: Readonly<Record<string, number>> = {
  second: 365 * 86_400,
  minute: 365 * 1440,
  hour: 365 * 24,
  day: 365,
  week: 52,
  month: 12,
  year: 1,
};

/** A quantity, what it amounts to, and the slip that would explain it. */
type Finding = readonly [name: QuantityName, says: string, slip: string];

/**
 * Compares σ√T, σ over a year where the unit of time is a known one, and the impacts with the arrival price. The
 * thresholds are wide.
 */
export function plausibilityWarnings(problem: PlausibilityData): string[] {
  const { arrivalPrice } = problem;
  if (arrivalPrice === undefined) return [];
  const findings = [...volatilityFindings(problem, arrivalPrice), ...impactFindings(problem, arrivalPrice)];
  return findings.map(
    ([name, says, slip]) => `${name}: ${says}. ${slip} Expected unit: ${unitOf(name, problem)}.`,
  );
}

const percent = (fraction: number): string => `${readable(100 * fraction)} % of the arrival price`;

function volatilityFindings(
  { horizon, volatility, timeUnit }: PlausibilityData,
  arrivalPrice: number,
): Finding[] {
  if (volatility === 0) return [];
  const swing = (volatility * Math.sqrt(horizon)) / arrivalPrice;
  const overHorizon = `over the horizon the price would move by ${percent(swing)}`;
  if (swing > 0.5) {
    return [["volatility", `${overHorizon} (more than 50 %)`, "Is it a volatility per year, or in percent?"]];
  }
  if (swing < 1e-5) {
    return [
      [
        "volatility",
        `${overHorizon} (less than 0.001 %)`,
        "Is it a volatility of returns? Multiply that by the price.",
      ],
    ];
  }
  const periods = timesPerYear[timeUnit.replace(/s$/, "")] ?? Number.NaN;
  const yearly = (volatility * Math.sqrt(periods)) / arrivalPrice;
  const overYear = `over a year the price would move by ${percent(yearly)}`;
  if (yearly > 10) {
    return [
      [
        "volatility",
        `${overYear} (more than 1,000 %)`,
        "Is it for another unit of time, or from prices with a split or a slipped decimal point?",
      ],
    ];
  }
  if (yearly < 0.02) {
    return [
      [
        "volatility",
        `${overYear} (less than 2 %)`,
        "Is it a volatility of returns? Multiply that by the price: priceVolatility does.",
      ],
    ];
  }
  return [];
}

function impactFindings(
  { shares, horizon, temporaryImpact, permanentImpact, halfSpread }: PlausibilityData,
  arrivalPrice: number,
): Finding[] {
  const findings: Finding[] = [];
  const temporary = (temporaryImpact * (shares / horizon)) / arrivalPrice;
  if (temporary > 0.2) {
    findings.push([
      "temporaryImpact",
      `trading evenly would concede ${percent(temporary)} (more than 20 %)`,
      "Is it per trade instead of per unit of trading rate, or for another time unit?",
    ]);
  }
  const permanent = (permanentImpact * shares) / arrivalPrice;
  if (permanent > 0.2) {
    findings.push([
      "permanentImpact",
      `the order would move the price by ${percent(permanent)} for good (more than 20 %)`,
      "Is it per lot, or a fraction of the price instead of a price?",
    ]);
  }
  const spread = halfSpread / arrivalPrice;
  if (spread > 0.05) {
    findings.push([
      "halfSpread",
      `it is ${percent(spread)} (more than 5 %)`,
      "Is it in basis points, or in cents?",
    ]);
  }
  return findings;
}
