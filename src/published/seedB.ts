/**
 * Seed B ("Almgren-Chriss Optimal Execution", section 1) as it prints itself, faults kept, so that a notebook can lay
 * its figures beside the library's. Not part of the library's public face, and nothing in the library calls it.
 *
 * The faults, by the letters under which the functions below name them:
 *
 * - (a) n_k = x_k − x_{k−1} is printed beside x_k = X − Σ n_j: the sign is that of a buy;
 * - (b) the formula has (η − ½γτ)/τ, the code (η − ½γ)/τ, which agree for τ = 1 only;
 * - (c) the code's variance is σ²Σ(X − n)², with a trade in the place of the holding and without τ ("Wrong, needs to be
 *   corrected"), where the formula has σ²τΣx²;
 * - (d) its X is 1,000 in the variance and 40,000 in the expectation;
 * - (e) `twap`, `vwap` and `marketimpact` do not run, and `linprog` is called without arguments.
 *
 * @module
 */
import { anyFinite, checkNumber, checkNumbers, isList, positive } from "../support/checks";
import { InputError } from "../support/errors";

/** The parameters that the seed's functions default to. */
export const seedBParameters: {
  /** Size of the order (shares). */
  readonly X: number;
  /** Horizon. */
  readonly T: number;
  /** Number of intervals. */
  readonly N: number;
  /** Length of an interval. */
  readonly tau: number;
  /** Permanent impact γ. */
  readonly gamma: number;
  /** Temporary impact η. */
  readonly eta: number;
  /** Half spread and fees ε. */
  readonly eps: number;
  /** Volatility σ. */
  readonly sigma: number;
  /** Risk aversion λ. */
  readonly riskAversion: number;
} = { X: 40_000, T: 10, N: 10, tau: 1, gamma: 1, eta: 1, eps: 1, sigma: 0.3, riskAversion: 0.5 };

/**
 * The seed's expected shortfall, fault (b) kept.
 *
 * @param n - trades, of whatever sum: the seed's own test trades 100 of its 40,000 shares
 * @param tau - length of an interval
 * @returns ½γX² + εΣ|n| + (η − ½γ)/τ Σn²
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * seedBExpectation([25, 25, 25, 25]); // → 800001350
 * ```
 */
export function seedBExpectation(n: readonly number[], tau: number = seedBParameters.tau): number {
  const trades = checkTrades(n);
  checkNumber("tau", tau, positive, "");
  const { X, gamma, eta, eps } = seedBParameters;
  return (
    0.5 * gamma * X ** 2 +
    eps * sum(trades.map(Math.abs)) +
    ((eta - 0.5 * gamma) / tau) * sum(trades.map(square))
  );
}

/**
 * The seed's variance, faults (c) and (d) kept.
 *
 * @param n - trades
 * @param X - the seed's default, 1,000
 * @returns σ²Σ(X − n)²
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * seedBVariance([25, 25, 25, 25]); // → 342225
 * ```
 */
export function seedBVariance(n: readonly number[], X = 1000): number {
  checkNumber("X", X, anyFinite, "shares");
  return seedBParameters.sigma ** 2 * sum(checkTrades(n).map((trade) => (X - trade) ** 2));
}

/**
 * The seed's objective: what its optimizer minimizes.
 *
 * @param n - trades
 * @returns expectation + ½ variance
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * seedBObjective([25, 25, 25, 25]); // → 800172462.5
 * ```
 */
export function seedBObjective(n: readonly number[]): number {
  return seedBExpectation(n) + seedBParameters.riskAversion * seedBVariance(n);
}

/**
 * The gradient of the seed's objective as its optimizer took it: by forward differences with the step √2⁻⁵². At
 * 8.8e8 doubles lie 2⁻²³ apart, so that every quotient is a multiple of 8.
 *
 * @param n - trades
 * @returns (f(n + h e_k) − f(n))/h for each k
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * seedBForwardDifference(new Array(10).fill(4000))[0]; // → 4272
 * ```
 */
export function seedBForwardDifference(n: readonly number[]): readonly number[] {
  const h = Math.sqrt(Number.EPSILON);
  const trades = checkTrades(n);
  const here = seedBObjective(trades);
  return trades.map(
    (_, k) => (seedBObjective(trades.map((trade, j) => (j === k ? trade + h : trade))) - here) / h,
  );
}

/**
 * The true gradient of the seed's objective.
 *
 * @param n - trades, none of them 0
 * @returns ε sign n_k + 2(η − ½γ)/τ n_k − 2λσ²(X − n_k) for each k
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * seedBGradient(new Array(10).fill(4000))[0]; // → 4271
 * ```
 */
export function seedBGradient(n: readonly number[]): readonly number[] {
  const { tau, gamma, eta, eps, sigma, riskAversion } = seedBParameters;
  return checkTrades(n).map(
    (trade) =>
      eps * Math.sign(trade) +
      ((2 * (eta - 0.5 * gamma)) / tau) * trade -
      2 * riskAversion * sigma ** 2 * (1000 - trade),
  );
}

function checkTrades(n: unknown): readonly number[] {
  if (isList(n) && n.length > 0) return checkNumbers("n", n, n.length, anyFinite, "shares");
  throw new InputError("n", n, "an array of at least one number (shares)");
}

const square = (value: number): number => value * value;

/** Plain addition, as the seed's numpy adds so few terms. */
function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
