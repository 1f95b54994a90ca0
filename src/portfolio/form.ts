/**
 * E + λV of a portfolio as one quadratic form over the trades n_1 … n_M of the open intervals and the holdings
 * y_1 … y_{M−1} between them, with y_0 = X and y_M = 0:
 *
 *     Σ_j n_jᵀA_j n_j + ε_jᵀ|n_j| + κ_j y_jᵀK y_{j−1}  +  Σ_j y_jᵀB_j y_j − φ_j αᵀy_j  +  constant
 *     A_j = h_j H + g_j S − v_j C        B_j = β_j C + δ_j S
 *
 * with C the covariance, H the temporary impact, S and K the symmetric and the skew part of the permanent one. For a single name
 * this is `model/quadratic.ts`. With y_{j−1} = y_j + n_j, and uᵀKu = 0 for every u,
 *
 *     y_jᵀΓ_j n_j = ½ y_{j−1}ᵀS_j y_{j−1} − ½ y_jᵀS_j y_j − ½ n_jᵀS_j n_j + y_jᵀK_j y_{j−1}
 *
 * of which the first two terms telescope. An interval's exposed position is h = (1 − u) y_j + u y_{j−1}, whose square is
 * (1 − u) y_jᵀCy_j + u y_{j−1}ᵀCy_{j−1} − u(1 − u) n_jᵀCn_j.
 *
 * @module
 */
import { exposedPart, ownPart } from "../model/market";
import { type PortfolioMarket, portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";

/** The coefficients of the form; those of trade j stand at j − 1, those of holding j too. */
export interface PortfolioForm {
  readonly market: PortfolioMarket;
  /** M. */
  readonly steps: number;
  /** The interval of each trade, counted from 0. */
  readonly intervals: Int32Array;
  readonly h: Float64Array;
  readonly g: Float64Array;
  readonly v: Float64Array;
  readonly κ: Float64Array;
  /** M − 1 numbers, as `δ` and `φ`. */
  readonly β: Float64Array;
  readonly δ: Float64Array;
  readonly φ: Float64Array;
  /** What the half spreads are multiplied by in each trade. */
  readonly ε: Float64Array;
}

/** The form for a risk aversion. */
export function portfolioForm(
  portfolio: Portfolio,
  riskAversion: number = portfolio.riskAversion,
): PortfolioForm {
  const market = portfolioMarket(portfolio);
  const { N, open, lengths: τ, covarianceFactors, temporaryFactors, permanentFactors, driftFactors } = market;
  const u = exposedPart(portfolio.timing);
  const c = ownPart(portfolio);
  const intervals = Int32Array.from(Array.from({ length: N }, (_, k) => k).filter((k) => open[k] === 1));
  const M = intervals.length;
  const [h, g, v, κ, ε] = Array.from({ length: 5 }, () => new Float64Array(M));
  // Of y_0 … y_M; the ends do not vary.
  const [β, φ] = [new Float64Array(M + 1), new Float64Array(M + 1)];
  let j = 0;
  for (let k = 0; k < N; k++) {
    const w = riskAversion * τ[k] * covarianceFactors[k];
    const d = τ[k] * driftFactors[k];
    if (open[k] === 0) {
      β[j] += w;
      φ[j] += d;
      continue;
    }
    h[j] = temporaryFactors[k] / τ[k];
    g[j] = (c - 0.5) * permanentFactors[k];
    v[j] = u * (1 - u) * w;
    κ[j] = permanentFactors[k];
    ε[j] = market.spreadFactors[k];
    β[j] += u * w;
    φ[j] += u * d;
    j++;
    β[j] += (1 - u) * w;
    φ[j] += (1 - u) * d;
  }
  const δ = Float64Array.from({ length: M - 1 }, (_, i) => 0.5 * (κ[i + 1] - κ[i]));
  return { market, steps: M, intervals, h, g, v, κ, ε, δ, β: β.slice(1, M), φ: φ.slice(1, M) };
}

/**
 * Where all A_j + v_j C are multiples a_j of one matrix P, and all B_j of P and C: then one change of variables makes chains
 * of single numbers of the form.
 */
export interface Pair {
  readonly P: Float64Array;
  readonly a: Float64Array;
  /** Part of P in B_j; undefined where it has none. */
  readonly b: Float64Array | undefined;
}

/** The pair of a form, where it has one. */
export function pairOf({ market, h, g, δ }: PortfolioForm): Pair | undefined {
  const { temporary: H, symmetricPart: S, skewPart } = market;
  if (skewPart !== undefined) return undefined;
  const isConstant = δ.every((value) => value === 0);
  if (S.every((value) => value === 0)) return { P: H, a: h, b: undefined };
  const r = g[0] / h[0];
  if (
    isConstant &&
    g.every((value, j) => value === r * h[j] || Math.abs(value / h[j] - r) <= 1e-15 * Math.abs(r))
  ) {
    return { P: r === 0 ? H : H.map((value, at) => value + r * S[at]), a: h, b: undefined };
  }
  const s = S[0] / H[0];
  if (S.every((value, at) => Math.abs(value - s * H[at]) <= 1e-15 * Math.abs(value))) {
    return { P: H, a: h.map((value, j) => value + s * g[j]), b: δ.map((value) => s * value) };
  }
  return undefined;
}

/** The smooth part of what ADMM adds to each trade: ½ρa_j(n − t)ᵀD(n − t), as the weight ρ and the diagonal of D. */
export interface Proximity {
  readonly ρ: number;
  readonly D: Float64Array;
}

/** Minimizes the smooth part of a form, with prices p_j of trades added to it, over holdings that the route allows. */
export interface Minimizer {
  /**
   * Writes the trades, M rows of m; the first takes what the others leave of X.
   *
   * @param prices - M rows of m; undefined for none
   */
  readonly solve: (prices: Float64Array | undefined, trades: Float64Array) => void;
}

/** Holdings y_1 … y_M of a direction in which a form does not rise, from y_0 = 0: the proof that it has no minimum. */
export interface Fall {
  readonly holdings: Float64Array;
  /** What it adds to the form, 0 or below. */
  readonly change: number;
}

/** Trades from the second on that are done, and the first that takes the rest: n_1 = X − Σ n_j. */
export function closeTrades({ market, steps }: PortfolioForm, trades: Float64Array): void {
  const { m, positions } = market;
  for (let i = 0; i < m; i++) {
    let later = 0;
    for (let j = steps - 1; j > 0; j--) later += trades[j * m + i];
    trades[i] = positions[i] - later;
  }
}

/** Holdings after trades, summed from the end, where they are 0: y_1 … y_M. */
export function holdingsAfter(trades: Float64Array, steps: number, m: number): Float64Array {
  const y = new Float64Array(steps * m);
  for (let at = (steps - 1) * m - 1; at >= 0; at--) y[at] = y[at + m] + trades[at + m];
  return y;
}
