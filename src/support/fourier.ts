/**
 * Fast Fourier transforms of 2^s complex numbers, real and imaginary parts in arrays of their own, between natural and bit-reversed
 * order.
 *
 * @module
 */

/** Powers of ω = e^(−2πi/L) for one pass over blocks of L numbers: ω^j, ω^2j, ω^3j with j < L/4. */
export interface Pass {
  readonly length: number;
  readonly powers: Float64Array;
}

/** What transforms of h = M/2 complex numbers share, in which M real ones are packed. */
export interface Plan {
  readonly half: number;
  readonly passes: readonly Pass[];
  /** Which k lies at each place. */
  readonly order: Uint32Array;
  /** ω^k, ω = e^(−2πi/M), at each place. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

const plans = new Map<number, Plan>();

/** The smallest power of 2 that is at least so much, and at least 4. */
export function powerOfTwo(least: number): number {
  let size = 4;
  while (size < least) size *= 2;
  return size;
}

/** Where −k lies, if k lies at place p: in bit-reversed order places 2^s … 2^(s+1) − 1 hold each other's. */
export function partner(p: number): number {
  const from = 1 << (31 - Math.clz32(p));
  return 3 * from - 1 - p;
}

/** @param size - M */
export function planOf(size: number): Plan {
  const known = plans.get(size);
  if (known !== undefined) return known;
  const half = size / 2;
  const order = new Uint32Array(half);
  for (let p = 1; p < half; p++) order[p] = (order[p >> 1] >> 1) | (p % 2 === 1 ? half >> 1 : 0);
  const passes: Pass[] = [];
  for (let length = half; length >= 4; length /= 4) {
    const powers = new Float64Array(6 * (length / 4));
    for (let j = 0; j < length / 4; j++) {
      for (let power = 1; power <= 3; power++) {
        const angle = (-2 * Math.PI * power * j) / length;
        powers[6 * j + 2 * power - 2] = Math.cos(angle);
        powers[6 * j + 2 * power - 1] = Math.sin(angle);
      }
    }
    passes.push({ length, powers });
  }
  const plan: Plan = {
    ...{ half, passes, order },
    cosines: Float64Array.from(order, (k) => Math.cos((-2 * Math.PI * k) / size)),
    sines: Float64Array.from(order, (k) => Math.sin((-2 * Math.PI * k) / size)),
  };
  plans.set(size, plan);
  return plan;
}

/** The transform, in place: two halvings a pass, and one more where their number is odd. */
export function forward(re: Float64Array, im: Float64Array, passes: readonly Pass[]): void {
  const h = re.length;
  for (const { length, powers } of passes) {
    const quarter = length >> 2;
    for (let from = 0; from < h; from += length) {
      for (let j = 0; j < quarter; j++) {
        const at = 6 * j;
        const c1 = powers[at];
        const s1 = powers[at + 1];
        const c2 = powers[at + 2];
        const s2 = powers[at + 3];
        const c3 = powers[at + 4];
        const s3 = powers[at + 5];
        const a = from + j;
        const b = a + quarter;
        const c = b + quarter;
        const d = c + quarter;
        const acRe = re[a] + re[c];
        const acIm = im[a] + im[c];
        const bdRe = re[b] + re[d];
        const bdIm = im[b] + im[d];
        const lessRe = re[a] - re[c];
        const lessIm = im[a] - im[c];
        const besideRe = re[b] - re[d];
        const besideIm = im[b] - im[d];
        re[a] = acRe + bdRe;
        im[a] = acIm + bdIm;
        const bRe = acRe - bdRe;
        const bIm = acIm - bdIm;
        re[b] = bRe * c2 - bIm * s2;
        im[b] = bRe * s2 + bIm * c2;
        // −i and i times what lies beside.
        const cRe = lessRe + besideIm;
        const cIm = lessIm - besideRe;
        re[c] = cRe * c1 - cIm * s1;
        im[c] = cRe * s1 + cIm * c1;
        const dRe = lessRe - besideIm;
        const dIm = lessIm + besideRe;
        re[d] = dRe * c3 - dIm * s3;
        im[d] = dRe * s3 + dIm * c3;
      }
    }
  }
  if (isOddPower(h)) halve(re, im);
}

/** h times the inverse transform, in place. */
export function backward(re: Float64Array, im: Float64Array, passes: readonly Pass[]): void {
  const h = re.length;
  if (isOddPower(h)) halve(re, im);
  for (let i = passes.length - 1; i >= 0; i--) {
    const { length, powers } = passes[i];
    const quarter = length >> 2;
    for (let from = 0; from < h; from += length) {
      for (let j = 0; j < quarter; j++) {
        const at = 6 * j;
        const c1 = powers[at];
        const s1 = powers[at + 1];
        const c2 = powers[at + 2];
        const s2 = powers[at + 3];
        const c3 = powers[at + 4];
        const s3 = powers[at + 5];
        const a = from + j;
        const b = a + quarter;
        const c = b + quarter;
        const d = c + quarter;
        const bRe = re[b] * c2 + im[b] * s2;
        const bIm = im[b] * c2 - re[b] * s2;
        const cRe = re[c] * c1 + im[c] * s1;
        const cIm = im[c] * c1 - re[c] * s1;
        const dRe = re[d] * c3 + im[d] * s3;
        const dIm = im[d] * c3 - re[d] * s3;
        const moreRe = re[a] + bRe;
        const moreIm = im[a] + bIm;
        const lessRe = re[a] - bRe;
        const lessIm = im[a] - bIm;
        const sumRe = cRe + dRe;
        const sumIm = cIm + dIm;
        const apartRe = cRe - dRe;
        const apartIm = cIm - dIm;
        re[a] = moreRe + sumRe;
        im[a] = moreIm + sumIm;
        re[c] = moreRe - sumRe;
        im[c] = moreIm - sumIm;
        re[b] = lessRe - apartIm;
        im[b] = lessIm + apartRe;
        re[d] = lessRe + apartIm;
        im[d] = lessIm - apartRe;
      }
    }
  }
}

function isOddPower(h: number): boolean {
  return (31 - Math.clz32(h)) % 2 === 1;
}

/** Sums and differences of neighbors. */
function halve(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 2) {
    const [x, y] = [re[a], im[a]];
    re[a] = x + re[a + 1];
    im[a] = y + im[a + 1];
    re[a + 1] = x - re[a + 1];
    im[a + 1] = y - im[a + 1];
  }
}
