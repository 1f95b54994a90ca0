/**
 * Volatility of returns: from closes, from bars, from prices within a day, by GARCH; how good each estimate is; and on into
 * the σ of a schedule: `optimal-execution/volatility`.
 *
 * @module
 */

export type { PriceBars } from "../support/bars";
export type { Estimate, PriceVolatility } from "../support/estimate";
export type { Series } from "../support/numbers";
export type { PricePath, PricesBySession, SessionPrices } from "../support/sessions";
export {
  type CloseToCloseOptions,
  closeToCloseVolatility,
  type EwmaOptions,
  ewmaVolatility,
  logReturns,
} from "./closeToClose";
export { type WalkForward, type WalkOptions, walkForward } from "./forecast";
export { type ComparisonOptions, compareForecasts, type ForecastScore } from "./forecastScores";
export { fitGarch, garchForecast } from "./garch";
export type { GarchFit, GarchParameter } from "./garchFit";
export { type GarchLikelihood, type GarchParameters, garchLikelihood } from "./garchLikelihood";
export type { GarchStatus } from "./garchStatus";
export { type AnyVolatility, type PriceVolatilityOptions, priceVolatility } from "./priceVolatility";
export {
  type GarmanKlassOptions,
  garmanKlassVolatility,
  parkinsonVolatility,
  type RangeEstimates,
  rangeVolatilities,
  rogersSatchellVolatility,
  yangZhangVolatility,
} from "./range";
export {
  type BipowerOptions,
  bipowerVariation,
  realizedVariance,
  type SignaturePoint,
  type TwoScaleEstimate,
  type TwoScaleOptions,
  twoScaleVariance,
  varianceSignature,
} from "./realized";
export {
  type OvernightMove,
  type SessionVolatility,
  type SessionVolatilityOptions,
  sessionVolatility,
} from "./sessionVolatility";
export {
  type BarOptions,
  type SimulatedBars,
  type SimulatedClusters,
  simulateBars,
} from "./simulateBars";
export { type IntradayOptions, simulateIntraday } from "./simulateIntraday";
export { estimatorStudy, type StudyOptions, type StudyResult } from "./study";
export { type TradedBars, tradedBars, type VolumeBars } from "./tradedBars";
export type { MeanVarianceOptions, VarianceEstimate, VarianceOptions } from "./variance";
