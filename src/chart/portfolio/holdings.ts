/**
 * What is held of each name, interval by interval.
 *
 * @module
 */
import { checkPortfolio } from "../../portfolio/define";
import type { Portfolio } from "../../portfolio/portfolio";
import type { PortfolioSchedule } from "../../portfolio/schedule";
import { checkPath } from "../../portfolio/scheduleGate";
import { checkKeys } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatAmount } from "../../support/format";
import type { Figure } from "../figure";
import { lineChart } from "../lines";
import { looks } from "../look";
import { spokenDuration } from "../timeAxis";

/** Which names a chart of holdings draws. */
export interface HoldingsChartOptions {
  /** Names of the portfolio, at most seven (default: the largest by value, or by shares where there are no prices). */
  readonly names?: readonly string[] | undefined;
}

/**
 * What remains of each name over time: at arrival prices where the portfolio has them, in shares where not. The title says which name is
 * half done first and last, or which one is held beyond 0 on the way.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param schedule - any schedule of its positions and intervals
 * @param options - `names` to draw
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   names: ["A", "B"], positions: [1000, -500], horizon: 4, intervals: 4, covariance: [[1, 0.5], [0.5, 1]],
 *   temporaryImpact: [1e-3, 2e-3], riskAversion: 1e-2, timeUnit: "day",
 * });
 * holdingsChart(portfolio, equalPortfolioSchedule(portfolio)).summary; // → "Chart. Shares remaining by name, TWAP: A and B are half done after 2 days."
 * ```
 */
export function holdingsChart(
  portfolio: Portfolio,
  schedule: PortfolioSchedule,
  options: HoldingsChartOptions = {},
): Figure {
  portfolio = checkPortfolio(portfolio);
  checkPath(portfolio, schedule);
  const given = checkKeys("holdingsChart's options", options, ["names"]);
  const { names, arrivalPrices, currency } = portfolio;
  const drawn = given.names === undefined ? largestNames(portfolio) : namesOf(portfolio, given.names);
  const isValued = arrivalPrices !== undefined;
  const of = drawn.length < names.length ? `, ${drawn.length} of ${names.length} names` : " by name";
  return lineChart(
    {
      subject: `${isValued ? "Value remaining at arrival prices" : "Shares remaining"}${of}, ${schedule.name}`,
      finding: findingOf(portfolio, schedule, drawn),
      time: portfolio,
      yTitle: isValued ? `Value remaining (${currency})` : "Shares remaining (shares)",
    },
    drawn.map((i) => ({
      name: names[i] as string,
      x: schedule.times,
      y: schedule.remaining.map((row) => (row[i] as number) * (arrivalPrices?.[i] ?? 1) + 0),
    })),
  );
}

function largestNames({ positions, arrivalPrices }: Portfolio): readonly number[] {
  const size = (i: number): number => Math.abs((positions[i] as number) * (arrivalPrices?.[i] ?? 1));
  const order = [...positions.keys()].sort((one, other) => size(other) - size(one));
  return order.slice(0, looks.length).sort((one, other) => one - other);
}

function namesOf({ names }: Portfolio, wanted: unknown): readonly number[] {
  if (!Array.isArray(wanted) || wanted.length === 0 || wanted.length > looks.length) {
    throw new InputError("names", wanted, `an array of 1 to ${looks.length} names of the portfolio`);
  }
  return Array.from(wanted, (name: unknown, at) => {
    const i = names.indexOf(name as string);
    if (i === -1) throw new InputError(`names[${at}]`, name, "a name of the portfolio");
    return i;
  });
}

/** A holding beyond 0 on the way, by this part of the position, is worth a title. */
const worthSaying = 1e-6;

function findingOf(
  portfolio: Portfolio,
  { remaining, times }: PortfolioSchedule,
  drawn: readonly number[],
): string {
  const { names, positions } = portfolio;
  const beyond = drawn.map((i) => {
    const position = positions[i] as number;
    const most = Math.max(0, ...remaining.map((row) => -Math.sign(position) * (row[i] as number)));
    return { i, most, part: position === 0 ? 0 : most / Math.abs(position) };
  });
  const worst = beyond.reduce((one, other) => (other.part > one.part ? other : one));
  if (worst.part > worthSaying) {
    const way = (positions[worst.i] as number) > 0 ? "short" : "long";
    return `${names[worst.i]} goes ${way} on the way, by up to ${formatAmount(worst.most)} shares`;
  }
  const halves = drawn.flatMap((i) => {
    const half = 0.5 * Math.abs(positions[i] as number);
    const k = remaining.findIndex((row) => Math.abs(row[i] as number) <= half * (1 + 1e-12));
    return half === 0 ? [] : [{ name: names[i] as string, time: times[k] as number }];
  });
  if (halves.length === 0) return "Nothing is held on arrival of the names drawn";
  const first = Math.min(...halves.map(({ time }) => time));
  const last = Math.max(...halves.map(({ time }) => time));
  const at = (time: number): string =>
    listed(halves.filter((half) => half.time === time).map(({ name }) => name));
  const one = `${at(first)} half done after ${spokenDuration(first, portfolio)}`;
  return first === last
    ? one
    : `${one}, ${at(last).replace(/ (is|are)$/, "")} after ${spokenDuration(last, portfolio)}`;
}

/** Names with their verb. */
function listed(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is`;
  if (names.length > 3) return `${names.length} names are`;
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]} are`;
}
