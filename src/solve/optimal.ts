/**
 * The optimum, whatever the law of impact.
 *
 * @module
 */
import { structureOf } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactStructure } from "../model/law";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { quadraticOptimum } from "./closedForm";
import { separableOptimum } from "./separable";
import { transientOptimum } from "./transient";

/** Who finds the optimum, by what the expected cost looks like. */
const optima: Readonly<Record<ImpactStructure, (problem: ExecutionProblem) => Schedule>> = {
  quadratic: quadraticOptimum,
  separable: separableOptimum,
  transient: transientOptimum,
};

/**
 * The schedule that minimizes E + λV over all schedules of the order, without bounds on the trades.
 *
 * In a market that is the same in every interval, with θ from `urgency`, the optimum is the paper's
 *
 *     x_k = X sinh((N−k)θ)/sinh(Nθ) + (s α τ/2a) w_k,      n_k = x_{k−1} − x_k
 *     w_k = sinh(kθ/2) sinh((N−k)θ/2) / (2 sinh²(θ/2) cosh(Nθ/2))
 *
 * with sines for λ < 0 and the straight line, w_k = k(N−k)/2, for λ = 0. The second term is the answer to a
 * price trend α; written so, it needs no division by λ. Everything is evaluated through decaying exponentials,
 * so that no urgency is too large, and trades are computed directly, not as differences. Holdings and trades below
 * 1e-300 of the order are 0.
 *
 * Where the problem's profile varies, and where timing `"mid"` meets intervals so long that the optimal holdings change
 * sign from one to the next, the optimum comes from the first-order conditions by elimination.
 *
 * Under a law whose temporary impact is a function of each trade by itself, such as a power law, it comes from shooting on one
 * price. There risk aversion must be 0 or above. With an exponent above 1, timing `"mid"` lets the last, nearly free trades alternate
 * in sign, which lower bounds of 0 prevent. Where the cost of a trade is not convex, which timing `"start"` with permanent
 * impact can do, trades are sought from 0 to the order, and the answer is proven to be the best of these, or refused with
 * the gap that is left. Where shares may be left that bear permanent impact, trades are sought from 0 to the order as well, and the
 * problem is refused where neither risk nor the temporary impact of such trades is shown to make E + λV convex in what is left.
 *
 * Where impact fades, every trade meets every other. Where it fades as exponentials and no trade goes against the order, the optimum
 * comes from dynamic programming, whose time grows with the number of intervals alone; over intervals of one length, up to 20,000,
 * from conjugate gradients with fast Fourier transforms; and otherwise, as where
 * shares may be left, from a full matrix, up to 3,000 intervals.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the optimal schedule
 * @throws InputError when `problem` is not from `defineProblem`, or has a negative risk aversion and a law that is not linear
 * @throws NoOptimumError when there is no such optimum: the cost is not convex in the trades, λ is negative
 *   beyond the convexity limit, or the smooth optimum reverses while the spread costs (the error's fields say
 *   which, and prove it)
 * @throws RangeError when the optimum leaves the range of doubles, or a strong drift makes holdings more than 1e8 times
 *   the order, whose rounding swallows it
 *
 * Source: AC eqs. 16–19; § 4.1 for the drift; derivation for timing `"end"` and for w in the module's tests.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000,
 *   horizon: 5,
 *   intervals: 5,
 *   volatility: 0.95,
 *   temporaryImpact: 2.5e-6,
 *   permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625,
 *   riskAversion: 1e-6,
 * });
 * const schedule = optimalSchedule(problem);
 * schedule.remaining.map((x) => Math.round(x)); // → [1000000, 541956, 289854, 147897, 62142, 0]
 * Math.round(costReport(problem, schedule).expectedCost); // → 911227
 * ```
 */
export function optimalSchedule(problem: ExecutionProblem): Schedule {
  problem = checkProblem(problem);
  return optima[structureOf(problem)](problem);
}
