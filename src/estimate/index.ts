/**
 * Parameters of the execution model from prices and fills, with standard errors: `optimal-execution/estimate`.
 *
 * @module
 */
export type { Estimate, PriceVolatility } from "../support/estimate";
export type { Series } from "../support/numbers";
export {
  estimatePermanentImpact,
  estimateTemporaryImpact,
  type PermanentImpactEstimate,
  type PermanentImpactSample,
  type TemporaryImpactEstimate,
  type TemporaryImpactSample,
} from "./impact";
export { estimatePriceVolatility, type PriceVolatilityEstimate } from "./volatility";
