/**
 * The chart of what a wrong parameter costs.
 *
 * @module
 */

import type { Sensitivity, UncertainParameter } from "../compare/sensitivity";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkUnits, notation, type Units } from "../model/notation";
import { checkChoice, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { decidedCost } from "./decidedCost";
import { categories, categoriesDownward, type Figure, makeFigure, type Trace } from "./figure";
import { percent } from "./percent";

/**
 * A heat map of the regret by parameter and factor. Each cell has its number and, under it, the fraction of the order
 * that the mistaken schedule trades first. Given the problem itself, it also has the regret as a percentage of the cost that the
 * schedule decides: of the optimum's E + λV, less the ½γX² + εX that no schedule changes.
 *
 * @param units - the problem, or at least its units
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
export function sensitivityChart(
  units: Units | ExecutionProblem,
  sensitivities: readonly Sensitivity[],
): Figure {
  checkUnits(units);
  checkEntries(sensitivities);
  const decided = "shares" in units ? decidedCost(units) : undefined;
  const factors = [...new Set(sensitivities.map(({ factor }) => factor))];
  const parameters = [...new Set(sensitivities.map(({ parameter }) => parameter))];
  const rows = parameters.map((parameter) =>
    factors.map((factor) =>
      sensitivities.find((entry) => entry.parameter === parameter && entry.factor === factor),
    ),
  );
  const inPercent = decided === undefined ? "" : " and in % of the cost that the schedule decides";
  return makeFigure(
    {
      subject:
        `Regret, the extra cost of planning with a wrong parameter, in ${units.currency}${inPercent}; ` +
        "first slice in parentheses",
      finding: worstOf(sensitivities, units, decided),
      xTitle: "Parameter assumed ÷ true",
      yTitle: "",
    },
    [
      {
        type: "heatmap",
        x: factors.map((factor) => `× ${formatSignificant(factor)}`),
        y: parameters.map((parameter) => `${notation[parameter].title} ${notation[parameter].symbol}`),
        ...regretCells(rows, units, decided),
        colorscale: "Cividis",
        reversescale: true,
        colorbar: { title: { text: units.currency }, tickformat: "," },
        hovertemplate: "%{y}%{x}<br>%{hovertext}<extra></extra>",
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
function worstOf(sensitivities: readonly Sensitivity[], units: Units, decided: number | undefined): string {
  const solved = sensitivities.filter(isSolved);
  if (solved.length === 0) return "Nothing to compare: no entry has an optimum";
  const worst = solved.reduce((found, entry) => (entry.regret > found.regret ? entry : found));
  const part =
    decided === undefined ? "" : `, ${percent(worst.regret / decided)} of the cost that the schedule decides`;
  return (
    `The costliest mistake is ${notation[worst.parameter].symbol} at ${formatSignificant(worst.factor)} times its true value: ` +
    `${formatNumber(worst.regret)} ${units.currency}${part}`
  );
}

/** The numbers and the words of the cells; a cell without an optimum is empty and says so. */
function regretCells(
  rows: readonly (readonly (Sensitivity | undefined)[])[],
  units: Units,
  decided: number | undefined,
): Trace {
  const cells = <T>(empty: T, write: (entry: Sensitivity) => T): T[][] =>
    rows.map((row) => row.map((entry) => (entry === undefined || !isSolved(entry) ? empty : write(entry))));
  const part = ({ regret }: Sensitivity, after: string): string =>
    decided === undefined ? "" : `<br>${percent(regret / decided)}${after}`;
  return {
    z: cells<number | null>(null, ({ regret }) => regret),
    text: cells(
      "no optimum",
      (entry) => `${formatNumber(entry.regret)}${part(entry, "")}<br>(${percent(entry.firstTradeFraction)})`,
    ),
    texttemplate: "%{text}",
    hovertext: cells(
      "no optimum",
      (entry) =>
        `regret ${formatNumber(entry.regret)} ${units.currency}${part(entry, " of the cost that the schedule decides")}` +
        `<br>first slice ${percent(entry.firstTradeFraction)} of the order`,
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
