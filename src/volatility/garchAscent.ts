/**
 * Newton's method towards the greatest likelihood of a GARCH(1,1), within the bounds of its parameters.
 *
 * @module
 */

import { type LikelihoodPoint, likelihoodAt } from "./garchDerivatives";
import { activeAt, boundsFrom, type Face, faceAt, moved } from "./garchFace";
import { type GarchSample, logLikelihoodOf, negativeTwice, type Vector3 } from "./garchSample";
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
    // A start says little of the way that it begins: one step on, the way does.
    if (next.isConcave && iterations > 1 && known.some((ascent) => risesTo(ascent, θ, point, sample)))
      return undefined;
    const reached = alongStep(θ, point, next, sample);
    if (reached === undefined) break;
    [θ, point] = [reached.θ, reached.point];
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

/**
 * Whether the likelihood rises ever more slowly, as a hill does, on the straight way from a point to a maximum that stands
 * clear of α = 0. Where it does not stand clear, data say little, and likelihoods have several maxima close to each other.
 */
function risesTo(hill: Ascent, θ: Vector3, point: LikelihoodPoint, sample: GarchSample): boolean {
  const d = θ.map((value, i) => hill.θ[i] - value);
  let slope = dot(point.gradient, d);
  if (!(slope > 0) || !standsClear(hill)) return false;
  let [before, below] = [0, point.logLikelihood];
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const at: Vector3 = [θ[0] + part * d[0], θ[1] + part * d[1], θ[2] + part * d[2]];
    const value = part === 1 ? hill.point.logLikelihood : logLikelihood(at, sample);
    const next = (value - below) / (part - before);
    if (!(next > 0 && next <= slope)) return false;
    [before, below, slope] = [part, value, next];
  }
  return true;
}

/** Whether a maximum lies within all bounds, strict, with α more than four of its normal errors above 0. */
export function standsClear({ θ, point, face, isDone }: Ascent): boolean {
  if (!isDone || face.names.length > 0 || face.shape !== "strict") return false;
  const [ωω, ωα, ωβ, , αα, αβ, , , ββ] = point.hessian;
  const minor = ωω * ββ - ωβ * ωβ;
  const determinant = ωω * (αα * ββ - αβ * αβ) - ωα * (ωα * ββ - αβ * ωβ) + ωβ * (ωα * αβ - αα * ωβ);
  return θ[1] ** 2 > (16 * minor) / -determinant;
}

/** Newton's step where the likelihood is concave, or concave along the bounds that hold; else one that is made concave. */
function nextStep(θ: Vector3, point: LikelihoodPoint): Step {
  const active = activeAt(θ);
  const bounds = boundsFrom(θ);
  const isWithin = (step: Vector3, slack: number): boolean =>
    bounds.every(({ normal, level }) => dot(normal, step) >= level - slack);
  const whole = faceAt([], point);
  if (whole.step !== undefined && isWithin(whole.step, 0)) {
    return { step: whole.step, active: [], promised: whole.gain, isConcave: true };
  }
  const face = whole.shape === "strict" || active.length === 0 ? undefined : faceAt(active, point);
  if (face?.step !== undefined && face.isPushed) {
    const { step, gain } = face;
    if (isWithin(step, 1e-15)) return { step, active, promised: gain, isConcave: false };
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

/** A point with its likelihood. */
type Place = Pick<Ascent, "θ" | "point">;

/**
 * Where the step leads higher: halved as often as it must be, and doubled as long as it gains more than it promised;
 * `undefined` where no length leads higher.
 */
function alongStep(
  θ: Vector3,
  { logLikelihood: from }: LikelihoodPoint,
  { step, active, promised, isConcave }: Step,
  sample: GarchSample,
): Place | undefined {
  const isLast = promised < leastPromise;
  // What rounding takes from a last step, which doubles the digits of the parameters and gains nothing to speak of.
  const least = 1e-4 * promised - (isLast ? 1e-10 * Math.abs(from) : 0);
  const whole = moved(θ, step, active);
  // Where the likelihood is concave the whole step mostly holds, and its derivatives are needed next.
  const point = isConcave ? likelihoodAt(whole, sample) : undefined;
  const gain = (point?.logLikelihood ?? logLikelihood(whole, sample)) - from;
  const at = (length: number): Vector3 =>
    moved(
      θ,
      step.map((full) => length * full),
      [],
    );
  const gainAt = (length: number): number => logLikelihood(at(length), sample) - from;
  const place = (end: Vector3): Place => ({ θ: end, point: likelihoodAt(end, sample) });
  if (!(gain >= least)) {
    const length = halved(gainAt, least);
    return length === undefined ? undefined : place(at(length));
  }
  const length = isLast || gain < 1.5 * promised ? 1 : doubled(gainAt, gain);
  return length === 1 ? { θ: whole, point: point ?? likelihoodAt(whole, sample) } : place(at(length));
}

/** The longest of 1/2, 1/4, … of a step that gains enough. */
function halved(gainAt: (length: number) => number, least: number): number | undefined {
  for (let length = 0.5; length >= 1e-10; length /= 2) {
    if (gainAt(length) >= least) return length;
  }
  return undefined;
}

/** The last of 1, 2, 4, … times a step that gains more than the one before. */
function doubled(gainAt: (length: number) => number, gain: number): number {
  let length = 1;
  for (let best = gain; length < 1e6; length *= 2) {
    const more = gainAt(2 * length);
    if (!(more > 1.2 * best)) break;
    best = more;
  }
  return length;
}

/** The log-likelihood alone. */
function logLikelihood(θ: Vector3, sample: GarchSample): number {
  return logLikelihoodOf(negativeTwice(θ, sample), sample.squares.length);
}
