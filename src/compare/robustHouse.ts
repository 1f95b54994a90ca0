/**
 * Several models of one order: what they share, their marginal costs and curvatures in any mixture, and their regrets.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactLaw } from "../model/law";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { factorize } from "../support/cholesky";
import { Sum } from "../support/numbers";

/** What is needed of a model. */
export interface RobustModel {
  readonly problem: ExecutionProblem;
  /** The least U_j (currency). */
  readonly least: number;
}

/** What all models share, and each model's own. */
export interface House {
  readonly models: readonly RobustModel[];
  readonly laws: readonly ImpactLaw[];
  readonly shares: number;
  /** 2λσ²τ and sατ of each interval, and the part of a trade that its own interval's risk keeps. */
  readonly risk: Float64Array;
  readonly drift: Float64Array;
  readonly after: number;
  readonly halfSpreads: Float64Array;
  readonly open: Uint8Array;
}

export function houseOf(models: readonly RobustModel[]): House {
  const [{ problem }] = models;
  const { lengths: τ, volatilities: σ, drifts: α, halfSpreads, open } = marketOf(problem);
  return {
    models,
    laws: models.map((model) => impactLaw(model.problem)),
    shares: problem.shares,
    risk: τ.map((length, k) => 2 * problem.riskAversion * σ[k] * σ[k] * length),
    drift: τ.map((length, k) => sideSign(problem) * α[k] * length),
    after: 1 - exposedPart(problem.timing),
    halfSpreads,
    open,
  };
}

/** ∇ Σ w_j U_j. */
export function mixtureGradient(house: House, weights: Float64Array, trades: Float64Array): Float64Array {
  const gradient = sharedGradient(house, trades);
  house.laws.forEach((law, j) => {
    if (weights[j] === 0) return;
    lawGradient(house, law, trades).forEach((slope, k) => {
      gradient[k] += weights[j] * slope;
    });
  });
  return gradient;
}

/** Of spread, risk and drift, which all models share. */
export function sharedGradient(
  { risk, drift, after, halfSpreads, shares }: House,
  trades: Float64Array,
): Float64Array {
  const N = trades.length;
  const gradient = Float64Array.from(halfSpreads);
  // h_k, from the front.
  const held = new Float64Array(N);
  let left = shares;
  for (let k = 0; k < N; k++) {
    held[k] = left - after * trades[k];
    left -= trades[k];
  }
  let later = 0;
  for (let k = N - 1; k >= 0; k--) {
    const move = risk[k] * held[k] - drift[k];
    gradient[k] -= later + after * move;
    later += move;
  }
  return gradient;
}

export function lawGradient({ shares }: House, law: ImpactLaw, trades: Float64Array): Float64Array {
  const remaining = [shares];
  for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
  return law.smoothMarginals({ trades: Array.from(trades), remaining });
}

/** Cholesky's factor of Σ w_j H_j over the free trades. */
export function mixtureFactor(
  { laws, risk, after }: House,
  weights: Float64Array,
  trades: Float64Array,
  free: readonly number[],
): Float64Array {
  const f = free.length;
  const later = new Float64Array(risk.length + 1);
  for (let k = risk.length - 1; k >= 0; k--) later[k] = later[k + 1] + risk[k];
  const H = new Float64Array(f * f);
  for (let i = 0; i < f; i++) {
    const k = free[i];
    for (let j = 0; j < i; j++) {
      let value = later[k + 1] + after * risk[k];
      laws.forEach((law, m) => {
        if (weights[m] !== 0) value += weights[m] * law.kernel(free[j], k);
      });
      H[i * f + j] = value;
    }
    let own = later[k + 1] + after * after * risk[k];
    laws.forEach((law, m) => {
      if (weights[m] !== 0)
        own += weights[m] * (law.curvature(k, trades[k]) + 2 * law.ownImpact * law.kernel(k, k));
    });
    H[i * f + i] = own;
  }
  // A power above 1 has no curvature at a trade of 0: a little more is added, and more, until the step is defined.
  const largest = free.reduce((most, _, i) => Math.max(most, H[i * f + i]), 0);
  for (let more = 0; more < 1; more = more === 0 ? 1e-12 : 100 * more) {
    const L = H.slice();
    for (let i = 0; i < f; i++) L[i * f + i] += more * largest;
    if (factorize(L, f) === -1) return L;
  }
  throw new RangeError("The mixture of these models is not convex in floating-point numbers.");
}

/** U_j(n) − least U_j, by the laws' own costs. */
export function regretsOf(house: House, trades: Float64Array): readonly number[] {
  const { models, laws, risk, drift, after, halfSpreads, shares } = house;
  const remaining = [shares];
  const common = new Sum();
  trades.forEach((n, k) => {
    const left = remaining[k];
    const h = left - after * n;
    common.add(0.5 * risk[k] * h * h - drift[k] * h);
    common.add(halfSpreads[k] * Math.abs(n));
    remaining.push(left - n);
  });
  return laws.map((law, j) => {
    const { permanent, temporary } = law.cost({ trades: Array.from(trades), remaining });
    return common.value + permanent + temporary - models[j].least;
  });
}

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const sum = new Sum();
  for (let i = 0; i < one.length; i++) sum.add(one[i] * other[i]);
  return sum.value;
}
