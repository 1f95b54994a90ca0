/**
 * Optimal execution of large orders: schedules you can trust.
 *
 * The verbs of a notebook: *describe* a problem, *solve* it, *check* the answer, *compare* it, *show* it. Beside this root,
 * which loads in a browser too: `/volatility`, `/estimate`, `/linear`, `/tca`, `/data` (Node), `/notebook` (the tslab kernel)
 * and `/published` (what sources print), `/published/seedA`, `/published/seedB`.
 *
 * @module
 */

// Describe: the problem, its letters and units
export type { EarlierTrade, ExecutionProblem, ProblemInput, Side, Timing } from "./model/executionProblem";
export { defineProblem } from "./model/problem";
export { intervalLength } from "./model/market";
export type { Profile, ProfileInput } from "./model/profile";
export type { OwnImpact } from "./model/impactKind";
export type { ImpactModel } from "./model/impactModel";
export {
  type Almgren2005Impact,
  type Almgren2005Input,
  almgren2005Impact,
  type PowerErrors,
} from "./model/almgren2005";
export { type ImpactByMarketOptions, impactByMarket } from "./model/impactByMarket";
export { type LinearImpact, linearImpact } from "./model/linearImpact";
export { type PowerImpact, type PowerImpactInput, powerImpact } from "./model/powerImpact";
export {
  type DecayImpact,
  type DecayImpactInput,
  decayImpact,
  type ExponentialDecay,
} from "./model/decayImpact";
export { type KernelImpact, type KernelImpactInput, kernelImpact } from "./model/kernelImpact";
export {
  type PowerDecayImpact,
  type PowerDecayImpactInput,
  powerDecayImpact,
} from "./model/powerDecayImpact";
export { impactLaw } from "./impact/law";
export type {
  ImpactCost,
  ImpactCurvature,
  ImpactLaw,
  ImpactStep,
  ImpactStructure,
  ImpactWalk,
  RecursiveMemory,
} from "./model/law";
export type { PathSums } from "./model/pathSums";
export { type DescriptionOptions, describeProblem } from "./chart/problemTable";
export { axisTitle, notation, type Quantity, type QuantityName, type Units, unitOf } from "./model/notation";

// Describe: an order in a desk's words
export { problemFromTicket } from "./plan/problemFromTicket";
export type {
  PassportRow,
  PerUnit,
  SliceLength,
  SliceClock,
  Ticket,
  TicketCurve,
  TicketImpactRule,
  TicketPermanentRule,
  TicketProblem,
  TicketSession,
  TicketVenue,
} from "./plan/ticket";
export { ticketTable } from "./chart/ticketTable";
export type { SessionCalendar, Weekday } from "./support/calendar";

// Solve: routes to the optimum, what a desk does without one, and schedules from elsewhere
export type { Schedule } from "./model/schedule";
export { scheduleFromRemaining, scheduleFromTrades } from "./model/scheduleGate";
export { optimalSchedule } from "./solve/optimal";
export { type InfiniteHorizon, infiniteHorizon, remainingAt } from "./solve/infiniteHorizon";
export { tridiagonalSchedule } from "./solve/tridiagonal";
export { denseSchedule } from "./solve/dense";
export {
  type BoundedInfeasible,
  type BoundedOptimum,
  type BoundedResult,
  boundedSchedule,
} from "./solve/bounded";
export { boundedScheduleByHighs, type HighsOptimum } from "./solve/boundedHighs";
export {
  type LotInfeasible,
  type LotOptimum,
  type LotOptions,
  type LotResult,
  lotSchedule,
} from "./solve/lots";
export type { TradeBounds } from "./model/bounds";
export { timeConstant } from "./solve/urgency";
export {
  equalSchedule,
  immediateSchedule,
  type ParticipationOptions,
  type ParticipationResult,
  participationSchedule,
  volumeSchedule,
} from "./solve/baseline";
export type { PiecewiseLinearOptimum } from "./solve/linearPieces";
export { type PiecewiseLinearOptions, piecewiseLinearSchedule } from "./solve/piecewiseLinear";

// Exchange: schedules out and back, to the same bits
export { type ScheduleCsvOptions, scheduleToCsv } from "./plan/exchangeCsv";
export { type ScheduleCsvReading, scheduleFromCsv } from "./plan/exchangeCsvRead";
export { type ExchangedSchedule, scheduleFromJson, scheduleToJson } from "./plan/exchangeJson";

