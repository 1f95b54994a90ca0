/**
 * The one walk behind all simulations: time and trades move a price, trades get fills. Nothing here knows a formula of
 * `cost/`; the law of impact is asked for its simulator side alone.
 *
 *     S_k = S_{k−1} + α_k τ_k + σ_k √τ_k ζ_k + what the trades' impact moves it by        (AC eq. 1)
 *     fill = P_k + what the trade concedes                                                (AC eq. 2)
 *
 * with P_k = S_{k−1} for timing `"start"`, S_k for `"end"`, their mean for `"mid"`.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactWalk } from "../model/law";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { fillNormals, type StreamState, stream } from "../support/normals";
import { type Series, total } from "../support/numbers";

/** Paths are drawn in blocks, each from a stream of its own: a path does not depend on how many follow it. */
export const blockPaths = 1024;

/** What of a problem is the same on every path. */
interface Market {
  /** +1 for a sell, −1 for a buy. */
  readonly sign: 1 | -1;
  /** Parts in which a trade gets the prices before and after its interval. */
  readonly early: number;
  readonly late: number;
  /** σ_k √τ_k (currency/share). */
  readonly noise: Float64Array;
  /** α_k τ_k (currency/share). */
  readonly drift: Float64Array;
}

/** One path in full, in buffers that the next path overwrites. Prices are counted from where the walk begins. */
export interface PathRecord {
  /** S_0 … S_N. */
  readonly prices: Float64Array;
  /** What each trade got; P_k itself where nothing is traded. */
  readonly fills: Float64Array;
  /** ζ_1 … ζ_N. */
  readonly noise: Float64Array;
  /** Σ n_k fill_k, and what the rest is worth where one may be left (currency). */
  proceeds: number;
}

/** What is known when interval k's trade is to be decided. */
export interface DecisionState {
  /** Counted from 0. */
  readonly interval: number;
  /** What is left of the order (shares). */
  readonly remaining: number;
  /** S_{k−1} (currency/share, counted from where the walk begins). */
  readonly price: number;
}

/** A trade that is decided on the way (shares). */
export type Decision = (state: DecisionState) => number;

/** How to walk. */
export interface WalkOptions {
  /** Where prices begin (default 0: an arrival price cancels in the cost). */
  readonly start?: number;
  /** Sees every path. */
  readonly visit?: (record: PathRecord, path: number) => void;
}

/** A walk that is ready to play blocks of paths. */
export interface Walk {
  readonly sign: 1 | -1;
  /** Plays the next paths of a stream and writes the proceeds of each. */
  readonly play: (state: StreamState, proceeds: Float64Array) => void;
}

/** Calls `work` for each block of the paths from `begin` (the first of a block) to before `end`, with its stream. */
export function forEachBlock(
  { begin = 0, end }: { readonly begin?: number; readonly end: number },
  seed: string,
  work: (state: StreamState, first: number, last: number) => void,
): void {
  for (let first = begin; first < end; first += blockPaths) {
    work(stream(`${seed}:${first / blockPaths}`), first, Math.min(first + blockPaths, end));
  }
}

/** What a walk along fixed trades is the same in on every path. */
interface FixedPlan extends Market {
  readonly n: Float64Array;
  /** Move of the price in each interval apart from its noise (currency/share). */
  readonly moves: Float64Array;
  readonly concessions: Float64Array;
  /** What is left, and what a share of it gets beside the last price. */
  readonly rest: number;
  readonly restConcession: number;
  readonly start: number;
}

/** Walks along trades that are fixed in advance: their impact is the same on every path. */
export function fixedWalk(problem: ExecutionProblem, trades: Series, options: WalkOptions = {}): Walk {
  const market = marketOnPaths(problem);
  const N = trades.length;
  const n = Float64Array.from(trades);
  const impact = impactLaw(problem).begin();
  const moves = new Float64Array(N);
  const concessions = new Float64Array(N);
  for (let k = 0; k < N; k++) {
    const { move, concession } = impact.trade(k, n[k]);
    moves[k] = market.drift[k] + move;
    concessions[k] = concession;
  }
  const { start = 0, visit } = options;
  const rest = mayLeave(problem) ? problem.shares - total(n) : 0;
  const plan: FixedPlan = {
    ...market,
    n,
    moves,
    concessions,
    rest,
    restConcession: concessionOfRest(problem),
    start,
  };
  const record = emptyRecord(N);
  const play = (state: StreamState, proceeds: Float64Array): void => {
    if (visit === undefined) {
      playFixed(plan, state, proceeds);
      return;
    }
    for (let path = 0; path < proceeds.length; path++) {
      proceeds[path] = recordFixed(plan, state, record);
      visit(record, path);
    }
  };
  return { sign: market.sign, play };
}

