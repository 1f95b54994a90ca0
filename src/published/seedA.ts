/**
 * Seed A ("Market Impact — Almgren–Chriss (AC) Optimal Execution") as it prints itself, faults kept, so that a
 * notebook can lay its figures beside the library's. Parameters keep the seed's own names for the same reason.
 * Not part of the library's public face, and nothing in the library calls it.
 *
 * The faults, by the letters under which the functions below name them:
 *
 * - (a) the formula charges a trade its own permanent impact in full and exposes x_0; the simulation does neither;
 * - (b) the programme sells, and is simulated with the signs of a buyer;
 * - (c) a tridiagonal system is announced, a dense one is solved;
 * - (d) one unit is misprinted and one is unclear: γ is currency/share², not currency/share, and σ, "per √(time unit
 *   of Δt)", is currency/share per √time of the unit of T, whatever Δt is.
 *
 * @module
 */
import { Matrix, solve } from "ml-matrix";
import { anyFinite, checkNumbers } from "../support/checks";
import { InputError } from "../support/errors";
import { Sum } from "../support/numbers";

/** The seed's record of parameters, with the units that its numbers really have, see fault (d). */
export interface SeedAParameters {
  /** Shares to sell. */
  readonly X0: number;
  /** Horizon (seconds). */
  readonly T: number;
  /** Number of slices. */
  readonly N: number;
  /** Temporary impact η (currency·second/share²). */
  readonly eta: number;
  /** Permanent impact γ (currency/share²; printed as currency per share). */
  readonly gamma: number;
  /** Volatility σ (currency/share/√second; printed as per √ of the unit of Δt). */
  readonly sigma: number;
  /** Risk aversion λ (1/currency). */
  readonly lam: number;
}

/** A trajectory by the seed's three arrays. */
export interface SeedATrajectory {
  /** x_0 … x_N, shares remaining before slice t (N + 1 numbers). */
  readonly remaining: readonly number[];
  /** v_0 … v_{N−1}, trading rates (N numbers, shares/second). */
  readonly rates: readonly number[];
  /** q_0 … q_{N−1}, shares traded in slice t (N numbers). */
  readonly trades: readonly number[];
}

/** What the seed's formula says of a trajectory. */
export interface SeedACosts {
  /** E[C] (currency). */
  readonly expectedCost: number;
  /** Var(C) (currency²). */
  readonly costVariance: number;
  /** J = E[C] + λ Var(C) (currency). */
  readonly objective: number;
}

/** One λ of the seed's frontier, with the formula's costs of its optimum. */
export interface SeedAFrontierPoint extends SeedACosts {
  /** λ (1/currency). */
  readonly riskAversion: number;
}

/** Realised costs of a trajectory over the given price paths. */
export interface SeedASimulation {
  /** Sample mean (currency). */
  readonly mean: number;
  /** Sample standard deviation, with divisor n − 1 (currency). */
  readonly standardDeviation: number;
  /** The cost of each path (currency). */
  readonly costs: readonly number[];
}

/** The parameters that the seed's dataclass falls back to. */
export const seedADefaults: SeedAParameters = Object.freeze({
  X0: 1_000_000,
  T: 3600,
  N: 60,
  eta: 1e-6,
  gamma: 1e-7,
  sigma: 0.02,
  lam: 1e-6,
});

/** The parameters of the seed's example, with which all of its figures are drawn. */
export const seedAExample: SeedAParameters = Object.freeze({
  ...seedADefaults,
  eta: 5e-7,
  sigma: 0.004,
  lam: 2e-6,
});

/** The 20 risk aversions of the seed's frontier, evenly spaced in their logarithm from 1e-8 to 1e-3 (1/currency). */
export const seedARiskAversions: readonly number[] = Object.freeze(
  Array.from({ length: 20 }, (_, i) => 10 ** (-8 + (5 * i) / 19)),
);

/**
 * A record of parameters.
 *
 * @param changes - what differs from the seed's defaults
 * @returns the defaults with the changes
 *
 * Source: seed A section 1, `ACParams`.
 *
 * @example
 * ```ts
 * seedAParameters({ N: 30 }).sigma; // → 0.02
 * ```
 */
export function seedAParameters(changes: Partial<SeedAParameters> = {}): SeedAParameters {
  return Object.freeze({ ...seedADefaults, ...changes });
}

/**
 * The matrix Q with which the seed's objective is J = xᵀQx over x_0 … x_N.
 *
 * @param parameters - the seed's parameters
 * @returns its N + 1 rows, almost all zeros: Q is tridiagonal
 *
 * Source: seed A section 1, `build_Q_matrix`.
 *
 * @example
 * ```ts
 * const Q = seedAMatrix(seedAExample);
 * Q[0][2]; // → 0
 * Q[60][60] === 5e-7 / 60; // → true
 * ```
 */
