/**
 * The parameters of seed A under its own names, and the shapes of what it computes.
 *
 * @module
 */
import { checkObject } from "../support/checks";
import { checkSeedA } from "./checkSeedA";

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

/** Realized costs of a trajectory over the given price paths. */
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
 * @throws InputError when one of them is no parameter of the seed's, or not what it should be
 *
 * Source: seed A section 1, `ACParams`.
 *
 * @example
 * ```ts
 * seedAParameters({ N: 30 }).sigma; // → 0.02
 * ```
 */
export function seedAParameters(changes: Partial<SeedAParameters> = {}): SeedAParameters {
  return Object.freeze({ ...checkSeedA({ ...seedADefaults, ...checkObject("changes", changes) }) });
}
