/**
 * A straight line by ordinary least squares, with the honest doubts: the one regression that the estimates share.
 *
 * @module
 */
import type { Estimate } from "../support/estimate";
import { total } from "../support/numbers";

/** A fitted line. */
export interface LineFit {
  readonly slope: Estimate;
  /** `undefined` for a line through the origin. */
  readonly intercept: Estimate | undefined;
  /** √(Σ residual² / (n − number of coefficients)), in the unit of y. */
  readonly residualDeviation: number;
  /**
   * Fraction of Σy² that the line explains, y counted from its mean where there is an intercept; 0 where there is nothing
   * to explain.
   */
  readonly rSquared: number;
  /** n. */
  readonly observations: number;
}

/**
 * Fits y = a + b x, or y = b x. The caller sees to it that x varies (or is not all 0) and that there are more
 * observations than coefficients.
 *
 * @throws RangeError when a sum of squares leaves the range of doubles
 */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
  { intercept: hasIntercept }: { readonly intercept: boolean },
): LineFit {
  const n = x.length;
  const xMean = hasIntercept ? total(x) / n : 0;
  const yMean = hasIntercept ? total(y) / n : 0;
  const dx = x.map((value) => value - xMean);
  const dy = y.map((value) => value - yMean);
  const Sxx = total(dx.map((d) => d * d));
  const Syy = total(dy.map((d) => d * d));
  const b = total(dx.map((d, i) => d * dy[i])) / Sxx;
  const unexplained = total(dy.map((d, i) => (d - b * dx[i]) ** 2));
  const s = Math.sqrt(unexplained / (n - (hasIntercept ? 2 : 1)));
  const slopeError = s / Math.sqrt(Sxx);
  const interceptError = s * Math.sqrt(1 / n + (xMean * xMean) / Sxx);
  if (![b, slopeError, interceptError, Sxx, Syy].every(Number.isFinite)) {
    throw new RangeError(
      "The sums of squares leave the range of floating-point numbers. " +
        "State the observations in other units of shares or time.",
    );
  }
  return {
    slope: Object.freeze({ value: b, standardError: slopeError }),
    intercept: hasIntercept
      ? Object.freeze({
          value: yMean - b * xMean,
          standardError: interceptError,
        })
      : undefined,
    residualDeviation: s,
    rSquared: Syy === 0 ? 0 : 1 - unexplained / Syy,
    observations: n,
  };
}
