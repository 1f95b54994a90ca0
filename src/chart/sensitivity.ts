/**
 * The chart of what a wrong parameter costs.
 *
 * @module
 */

import type { Sensitivity, UncertainParameter } from "../compare/sensitivity";
import { checkUnits, notation, type Units } from "../model/notation";
import { checkChoice, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { categories, categoriesDownward, type Figure, makeFigure, type Trace } from "./figure";

/**
 * A heat map of the regret by parameter and factor, each cell with its number and, under it, the fraction of the order
 * that the mistaken schedule trades first.
 *
 * @param units - the problem, for its currency
 * @param sensitivities - what `parameterSensitivity` gives
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * sensitivityChart(problem, parameterSensitivity(problem, [0.5, 1, 2])).data.length; // → 1
 * ```
 */
export function sensitivityChart(units: Units, sensitivities: readonly Sensitivity[]): Figure {
  checkUnits(units);
  checkEntries(sensitivities);
  const factors = [...new Set(sensitivities.map(({ factor }) => factor))];
  const parameters = [...new Set(sensitivities.map(({ parameter }) => parameter))];
  const rows = parameters.map((parameter) =>
    factors.map((factor) =>
      sensitivities.find((entry) => entry.parameter === parameter && entry.factor === factor),
    ),
  );
  return makeFigure(
    {
      subject: "Regret: extra cost of planning with a wrong parameter; below it, the first slice",
      finding: worstOf(sensitivities, units),
      xTitle: "Parameter assumed ÷ true",
      yTitle: "",
    },
    [
      {
        type: "heatmap",
        x: factors.map((factor) => `× ${formatSignificant(factor)}`),
        y: parameters.map((parameter) => `${notation[parameter].title} ${notation[parameter].symbol}`),
        ...regretCells(rows, units),
        colorscale: "Cividis",
        reversescale: true,
        colorbar: { title: { text: units.currency }, tickformat: "," },
        hovertemplate: "%{y} %{x}<br>%{hovertext}<extra></extra>",
      },
    ],
    { hovermode: "closest", xaxis: categories, yaxis: categoriesDownward },
  );
}

/** Whether there is an optimum to show. */
function isSolved({ regret, firstTradeFraction }: Sensitivity): boolean {
  return Number.isFinite(regret) && Number.isFinite(firstTradeFraction);
}

/** The worst mistake of all, in words. */
function worstOf(sensitivities: readonly Sensitivity[], units: Units): string {
  const solved = sensitivities.filter(isSolved);
  if (solved.length === 0) return "Nothing to compare: no entry has an optimum";
  const worst = solved.reduce((found, entry) => (entry.regret > found.regret ? entry : found));
  return (
    `Worst: ${notation[worst.parameter].symbol} taken at ${formatSignificant(worst.factor)} × its true value, ` +
    `regret ${formatNumber(worst.regret)} ${units.currency}`
  );
}

/** The numbers and the words of the cells; a cell without an optimum is empty and says so. */
function regretCells(rows: readonly (readonly (Sensitivity | undefined)[])[], units: Units): Trace {
  const cells = <T>(empty: T, write: (entry: Sensitivity) => T): T[][] =>
    rows.map((row) => row.map((entry) => (entry === undefined || !isSolved(entry) ? empty : write(entry))));
  const firstSlice = ({ firstTradeFraction }: Sensitivity): string =>
    `${formatNumber(100 * firstTradeFraction, 1)} %`;
  return {
    z: cells<number | null>(null, ({ regret }) => regret),
    text: cells("no optimum", (entry) => `${formatNumber(entry.regret)}<br>${firstSlice(entry)}`),
    texttemplate: "%{text}",
    hovertext: cells(
      "no optimum",
      (entry) =>
        `regret ${formatNumber(entry.regret)} ${units.currency}<br>first slice ${firstSlice(entry)} of the order`,
    ),
  };
}

const uncertainParameters: readonly UncertainParameter[] = [
  "temporaryImpact",
  "permanentImpact",
  "volatility",
  "riskAversion",
];

function checkEntries(entries: unknown): void {
  if (!Array.isArray(entries)) {
    throw new InputError("sensitivities", entries, "an array, the result of parameterSensitivity");
  }
  for (const [i, entry] of (entries as (Partial<Sensitivity> | undefined)[]).entries()) {
    const name = `sensitivities[${i}]`;
    if (typeof entry !== "object" || entry === null) {
      throw new InputError(name, entry, "an entry of parameterSensitivity");
    }
    checkChoice(`${name}.parameter`, entry.parameter, uncertainParameters);
    checkNumber(`${name}.factor`, entry.factor, positive, "");
    for (const field of ["regret", "firstTradeFraction"] as const) {
      const value = entry[field];
      // NaN, which JSON turns into null, means that there is no optimum.
      if (value === null) continue;
      if (typeof value === "number" && Math.abs(value) !== Number.POSITIVE_INFINITY) continue;
      throw new InputError(`${name}.${field}`, value, "a finite number, or NaN where there is no optimum");
    }
  }
}