// Solve: many orders at once
export {
  type BatchEntry,
  type BatchOptions,
  type BatchRun,
  type PlannedOptimum,
  type InBatch,
  planBatch,
} from "./parallel/planBatch";
export type { BatchBounds } from "./parallel/batchChunks";
export type { Refusal } from "./parallel/planChunk";

// Check: what a schedule costs by formula, by its exact distribution and by simulation, and whether it is the optimum
export { type CostReport, costReport } from "./cost/report";
export { type MixturePart, mixtureQuantile } from "./cost/mixture";
export {
  conditionalValueAtRisk,
  type CostDistribution,
  costDistribution,
  density,
  type NormalDistribution,
  quantile,
  valueAtRisk,
} from "./cost/distribution";
export { type SimulatedCosts, type SimulationOptions, simulateCosts } from "./simulate/costs";
export { type ParallelSimulationOptions, simulateCostsParallel } from "./parallel/simulateCostsParallel";
export { type PathOptions, type SimulatedPath, simulatePath } from "./simulate/paths";
export { type Certificate, type CertifyOptions, certify } from "./certify/schedule";
export { confirm, type Found, requireOptimal } from "./notebook/confirm";
export { type FillOptions, type FillSample, simulateFills } from "./simulate/fills";

// Compare: every attitude to risk at once, and every parameter that may be wrong
export { efficientFrontier, type FrontierPoint } from "./compare/frontier";
export { compareSchedules, type PairedComparison } from "./compare/paired";
export {
  parameterShiftSchedule,
  type ShiftBranch,
  type ShiftOptions,
  type ShiftPlan,
  type ShiftRegime,
} from "./compare/parameterShift";
export {
  type ValueAtRiskOptimum,
  type ValueAtRiskOptions,
  valueAtRiskSchedule,
} from "./compare/valueAtRiskSchedule";
export { gridRiskBias } from "./compare/gridRisk";
export {
  type SignalFeedback,
  signalFeedback,
} from "./solve/signal";
export type { MeanRevertingSignal, SignalGains } from "./model/signal";
export { followSignal, type SignalPlan, type SimulatedSignal, simulateSignal } from "./simulate/signal";
export {
  type ModelRisk,
  type ModelRiskOptions,
  modelRisk,
  type RobustSchedule,
  type WorstRegret,
} from "./compare/modelRisk";
export {
  type NoPriceManipulation,
  type PriceManipulation,
  priceManipulation,
  type RoundTripThatPays,
} from "./compare/priceManipulation";
export { parameterSensitivity, type Sensitivity, type UncertainParameter } from "./compare/sensitivity";
export { type BandPoint, type VolatilityBand, volatilityBand } from "./compare/volatilityBand";
export {
  type ImpactBand,
  type ImpactBandOptions,
  type ImpactBandParts,
  type ImpactBandValue,
  impactBand,
} from "./compare/impactBand";
export type { AnyVolatility } from "./volatility/priceVolatility";
export type { Estimate, PriceVolatility } from "./support/estimate";
export type { Bounds, Series } from "./support/numbers";

// Plan: what a desk asks of a schedule
export { explainSchedule } from "./plan/explain";
export type {
  BindingLimit,
  ExplainedRemainder,
  ExplainedSlice,
  ScheduleExplanation,
} from "./plan/explanation";
export type { FixedTrade, ParticipationCap, PlanConstraints, TradingPause } from "./plan/limits";
export { type PlanInfeasible, type PlanOptimum, type PlanResult, planSchedule } from "./plan/plan";
export type { Relaxation } from "./plan/relaxations";
export { type AuditOptions, auditSchedule, type LimitBreach, type ScheduleAudit } from "./plan/audit";
export { type ImpliedRiskAversion, impliedRiskAversion } from "./plan/impliedRiskAversion";
export { type RemainingChanges, remainingProblem } from "./plan/replan";
export {
  type RiskAversionAnswer,
  type RiskAversionFound,
  riskAversionFor,
  type RiskAversionGoal,
  type RiskAversionImpossible,
} from "./plan/riskAversionFor";

// Show: charts and tables as plain data
export * from "./chart";
export { formatNumber, formatSignificant } from "./support/format";

// Errors
export {
  type CellPlace,
  DataError,
  InputError,
  NoOptimumError,
  type NoOptimumEvidence,
  type NoOptimumReason,
} from "./support/errors";
