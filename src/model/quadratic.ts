/**
 * E + λV of a problem with linear impact as one quadratic form:
 *
 *     Σ_{k=1}^N (a_k n_k² + p_k n_k + ε_k|n_k|)  +  Σ_{k=1}^{N−1} (b_k x_k² + q_k x_k)  +  constant
 *
 * The only place where its coefficients are derived; solvers read them. With u the part of an interval's move that its
 * own trade gets, h_k = (1 − u) x_k + u x_{k−1}, and c the part of its own impact that a trade pays,
 *
 *     Σ γ_k n_k (x_k + c n_k) = ½γ_1 X² + Σ ½(γ_{k+1} − γ_k) x_k² + Σ (c − ½) γ_k n_k²
 *     h_k² = (1 − u) x_k² + u x_{k−1}² − u(1 − u) n_k²
 *
 * because n_k = x_{k−1} − x_k. Collecting terms, with w_k = λσ_k²τ_k and d_k = α_kτ_k,
 *
 *     a_k = η_k/τ_k + (c − ½)γ_k − u(1 − u) w_k           p_k = 0
 *     b_k = (1 − u) w_k + u w_{k+1} + ½(γ_{k+1} − γ_k)    q_k = −s((1 − u) d_k + u d_{k+1})
 *     constant = ½γ_1 X² + u w_1 X² − s u d_1 X
 *
 * @module
 */

import { InputError } from "../support/errors";
import { differenceOfProducts, Sum, smallZeros, zeros } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { isLinear } from "./impactModel";
import { exposedPart, marketOf, ownPart, type UniformMarket, uniformMarket } from "./market";
import { sideSign } from "./problem";
import { withRestEntry } from "./remainder";
import type { Schedule } from "./schedule";

/**
 * The coefficients of E + λV. Arrays of N entries, those of holdings of N − 1, for x_1 … x_{N−1}; one more each where shares
 * may be left.
 */
export interface QuadraticObjective {
  /** X, above 0 (shares). */
  readonly shares: number;
  /** a_k (currency/share²). */
  readonly tradeCurvatures: Float64Array;
  /** p_k (currency/share). */
  readonly tradePrices: Float64Array;
  /** ε_k, 0 or above (currency/share). */
  readonly halfSpreads: Float64Array;
  /** b_k (currency/share²). */
  readonly holdingCurvatures: Float64Array;
  /** q_k (currency/share). */
  readonly holdingPrices: Float64Array;
  /** What no schedule changes (currency). */
  readonly constant: number;
  /** Its derivative by X (currency/share). */
  readonly fixedMarginalCost: number;
  /** 1 where the order may trade, 0 where n_k = 0. */
  readonly open: Uint8Array;
}

/** The quadratic form of E + λV, for a risk aversion other than the problem's own where one is given. */
export function quadraticObjective(
  problem: ExecutionProblem,
  riskAversion: number = problem.riskAversion,
): QuadraticObjective {
  requireQuadratic(problem, "a quadratic objective");
  const form = finishedObjective(problem, riskAversion);
  return problem.remainderPrice === undefined
    ? form
    : withRemainder(problem, form, { riskAversion, price: problem.remainderPrice });
}

/**
 * The form with the rest R as one more trade. In the sums above, x_N = R adds
 *
 *     ((1 − u) w_N − ½γ_N) R²  +  (price − s (1 − u) d_N) R
 *
 * because R is exposed to the last interval, and what is not traded does not pay for a move that it never makes.
 */
function withRemainder(
  problem: ExecutionProblem,
  form: QuadraticObjective,
  { riskAversion: λ, price }: { readonly riskAversion: number; readonly price: number },
): QuadraticObjective {
  const { lengths: τ, volatilities: σ, permanentImpacts: γ, drifts: α } = marketOf(problem);
  const last = problem.intervals - 1;
  const after = 1 - exposedPart(problem.timing);
  const w = λ * σ[last] * σ[last] * τ[last];
  const d = sideSign(problem) * α[last] * τ[last];
  const extended = (values: Float64Array, more: number): Float64Array => withRestEntry(problem, values, more);
  return {
    ...form,
    tradeCurvatures: extended(form.tradeCurvatures, after * w - 0.5 * γ[last]),
    tradePrices: extended(form.tradePrices, price - after * d),
    halfSpreads: extended(form.halfSpreads, 0),
    holdingCurvatures: extended(form.holdingCurvatures, 0),
    holdingPrices: extended(form.holdingPrices, 0),
    open: Uint8Array.of(...form.open, 1),
  };
}

/** The form of an order that finishes. */
function finishedObjective(problem: ExecutionProblem, riskAversion: number): QuadraticObjective {
  const uniform = uniformMarket(problem);
  if (uniform !== undefined) return uniformObjective(problem, uniform, riskAversion);
  return variedObjective(problem, riskAversion, marketOf(problem).temporaryImpacts);
}

/**
 * What is quadratic in E + λV whatever the temporary impact: the same form with no η, and so with a_k = (c − ½)γ_k − u(1 − u) w_k,
 * which may be below 0. For laws whose temporary impact is a function of each trade by itself.
 */
export function quadraticPart(
  problem: ExecutionProblem,
  riskAversion: number = problem.riskAversion,
): QuadraticObjective {
  const form = variedObjective(problem, riskAversion, new Float64Array(problem.intervals));
  return problem.remainderPrice === undefined
    ? form
    : withRemainder(problem, form, { riskAversion, price: problem.remainderPrice });
}

