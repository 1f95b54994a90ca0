/**
 * Transaction cost analysis: an execution beside its benchmarks, from fills and by its exact distribution:
 * `optimal-execution/tca`.
 *
 * @module
 */

export type { Series } from "../support/numbers";
export {
  type AverageName,
  type BenchmarkName,
  type BenchmarkOptions,
  type BenchmarkText,
  benchmarkPrice,
  type ParticipationTerms,
} from "./benchmark";
export { type BenchmarkDistribution, benchmarkDistribution } from "./benchmarkDistribution";
export type { MarketData } from "./market";
export {
  benchmarkSlippage,
  type Execution,
  type Fill,
  implementationShortfall,
  type ParentOrder,
  type Shortfall,
  type Slippage,
  type SlippageOptions,
} from "./shortfall";
export { type SimulatedBenchmarks, simulateBenchmarks } from "./simulateBenchmarks";
