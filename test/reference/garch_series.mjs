/**
 * The 300 series of returns on which fits of GARCH(1,1) are compared with those of another program: kinds that are hard
 * to fit. Run by itself it writes them to standard output, as JSON, for `generate_garch.py`.
 */
import { pathToFileURL } from "node:url";
import seedrandom from "seedrandom";

/**
 * @typedef {object} Series
 * @property {string} kind
 * @property {readonly number[]} returns
 */

/**
 * Standard normal numbers by Box and Muller's method.
 *
 * @param {string} seed
 * @returns {() => number}
 */
export function normals(seed) {
  const uniform = seedrandom.alea(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/**
 * Shocks of variance 1 from Student's distribution.
 *
 * @param {() => number} normal
 * @param {number} degrees of freedom, from 3
 * @returns {() => number}
 */
export function student(normal, degrees) {
  return () => {
    const z = normal();
    let squares = 0;
    for (let k = 0; k < degrees; k++) squares += normal() ** 2;
    return z * Math.sqrt((degrees - 2) / squares);
  };
}

/**
 * A GARCH(1,1) around variance 1, from its own mean level on.
 *
 * @param {number} count
 * @param {number} alpha
 * @param {number} beta
 * @param {() => number} shock
 * @param {number} scale
 * @returns {readonly number[]}
 */
export function garch(count, alpha, beta, shock, scale) {
  let h = 1;
  return Array.from({ length: count }, () => {
    const r = Math.sqrt(h) * shock();
    h = 1 - alpha - beta + alpha * r * r + beta * h;
    return scale * r;
  });
}

const sizes = [0.01, 1e-4, 1e-9, 1, 0.25];
const [pairs, memories] = [
  [0.02, 0.1, 0.06, 0.2, 0.3],
  [0.95, 0.85, 0.92, 0.5, 0.1],
];
const lengths = [250, 500, 750, 1000, 1500];

/** @type {Readonly<Record<string, readonly [count: number, make: (i: number, draw: () => number) => readonly number[]]>>} */
const kinds = {
  constant: [10, (i) => new Array(250).fill((i % 2 === 0 ? 1 : -1) * sizes[i % 5])],
  // Prices that go to and fro between two levels have returns of one size.
  "to and fro": [5, (i) => Array.from({ length: 100 + 60 * i }, (_, t) => (-1) ** t * Math.log(2 + i))],
  "two sizes in turn": [5, (i) => Array.from({ length: 250 }, (_, t) => (t % (i + 2) === 0 ? 0.02 : 0.01))],
  "two sizes by chance": [
    20,
    (i, z) => Array.from({ length: 400 }, () => (z() < 0.2 * (i % 5) ? 0.02 : -0.01)),
  ],
  tiny: [30, (i, z) => garch(lengths[i % 5], pairs[i % 5], memories[i % 5], z, i % 2 === 0 ? 1e-9 : 1e-12)],
  percent: [30, (i, z) => garch(lengths[i % 5], pairs[i % 5], memories[i % 5], z, 1 + (i % 3))],
  "t(3)": [40, (i, z) => garch(lengths[i % 5], 0.06, 0.92, student(z, 3), 0.01)],
  "t(4)": [40, (i, z) => garch(750, pairs[i % 5], memories[i % 5], student(z, 4), 0.01)],
  "crash day": [
    40,
    (i, z) => {
      const returns = Array.from({ length: 1001 }, () => 0.01 * z());
      returns[[500, 100, 950][i % 3] + i] = [-0.15, -0.2, -0.25][i % 3];
      return returns;
    },
  ],
  "near α + β = 1": [40, (i, z) => garch(1000, 0.05 + 0.01 * (i % 10), 0.9499 - 0.01 * (i % 10), z, 0.01)],
  short: [30, (i, z) => garch(100 + 5 * (i % 10), pairs[i % 5], memories[i % 5], student(z, 5), 0.01)],
  "no clusters": [10, (_, z) => Array.from({ length: 500 }, () => 0.01 * z())],
};

/** @type {readonly Series[]} */
export const garchSeries = Object.entries(kinds).flatMap(([kind, [count, make]]) =>
  Array.from({ length: count }, (_, i) => ({ kind, returns: make(i, normals(`garch:${kind}:${i}`)) })),
);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(JSON.stringify(garchSeries));
}
