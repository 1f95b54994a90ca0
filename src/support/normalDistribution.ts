/**
 * The standard normal distribution.
 *
 * @module
 */

/** Density at z. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * Probability of not exceeding z, to about 1e-15 relative in the lower tail too.
 *
 * Source: G. Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11 (2004), for the middle; Laplace's
 * continued fraction of Mills' ratio (Abramowitz and Stegun 26.2.14) for the tails.
 */
export function normalProbability(z: number): number {
  const size = Math.abs(z);
  // Further in, the fraction converges slowly; further out, the series' terms cancel.
  if (size > 1.7) {
    let ratio = size;
    for (let k = 400; k >= 1; k--) ratio = size + k / ratio;
    const tail = normalDensity(size) / ratio;
    return z < 0 ? tail : 1 - tail;
  }
  let [term, sum] = [z, z];
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}

/**
 * Quantile: the z that is not exceeded with probability p, to about 1e-16 relative, for 0 < p < 1.
 *
 * Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
 * 37 (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
  }
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size =
    r <= 5
      ? polynomial(middleTop, r - 1.6) / polynomial(middleBottom, r - 1.6)
      : polynomial(farTop, r - 5) / polynomial(farBottom, r - 5);
  return q < 0 ? -size : size;
}

/** c₀ + c₁ r + c₂ r² + … */
function polynomial(coefficients: readonly number[], r: number): number {
  return coefficients.reduceRight((value, coefficient) => value * r + coefficient, 0);
}

const centreTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const centreBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const middleTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const middleBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const farTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const farBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
];
