import {
  definePortfolio,
  type Portfolio,
  type PortfolioInput,
  type PortfolioProfileInput,
} from "../../src/portfolio/index";
import { uniforms } from "./random";

/** What kind of portfolio to make. */
export interface Kind {
  readonly m: number;
  readonly N: number;
  readonly timing?: "start" | "mid" | "end";
  /** Permanent impact that is symmetric, or not. */
  readonly isSkew?: boolean;
  /** Matrices beside their diagonals (default true). */
  readonly isCrossed?: boolean;
  readonly profile?: "none" | "level impact" | "all";
  readonly spread?: number;
  readonly drift?: number;
  readonly riskAversion?: number;
}

/** B Bᵀ/m plus some of the diagonal: a symmetric positive definite matrix of that size. */
export function definite(m: number, size: number, draw: () => number): number[][] {
  const B = Array.from({ length: m }, () => Array.from({ length: m }, () => draw() - 0.3));
  return B.map((row, i) =>
    B.map(
      (other, j) =>
        size *
        (row.reduce((sum, value, k) => sum + value * (other[k] as number), 0) / m + (i === j ? 0.3 : 0)),
    ),
  ).map((row, i, all) => row.map((value, j) => (j < i ? ((all[j] as number[])[i] as number) : value)));
}

/** A portfolio of some thousand shares a name, sold and bought, whose E is convex. */
export function randomPortfolio(seed: number, kind: Kind): Portfolio {
  return definePortfolio(randomInput(seed, kind));
}

/** The input of such a portfolio. */
export function randomInput(seed: number, kind: Kind): PortfolioInput {
  const { m, N, timing = "start", isSkew = false, isCrossed = true, spread = 0, drift = 0 } = kind;
  const draw = uniforms(seed);
  const positions = Array.from({ length: m }, () => Math.round(2000 * (draw() - 0.4)) || 100);
  const matrix = (size: number): number[][] | number[] =>
    isCrossed ? definite(m, size, draw) : Array.from({ length: m }, () => size * (0.5 + draw()));
  const permanentImpact = matrix(1e-4);
  const profile = profileOf(kind.profile ?? "none", N, draw);
  return {
    positions,
    horizon: N / 2,
    intervals: N,
    covariance: definite(m, 0.8, draw),
    temporaryImpact: matrix(1e-3),
    permanentImpact:
      isSkew && isCrossed
        ? (permanentImpact as number[][]).map((row, i) =>
            row.map((value, j) => (i < j ? value + 2e-5 : value)),
          )
        : permanentImpact,
    halfSpreads: positions.map(() => spread * (0.5 + draw())),
    drifts: positions.map(() => drift * (draw() - 0.5)),
    riskAversion: kind.riskAversion ?? 1e-3 * draw(),
    timing,
    ...(profile === undefined ? {} : { profile }),
  };
}

function profileOf(
  kind: "none" | "level impact" | "all",
  N: number,
  draw: () => number,
): PortfolioProfileInput | undefined {
  if (kind === "none") return undefined;
  const factors = (): number[] => Array.from({ length: N }, () => 0.5 + draw());
  const raw = factors();
  const sum = raw.reduce((total, value) => total + value, 0);
  const risk = { covariance: factors(), drifts: factors(), halfSpreads: factors() };
  if (kind === "level impact") return risk;
  return {
    ...risk,
    lengths: raw.map((value) => (N / 2) * (value / sum)),
    temporaryImpact: factors(),
    permanentImpact: factors(),
    open: Array.from({ length: N }, (_, k) => k % 4 !== 2),
  };
}

/** Kinds of every timing, with and without what varies, crosses and is skew. */
export const kinds: readonly Kind[] = (["start", "mid", "end"] as const).flatMap((timing, t) =>
  (["none", "level impact", "all"] as const).flatMap((profile, p) => [
    { m: 3 + t, N: 7 + p, timing, profile, drift: 0.1 },
    { m: 4, N: 6, timing, profile, isSkew: true },
    { m: 5, N: 5 + p, timing, profile, isCrossed: false },
    { m: 1, N: 6, timing, profile, drift: 0.1 },
  ]),
);
