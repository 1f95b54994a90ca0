/**
 * Optimal execution of large orders: schedules you can trust.
 *
 * The verbs of a notebook: *describe* a problem, *solve* it, *check* the answer, *compare* it, *show* it.
 *
 * @module
 */

// Describe: the problem, its letters and units
export type { ExecutionProblem, ProblemInput, Side, Timing } from "./model/executionProblem";
export { defineProblem } from "./model/problem";
export { intervalLength } from "./model/market";
export type { Profile, ProfileInput } from "./model/profile";
export { type ImpactModel, type LinearImpact, linearImpact, type OwnImpact } from "./model/impactModel";
export { impactLaw } from "./impact/law";
export type { ImpactCost, ImpactCurvature, ImpactLaw, ImpactStep, ImpactWalk } from "./model/law";
export { type DescriptionOptions, describeProblem } from "./chart/problemTable";
export { axisTitle, notation, type Quantity, type QuantityName, type Units, unitOf } from "./model/notation";

// Solve: routes to the optimum, what a desk does without one, and anybody's schedule
export type { Schedule } from "./model/schedule";
export { scheduleFromRemaining, scheduleFromTrades } from "./model/scheduleGate";
export { optimalSchedule } from "./solve/closedForm";
export { tridiagonalSchedule } from "./solve/tridiagonal";
export { denseSchedule } from "./solve/dense";
export {
  type BoundedInfeasible,
  type BoundedOptimum,
  type BoundedResult,
  boundedSchedule,
} from "./solve/bounded";
export { boundedScheduleByHighs, type HighsOptimum } from "./solve/boundedHighs";
export type { TradeBounds } from "./model/bounds";
export { timeConstant } from "./solve/urgency";
export {
  equalSchedule,
  immediateSchedule,
  type ParticipationResult,
  participationSchedule,
  volumeSchedule,
} from "./solve/baseline";
export { type ChordOptions, type ChordResult, piecewiseLinearSchedule } from "./solve/piecewiseLinear";

// Solve: any linear program, and its matrices
export { solveLinearProgram } from "./linear/solve";
export type { LinearInfeasible, LinearOptimum, LinearResult, LinearUnbounded } from "./linear/result";
export type { LinearProgram, LinearRow, SparseCoefficients } from "./linear/program";
export { certifyLinear, type LinearCertificate } from "./linear/proof";
export { type MatrixForm, matrixForm } from "./linear/matrixForm";
export {
  originalSolution,
  type StandardForm,
  type StandardVariable,
  standardForm,
} from "./linear/standardForm";

// Check: what a schedule costs by formula, by its exact law and by simulation, and whether it is the optimum
export { type CostReport, costReport } from "./cost/report";
export { type CostDistribution, type CostLaw, costDistribution } from "./cost/distribution";
export { type SimulatedCosts, type SimulationOptions, simulateCosts } from "./simulate/costs";
export { type PathOptions, type SimulatedPath, simulatePath } from "./simulate/paths";
export { type Certificate, certify } from "./certify/schedule";
export { confirm, requireOptimal } from "./notebook/confirm";

// Compare: an execution with its benchmarks, from fills and by its exact law
export {
  type BenchmarkName,
  type BenchmarkText,
  type BenchmarkOptions,
  benchmarkPrice,
  type MarketRecord,
  type ParticipationTerms,
} from "./tca/benchmark";
export {
  benchmarkSlippage,
  type Execution,
  type Fill,
  implementationShortfall,
  type OrderRecord,
  type Shortfall,
  type Slippage,
} from "./tca/shortfall";
export { type BenchmarkLaw, benchmarkLaw } from "./tca/benchmarkDistribution";
export { type SimulatedBenchmarks, simulateBenchmarks } from "./tca/simulateBenchmarks";