function variedObjective(
  problem: ExecutionProblem,
  riskAversion: number,
  η: Float64Array,
): QuadraticObjective {
  const { shares: X, intervals: N, timing } = problem;
  const λ = riskAversion;
  const {
    lengths: τ,
    volatilities: σ,
    permanentImpacts: γ,
    drifts: α,
    halfSpreads,
    open,
  } = marketOf(problem);
  const s = sideSign(problem);
  const u = exposedPart(timing);
  const a = impactCurvatures(problem, η, zeros(N));
  const b = zeros(N - 1);
  const q = zeros(N - 1);
  const firstRisk = λ * σ[0] * σ[0] * τ[0];
  const firstTrend = s * α[0] * τ[0];
  let [w, d] = [firstRisk, firstTrend];
  if (u === 0.5) a[0] -= 0.25 * w;
  for (let k = 1; k < N; k++) {
    const risk = λ * σ[k] * σ[k] * τ[k];
    const trend = s * α[k] * τ[k];
    if (u === 0.5) a[k] -= 0.25 * risk;
    b[k - 1] = between(u, w, risk) + 0.5 * (γ[k] - γ[k - 1]);
    q[k - 1] = -between(u, d, trend);
    [w, d] = [risk, trend];
  }
  return {
    shares: X,
    tradeCurvatures: a,
    tradePrices: zeros(N),
    halfSpreads,
    holdingCurvatures: b,
    holdingPrices: q,
    constant: 0.5 * γ[0] * X * X + between(u, 0, firstRisk * X * X - firstTrend * X),
    fixedMarginalCost: γ[0] * X + between(u, 0, 2 * firstRisk * X - firstTrend),
    open,
  };
}

/** The same where nothing varies: one number for each array. */
function uniformObjective(
  problem: ExecutionProblem,
  { volatility: σ, drift: α, length: τ, permanentImpact: γ, halfSpread }: UniformMarket,
  λ: number,
): QuadraticObjective {
  const { shares: X, intervals: N, timing } = problem;
  const u = exposedPart(timing);
  const w = λ * σ * σ * τ;
  const d = sideSign(problem) * α * τ;
  const a = impactCurvature(problem) - (u === 0.5 ? 0.25 * w : 0);
  const filled = (length: number, value: number): Float64Array => {
    const array = zeros(length);
    return value === 0 ? array : array.fill(value);
  };
  return {
    shares: X,
    tradeCurvatures: filled(N, a),
    tradePrices: zeros(N),
    halfSpreads: filled(N, halfSpread),
    holdingCurvatures: filled(N - 1, w),
    holdingPrices: filled(N - 1, -d + 0),
    constant: 0.5 * γ * X * X + between(u, 0, w * X * X - d * X),
    fixedMarginalCost: γ * X + between(u, 0, 2 * w * X - d),
    open: smallZeros(N).fill(1),
  };
}

/** Refuses a law whose E + λV is not this quadratic form, before its coefficients are taken for those of one that is. */
export function requireQuadratic(problem: ExecutionProblem, what: string): void {
  if (isLinear(problem)) return;
  throw new InputError(
    "problem.impact.kind",
    problem.impact?.kind,
    `"linear" for ${what}`,
    "optimalSchedule and boundedSchedule find the optimum for every law.",
  );
}

/** The form at a schedule: its E + λV (currency). */
export function objectiveValue(
  form: QuadraticObjective,
  { trades, remaining }: Pick<Schedule, "trades" | "remaining">,
): number {
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε } = form;
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const sum = new Sum();
  sum.add(form.constant);
  for (let k = 0; k < a.length; k++) {
    const n = k < trades.length ? trades[k] : remaining[k];
    sum.add(a[k] * n * n + p[k] * n);
    sum.add(ε[k] * Math.abs(n));
    if (k === a.length - 1) break;
    const x = remaining[k + 1];
    sum.add(b[k] * x * x);
    sum.add(q[k] * x);
  }
  return sum.value;
}

/** (1 − u) one + u other, without the products by 0 that would make NaN of an infinity. */
function between(u: 0 | 0.5 | 1, one: number, other: number): number {
  return u === 0 ? one : u === 1 ? other : 0.5 * (one + other);
}

/** Writes η_k/τ_k + (c − ½)γ_k: the part of a_k that is not risk (currency/share²). */
function impactCurvatures(problem: ExecutionProblem, η: Float64Array, a: Float64Array): Float64Array {
  const { intervals: N } = problem;
  const { lengths: τ, permanentImpacts: γ } = marketOf(problem);
  const sign = 1 - 2 * ownPart(problem);
  for (let k = 0; k < N; k++) {
    a[k] = differenceOfProducts(2 * η[k], 1, sign * γ[k], τ[k]) / (2 * τ[k]);
  }
  return a;
}

/**
 * η/τ + (c − ½)γ of a uniform market: what one trade more or less adds to the expected cost at second order (AC: η̃/τ
 * for timing `"start"`). E is convex exactly where it is above 0.
 */
export function impactCurvature(problem: ExecutionProblem): number {
  requireQuadratic(problem, "the closed form");
  const { horizon: T, intervals: N } = problem;
  const { temporaryImpact: η, permanentImpact: γ } = uniformMarket(problem) ?? problem;
  // (2ηN ∓ γT)/(2T) instead of η/τ ∓ ½γ: near the convexity limit the two terms nearly cancel.
  const sign = 1 - 2 * ownPart(problem);
  return differenceOfProducts(2 * η, N, sign * γ, T) / (2 * T);
}
