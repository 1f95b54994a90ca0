/**
 * The bounds of a GARCH(1,1)'s parameters, and what a maximum on some of them must satisfy.
 *
 * @module
 */
import type { LikelihoodPoint } from "./garchDerivatives";
import type { Vector3 } from "./garchSample";
import { type Bound, dot, eliminate } from "./smallQuadratic";

/** The bounds by what each of them says when it holds. */
export type BoundName = "omega" | "alpha" | "beta" | "persistence";

/** Where ω ends, in units of the mean squared return: at 0 a variance could be 0, and its logarithm is not finite. */
const leastOmega = 1e-9;

const bounds: readonly { readonly name: BoundName; readonly normal: Vector3; readonly level: number }[] = [
  { name: "omega", normal: [1, 0, 0], level: leastOmega },
  { name: "alpha", normal: [0, 1, 0], level: 0 },
  { name: "beta", normal: [0, 0, 1], level: 0 },
  { name: "persistence", normal: [0, -1, -1], level: -1 },
];

/** The bounds as seen from θ: what a step must satisfy. */
export function boundsFrom(θ: Vector3): readonly Bound[] {
  return bounds.map(({ normal, level }) => ({ normal, level: level - dot(normal, θ) }));
}

/** The bounds that hold θ, by their places. */
export function activeAt(θ: Vector3): readonly number[] {
  // 1 − α may be rounded where α + β = 1.
  return bounds.flatMap(({ normal, level }, i) =>
    dot(normal, θ) - level < (i === 0 ? 1e-24 : 1e-15) ? [i] : [],
  );
}

/** θ + step where rounding must not carry a parameter past a bound, or leave it short of one that holds it. */
export function moved([ω, α, β]: Vector3, step: readonly number[], active: readonly number[]): Vector3 {
  const weight = (value: number, bound: number): number =>
    active.includes(bound) ? 0 : Math.min(1, Math.max(0, value));
  const a = weight(α + step[1], 1);
  const b = weight(β + step[2], 2);
  const isHeld = active.includes(3);
  return [
    active.includes(0) ? leastOmega : Math.max(leastOmega, ω + step[0]),
    isHeld && active.includes(2) ? 1 : a,
    isHeld && !active.includes(2) ? 1 - a : Math.min(b, 1 - a),
  ];
}

/** What the derivatives say of a point, along the bounds that hold it. */
export interface Face {
  readonly names: readonly BoundName[];
  /** Whether each bound that holds the point is pushed against (Karush, Kuhn and Tucker). */
  readonly isPushed: boolean;
  /**
   * How the likelihood bends along the bounds: `"strict"` where it falls in every direction, `"level"` where it keeps its
   * value in one to rounding, `"saddle"` where it rises in one.
   */
  readonly shape: "strict" | "level" | "saddle";
  /** Newton's step along the bounds, where the shape is strict. */
  readonly step: Vector3 | undefined;
  /** What the step promises. */
  readonly gain: number;
}

/** Curvature below this part of what the information says is none. */
const levelCurvature = 1e-10;

/** Looks at a point from within the bounds in `active`. */
export function faceAt(active: readonly number[], { gradient, hessian, information }: LikelihoodPoint): Face {
  const names = active.map((bound) => bounds[bound].name);
  const isPushed = multipliers(active, gradient).every((multiplier) => multiplier >= 0);
  const directions = directionsWithin(names);
  const units = directions.map((u) => 1 / Math.sqrt(along(information, u, u)));
  const curvature = directions.map((u, i) =>
    directions.map((v, j) => -along(hessian, u, v) * units[i] * units[j]),
  );
  const shape = shapeOf(curvature);
  if (shape !== "strict") return { names, isPushed, shape, step: undefined, gain: Number.POSITIVE_INFINITY };
  const slopes = directions.map((u, i) => dot(u, gradient) * units[i]);
  const lengths = eliminate(curvature.map((row, i) => [...row, slopes[i]])) ?? [];
  const step = [0, 1, 2].map((k) =>
    directions.reduce((sum, u, i) => sum + lengths[i] * units[i] * u[k], 0),
  ) as unknown as Vector3;
  return { names, isPushed, shape, step, gain: 0.5 * dot(slopes, lengths) };
}

/** uᵀMv. */
function along(M: readonly number[], u: Vector3, v: Vector3): number {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    if (u[i] !== 0) sum += u[i] * (M[3 * i] * v[0] + M[3 * i + 1] * v[1] + M[3 * i + 2] * v[2]);
  }
  return sum;
}

/** m in gradient + Σ m·normal = 0, by least squares. */
function multipliers(active: readonly number[], gradient: Vector3): readonly number[] {
  const normals = active.map((bound) => bounds[bound].normal);
  return eliminate(normals.map((u) => [...normals.map((v) => dot(u, v)), -dot(u, gradient)])) ?? [-1];
}

/** Directions that keep to the bounds. */
function directionsWithin(names: readonly BoundName[]): readonly Vector3[] {
  const isFree = (name: BoundName): boolean => !names.includes(name);
  const directions: Vector3[] = isFree("omega") ? [[1, 0, 0]] : [];
  if (!isFree("persistence")) {
    return isFree("alpha") && isFree("beta") ? [...directions, [0, 1, -1]] : directions;
  }
  if (isFree("alpha")) directions.push([0, 1, 0]);
  if (isFree("beta")) directions.push([0, 0, 1]);
  return directions;
}

/** By the pivots of Cholesky's elimination. */
function shapeOf(matrix: readonly (readonly number[])[]): Face["shape"] {
  const m = matrix.map((row) => [...row]);
  let shape: Face["shape"] = "strict";
  for (let k = 0; k < m.length; k++) {
    const pivot = m[k][k];
    if (!(pivot > -levelCurvature)) return "saddle";
    if (pivot < levelCurvature) {
      // A level direction must not be tied to another one either.
      if (m[k].slice(k + 1).some((value) => Math.abs(value) > Math.sqrt(levelCurvature))) return "saddle";
      shape = "level";
      continue;
    }
    for (let i = k + 1; i < m.length; i++) {
      const factor = m[i][k] / pivot;
      for (let j = k; j < m.length; j++) m[i][j] -= factor * m[k][j];
    }
  }
  return shape;
}
