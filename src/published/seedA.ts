/**
 * Seed A ("Market Impact — Almgren–Chriss (AC) Optimal Execution") as it prints itself, faults kept, so that a
 * notebook can lay its figures beside the library's. Parameters keep the seed's own names for the same reason.
 * Not part of the library's public face, and nothing in the library calls it.
 *
 * The faults, by the letters under which the functions below name them:
 *
 * - (a) the formula charges a trade its own permanent impact in full and exposes x_0; the simulation does neither;
 * - (b) the program sells, and is simulated with the signs of a buyer;
 * - (c) a tridiagonal system is announced, a dense one is solved;
 * - (d) one unit is misprinted and one is unclear: γ is currency/share², not currency/share, and σ, "per √(time unit
 *   of Δt)", is currency/share per √time of the unit of T, whatever Δt is.
 *
 * @module
 */
import { Matrix, solve } from "ml-matrix";
import { anyFinite, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { checkSeedA } from "./checkSeedA";
import {
  type SeedACosts,
  type SeedAFrontierPoint,
  type SeedAParameters,
  type SeedATrajectory,
  seedARiskAversions,
} from "./seedAParameters";

export * from "./seedAParameters";
export * from "./seedASimulation";

/**
 * The matrix Q with which the seed's objective is J = xᵀQx over x_0 … x_N.
 *
 * @param parameters - the seed's parameters
 * @returns its N + 1 rows, almost all zeros: Q is tridiagonal
 * @throws InputError when an argument is not what it should be
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
  const { N, T, eta: η, gamma: γ, sigma: σ, lam: λ } = checkSeedA(parameters);
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
 * @throws InputError when an argument is not what it should be
 *
 * Source: seed A section 1, `solve_optimal_trajectory`.
 *
 * @example
 * ```ts
 * seedAOptimalTrajectory(seedAExample).remaining[1]; // → 834289.2991
 * ```
 */
export function seedAOptimalTrajectory(parameters: SeedAParameters): SeedATrajectory {
  const { X0, N } = checkSeedA(parameters);
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
 * @throws InputError when an argument is not what it should be
 *
 * Source: seed A section 1, `twap_trajectory`.
 *
 * @example
 * ```ts
 * seedATwap(seedAParameters({ N: 4 })).trades; // → [250000, 250000, 250000, 250000]
 * ```
 */
export function seedATwap(parameters: SeedAParameters): SeedATrajectory {
  const { X0, N } = checkSeedA(parameters);
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
 * which is the distribution under timing `"end"`, not that of {@link seedASimulation}: fault (a). The simulation's expected
 * cost is less by γ Σ q_t², its variance by σ² Δt x_0².
 *
 * @param remaining - x_0 … x_N (N + 1 numbers, shares)
 * @param parameters - the seed's parameters
 * @returns expected cost, variance and objective
 * @throws InputError when there are not N + 1 finite numbers, or a parameter is not what it should be
 *
 * Source: seed A section 1, `evaluate_cost_variance`.
 *
 * @example
 * ```ts
 * seedACosts(seedATwap(seedAExample).remaining, seedAExample).objective; // → 90337.56
 * ```
 */
export function seedACosts(remaining: readonly number[], parameters: SeedAParameters): SeedACosts {
  const { N, T, eta: η, gamma: γ, sigma: σ, lam: λ } = checkSeedA(parameters);
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
 * @throws InputError when an argument is not what it should be
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
  checkSeedA(parameters);
  if (!isList(riskAversions)) {
    throw new InputError("riskAversions", riskAversions, "an array of numbers (1/currency)");
  }
  const all = checkNumbers("riskAversions", riskAversions, riskAversions.length, anyFinite, "1/currency");
  return Object.freeze(
    all.map((riskAversion) => {
      const swept = { ...parameters, lam: riskAversion };
      const costs = seedACosts(seedAOptimalTrajectory(swept).remaining, swept);
      return Object.freeze({ riskAversion, ...costs });
    }),
  );
}

function trajectory({ T, N }: SeedAParameters, remaining: readonly number[]): SeedATrajectory {
  const trades = remaining.slice(1).map((after, t) => remaining[t] - after);
  return Object.freeze({
    remaining: Object.freeze(remaining),
    rates: Object.freeze(trades.map((q) => q / (T / N))),
    trades: Object.freeze(trades),
  });
}
