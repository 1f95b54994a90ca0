/**
 * What each name adds to cost and risk.
 *
 * @module
 */
import { type NameCost, portfolioCost } from "../../portfolio/cost";
import type { Portfolio } from "../../portfolio/portfolio";
import type { PortfolioSchedule } from "../../portfolio/schedule";
import { categories, type Figure, makeFigure, type Trace } from "../figure";
import { looks } from "../look";
import { percent } from "../percent";

/** More bars than these are too narrow to be read. */
const mostBars = 12;

/**
 * The part of each name in the expected cost and in the variance of a schedule, in percent. A name that hedges the others has a part
 * of the variance below 0. Beyond twelve names, the smallest are summed.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param schedule - any schedule of its positions and intervals
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   names: ["A", "B"], positions: [1000, -500], horizon: 4, intervals: 4, covariance: [[1, 0.5], [0.5, 1]],
 *   temporaryImpact: [1e-3, 2e-3], timeUnit: "day",
 * });
 * contributionChart(portfolio, equalPortfolioSchedule(portfolio)).summary; // → "Chart. Parts of expected cost and risk by name, TWAP: A carries 100% of the risk and 66.7% of the cost."
 * ```
 */
export function contributionChart(portfolio: Portfolio, schedule: PortfolioSchedule): Figure {
  const cost = portfolioCost(portfolio, schedule);
  const names = gathered(cost.byName);
  const part = (field: "expectedCost" | "costVariance"): readonly number[] =>
    names.map((name) => (cost[field] === 0 ? 0 : name[field] / cost[field]));
  const [costs, risks] = [part("expectedCost"), part("costVariance")];
  const bars = (name: string, values: readonly number[], look: 0 | 1): Trace => ({
    ...{ type: "bar", name, x: names.map((one) => one.name), y: values.map((value) => 100 * value) },
    marker: { color: looks[look].color, ...(look === 1 ? { pattern: { shape: "/" } } : {}) },
    hovertemplate: "%{y:.1f}%",
  });
  return makeFigure(
    {
      subject: `Parts of expected cost and risk by name, ${schedule.name}`,
      finding: findingOf(names, costs, risks),
      xTitle: "",
      yTitle: "Share of the portfolio's total (%)",
    },
    [bars("Expected cost", costs, 0), bars("Variance of cost", risks, 1)],
    { xaxis: categories, barmode: "group", bargap: 0.25 },
  );
}

type Part = Pick<NameCost, "name" | "expectedCost" | "costVariance">;

/** All names, or those that matter most and the sum of the others. */
function gathered(byName: readonly NameCost[]): readonly Part[] {
  if (byName.length <= mostBars) return byName;
  const total = (field: "expectedCost" | "costVariance", parts: readonly Part[] = byName): number =>
    parts.reduce((sum, one) => sum + Math.abs(one[field]), 0) || 1;
  const size = (one: Part): number =>
    Math.abs(one.expectedCost) / total("expectedCost") + Math.abs(one.costVariance) / total("costVariance");
  const order = [...byName].sort((one, other) => size(other) - size(one));
  const kept = new Set(order.slice(0, mostBars - 1));
  const others = byName.filter((one) => !kept.has(one));
  const sum = (field: "expectedCost" | "costVariance"): number =>
    others.reduce((all, one) => all + one[field], 0);
  return [
    ...byName.filter((one) => kept.has(one)),
    {
      name: `${others.length} others`,
      expectedCost: sum("expectedCost"),
      costVariance: sum("costVariance"),
    },
  ];
}

function findingOf(names: readonly Part[], costs: readonly number[], risks: readonly number[]): string {
  const largest = risks.reduce((most, value, i) => (value > (risks[most] as number) ? i : most), 0);
  const hedge = risks.reduce((least, value, i) => (value < (risks[least] as number) ? i : least), 0);
  const carries = `${(names[largest] as Part).name} carries ${write(risks[largest] as number)} of the risk and ${write(costs[largest] as number)} of the cost`;
  if (!((risks[hedge] as number) < -5e-4)) return carries;
  return `${carries}; ${(names[hedge] as Part).name} takes ${write(-(risks[hedge] as number))} of the risk away`;
}

/** One decimal, where there is one. */
function write(part: number): string {
  return percent(part).replace(".0%", "%").replace("-", "−");
}
