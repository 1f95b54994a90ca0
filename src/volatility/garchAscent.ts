/**
 * Newton's method towards the greatest likelihood of a GARCH(1,1), within the bounds of its parameters.
 *
 * @module
 */
import { activeAt, boundsFrom, type Face, faceAt, moved } from "./garchFace";
import {
  type GarchSample,
  type LikelihoodPoint,
  likelihoodAt,
  logLikelihoodOf,
  negativeTwice,
  type Vector3,
} from "./garchLikelihood";
import { dot, solveSmallQuadratic } from "./smallQuadratic";

/** Where a climb has ended. */
export interface Ascent {
  readonly θ: Vector3;
  /** The likelihood at θ. */
  readonly point: LikelihoodPoint;
  /** What the derivatives say there. */
  readonly face: Face;
  /** Whether no step within the bounds promises anything. */
  readonly isDone: boolean;
  readonly iterations: number;
}

interface Step {
  readonly step: readonly number[];
  /** The bounds that hold the full step's end. */
  readonly active: readonly number[];
  /** What the step gains if the likelihood is what its derivatives say. */
  readonly promised: number;
  /** Whether the likelihood is concave in all directions. */
  readonly isConcave: boolean;
}

const mostIterations = 200;

/** Below this a promise is not worth another step: the likelihood's sum is rounded to some 1e-11. */
const leastPromise = 1e-8;

/**
 * Climbs from a start until no step promises anything, or none keeps its promise.
 *
 * @returns `undefined` where the way leads to a maximum that is known
 */
export function climb(start: Vector3, sample: GarchSample, known: readonly Ascent[]): Ascent | undefined {
  let θ = moved(start, [0, 0, 0], []);
  let point = likelihoodAt(θ, sample);
  let isDone = false;
  let iterations = 0;
  while (!isDone && iterations < mostIterations) {
    iterations++;
    const next = nextStep(θ, point);
    isDone = next.promised < leastPromise;
    if (next.isConcave && known.some((ascent) => staysBelow(ascent, point, next.promised))) return undefined;
    const reached = alongStep(θ, point, next, sample);
    if (reached === undefined) break;
    θ = reached;
    point = likelihoodAt(θ, sample);
    if (known.some((ascent) => isBelow(ascent, θ, point))) return undefined;
  }
  return { θ, point, face: faceAt(activeAt(θ), point), isDone, iterations };
}

/** Whether a point lies on the slope of a maximum: as far below it as its derivatives say. */
function isBelow({ θ: top, point: highest, isDone }: Ascent, θ: Vector3, point: LikelihoodPoint): boolean {
  const d = θ.map((value, i) => value - top[i]);
  const { gradient, hessian } = highest;
  const bend = d.reduce((sum, di, i) => sum + di * dot(hessian.slice(3 * i, 3 * i + 3), d), 0);
  const expected = -dot(gradient, d) - 0.5 * bend;
  const actual = highest.logLikelihood - point.logLikelihood;
  return isDone && expected >= 0 && expected < 5 && Math.abs(actual - expected) < 0.1 * expected + 1e-9;
}

/** Whether what a concave likelihood promises, three times over, does not reach a maximum that is known. */
function staysBelow(
  { point: highest, isDone }: Ascent,
  { logLikelihood }: LikelihoodPoint,
  promised: number,
): boolean {
  return isDone && logLikelihood + 3 * promised + 0.01 < highest.logLikelihood;
}

/** Newton's step where the likelihood is concave, or concave along the bounds that hold; else one that is made concave. */
function nextStep(θ: Vector3, point: LikelihoodPoint): Step {
  const active = activeAt(θ);
  const bounds = boundsFrom(θ);
  const whole = faceAt([], point);
  const face = whole.shape === "strict" || active.length === 0 ? undefined : faceAt(active, point);
  if (face?.step !== undefined && face.isPushed) {
    const { step, gain } = face;
    if (bounds.every(({ normal, level }) => dot(normal, step) >= level - 1e-15)) {
      return { step, active, promised: gain, isConcave: false };
    }
  }
  const g = point.gradient.map((slope) => -slope);
  const added = whole.shape === "strict" ? [0] : [0.01, 0.1, 1, 10];
  for (const μ of added) {
    const B = point.hessian.map(
      (value, i) => μ * point.information[i] * (i % 4 === 0 ? 1 + 1e-9 : 1) - value,
    );
    if (μ > 0 && faceAt([], { ...point, hessian: B.map((value) => -value) }).shape !== "strict") continue;
    const answer = solveSmallQuadratic(g, B, bounds);
    if (answer !== undefined) {
      return { ...answer, promised: -0.5 * dot(g, answer.step), isConcave: μ === 0 };
    }
  }
  const B = point.information.map((value, i) => (i % 4 === 0 ? value * (1 + 1e-6) : value));
  const answer = solveSmallQuadratic(g, B, bounds);
  if (answer === undefined)
    return { step: [0, 0, 0], active, promised: Number.POSITIVE_INFINITY, isConcave: false };
  return { ...answer, promised: -0.5 * dot(g, answer.step), isConcave: false };
}

/**
 * Where the step leads higher: halved as often as it must be, and doubled as long as it gains more than it promised;
 * `undefined` where no length leads higher.
 */
function alongStep(
  θ: Vector3,
  { logLikelihood }: LikelihoodPoint,
  { step, active, promised }: Step,
  sample: GarchSample,
): Vector3 | undefined {
  const isLast = promised < leastPromise;
  // What rounding takes from a last step, which doubles the digits of the parameters and gains nothing to speak of.
  const rounding = isLast ? 1e-10 * Math.abs(logLikelihood) : 0;
  const at = (length: number): Vector3 =>
    length === 1
      ? moved(θ, step, active)
      : moved(
          θ,
          step.map((whole) => length * whole),
          [],
        );
  const gainOf = (point: Vector3): number =>
    logLikelihoodOf(negativeTwice(point, sample), sample.squares.length) - logLikelihood;
  let [next, gain] = [at(1), gainOf(at(1))];
  for (let length = 0.5; gain < 1e-4 * promised - rounding; length /= 2) {
    if (length < 1e-10) return undefined;
    next = at(length);
    gain = gainOf(next);
  }
  if (isLast || gain < 1.5 * promised) return next;
  for (let length = 2; length < 1e6; length *= 2) {
    const further = at(length);
    const more = gainOf(further);
    if (!(more > 1.2 * gain)) return next;
    [next, gain] = [further, more];
  }
  return next;
}
