/**
 * What a schedule leaves exposed to factors on its way.
 *
 * @module
 */
import { checkPortfolio } from "../../portfolio/define";
import type { Portfolio } from "../../portfolio/portfolio";
import type { PortfolioSchedule } from "../../portfolio/schedule";
import { checkPath } from "../../portfolio/scheduleGate";
import { anyFinite, checkEach, checkKeys, checkName, checkNumbers } from "../../support/checks";
import { InputError } from "../../support/errors";
import { formatSignificant } from "../../support/format";
import type { Series } from "../../support/numbers";
import type { Figure } from "../figure";
import { lineChart } from "../lines";
import { looks } from "../look";
import { spokenDuration } from "../timeAxis";

/** A combination of names whose holding is watched. */
export interface Factor {
  /** What it is called, such as `"market"` or `"cash"`. */
  readonly name: string;
  /** What one share of each name counts: m numbers, such as prices, or betas times prices. */
  readonly weights: Series;
}

/** How a chart of exposures is to be read. */
export interface ExposureChartOptions {
  /** Unit of the exposures, such as `"USD"` where weights are prices (default `"weight × shares"`). */
  readonly unit?: string | undefined;
}

/**
 * Exposure of what remains to each of some factors over time, Σ weight × shares. The title says which is largest after the first
 * trade, and when.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param schedule - any schedule of its positions and intervals
 * @param factors - one to seven combinations of names
 * @param options - the `unit`
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1000, -500], horizon: 4, intervals: 4, covariance: [[1, 0.5], [0.5, 1]], temporaryImpact: [1e-3, 2e-3],
 *   timeUnit: "day",
 * });
 * const cash = { name: "cash", weights: [10, 20] };
 * exposureChart(portfolio, equalPortfolioSchedule(portfolio), [cash], { unit: "USD" }).summary; // → "Chart. Exposure of what remains, TWAP: cash stays at 0."
 * ```
 */
export function exposureChart(
  portfolio: Portfolio,
  schedule: PortfolioSchedule,
  factors: readonly Factor[],
  options: ExposureChartOptions = {},
): Figure {
  portfolio = checkPortfolio(portfolio);
  checkPath(portfolio, schedule);
  const given = checkKeys("exposureChart's options", options, ["unit"]);
  const unit = given.unit === undefined ? "weight × shares" : checkName("unit", given.unit);
  checkEach("factors", factors, ["name", "weights"], "factor with name and weights");
  if (factors.length > looks.length) {
    throw new InputError("factors", factors, `an array of 1 to ${looks.length} factors`);
  }
  const series = factors.map((factor, f) => {
    const weights = checkNumbers(
      `factors[${f}].weights`,
      factor.weights,
      portfolio.names.length,
      anyFinite,
      "",
    );
    const y = schedule.remaining.map((row) => row.reduce((sum, x, i) => sum + x * (weights[i] as number), 0));
    const gross = portfolio.positions.reduce((sum, x, i) => sum + Math.abs(x * (weights[i] as number)), 0);
    return { name: checkName(`factors[${f}].name`, factor.name), x: schedule.times, y, gross };
  });
  return lineChart(
    {
      subject: `Exposure of what remains, ${schedule.name}`,
      finding: findingOf(portfolio, series, unit),
      time: portfolio,
      yTitle: `Exposure (${unit})`,
    },
    series.map(({ name, x, y }) => ({ name, x, y })),
  );
}

/** An exposure below this part of the gross one is rounding. */
const rounding = 1e-9;

function findingOf(
  portfolio: Portfolio,
  series: readonly {
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly gross: number;
  }[],
  unit: string,
): string {
  const peaks = series.map(({ name, x, y, gross }) => {
    const k = y.reduce(
      (most, value, at) => (at > 0 && Math.abs(value) > Math.abs(y[most] as number) ? at : most),
      1,
    );
    const value = y[k] as number;
    const [start, peak] = [y[0] as number, value].map((one) => (Math.abs(one) <= rounding * gross ? 0 : one));
    return { name, start, value: peak, growth: Math.abs(peak) - Math.abs(start), time: x[k] as number };
  });
  const worst = peaks.reduce((one, other) => (Math.abs(other.value) > Math.abs(one.value) ? other : one));
  if (worst.value === 0) {
    const names = peaks.map(({ name }) => name);
    if (names.length === 1) return `${names[0]} stays at 0`;
    return names.length > 3
      ? `All ${names.length} factors stay at 0`
      : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]} stay at 0`;
  }
  const size = (value: number): string => `${value < 0 ? "−" : ""}${formatSignificant(Math.abs(value))}`;
  const when = (time: number): string => `after ${spokenDuration(time, portfolio)}`;
  // What trading itself makes larger matters more than what was there before and shrinks.
  const made = peaks.reduce((one, other) => (other.growth > one.growth ? other : one));
  return made.growth > rounding * Math.abs(made.value)
    ? `The exposure to ${made.name} grows from ${size(made.start)} to ${size(made.value)} ${unit} ${when(made.time)}`
    : `The largest exposure left is to ${worst.name}: ${size(worst.value)} ${unit} ${when(worst.time)}`;
}
