/**
 * Almgren, "Optimal execution with nonlinear impact functions and trading-enhanced risk" (Applied Mathematical Finance 10, 2003,
 * 1–18): the parameters of its example and all 45 cells of its Table 1, as printed in the version of October 2001.
 *
 * @module
 */
import { figuresOf, type PublishedFigure } from "./figures";

const figure = figuresOf("Almgren 2003");
const assumption = { kind: "assumption" } as const;

const parameters: readonly PublishedFigure[] = [
  figure("Table 1, parameters", "initial price S₀ (USD/share)", "50", assumption),
  figure("Table 1, parameters", "daily volume (shares)", "1e6", assumption),
  figure("Table 1, parameters", "reference rate v_ref (shares/day)", "1e5", assumption),
  figure("Table 1, parameters", "impact at the reference rate h_ref (USD/share)", "0.50", assumption),
  figure("Table 1, parameters", "volatility σ (USD/share/√day)", "1", assumption),
  figure("Table 1, parameters", "order X (shares)", "1e5", assumption),
];

const exponents = ["1/2", "1", "2"];

/** Rows of the table by 1/λ in thousands of dollars; in each, T*, E and √V for the three exponents. */
const rows: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ["1", ["0.02", "0.07", "0.22"], ["221", "354", "462"], ["11", "19", "30"]],
  ["10", ["0.09", "0.22", "0.46"], ["103", "112", "99"], ["23", "33", "45"]],
  ["100", ["0.40", "0.71", "1.00"], ["48", "35", "21"], ["49", "59", "65"]],
  ["1,000", ["1.84", "2.24", "2.15"], ["22", "11", "5"], ["105", "106", "96"]],
  ["10,000", ["8.55", "7.07", "4.64"], ["10", "4", "1"], ["226", "188", "141"]],
];

const table1: readonly PublishedFigure[] = rows.flatMap(([λ, times, costs, deviations]) =>
  exponents.flatMap((k, i) => {
    const at = `for k = ${k} and 1/λ = ${λ} thousand USD`;
    return [
      figure("Table 1", `time constant T* ${at} (days)`, times[i]),
      figure("Table 1", `expected cost E ${at} (thousand USD)`, costs[i]),
      figure("Table 1", `standard deviation √V ${at} (thousand USD)`, deviations[i]),
    ];
  }),
);

/**
 * The figures that Almgren (2003) prints: parameters of the example, and Table 1 row by row (five risk aversions, three exponents,
 * each with T*, E and √V).
 *
 * Source: R. Almgren, Applied Mathematical Finance 10 (2003), Table 1.
 *
 * @example
 * ```ts
 * figuresAt(almgren2003, "Table 1").filter(({ kind }) => kind === "result").length; // → 45
 * ```
 */
export const almgren2003: readonly PublishedFigure[] = Object.freeze([...parameters, ...table1]);
