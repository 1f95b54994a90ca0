/**
 * Prices of neutral combinations for a certificate, fitted by least squares to a schedule's own marginal costs.
 *
 * @module
 */
/** All trades, N rows of m. */
export interface Cells {
  readonly m: number;
  /** The schedule's trades. */
  readonly n: Float64Array;
  /** Marginal costs without the spread. */
  readonly slopes: Float64Array;
  /** ε. */
  readonly spreads: Float64Array;
  /** μD. */
  readonly squares: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Rounds of the fit, each with the trades at a bound that contradict the last one; and steps of each. */
const rounds = 60;
const mostSteps = 400;

/**
 * θ_k, N rows of a price for each combination, that make R = marginal cost + θ_kᵀp_i − ν_i vanish where a trade lies between its
 * bounds, and keep its sign where it lies at one. Least squares in units of shares, by conjugate gradients.
 */
export function fitPrices(cells: Cells, neutral: readonly Float64Array[]): Float64Array {
  const { m, n, squares } = cells;
  const G = neutral.length;
  const N = n.length / m;
  const unit = neutral.map((weights) => weights.reduce((most, p) => Math.max(most, Math.abs(p)), 0));
  const p = neutral.map((weights, g) => weights.map((value) => value / unit[g]));
  const θ = new Float64Array(N * G + m);
  const target = new Float64Array(n.length);
  const weight = new Float64Array(n.length);
  const largest = squares.reduce((most, value) => Math.max(most, value), 0);
  for (let round = 0; round < rounds; round++) {
    let changed = 0;
    for (let at = 0; at < n.length; at++) {
      const fitted = round === 0 ? 0 : priceOf(p, θ, m, at);
      const wanted = wantedPrice(cells, at, fitted, round === 0);
      const isUsed = wanted !== undefined;
      if (isUsed !== weight[at] > 0 || (isUsed && wanted !== target[at])) changed++;
      weight[at] = isUsed ? (largest > 0 ? largest / squares[at] : 1) : 0;
      target[at] = wanted ?? 0;
    }
    if (changed === 0) break;
    leastSquares(p, { m, target, weight }, θ);
  }
  return Float64Array.from({ length: N * G }, (_, at) => θ[at] / unit[at % G]);
}

/** What ν_i − θ_kᵀp_i must be; undefined where the trade is at a bound, or is 0, and agrees with what was fitted. */
function wantedPrice(
  { n, slopes, spreads, lower, upper }: Cells,
  at: number,
  fitted: number,
  isFirst: boolean,
): number | undefined {
  const [canRise, canFall] = [n[at] < upper[at], n[at] > lower[at]];
  const up = slopes[at] + (n[at] < 0 ? -spreads[at] : spreads[at]);
  const down = slopes[at] + (n[at] > 0 ? spreads[at] : -spreads[at]);
  if (canRise && canFall && up === down) return up;
  if (isFirst) return undefined;
  // A price above what one share more costs asks for it, one below what one share less saves for that.
  if (canRise && fitted > up) return up;
  if (canFall && fitted < down) return down;
  return undefined;
}

/** ν_i − θ_kᵀp_i of a trade. */
function priceOf(p: readonly Float64Array[], θ: Float64Array, m: number, at: number): number {
  const G = p.length;
  const [k, i] = [Math.floor(at / m), at % m];
  let price = θ[θ.length - m + i];
  for (let g = 0; g < G; g++) price -= θ[k * G + g] * p[g][i];
  return price;
}

/** Moves θ and ν, in one buffer, to where Σ weight (price − target)² is least. */
function leastSquares(
  p: readonly Float64Array[],
  { m, target, weight }: { readonly m: number; readonly target: Float64Array; readonly weight: Float64Array },
  θ: Float64Array,
): void {
  const size = θ.length;
  const squares = normalDiagonal(p, m, weight, size);
  const precondition = (r: Float64Array): Float64Array =>
    r.map((value, at) => (squares[at] > 0 ? value / squares[at] : 0));
  const price = (vector: Float64Array): Float64Array =>
    weight.map((w, at) => (w === 0 ? 0 : priceOf(p, vector, m, at)));
  const current = price(θ);
  const r = gather(
    p,
    m,
    weight,
    target.map((value, at) => value - current[at]),
    size,
  );
  let z = precondition(r);
  let direction = z.slice();
  let along = dotOf(r, z);
  const enough = 1e-28 * along;
  for (let step = 0; step < mostSteps && along > enough && along > 0; step++) {
    const image = gather(p, m, weight, price(direction), size);
    const length = along / dotOf(direction, image);
    if (!Number.isFinite(length)) return;
    for (let at = 0; at < size; at++) {
      θ[at] += length * direction[at];
      r[at] -= length * image[at];
    }
    z = precondition(r);
    const next = dotOf(r, z);
    const ratio = next / along;
    direction = direction.map((value, at) => z[at] + ratio * value);
    along = next;
  }
}

/** What a change of each price does, summed over the trades with their weights. */
function gather(
  p: readonly Float64Array[],
  m: number,
  weight: Float64Array,
  values: Float64Array,
  size: number,
): Float64Array {
  const G = p.length;
  const sums = new Float64Array(size);
  for (let at = 0; at < values.length; at++) {
    const value = weight[at] * values[at];
    if (value === 0) continue;
    const [k, i] = [Math.floor(at / m), at % m];
    sums[size - m + i] += value;
    for (let g = 0; g < G; g++) sums[k * G + g] -= value * p[g][i];
  }
  return sums;
}

function normalDiagonal(
  p: readonly Float64Array[],
  m: number,
  weight: Float64Array,
  size: number,
): Float64Array {
  const G = p.length;
  const sums = new Float64Array(size);
  for (let at = 0; at < weight.length; at++) {
    const [k, i] = [Math.floor(at / m), at % m];
    sums[size - m + i] += weight[at];
    for (let g = 0; g < G; g++) sums[k * G + g] += weight[at] * p[g][i] * p[g][i];
  }
  return sums;
}

function dotOf(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
