/**
 * Seed A's simulation as it prints it, with the signs of a buyer (fault b of `seedA.ts`), and with those of a seller.
 *
 * @module
 */
import { anyFinite, checkNumber, checkNumbers } from "../support/checks";
import { InputError } from "../support/errors";
import { total } from "../support/numbers";
import { checkSeedA } from "./checkSeedA";
import type { SeedAParameters, SeedASimulation } from "./seedAParameters";

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
 * @throws InputError when an argument is not what it should be
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
 * fills lie below it, and the cost is what was missed of X_0 S_0. The distribution of the cost is the same; on the same
 * draws the noise counts the other way round.
 *
 * @param remaining - x_0 … x_N (N + 1 numbers, shares)
 * @param parameters - the seed's parameters
 * @param normals - standard normal numbers `normals[path][t]`, two or more rows of N
 * @param arrivalPrice - S_0 (default: the seed's 100) (currency/share)
 * @returns mean, standard deviation and every path's cost, positive = money lost
 * @throws InputError when an argument is not what it should be
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
  parameters: SeedAParameters,
  normals: readonly (readonly number[])[],
  S0: number,
  sign: 1 | -1,
): SeedASimulation {
  const { X0, T, N, eta: η, gamma: γ, sigma: σ } = checkSeedA(parameters);
  checkNumber("arrivalPrice", S0, anyFinite, "currency/share");
  const x = checkNumbers("remaining", remaining, N + 1, anyFinite, "shares");
  if (!Array.isArray(normals) || normals.length < 2) {
    throw new InputError("normals", normals, `an array of two or more rows of ${N} numbers`);
  }
  const Δ = T / N;
  const costs = Array.from(normals, (row, path) => {
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
