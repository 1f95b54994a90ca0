/**
 * Charts of portfolios: holdings by name, exposure to factors, contributions to cost and risk.
 *
 * @module
 */

export { contributionChart } from "./contribution";
export { type ExposureChartOptions, exposureChart, type Factor } from "./exposure";
export { type HoldingsChartOptions, holdingsChart } from "./holdings";
