/**
 * What a portfolio's schedule costs when its market is played out. Nothing here knows the cost formula.
 *
 *     S_k = S_{k−1} + α_k τ_k + √τ_k L_k ζ_k − Γ_k n_k,    L_k L_kᵀ = C_k                     (AC, Appendix A.1)
 *     fill = P_k − ε_k sign n_k − H_k n_k/τ_k                                                   (AC, Appendix A.1)
 *
 * with P_k = S_{k−1} for timing `"start"`, S_k for `"end"`, their mean for `"mid"`. Of m names each path draws m normal numbers an
 * interval; a portfolio of one name draws those of `simulateCosts`.
 *
 * @module
 */
import { exposedPart, ownPart } from "../model/market";
import type { SimulatedCosts, SimulationOptions } from "../simulate/costs";
import { CostSummary } from "../simulate/costs";
import { forEachBlock } from "../simulate/walk";
import { checkInteger, checkKeys, checkProgress } from "../support/checks";
import { checkSeed, fillNormals, type StreamState } from "../support/normals";
import { plainArray, requireFinite } from "../support/numbers";
import { checkPortfolio } from "./define";
import { symmetricEigen } from "./eigen";
import { type PortfolioMarket, portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";
import type { PortfolioSchedule } from "./schedule";
import { checkPath } from "./scheduleGate";

/** How many random numbers are drawn between two reports of progress. */
const reportedDraws = 2e6;

/**
 * Walks paths of all prices, with correlated noise, and trades along them.
 *
 * @param portfolio - a portfolio from `definePortfolio`; its timing says which price a trade gets
 * @param schedule - any schedule of its positions and intervals
 * @param options - number of paths, seed, and a function to report progress to
 * @returns mean and standard deviation of the cost with their standard errors, and every path's cost
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a cost leaves the range of doubles
 *
 * Source: AC, Appendix A.1.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1000, 500], horizon: 1, intervals: 4, covariance: [[1, 0.5], [0.5, 1]], temporaryImpact: [1e-3, 2e-3],
 * });
 * const schedule = equalPortfolioSchedule(portfolio);
 * const { mean, meanError } = simulatePortfolio(portfolio, schedule, { paths: 10_000, seed: 1 });
 * Math.abs(mean - portfolioCost(portfolio, schedule).expectedCost) < 4 * meanError; // → true
 * ```
 */
export function simulatePortfolio(
  portfolio: Portfolio,
  schedule: PortfolioSchedule,
  options: SimulationOptions,
): SimulatedCosts {
  portfolio = checkPortfolio(portfolio);
  const { n } = checkPath(portfolio, schedule);
  const given = checkKeys("simulatePortfolio's options", options, ["paths", "seed", "onProgress"]);
  const paths = checkInteger("paths", given.paths, 2, 100_000_000);
  const seed = checkSeed(given.seed);
  const onProgress = checkProgress(given.onProgress);
  const walk = walkOf(portfolio, n);
  const costs = new Float64Array(paths);
  const summary = new CostSummary();
  let unreported = 0;
  forEachBlock({ end: paths }, seed, (state, first, last) => {
    const block = costs.subarray(first, last);
    play(walk, state, block);
    requireFinite("A simulated cost", block);
    summary.add(block);
    unreported += (last - first) * n.length;
    if (unreported < reportedDraws || last === paths) return;
    onProgress?.(last / paths);
    unreported = 0;
  });
  onProgress?.(1);
  return { ...summary.value, costs: plainArray(costs) };
}

/** What is the same on every path. Prices are counted from the arrival prices, which cancel in the cost. */
interface Walk {
  readonly m: number;
  readonly n: Float64Array;
  /** Parts in which a trade gets the prices before and after its interval. */
  readonly early: number;
  readonly late: number;
  /** Moves of the prices apart from noise, and what fills concede: N rows of m. */
  readonly moves: Float64Array;
  readonly concessions: Float64Array;
  /** Some L with L Lᵀ = C. */
  readonly root: Float64Array;
  /** √(τ_k · factor). */
  readonly noise: Float64Array;
}

function walkOf(portfolio: Portfolio, n: Float64Array): Walk {
  const market = portfolioMarket(portfolio);
  const { m, N, temporary, permanent, lengths: τ, halfSpreads } = market;
  const late = exposedPart(portfolio.timing);
  // The price that the timing gives a trade has taken this part of the trade's own move already.
  const missing = ownPart(portfolio) - late;
  const [moves, concessions] = [new Float64Array(N * m), new Float64Array(N * m)];
  for (let k = 0; k < N; k++) {
    for (let i = 0; i < m; i++) {
      let [move, slope] = [0, 0];
      for (let l = 0; l < m; l++) {
        move -= permanent[i * m + l] * n[k * m + l];
        slope += temporary[i * m + l] * n[k * m + l];
      }
      move *= market.permanentFactors[k];
      const at = k * m + i;
      moves[at] = market.driftFactors[k] * market.drifts[i] * τ[k] + move;
      const half = market.spreadFactors[k] * halfSpreads[i] * Math.sign(n[at]);
      concessions[at] = missing * move - half - (market.temporaryFactors[k] * slope) / τ[k];
    }
  }
  const noise = τ.map((length, k) => Math.sqrt(length * market.covarianceFactors[k]));
  return { ...{ m, n, early: 1 - late, late, moves, concessions, noise }, root: rootOf(market) };
}

/** L with L Lᵀ = C: Cholesky's where no pivot vanishes, else from the eigenvectors. */
function rootOf({ m, covariance: C }: PortfolioMarket): Float64Array {
  const L = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = C[i * m + j];
      for (let k = 0; k < j; k++) rest -= L[i * m + k] * L[j * m + k];
      if (i === j && !(rest > 1e-12 * C[i * m + i])) return eigenRoot(C, m);
      L[i * m + j] = i === j ? Math.sqrt(rest) : rest / L[j * m + j];
    }
  }
  return L;
}

function eigenRoot(C: Float64Array, m: number): Float64Array {
  const { values, vectors } = symmetricEigen(C, m);
  const root = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) root[i * m + j] = vectors[j * m + i] * Math.sqrt(Math.max(0, values[j]));
  }
  return root;
}

/** The cost of the next paths of a stream. */
function play(
  { m, n, early, late, moves, concessions, root, noise }: Walk,
  state: StreamState,
  costs: Float64Array,
): void {
  const N = noise.length;
  const ζ = new Float64Array(N * m);
  const prices = new Float64Array(m);
  for (let path = 0; path < costs.length; path++) {
    fillNormals(state, ζ, N * m);
    prices.fill(0);
    let proceeds = 0;
    for (let k = 0; k < N; k++) {
      for (let i = 0; i < m; i++) {
        let shock = 0;
        for (let j = 0; j < m; j++) shock += root[i * m + j] * ζ[k * m + j];
        const at = k * m + i;
        const after = prices[i] + moves[at] + noise[k] * shock;
        proceeds += n[at] * (early * prices[i] + late * after + concessions[at]);
        prices[i] = after;
      }
    }
    costs[path] = -proceeds;
  }
}
