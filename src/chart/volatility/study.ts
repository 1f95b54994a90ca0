/**
 * The chart of a study of estimators: bias and RMSE by setting.
 *
 * @module
 */

import { checkGroups } from "../../support/checks";
import { InputError } from "../../support/errors";
import type { StudyResult } from "../../volatility/study";
import { categories, categoriesDownward, type Figure, makeFigure } from "../figure";
import { percent } from "../percent";
import { studyFields } from "./fields";
import { isNumber, orNone } from "./interval";

/**
 * Bias of the estimators in several settings, each cell with the bias of the variance in percent and, under it, the root mean square
 * error (RMSE). The title names the worst bias.
 *
 * @param studies - results of `estimatorStudy` by the name of the setting, with the same estimators
 * @returns a figure for `show`
 * @throws InputError when there is nothing to draw
 *
 * @example
 * ```ts
 * const still = estimatorStudy({ bars: 20, volatility: 0.01 }, { samples: 20, seed: 1 });
 * studyChart({ still }).data.length; // → 1
 * ```
 */
export function studyChart(studies: Readonly<Record<string, readonly StudyResult[]>>): Figure {
  checkGroups("studies", studies, studyFields, "result of estimatorStudy");
  const settings = Object.keys(studies);
  const methods = studies[settings[0] ?? ""]?.map(({ method }) => method) ?? [];
  if (methods.length === 0) throw new InputError("studies", studies, "results by the name of each setting");
  const at = (setting: string, i: number): StudyResult => studies[setting]?.[i] as StudyResult;
  const all = settings.flatMap((setting) => methods.map((_, i) => ({ setting, ...at(setting, i) })));
  const drawn = all.filter(({ bias }) => isNumber(bias));
  if (drawn.length === 0)
    throw new InputError("studies", studies, "results of which at least one has a bias");
  const worst = drawn.reduce((a, b) => (Math.abs(b.bias) > Math.abs(a.bias) ? b : a));
  const sign = worst.bias < 0 ? "too low" : "too high";
  // Colors up to 40% either way: one large bias must not make all others look alike.
  const cap = Math.min(0.4, Math.abs(worst.bias));
  const cells = (write: (result: StudyResult) => string): readonly (readonly string[])[] =>
    methods.map((_, i) => settings.map((setting) => write(at(setting, i))));
  return makeFigure(
    {
      subject: "Bias of the variance estimate, and its RMSE in parentheses",
      finding: `${worst.method} has the largest bias, ${percent(Math.abs(worst.bias), 0)} ${sign} (${worst.setting})`,
      xTitle: "",
      yTitle: "",
    },
    [
      {
        type: "heatmap",
        x: settings,
        y: methods,
        z: methods.map((_, i) =>
          settings.map((setting) => (isNumber(at(setting, i).bias) ? 100 * at(setting, i).bias : null)),
        ),
        text: cells(({ bias, rootMeanSquareError }) =>
          isNumber(bias) ? `${signed(bias)}<br>(${orNone(rootMeanSquareError, whole)})` : "none",
        ),
        hovertext: cells(({ bias, rootMeanSquareError }) =>
          isNumber(bias) ? `bias ${signed(bias)}, RMSE ${orNone(rootMeanSquareError, whole)}` : "none",
        ),
        texttemplate: "%{text}",
        zmin: -100 * cap,
        zmax: 100 * cap,
        colorscale: [
          [0, "#5b9bd5"],
          [0.5, "#ffffff"],
          [1, "#e6a23c"],
        ],
        colorbar: { title: { text: "Bias (%)" } },
        hovertemplate: "%{y}, %{x}<br>%{hovertext}<extra></extra>",
      },
    ],
    {
      hovermode: "closest",
      xaxis: categories,
      yaxis: categoriesDownward,
    },
  );
}

/** A fraction in whole percent. */
function whole(value: number): string {
  return percent(value, 0);
}

/** The same with its sign, where it is not 0. */
function signed(value: number): string {
  const size = whole(Math.abs(value));
  return `${size === "0%" ? "" : value < 0 ? "−" : "+"}${size}`;
}
