/**
 * What planning with the wrong model costs, as a map and as a table.
 *
 * @module
 */
import type { ModelRisk } from "../compare/modelRisk";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { checkHas, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { categories, categoriesDownward, type Figure, makeFigure, type Table } from "./figure";

/**
 * The regret of every plan (rows) under every model (columns), as a map: dark where planning so is dear if that model is true. The robust
 * schedule is the last row.
 *
 * @param problem - the order that was compared
 * @param risk - from `modelRisk`
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 400_000, horizon: 1, intervals: 26, volatility: 0.95, riskAversion: 1e-6, temporaryImpact: 1e-7,
 * });
 * const models = { linear: linearImpact({ temporary: 1e-7 }), "square root": powerImpact({ coefficient: 1e-4, exponent: 0.5 }) };
 * modelRiskChart(problem, modelRisk(problem, models, { anchor: 50_000 })).data[0].type; // → heatmap
 * ```
 */
export function modelRiskChart(problem: ExecutionProblem, risk: ModelRisk): Figure {
  problem = checkProblem(problem);
  const { models, sentences } = checkRisk(risk);
  const rows = rowsOf(risk);
  const most = rows.reduce((worst, { regrets }) => Math.max(worst, ...regrets), 0);
  // Regrets differ by orders of magnitude: their square roots are colored.
  const shade = (value: number): number => Math.sqrt(Math.max(0, value) / (most || 1));
  const text = rows.map(({ regrets }) => regrets.map((value) => formatNumber(value)));
  return makeFigure(
    {
      subject: `Regret of planning by one model where another is true (${problem.currency})`,
      finding: sentences[0].replace(/\.$/, ""),
      xTitle: "True model",
      yTitle: "Planned by",
    },
    [
      {
        type: "heatmap",
        x: models,
        y: rows.map(({ name }) => name),
        z: rows.map(({ regrets }) => regrets.map(shade)),
        ...{ text, texttemplate: "%{text}", showscale: false, xgap: 2, ygap: 2, zmin: 0, zmax: 1 },
        colorscale: [
          [0, "#f2f6fa"],
          [0.5, "#e9a06b"],
          [1, "#b03a2e"],
        ],
        hovertemplate: `%{y}, where %{x} is true: %{text} ${problem.currency}<extra></extra>`,
      },
    ],
    { xaxis: categories, yaxis: categoriesDownward },
  );
}

/**
 * The same as a table, with each plan's largest regret.
 *
 * @param problem - the order that was compared
 * @param risk - from `modelRisk`
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 400_000, horizon: 1, intervals: 26, volatility: 0.95, riskAversion: 1e-6, temporaryImpact: 1e-7,
 * });
 * const models = { linear: linearImpact({ temporary: 1e-7 }), "square root": powerImpact({ coefficient: 1e-4, exponent: 0.5 }) };
 * modelRiskTable(problem, modelRisk(problem, models, { anchor: 50_000 })).rows[1]; // → ["square root","10,008","0","10,008"]
 * ```
 */
export function modelRiskTable(problem: ExecutionProblem, risk: ModelRisk): Table {
  problem = checkProblem(problem);
  const { models, sentences } = checkRisk(risk);
  return {
    kind: "table",
    caption: `Regret (${problem.currency}). ${sentences.join(" ")}`,
    columns: ["Planned by", ...models, "Worst"],
    rows: rowsOf(risk).map(({ name, regrets }) => [
      name,
      ...regrets.map((value) => formatNumber(value)),
      formatNumber(Math.max(...regrets)),
    ]),
  };
}

function rowsOf({
  schedules,
  regret,
  robust,
}: ModelRisk): readonly { readonly name: string; readonly regrets: readonly number[] }[] {
  return [
    ...schedules.map(({ name }, i) => ({ name, regrets: regret[i] })),
    { name: robust.schedule.name, regrets: robust.regrets },
  ];
}

function checkRisk(risk: unknown): ModelRisk {
  const isTexts = (value: unknown): boolean =>
    isList(value) && Array.from(value).every((one) => typeof one === "string");
  const isNumbers = (value: unknown): boolean =>
    isList(value) && Array.from(value).every((one) => Number.isFinite(one));
  const isMatrix = (value: unknown): boolean => isList(value) && Array.from(value).every(isNumbers);
  const isNamed = (value: unknown): boolean => typeof (value as { name?: unknown } | null)?.name === "string";
  const isRobust = (value: unknown): boolean => {
    const { schedule, regrets } = (value ?? {}) as {
      readonly schedule?: unknown;
      readonly regrets?: unknown;
    };
    return isNamed(schedule) && isNumbers(regrets);
  };
  const fields = {
    models: isTexts,
    sentences: (value: unknown) => isTexts(value) && (value as readonly unknown[]).length > 0,
    regret: isMatrix,
    schedules: (value: unknown) => isList(value) && Array.from(value).every(isNamed),
    robust: isRobust,
  };
  checkHas("risk", risk, fields, "the result of modelRisk");
  const { models, schedules, regret, robust } = risk as ModelRisk;
  const hasAll = (row: readonly number[]): boolean => row.length === models.length;
  if (regret.length !== schedules.length || ![...regret, robust.regrets].every(hasAll)) {
    throw new InputError("risk.regret", regret, "a row for each schedule and a column for each model");
  }
  return risk as ModelRisk;
}
