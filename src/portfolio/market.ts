/**
 * A portfolio's market in buffers, interval by interval: the one place where matrices and profile are read.
 *
 * @module
 */
import { bufferOf } from "./matrices";
import type { Portfolio } from "./portfolio";

/** Matrices of m × m in one buffer each, and N factors of each. */
export interface PortfolioMarket {
  /** Number of names m. */
  readonly m: number;
  /** Number of intervals N. */
  readonly N: number;
  /** X. */
  readonly positions: Float64Array;
  /** C. */
  readonly covariance: Float64Array;
  /** H. */
  readonly temporary: Float64Array;
  /** Γ. */
  readonly permanent: Float64Array;
  /** ½(Γ + Γᵀ). */
  readonly symmetricPart: Float64Array;
  /** ½(Γ − Γᵀ); undefined where Γ is symmetric. */
  readonly skewPart: Float64Array | undefined;
  readonly halfSpreads: Float64Array;
  readonly drifts: Float64Array;
  /** τ_k. */
  readonly lengths: Float64Array;
  readonly covarianceFactors: Float64Array;
  readonly temporaryFactors: Float64Array;
  readonly permanentFactors: Float64Array;
  readonly spreadFactors: Float64Array;
  readonly driftFactors: Float64Array;
  /** 1 where the portfolio may trade, 0 where it may not. */
  readonly open: Uint8Array;
}

const markets = new WeakMap<Portfolio, PortfolioMarket>();

/** The market of a checked portfolio. */
export function portfolioMarket(portfolio: Portfolio): PortfolioMarket {
  const known = markets.get(portfolio);
  if (known !== undefined) return known;
  const { intervals: N, positions, profile = {}, horizon } = portfolio;
  const m = positions.length;
  const each = (values: readonly number[] | undefined): Float64Array =>
    values === undefined ? new Float64Array(N).fill(1) : Float64Array.from(values);
  const permanent = bufferOf(portfolio.permanentImpact, m);
  const open = new Uint8Array(N).fill(1);
  profile.open?.forEach((isOpen, k) => {
    if (!isOpen) open[k] = 0;
  });
  const market: PortfolioMarket = {
    ...{ m, N, permanent, open, ...symmetricAndSkew(permanent, m) },
    positions: Float64Array.from(positions),
    covariance: bufferOf(portfolio.covariance, m),
    temporary: bufferOf(portfolio.temporaryImpact, m),
    halfSpreads: Float64Array.from(portfolio.halfSpreads),
    drifts: Float64Array.from(portfolio.drifts),
    lengths:
      profile.lengths === undefined
        ? new Float64Array(N).fill(horizon / N)
        : Float64Array.from(profile.lengths),
    covarianceFactors: each(profile.covariance),
    temporaryFactors: each(profile.temporaryImpact),
    permanentFactors: each(profile.permanentImpact),
    spreadFactors: each(profile.halfSpreads),
    driftFactors: each(profile.drifts),
  };
  markets.set(portfolio, market);
  return market;
}

function symmetricAndSkew(
  permanent: Float64Array,
  m: number,
): Pick<PortfolioMarket, "symmetricPart" | "skewPart"> {
  const symmetricPart = permanent.slice();
  const skewPart = new Float64Array(m * m);
  let isSkew = false;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const [low, high] = [permanent[i * m + j], permanent[j * m + i]];
      if (low === high) continue;
      isSkew = true;
      symmetricPart[i * m + j] = symmetricPart[j * m + i] = 0.5 * low + 0.5 * high;
      skewPart[i * m + j] = 0.5 * low - 0.5 * high;
      skewPart[j * m + i] = -skewPart[i * m + j];
    }
  }
  return { symmetricPart, skewPart: isSkew ? skewPart : undefined };
}