// Compare: every attitude to risk at once, and every parameter that may be wrong
export { efficientFrontier, type FrontierPoint } from "./compare/frontier";
export { gridRiskBias } from "./compare/gridRisk";
export { parameterSensitivity, type Sensitivity, type UncertainParameter } from "./compare/sensitivity";
export { type BandPoint, type VolatilityBand, volatilityBand } from "./compare/volatilityBand";

// Estimate: the parameters, from prices and fills, with standard errors
export type { Estimate } from "./support/estimate";
export { estimateVolatility, type VolatilityEstimate } from "./estimate/volatility";
export {
  estimatePermanentImpact,
  estimateTemporaryImpact,
  type PermanentImpactEstimate,
  type PermanentImpactSample,
  type TemporaryImpactEstimate,
  type TemporaryImpactSample,
} from "./estimate/impact";
export { type FillOptions, type FillSample, simulateFills } from "./simulate/fills";

// Estimate volatility: from closes, from bars, from prices within a day, by GARCH; how good each is; and on into σ
export type { MeanVarianceOptions, VarianceEstimate, VarianceOptions } from "./volatility/variance";
export type { Series } from "./support/numbers";
export type { PriceBars } from "./support/bars";
export {
  type CloseToCloseOptions,
  closeToCloseVolatility,
  type EwmaOptions,
  ewmaVolatility,
  logReturns,
} from "./volatility/closeToClose";
export {
  type GarmanKlassOptions,
  garmanKlassVolatility,
  parkinsonVolatility,
  type RangeEstimates,
  rangeVolatilities,
  rogersSatchellVolatility,
  yangZhangVolatility,
} from "./volatility/range";
export {
  type BipowerOptions,
  bipowerVariation,
  realizedVariance,
  type SignaturePoint,
  type TwoScaleEstimate,
  type TwoScaleOptions,
  twoScaleVariance,
  varianceSignature,
} from "./volatility/realized";
export { fitGarch, garchForecast } from "./volatility/garch";
export type { GarchFit, GarchParameter } from "./volatility/garchFit";
export { type GarchLikelihood, type GarchParameters, garchLikelihood } from "./volatility/garchLikelihood";
export {
  type BarOptions,
  type IntradayOptions,
  type SimulatedBars,
  type SimulatedClusters,
  simulateBars,
  simulateIntraday,
} from "./volatility/simulateBars";
export { estimatorStudy, type StudyOptions, type StudyResult } from "./volatility/study";
export {
  compareForecasts,
  type ForecastScore,
  type WalkForward,
  type WalkOptions,
  walkForward,
} from "./volatility/forecast";
export {
  type PriceVolatility,
  type PriceVolatilityOptions,
  priceVolatility,
} from "./volatility/priceVolatility";

// Read: prices from anybody's CSV file, checked cell by cell
export { type LoadedBars, type LoadedPrices, parseBars, parsePrices } from "./data/bars";
export { loadBars, loadPrices } from "./data/file";
export type { CsvOptions } from "./data/csv";

// Show: charts and tables as plain data, and the way into the notebook
export type { Figure, Table } from "./chart/figure";
export { remainingChart, tradesChart } from "./chart/schedule";
export { frontierChart, scheduleSlider } from "./chart/frontier";
export { type CostSample, costHistogram } from "./chart/distribution";
export { slippageChart } from "./chart/benchmark";
export { type LineSeries, type LineText, lineChart } from "./chart/lines";
export { sensitivityChart } from "./chart/sensitivity";
export {
  estimatesChart,
  forecastChart,
  type SignatureText,
  scoreChart,
  signatureChart,
  studyChart,
  volatilityBandChart,
} from "./chart/volatility";
export { bandTable, garchTable, scoreTable, studyTable, varianceTable } from "./chart/volatilityTable";
export { costTable, makeTable } from "./chart/table";
export { progressBar, show } from "./notebook/show";
export { formatNumber, formatSignificant } from "./support/format";

// How the library says no
export {
  DataError,
  InputError,
  NoOptimumError,
  type NoOptimumEvidence,
  type NoOptimumReason,
} from "./support/errors";
