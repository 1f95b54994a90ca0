/**
 * Charts and tables as plain data, for `show`.
 *
 * @module
 */

export { type SlippageChartOptions, slippageChart } from "./benchmark";
export { type CapSliderOptions, capSlider } from "./capSlider";
export { type DeskReport, deskReport, type ReportPart, type ReportProse } from "./deskReport";
export { type CostSample, costHistogram, type HistogramOptions } from "./distribution";
export { explanationChart, explanationTable } from "./explanation";
export type { Figure, FigureText, Table } from "./figure";
export { type FrontierChartOptions, frontierChart } from "./frontier";
export { type LineSeries, type LineText, lineChart } from "./lines";
export { modelRiskChart, modelRiskTable } from "./modelRisk";
export { type ParticipationChartOptions, participationChart } from "./participation";
export {
  contributionChart,
  type ExposureChartOptions,
  exposureChart,
  type Factor,
  type HoldingsChartOptions,
  holdingsChart,
} from "./portfolio";
export { remainingChart, tradesChart } from "./schedule";
export { sensitivityChart } from "./sensitivity";
export { scheduleSlider } from "./slider";
export { costTable, makeTable } from "./table";
export type { TimeOptions } from "./timeAxis";
export { type SliderProblem, type TradesSliderOptions, tradesSlider } from "./tradesSlider";
export {
  type BandChartOptions,
  estimatesChart,
  forecastChart,
  type SignatureOptions,
  scoreChart,
  signatureChart,
  studyChart,
  volatilityBandChart,
} from "./volatility";
export { bandTable, garchTable, scoreTable, studyTable, varianceTable } from "./volatilityTable";
