/**
 * Portfolios: many names traded together, with correlated risk and impact on each other: `optimal-execution/portfolio`.
 *
 * @module
 */

export type { Timing } from "../model/executionProblem";
export type { OwnImpact } from "../model/impactKind";
export type { Units } from "../model/notation";
export type { SimulatedCosts, SimulationOptions } from "../simulate/costs";
export type { FourLegTrip } from "../support/errors";
export type { MomentSummary } from "../support/moments";
export type { Series } from "../support/numbers";
export {
  type BoundedPortfolioOptions,
  type BoundedPortfolioResult,
  boundedPortfolio,
  type PortfolioOptimum,
} from "./bounded";
export { type CertifyPortfolioOptions, certifyPortfolio, type PortfolioCertificate } from "./certify";
export { type NameCost, type PortfolioCost, portfolioCost } from "./cost";
export { definePortfolio } from "./define";
export { type PortfolioFrontierPoint, portfolioFrontier } from "./frontier";
export type { InfeasiblePortfolioProof, PortfolioInfeasible } from "./infeasible";
export type { Caps, Neutrality, PortfolioLimits } from "./limits";
export type { Matrix, MatrixInput } from "./matrices";
export type { Portfolio, PortfolioInput, PortfolioProfile, PortfolioProfileInput } from "./portfolio";
export { equalPortfolioSchedule, type PortfolioSchedule, portfolioFromTrades } from "./schedule";
export { simulatePortfolio } from "./simulate";
export { portfolioSchedule } from "./solve";
