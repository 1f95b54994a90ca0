/**
 * Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact" (Risk 18(7), 2005, 58–62): the coefficients with their
 * errors, and Table 3, as printed in the long version of May 2005.
 *
 * @module
 */
import { figuresOf, type PublishedFigure } from "./figures";

const figure = figuresOf("Almgren, Thum, Hauptmann and Li 2005");
const assumption = { kind: "assumption" } as const;

/** What their data say: taken over here, and not to be had without the data. */
const coefficients: readonly PublishedFigure[] = [
  figure("Estimates", "γ", "0.314", assumption),
  figure("Estimates", "standard error of γ", "0.041", assumption),
  figure("Estimates", "η", "0.142", assumption),
  figure("Estimates", "standard error of η", "0.0062", assumption),
  figure("Estimates", "β", "0.600", assumption),
  figure("Estimates", "standard error of β", "0.038", assumption),
  figure("Estimates", "orders used", "29,509", assumption),
];

const stocks: readonly (readonly [
  name: string,
  volume: string,
  outstanding: string,
  volatility: string,
  permanent: string,
  temporary: readonly string[],
  cost: readonly string[],
])[] = [
  ["IBM", "6.561", "1,728", "1.57", "20", ["22", "15", "8"], ["32", "25", "18"]],
  ["DRI", "1.929", "168", "2.26", "22", ["32", "21", "12"], ["43", "32", "23"]],
];
const times = ["0.1", "0.2", "0.5"];

const table3: readonly PublishedFigure[] = stocks.flatMap(
  ([name, volume, outstanding, volatility, permanent, temporary, cost]) => [
    figure("Table 3", `${name}: daily volume V (million shares)`, volume, assumption),
    figure("Table 3", `${name}: shares outstanding Θ (million)`, outstanding, assumption),
    figure("Table 3", `${name}: daily volatility σ (%)`, volatility, assumption),
    figure("Table 3", `${name}: permanent impact I (bp)`, permanent),
    ...times.flatMap((time, i) => [
      figure("Table 3", `${name}: temporary impact K in ${time} days (bp)`, temporary[i]),
      figure("Table 3", `${name}: cost J in ${time} days (bp)`, cost[i]),
    ]),
  ],
);

/**
 * The figures that Almgren, Thum, Hauptmann and Li (2005) print: the coefficients with their errors, and Table 3, in which 10% of a
 * day's volume is bought in a tenth, a fifth and half of a day.
 *
 * Source: R. Almgren, C. Thum, E. Hauptmann and H. Li, Risk 18(7) (2005), the estimates and Table 3.
 *
 * @example
 * ```ts
 * figuresAt(almgren2005, "Table 3").filter(({ kind }) => kind === "result").length; // → 14
 * ```
 */
export const almgren2005: readonly PublishedFigure[] = Object.freeze([...coefficients, ...table3]);
