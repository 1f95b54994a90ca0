/**
 * The schedule whose largest regret over several models is least: min over n of max over j of U_j(n) − least U_j. Its dual weighs the
 * models: whatever the weights w, which sum to 1,
 *
 *     g(w) = min_n Σ w_j U_j(n) − Σ w_j (least U_j)   ≤   least largest regret   ≤   largest regret of any schedule
 *
 * so that weights at which both sides meet prove the answer; they are the least favorable prior. g is concave, with the regrets at its
 * schedule as its gradient and −Gᵀ P G as its second derivatives, where the columns of G are the marginal costs of the models and P is the
 * inverse of Σ w_j H_j over trades that sum to 0. Both searches are Newton's method.
 *
 * @module
 */
import { solveFactored } from "../support/cholesky";
import { total } from "../support/numbers";
import {
  dot,
  type House,
  houseOf,
  lawGradient,
  mixtureFactor,
  mixtureGradient,
  type RobustModel,
  regretsOf,
  sharedGradient,
} from "./robustHouse";
import { bestWeights } from "./robustWeights";

/** The answer, with its proof. */
export interface RobustTrades {
  readonly trades: Float64Array;
  /** w_j, 0 or above, which sum to 1. */
  readonly weights: Float64Array;
  /** g(w): no schedule has a smaller largest regret (currency). */
  readonly bound: number;
}

const mostRounds = 60;

/** Searches weights until the proof is within a billionth of the regrets, or rounding ends it. */
export function robustTrades(models: readonly RobustModel[], start: readonly number[]): RobustTrades {
  const house = houseOf(models);
  const k = models.length;
  let weights: Float64Array = new Float64Array(k).fill(1 / k);
  let at = minimizeMixture(house, weights, Float64Array.from(start));
  for (let round = 0; round < mostRounds; round++) {
    const regrets = regretsOf(house, at.trades);
    const value = dot(weights, regrets);
    const worst = Math.max(...regrets);
    if (worst - value <= 1e-13 * worst) break;
    const target = bestWeights(weights, regrets, mixtureCurvature(house, at));
    let next: Mixture | undefined;
    let moved: Float64Array = weights;
    for (let length = 1; length > 1e-6; length /= 2) {
      moved = weights.map((w, j) => w + length * (target[j] - w));
      const tried = minimizeMixture(house, moved, at.trades);
      const triedRegrets = regretsOf(house, tried.trades);
      const higher = dot(moved, triedRegrets);
      // Near the end rounding hides what the value gains, but not what the proof lacks.
      if (higher > value || Math.max(...triedRegrets) - higher < 0.5 * (worst - value)) {
        next = tried;
        break;
      }
    }
    if (next === undefined) break;
    [weights, at] = [moved, next];
  }
  return { trades: at.trades, weights, bound: dot(weights, regretsOf(house, at.trades)) };
}

/** The cheapest trades for weights. */
interface Mixture {
  readonly trades: Float64Array;
  readonly weights: Float64Array;
  /** Places of the trades above 0, and the factor of Σ w_j H_j over them. */
  readonly free: readonly number[];
  readonly factor: Float64Array;
}

/** Newton's method over n ≥ 0, Σ n = X, from trades that satisfy both. */
function minimizeMixture(house: House, weights: Float64Array, start: Float64Array): Mixture {
  const { shares: X, open } = house;
  const trades = start.map((n, k) => (open[k] === 1 ? Math.max(n, 0) : 0));
  const held = Uint8Array.from(trades, (n) => (n > 0 ? 0 : 1));
  let free: number[] = [];
  let factor: Float64Array = new Float64Array(0);
  for (let iteration = 0; iteration < 200; iteration++) {
    free = Array.from(trades.keys()).filter((k) => open[k] === 1 && held[k] === 0);
    factor = mixtureFactor(house, weights, trades, free);
    const gradient = mixtureGradient(house, weights, trades);
    const { step, price } = newtonStep(factor, free, gradient);
    let [length, blocking] = [1, -1];
    free.forEach((k, i) => {
      const most = step[i] < 0 ? trades[k] / -step[i] : Number.POSITIVE_INFINITY;
      if (most < length) [length, blocking] = [most, k];
    });
    // A step to the edge is cut short, as a power's marginal cost has no slope there.
    const taken = blocking === -1 ? 1 : 0.99 * length;
    free.forEach((k, i) => {
      trades[k] += taken * step[i];
    });
    const largest = step.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
    if (blocking !== -1 && trades[blocking] < 1e-9 * X) {
      spread(trades, free, trades[blocking], blocking);
      held[blocking] = 1;
      continue;
    }
    if (blocking !== -1 || largest > 1e-12 * X) continue;
    const released = Array.from(held.keys()).find(
      (k) => open[k] === 1 && held[k] === 1 && gradient[k] < price - 1e-9 * Math.abs(price),
    );
    if (released === undefined) break;
    held[released] = 0;
    trades[released] = 1e-6 * X;
    spread(trades, free, -1e-6 * X, -1);
  }
  return { trades, weights, free, factor };
}

/** Gives shares of a trade that is held at 0 to the others, in proportion. */
function spread(trades: Float64Array, free: readonly number[], shares: number, from: number): void {
  if (from !== -1) trades[from] = 0;
  const others = free.filter((k) => k !== from);
  const sum = others.reduce((total, k) => total + trades[k], 0);
  for (const k of others) trades[k] += (shares * trades[k]) / sum;
}

/** The step of Newton's method that keeps the sum, and the price that all free trades approach. */
function newtonStep(
  L: Float64Array,
  free: readonly number[],
  gradient: Float64Array,
): { readonly step: Float64Array; readonly price: number } {
  const f = free.length;
  const ones = solveFactored(L, f, new Float64Array(f).fill(1));
  const down = solveFactored(
    L,
    f,
    Float64Array.from(free, (k) => -gradient[k]),
  );
  const price = -total(down) / total(ones);
  return { step: down.map((d, i) => d + price * ones[i]), price };
}

/** Gᵀ P G: how fast regrets level when weights move. */
function mixtureCurvature(house: House, { trades, free, factor }: Mixture): Float64Array {
  const { laws } = house;
  const k = laws.length;
  const f = free.length;
  const shared = sharedGradient(house, trades);
  const G = laws.map((law) => {
    const gradient = lawGradient(house, law, trades);
    return Float64Array.from(free, (place) => shared[place] + gradient[place]);
  });
  const ones = solveFactored(factor, f, new Float64Array(f).fill(1));
  const whole = total(ones);
  const moved = G.map((gradient) => {
    const solved = solveFactored(factor, f, gradient.slice());
    const share = total(solved) / whole;
    return solved.map((value, i) => value - share * ones[i]);
  });
  const M = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) M[i * k + j] = dot(G[i], moved[j]);
  return M;
}