export function seedAMatrix(parameters: SeedAParameters): readonly (readonly number[])[] {
  const { N, T, eta: η, gamma: γ, sigma: σ, lam: λ } = parameters;
  const Δ = T / N;
  const Q = Matrix.zeros(N + 1, N + 1);
  for (let t = 0; t < N; t++) {
    const beside = (-γ - (2 * η) / Δ) / 2;
    Q.set(t, t, Q.get(t, t) + (γ + η / Δ + λ * σ ** 2 * Δ));
    Q.set(t, t + 1, Q.get(t, t + 1) + beside);
    Q.set(t + 1, t, Q.get(t, t + 1));
    Q.set(t + 1, t + 1, Q.get(t + 1, t + 1) + η / Δ);
  }
  return Object.freeze(Q.to2DArray().map((row) => Object.freeze(row)));
}

/**
 * The trajectory with the smallest J, by a dense solve for x_1 … x_{N−1}: fault (c).
 *
 * @param parameters - the seed's parameters
 * @returns the trajectory
 *
 * Source: seed A section 1, `solve_optimal_trajectory`.
 *
 * @example
 * ```ts
 * seedAOptimalTrajectory(seedAExample).remaining[1]; // → 834289.2991
 * ```
 */
export function seedAOptimalTrajectory(parameters: SeedAParameters): SeedATrajectory {
  const { X0, N } = parameters;
  if (N === 1) return trajectory(parameters, [X0, 0]);
  const Q = seedAMatrix(parameters);
  const inside = Q.slice(1, N);
  const interior = new Matrix(inside.map((row) => row.slice(1, N)));
  // The other end of the boundary holds 0 shares and adds nothing.
  const constant = Matrix.columnVector(inside.map((row) => -row[0] * X0));
  return trajectory(parameters, [X0, ...solve(interior, constant).to1DArray(), 0]);
}

/**
 * Equal slices.
 *
 * @param parameters - the seed's parameters
 * @returns the trajectory
 *
 * Source: seed A section 1, `twap_trajectory`.
 *
 * @example
 * ```ts
 * seedATwap(seedAParameters({ N: 4 })).trades; // → [250000, 250000, 250000, 250000]
 * ```
 */
export function seedATwap(parameters: SeedAParameters): SeedATrajectory {
  const { X0, N } = parameters;
  return trajectory(
    parameters,
    Array.from({ length: N + 1 }, (_, t) => (X0 * (N - t)) / N),
  );
}

/**
 * Cost and variance by the seed's formula,
 *
 *     E[C] = Σ_{t=0}^{N−1} (γ x_t q_t + (η/Δt) q_t²)        Var(C) = σ² Δt Σ_{t=0}^{N−1} x_t²
 *
 * which is the law of timing `"end"`, not that of {@link seedASimulation}: fault (a). The simulation's expected
 * cost is less by γ Σ q_t², its variance by σ² Δt x_0².
 *
 * @param remaining - x_0 … x_N (N + 1 numbers, shares)
 * @param parameters - the seed's parameters
 * @returns expected cost, variance and objective
 * @throws InputError when there are not N + 1 finite numbers
 *
 * Source: seed A section 1, `evaluate_cost_variance`.
 *
 * @example
 * ```ts
 * seedACosts(seedATwap(seedAExample).remaining, seedAExample).objective; // → 90337.56
 * ```
 */
export function seedACosts(remaining: readonly number[], parameters: SeedAParameters): SeedACosts {
  const { N, T, eta: η, gamma: γ, sigma: σ, lam: λ } = parameters;
  const x = checkNumbers("remaining", remaining, N + 1, anyFinite, "shares");
  const Δ = T / N;
  let expectedCost = 0;
  let costVariance = 0;
  for (let t = 0; t < N; t++) {
    const held = x[t];
    const q = held - x[t + 1];
    expectedCost += γ * held * q + (η / Δ) * q ** 2;
    costVariance += held ** 2 * σ ** 2 * Δ;
  }
  return Object.freeze({ expectedCost, costVariance, objective: expectedCost + λ * costVariance });
}

/**
 * The seed's sweep of λ: the optimum of each, priced by {@link seedACosts} and so with fault (a).
 *
 * @param parameters - the seed's parameters; its own `lam` does not matter
 * @param riskAversions - the λ (default: the seed's 20, from 1e-8 to 1e-3) (1/currency)
 * @returns one point a λ, in the same order
 *
 * Source: seed A section 3, `efficient_frontier`.
 *
 * @example
 * ```ts
 * seedAFrontier(seedAExample)[0].expectedCost; // → 50979.02
 * ```
 */