/** The proceeds of the next paths of a stream. */
function playFixed(
  { early, late, n, noise, moves, concessions, rest, restConcession, start }: FixedPlan,
  state: StreamState,
  proceeds: Float64Array,
): void {
  const N = n.length;
  const ζ = new Float64Array(N);
  for (let path = 0; path < proceeds.length; path++) {
    fillNormals(state, ζ, N);
    let price = start;
    let sum = 0;
    for (let k = 0; k < N; k++) {
      const after = price + moves[k] + noise[k] * ζ[k];
      // Weights of 0, ½ and 1 lose no digit, and a choice in this loop would take half as long again.
      sum += n[k] * (early * price + late * after + concessions[k]);
      price = after;
    }
    proceeds[path] = sum + rest * (price + restConcession);
  }
}

/** One path with every price and fill written down. */
function recordFixed(
  { early, late, n, noise, moves, concessions, rest, restConcession, start }: FixedPlan,
  state: StreamState,
  record: PathRecord,
): number {
  const { prices, fills, noise: ζ } = record;
  fillNormals(state, ζ, ζ.length);
  prices[0] = start;
  let sum = 0;
  for (let k = 0; k < fills.length; k++) {
    prices[k + 1] = prices[k] + moves[k] + noise[k] * ζ[k];
    fills[k] = early * prices[k] + late * prices[k + 1] + concessions[k];
    sum += n[k] * fills[k];
  }
  sum += rest * (prices[fills.length] + restConcession);
  record.proceeds = sum;
  return sum;
}

/** Walks along trades that are decided on the way, each from what is known before it. */
export function decidedWalk(
  problem: ExecutionProblem,
  decide: Decision,
  { start = 0, visit }: WalkOptions = {},
): Walk {
  const market = marketOnPaths(problem);
  const law = impactLaw(problem);
  const { intervals: N } = problem;
  const record = emptyRecord(N);
  const play = (state: StreamState, proceeds: Float64Array): void => {
    for (let path = 0; path < proceeds.length; path++) {
      fillNormals(state, record.noise, N);
      record.prices[0] = start;
      record.proceeds = playDecided(market, law.begin(), decide, problem, record);
      proceeds[path] = record.proceeds;
      visit?.(record, path);
    }
  };
  return { sign: market.sign, play };
}

function playDecided(
  { early, late, noise, drift }: Market,
  impact: ImpactWalk,
  decide: Decision,
  problem: ExecutionProblem,
  { prices, fills, noise: ζ }: PathRecord,
): number {
  let remaining = problem.shares;
  let sum = 0;
  for (let k = 0; k < fills.length; k++) {
    const price = prices[k];
    const n = decide({ interval: k, remaining, price });
    const { move, concession } = impact.trade(k, n);
    const after = price + (drift[k] + move) + noise[k] * ζ[k];
    fills[k] = early * price + late * after + concession;
    sum += n * fills[k];
    prices[k + 1] = after;
    remaining -= n;
  }
  return mayLeave(problem) ? sum + remaining * (prices[fills.length] + concessionOfRest(problem)) : sum;
}

/** What a share that is left gets beside the last price (currency/share). */
function concessionOfRest(problem: ExecutionProblem): number {
  return -sideSign(problem) * (problem.remainderPrice ?? 0);
}

function marketOnPaths(problem: ExecutionProblem): Market {
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  return {
    sign: sideSign(problem),
    early: 1 - exposedPart(problem.timing),
    late: exposedPart(problem.timing),
    noise: σ.map((volatility, k) => volatility * Math.sqrt(τ[k])),
    drift: α.map((drift, k) => drift * τ[k]),
  };
}

function emptyRecord(N: number): PathRecord {
  return {
    prices: new Float64Array(N + 1),
    fills: new Float64Array(N),
    noise: new Float64Array(N),
    proceeds: 0,
  };
}
