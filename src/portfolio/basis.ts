/**
 * The holdings that are neutral: a basis of what is orthogonal to given weights.
 *
 * @module
 */

/** Z as m rows of r, with orthonormal columns. */
export interface NeutralBasis {
  readonly Z: Float64Array;
  readonly r: number;
}

/** Weights that are left with less than this part of themselves by the others depend on them. */
const dependent = 1e-10;

/** The columns of H_1 ⋯ H_g beyond the first g, reflections that turn the weights into the first g directions. */
export function neutralBasis(weights: readonly Float64Array[], m: number): NeutralBasis {
  const reflections: Float64Array[] = [];
  for (const given of weights) {
    const w = given.slice();
    const size = lengthFrom(w, 0);
    for (const u of reflections) reflect(w, u);
    const g = reflections.length;
    const rest = lengthFrom(w, g);
    if (g === m || rest <= dependent * size) continue;
    const u = new Float64Array(m);
    u.set(w.subarray(g), g);
    u[g] += u[g] < 0 ? -rest : rest;
    const norm = lengthFrom(u, g);
    reflections.push(u.map((value) => value / norm));
  }
  const r = m - reflections.length;
  const Z = new Float64Array(m * r);
  for (let j = 0; j < r; j++) {
    const column = new Float64Array(m);
    column[m - r + j] = 1;
    for (let g = reflections.length - 1; g >= 0; g--) reflect(column, reflections[g] as Float64Array);
    for (let i = 0; i < m; i++) Z[i * r + j] = column[i];
  }
  return { Z, r };
}

function lengthFrom(w: Float64Array, first: number): number {
  let sum = 0;
  for (let i = first; i < w.length; i++) sum += w[i] * w[i];
  return Math.sqrt(sum);
}

/** w − 2(uᵀw)u. */
function reflect(w: Float64Array, u: Float64Array): void {
  let along = 0;
  for (let i = 0; i < w.length; i++) along += u[i] * w[i];
  for (let i = 0; i < w.length; i++) w[i] -= 2 * along * u[i];
}