export function seedAFrontier(
  parameters: SeedAParameters,
  riskAversions: readonly number[] = seedARiskAversions,
): readonly SeedAFrontierPoint[] {
  return Object.freeze(
    riskAversions.map((riskAversion) => {
      const swept = { ...parameters, lam: riskAversion };
      const costs = seedACosts(seedAOptimalTrajectory(swept).remaining, swept);
      return Object.freeze({ riskAversion, ...costs });
    }),
  );
}

/**
 * The seed's simulation: trades push the price up, fills lie above it, and the cost is what was paid beyond
 * X_0 S_0. Those are a buyer's signs for an order that sells: fault (b). A fill does not contain its own trade's
 * permanent impact and the first is not exposed to noise: fault (a), the law is that of timing `"start"`.
 *
 * @param remaining - x_0 … x_N (N + 1 numbers, shares)
 * @param parameters - the seed's parameters
 * @param normals - standard normal numbers `normals[path][t]`, two or more rows of N; the seed draws 200 rows and
 *   uses the same ones for every trajectory
 * @param arrivalPrice - S_0 (default: the seed's 100) (currency/share)
 * @returns mean, standard deviation and every path's cost, positive = money lost
 * @throws InputError when `remaining` or `normals` are not of that shape
 *
 * Source: seed A section 4, `simulate_execution`.
 *
 * @example
 * ```ts
 * const still = [new Array(60).fill(0), new Array(60).fill(0)];
 * seedASimulation(seedATwap(seedAExample).remaining, seedAExample, still).mean; // → 49305.56
 * ```
 */
export function seedASimulation(
  remaining: readonly number[],
  parameters: SeedAParameters,
  normals: readonly (readonly number[])[],
  arrivalPrice = 100,
): SeedASimulation {
  return simulate(remaining, parameters, normals, arrivalPrice, -1);
}

/**
 * {@link seedASimulation} with the signs of a seller, which the seed does not have: trades push the price down,
 * fills lie below it, and the cost is what was missed of X_0 S_0. The law of the cost is the same; on the same
 * draws the noise counts the other way round.
 *
 * @param remaining - x_0 … x_N (N + 1 numbers, shares)
 * @param parameters - the seed's parameters
 * @param normals - standard normal numbers `normals[path][t]`, two or more rows of N
 * @param arrivalPrice - S_0 (default: the seed's 100) (currency/share)
 * @returns mean, standard deviation and every path's cost, positive = money lost
 * @throws InputError when `remaining` or `normals` are not of that shape
 *
 * @example
 * ```ts
 * const still = [new Array(60).fill(0), new Array(60).fill(0)];
 * seedASellerSimulation(seedATwap(seedAExample).remaining, seedAExample, still).mean; // → 49305.56
 * ```
 */
export function seedASellerSimulation(
  remaining: readonly number[],
  parameters: SeedAParameters,
  normals: readonly (readonly number[])[],
  arrivalPrice = 100,
): SeedASimulation {
  return simulate(remaining, parameters, normals, arrivalPrice, 1);
}

function simulate(
  remaining: readonly number[],
  { X0, T, N, eta: η, gamma: γ, sigma: σ }: SeedAParameters,
  normals: readonly (readonly number[])[],
  S0: number,
  sign: 1 | -1,
): SeedASimulation {
  const x = checkNumbers("remaining", remaining, N + 1, anyFinite, "shares");
  if (!Array.isArray(normals) || normals.length < 2) {
    throw new InputError("normals", normals, `an array of two or more rows of ${N} numbers`);
  }
  const Δ = T / N;
  const costs = normals.map((row, path) => {
    const ζ = checkNumbers(`normals[${path}]`, row, N, anyFinite, "standard normal");
    let S = S0;
    let value = 0;
    for (let t = 0; t < N; t++) {
      const q = x[t] - x[t + 1];
      value += q * (S - sign * η * (q / Δ));
      S = S + σ * Math.sqrt(Δ) * ζ[t] - sign * γ * q;
    }
    return sign * (X0 * S0 - value);
  });
  const mean = total(costs) / costs.length;
  const squares = total(costs.map((cost) => (cost - mean) ** 2));
  return Object.freeze({
    mean,
    standardDeviation: Math.sqrt(squares / (costs.length - 1)),
    costs: Object.freeze(costs),
  });
}

function trajectory({ T, N }: SeedAParameters, remaining: readonly number[]): SeedATrajectory {
  const trades = remaining.slice(1).map((after, t) => remaining[t] - after);
  return Object.freeze({
    remaining: Object.freeze(remaining),
    rates: Object.freeze(trades.map((q) => q / (T / N))),
    trades: Object.freeze(trades),
  });
}

function total(values: readonly number[]): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value;
}
