/**
 * A certificate for a portfolio's schedule, recomputed from the portfolio's data alone.
 *
 * E + λV less its spread lies above its tangent by at least μ Σ_k dᵀD_kd for a difference d of trades, D_k the diagonal of H_k/τ_k and μ
 * from `curvature.ts`. So for any prices ν_i of a name's total and θ_k of what an interval may change of each neutral combination,
 * the objective of every other schedule m within the limits is lower by at most
 *
 *     Σ_{k,i} max_m [ R (n − m) + ε|n| − ε|m| − μD(n − m)² ],     R = marginal cost + θ_kᵀp_i − ν_i,
 *
 * name by name and trade by trade; with μ = 0 this is the gap of Frank and Wolfe. The prices are fitted to the schedule's own marginal
 * costs: bad ones make the bound loose, never wrong.
 *
 * @module
 */
import { anyFinite, checkKeys, checkNumber, checkNumbers, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { finite, type Series } from "../support/numbers";
import { provenCurvature } from "./curvature";
import { checkPortfolio } from "./define";
import { boundGap } from "./gap";
import { checkLimits, freeLimits, type LimitArrays, type PortfolioLimits } from "./limits";
import { portfolioMarginals } from "./marginals";
import { portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";
import type { Cells } from "./prices";
import type { Path, PortfolioSchedule } from "./schedule";
import { readPath } from "./scheduleGate";

/** What `certifyPortfolio` finds, and what it was held to. */
export interface PortfolioCertificate {
  /**
   * - `"optimal"`: the schedule keeps to its limits, and no other one saves more than `tolerance`;
   * - `"not-optimal"`: it keeps to them, and a better one was found, or could not be excluded;
   * - `"infeasible"`: it does not trade the positions, leaves its limits, or contradicts itself;
   * - `"no-optimum"`: E or E + λV is not convex, and no schedule is the optimum.
   */
  readonly verdict: "optimal" | "not-optimal" | "infeasible" | "no-optimum";
  /** The largest violation of positions, sums, caps and neutrality (shares). */
  readonly feasibilityResidual: number;
  /** An upper bound on what any other schedule within the limits could save (currency); NaN where it is infeasible, Infinity for `"no-optimum"`. */
  readonly gapBound: number;
  /** The same in 1/10,000 of the positions' gross value on arrival, where the portfolio has `arrivalPrices`. */
  readonly gapBasisPoints: number | undefined;
  /** What the gap was held to (currency). */
  readonly tolerance: number;
  /** Whether `gapBound` may lie far above the gap: a `reference` near the optimum makes it tight. */
  readonly isGapLoose: boolean;
  /** The part of the temporary impact's own curvature that E + λV is proven to have along every round trip; 0 where it is not convex. */
  readonly curvature: number;
}

/** What `certifyPortfolio` may be told besides. */
export interface CertifyPortfolioOptions {
  /** A gap that is small enough, 0 or above (currency; default: 1e-9 of the schedule's temporary cost, spread and risk together). */
  readonly tolerance?: number | undefined;
  /** Another schedule, near the optimum: the gap is then at most that to it and its own, whatever it is. */
  readonly reference?: PortfolioSchedule | undefined;
  /**
   * Prices of what each interval may change of each neutral combination, N rows, such as `boundedPortfolio` gives: they are tried before
   * others are sought, and prove a bound whatever they are (currency/unit of the combination).
   */
  readonly neutralPrices?: readonly Series[] | undefined;
}

/**
 * Checks whether a portfolio's schedule, from any source, is the optimum of E + λV within limits.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param schedule - any schedule; only the rows `remaining` and `trades` are read, and whatever they hold is judged
 * @param limits - as for `boundedPortfolio`; without them, trades may be any numbers
 * @param options - `tolerance` (currency), and a `reference` that makes the gap of a schedule far from the optimum tight
 * @returns verdict, residual, and a bound on the gap in currency
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when doubles cannot hold what decides
 *
 * Source: the gap of Frank and Wolfe (1956) with the curvature that is known of the objective.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1e6, 1e6], horizon: 5, intervals: 5, covariance: [[0.9, 0.2], [0.2, 0.9]],
 *   temporaryImpact: [2.5e-6, 1.25e-6], riskAversion: 1e-6,
 * });
 * certifyPortfolio(portfolio, portfolioSchedule(portfolio)).verdict; // → "optimal"
 * const twap = equalPortfolioSchedule(portfolio);
 * certifyPortfolio(portfolio, twap).verdict; // → "not-optimal"
 * const reference = portfolioSchedule(portfolio);
 * Math.round(certifyPortfolio(portfolio, twap, undefined, { reference }).gapBound); // → 1449696
 * ```
 */
export function certifyPortfolio(
  portfolio: Portfolio,
  schedule: PortfolioSchedule,
  limits?: PortfolioLimits,
  options: CertifyPortfolioOptions = {},
): PortfolioCertificate {
  portfolio = checkPortfolio(portfolio);
  const path = readPath(portfolio, schedule);
  const arrays = limits === undefined ? freeLimits(portfolio) : checkLimits(portfolio, limits);
  const given = checkKeys("certifyPortfolio's options", options, ["tolerance", "reference", "neutralPrices"]);
  const tolerance =
    given.tolerance === undefined
      ? undefined
      : checkNumber("tolerance", given.tolerance, notNegative, portfolio.currency);
  const reference = options.reference === undefined ? undefined : readPath(portfolio, options.reference);
  const guess =
    given.neutralPrices === undefined ? undefined : checkPrices(portfolio, arrays, given.neutralPrices);
  return judgePath(portfolio, path, arrays, { tolerance, reference, guess });
}

function checkPrices({ intervals: N }: Portfolio, { neutral }: LimitArrays, value: unknown): Float64Array {
  const G = neutral.length;
  if (!isList(value) || value.length !== N) {
    throw new InputError(
      "neutralPrices",
      value,
      `an array of ${N} rows of ${G} numbers, one for each combination`,
    );
  }
  const rows = value.map((row, k) => checkNumbers(`neutralPrices[${k}]`, row, G, anyFinite, ""));
  return Float64Array.from(rows.flat());
}

/** What a certificate may be told. */
interface Hints {
  readonly tolerance?: number | undefined;
  readonly reference?: Path | undefined;
  readonly guess?: Float64Array | undefined;
}

/** The certificate for callers that have checked their arguments. */
export function judgePath(
  portfolio: Portfolio,
  path: Path,
  limits: LimitArrays,
  { tolerance, reference, guess }: Hints = {},
): PortfolioCertificate {
  const feasibilityResidual = infeasibilityOf(portfolio, path, limits);
  const μ = provenCurvature(portfolio);
  const base = { feasibilityResidual, curvature: μ ?? 0, isGapLoose: false };
  const none = { gapBasisPoints: undefined, tolerance: tolerance ?? 0 };
  if (!(feasibilityResidual <= allowedResidual(path)))
    return Object.freeze({ verdict: "infeasible", gapBound: Number.NaN, ...base, ...none });
  if (μ === undefined)
    return Object.freeze({ verdict: "no-optimum", gapBound: Number.POSITIVE_INFINITY, ...base, ...none });
  const own = gapOf(portfolio, path, limits, { μ, tolerance, guess });
  const enough = own.enough;
  let [gapBound, isTight] = [own.bound, own.bound <= enough];
  if (!isTight && reference !== undefined) {
    // Whatever the reference: its own bound counts what it lacks of the limits.
    const other = gapOf(portfolio, reference, limits, { μ, tolerance, guess });
    const bound = Math.max(0, differenceOf(portfolio, path, reference)) + other.bound;
    if (bound < gapBound) [gapBound, isTight] = [bound, other.bound <= 0.01 * bound];
  }
  if (Number.isNaN(gapBound)) finite("The gap of this schedule", gapBound);
  return Object.freeze({
    verdict: gapBound <= enough ? "optimal" : "not-optimal",
    ...{
      feasibilityResidual,
      gapBound,
      gapBasisPoints: basisPointsOf(portfolio, gapBound),
      tolerance: enough,
    },
    ...{ isGapLoose: !isTight, curvature: μ },
  });
}

function basisPointsOf({ arrivalPrices, positions }: Portfolio, gap: number): number | undefined {
  if (arrivalPrices === undefined) return undefined;
  const gross = positions.reduce((sum, x, i) => sum + Math.abs(x * arrivalPrices[i]), 0);
  return gross === 0 ? Number.NaN : (1e4 * gap) / gross;
}

/** A ten-billionth of the largest holding is the rounding of some thousand operations. */
function allowedResidual({ x }: Path): number {
  return 1e-10 * x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The largest violation (shares). */
function infeasibilityOf(portfolio: Portfolio, { x, n }: Path, limits: LimitArrays): number {
  const { m, N, positions, open } = portfolioMarket(portfolio);
  let worst = 0;
  const see = (violation: number): void => {
    if (violation > worst || Number.isNaN(violation)) worst = violation;
  };
  for (let i = 0; i < m; i++) {
    see(Math.abs(x[i] - positions[i]));
    see(Math.abs(x[N * m + i]));
    let sum = 0;
    for (let k = 0; k < N; k++) {
      const at = k * m + i;
      sum += n[at];
      see(Math.abs(x[at] - x[at + m] - n[at]));
      see(n[at] - limits.upper[at]);
      see(limits.lower[at] - n[at]);
    }
    see(Math.abs(sum - positions[i]));
  }
  const first = open.indexOf(1) + 1;
  for (const { weights } of limits.neutral) {
    const largest = weights.reduce((most, p) => Math.max(most, Math.abs(p)), 0);
    for (let k = first; k < N; k++) {
      let held = 0;
      for (let i = 0; i < m; i++) held += weights[i] * x[k * m + i];
      see(Math.abs(held) / largest);
    }
  }
  return worst;
}

function gapOf(
  portfolio: Portfolio,
  path: Path,
  limits: LimitArrays,
  { μ, tolerance, guess }: Pick<Hints, "tolerance" | "guess"> & { readonly μ: number },
): { readonly bound: number; readonly enough: number } {
  const { m, N, positions, halfSpreads, temporary, open, ...market } = portfolioMarket(portfolio);
  const { slopes, size } = portfolioMarginals(portfolio, path);
  const [spreads, squares] = [new Float64Array(N * m), new Float64Array(N * m)];
  for (let at = 0; at < N * m; at++) {
    const [k, i] = [Math.floor(at / m), at % m];
    spreads[at] = market.spreadFactors[k] * halfSpreads[i];
    squares[at] = (μ * market.temporaryFactors[k] * temporary[i * m + i]) / market.lengths[k];
  }
  const { lower, upper } = limits;
  const cells: Cells = { m, n: path.n, slopes, spreads, squares, lower, upper };
  const neutral = limits.neutral.map(({ weights }) => weights);
  const enough = tolerance ?? 1e-9 * size;
  return { enough, bound: boundGap(cells, { positions, neutral, first: open.indexOf(1), enough, guess }) };
}

/** The objective of one path less that of another, from the marginal costs at their middle: exact for a parabola. */
function differenceOf(portfolio: Portfolio, one: Path, other: Path): number {
  const middle = {
    x: one.x.map((value, at) => 0.5 * (value + other.x[at])),
    n: one.n.map((value, at) => 0.5 * (value + other.n[at])),
  };
  const { m, halfSpreads, spreadFactors } = portfolioMarket(portfolio);
  const { slopes } = portfolioMarginals(portfolio, middle);
  let difference = 0;
  for (let at = 0; at < one.n.length; at++) {
    const spread = spreadFactors[Math.floor(at / m)] * halfSpreads[at % m];
    difference += slopes[at] * (one.n[at] - other.n[at]);
    difference += spread * (Math.abs(one.n[at]) - Math.abs(other.n[at]));
  }
  return difference;
}
