/**
 * One step of Newton's method towards the greatest likelihood of a GARCH(1,1), within the bounds of its parameters.
 *
 * @module
 */
import { type GarchSample, type LikelihoodPoint, likelihoodAt, type Vector3 } from "./garchLikelihood";
import { type Bound, dot, solveSmallQuadratic } from "./smallQuadratic";

/** α + β stays below 1, so that there is a variance to return to. */
const largestPersistence = 1 - 1e-8;

/** How far the climb has come. */
export interface Ascent {
  readonly θ: Vector3;
  /** The likelihood at θ. */
  readonly point: LikelihoodPoint;
  /** The bounds that hold θ. */
  readonly active: readonly number[];
  readonly isDone: boolean;
}

/** One step uphill, as long as it leads uphill. */
export function ascend({ θ, point }: Ascent, sample: GarchSample): Ascent {
  const [ω, α, β] = θ;
  const bounds: Bound[] = [
    { normal: [1, 0, 0], level: 1e-9 - ω },
    { normal: [0, 1, 0], level: -α },
    { normal: [0, 0, 1], level: -β },
    { normal: [0, -1, -1], level: α + β - largestPersistence },
  ];
  const g = point.gradient.map((slope) => -slope);
  const curvature = point.hessian.map((value) => -value);
  // Far from the maximum the Hessian need not be definite; the products of scores always are.
  const answer =
    (isPositiveDefinite(curvature) ? solveSmallQuadratic(g, curvature, bounds) : undefined) ??
    solveSmallQuadratic(g, withRidge(point.scoreProducts), bounds);
  if (answer === undefined) return { θ, point, active: [], isDone: false };
  const { step, active } = answer;
  const promised = -dot(g, step);
  // The last step gains less than the likelihood's sum rounds away, and so cannot be judged by it; but it doubles the
  // digits of the parameters.
  if (promised < 1e-9) {
    const last = moved(θ, step, 1);
    return { θ: last, point: likelihoodAt(last, sample), active, isDone: true };
  }
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = moved(θ, step, length);
    const reached = likelihoodAt(next, sample);
    if (reached.logLikelihood >= point.logLikelihood + 1e-4 * length * promised) {
      return { θ: next, point: reached, active, isDone: false };
    }
  }
  // No length leads higher: the likelihood is level to rounding, if the promise was small, and otherwise stuck.
  const back = likelihoodAt(θ, sample);
  return { θ, point: back, active, isDone: promised < 1e-6 };
}

/** θ + length · step, where rounding must not carry a weight below 0. */
function moved([ω, α, β]: Vector3, step: readonly number[], length: number): Vector3 {
  const [dω, dα, dβ] = step as Vector3;
  return [ω + length * dω, Math.max(0, α + length * dα), Math.max(0, β + length * dβ)];
}

/** By the leading minors of a 3 × 3 matrix. */
function isPositiveDefinite(m: readonly number[]): boolean {
  const [a, b, c, , e, f, , , i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const minor = a * e - b * b;
  return a > 0 && minor > 0 && i * minor - a * f * f + 2 * b * c * f - e * c * c > 0;
}

function withRidge(m: readonly number[]): readonly number[] {
  return m.map((value, i) => (i % 4 === 0 ? value * (1 + 1e-8) + 1e-10 : value));
}
