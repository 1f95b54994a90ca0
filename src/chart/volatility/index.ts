/**
 * Charts of volatility: estimates with their intervals, signatures, studies, forecasts, and what an interval does to a
 * schedule.
 *
 * @module
 */

export { type BandChartOptions, volatilityBandChart } from "./band";
export { estimatesChart } from "./estimates";
export { forecastChart, scoreChart } from "./forecast";
export { type SignatureOptions, signatureChart } from "./signature";
export { studyChart } from "./study";
