/**
 * Laws under which a trade's move of the price fades: with s = +1 for a sell, −1 for a buy, t_k the moment of trade k (start, middle
 * or end of its interval, as the timing says) and I(t) what earlier trades have left at t,
 *
 *     I(t) = Σ_{t_j < t} G(t − t_j) n_j,      price = price without the order − s (I(t) − I(0))
 *     fill = that price just before the trade − s (c G(0) n_k + ε_k sign n_k + η_k n_k/τ_k)
 *
 * so that E = Σ f_k(n_k) + Σ_k n_k Σ_{j<k} G(t_k − t_j) n_j + c G(0) Σ n_k². I(0) is what trades before the order left, from which
 * the price recovers on the way. Where shares R may be left, the last price values them, which what all trades have left at the end T
 * moves: E + R Σ_j G(T − t_j) n_j, as if R were one more trade at T that pays nothing of its own. Formula side and simulator side share the numbers of the law and nothing else.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactCost, ImpactLaw, ImpactWalk, RecursiveMemory } from "../model/law";
import { exposedPart, gridTimes, type Market, marketOf, ownPart, uniformMarket } from "../model/market";
import { sideSign } from "../model/problem";
import { choiceCount, mayLeave, withRest, withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { InputError } from "../support/errors";
import { Sum } from "../support/numbers";
import { isLong, metByLag } from "./byLag";

/** What a law says of decay. */
export interface Memory {
  readonly kind: ImpactLaw["kind"];
  /** Formula: G(u) for u ≥ 0, the part that stays included (currency/share²). */
  readonly kernel: (u: number) => number;
  /** Formula: whether G falls, is convex and never below 0, for all u. */
  readonly isConvex: boolean;
  /** Formula: the same as exponentials, where it is a sum of some. */
  readonly exponentials?: Pick<RecursiveMemory, "exponentials" | "permanent"> | undefined;
  /** Simulator: begins to remember. */
  readonly begin: () => MemoryWalk;
}

/** What is left of earlier trades, as it is walked. */
export interface MemoryWalk {
  /** Lets time pass. */
  readonly pass: (time: number) => void;
  /** Adds a trade at this moment. */
  readonly add: (shares: number) => void;
  /** I, now (currency/share). */
  readonly left: () => number;
}

/** The law of a problem whose impact fades. */
export function transientLaw(problem: ExecutionProblem, memory: Memory): ImpactLaw {
  if (problem.profile?.permanentImpact !== undefined) {
    throw new InputError(
      "problem.profile.permanentImpact",
      problem.profile.permanentImpact,
      "left out under impact that fades: the law holds what stays of a trade",
    );
  }
  const market = marketOf(problem);
  const { halfSpreads: ε, temporaryImpacts: η, lengths: τ } = market;
  const c = ownPart(problem);
  const kernelByLag = kernelTable(problem, memory);
  const G = kernelOf(problem, memory, kernelByLag);
  const met =
    isLong(kernelByLag) && !mayLeave(problem)
      ? (trades: ArrayLike<number>) => metByLag(kernelByLag, trades)
      : undefined;
  const own = memory.kernel(0);
  const slope = (k: number): number => η[k] / τ[k];
  const recovery = recoveryOf(problem, memory);
  return {
    kind: memory.kind,
    structure: "transient",
    ownImpact: c,
    value: (k, n) => ε[k] * Math.abs(n) + slope(k) * n * n,
    marginal: (k, n) => ε[k] * Math.sign(n) + 2 * slope(k) * n,
    inverseMarginal: (k, price) => {
      const beyond = Math.abs(price) - ε[k];
      return beyond > 0 ? (Math.sign(price) * beyond) / (2 * slope(k)) : 0;
    },
    curvature: (k) => 2 * slope(k),
    temporaryMarginal: (k, n) => 2 * slope(k) * n,
    tradeAt: (k, price, beside) => price / (2 * slope(k) + beside),
    convexTrades: (k, beside) => [0, 2 * slope(k) + beside >= 0 ? Number.POSITIVE_INFINITY : 0],
    kernel: G,
    kernelByLag,
    fadesConvexly: memory.isConvex,
    recursive: memory.exponentials && { ...memory.exponentials, moments: momentsOf(problem), recovery },
    cost: (schedule) => transientCost(market, G, { c, recovery, met }, withRest(problem, schedule)),
    smoothMarginals: (schedule) =>
      smoothMarginals(market, G, { c, recovery, met }, withRest(problem, schedule)),
    curvatures: () => ({
      trades: withRestEntry(
        problem,
        τ.map((_, k) => 2 * slope(k) + (2 * c - 1) * own),
        0,
      ),
      holdings: new Float64Array(choiceCount(problem) - 1),
    }),
    begin: () => transientWalk(problem, memory),
  };
}

/** When each trade happens. */
function momentsOf(problem: ExecutionProblem): Float64Array {
  const u = exposedPart(problem.timing);
  const times = gridTimes(problem);
  return Float64Array.from({ length: problem.intervals }, (_, k) => times[k] + u * (times[k + 1] - times[k]));
}

/** G(kτ), N numbers, on an even grid. */
function kernelTable(problem: ExecutionProblem, { kernel }: Memory): Float64Array | undefined {
  const { intervals: N, horizon } = problem;
  const isEven = problem.profile?.lengths === undefined || uniformMarket(problem) !== undefined;
  if (!isEven) return undefined;
  const table = new Float64Array(N);
  for (let k = 0; k < N; k++) table[k] = kernel((horizon * k) / N);
  return table;
}

/** G(t_k − t_j). */
function kernelOf(
  problem: ExecutionProblem,
  { kernel }: Memory,
  table: Float64Array | undefined,
): (j: number, k: number) => number {
  if (table !== undefined && !mayLeave(problem)) return (j, k) => table[k - j];
  const t = withEnd(problem, momentsOf(problem));
  if (table === undefined) return (j, k) => kernel(t[k] - t[j]);
  const N = problem.intervals;
  const toEnd = t.map((moment) => kernel(t[N] - moment));
  return (j, k) => (k === N ? toEnd[j] : table[k - j]);
}

/** Moments of trades, and the end, at which what is left is valued, where something may be. */
function withEnd(problem: ExecutionProblem, moments: Float64Array): Float64Array {
  return withRestEntry(problem, moments, gridTimes(problem)[problem.intervals]);
}

/** Σ_p m_p (G(t_k + a_p) − G(a_p)) for trades of m_p shares that were made a_p before the order: what the price has yet to recover. */
function recoveryOf(problem: ExecutionProblem, { kernel }: Memory): Float64Array {
  const { earlierTrades = [] } = problem;
  if (earlierTrades.length === 0) return new Float64Array(choiceCount(problem));
  return withEnd(problem, momentsOf(problem)).map((moment) => {
    const sum = new Sum();
    for (const { ago, shares } of earlierTrades) sum.add(shares * (kernel(moment + ago) - kernel(ago)));
    return sum.value;
  });
}

interface Own {
  readonly c: number;
  readonly recovery: Float64Array;
  /** Σ_{j≠k} G(|t_k − t_j|) n_j, where it takes less time than its terms. */
  readonly met: ((trades: ArrayLike<number>) => Float64Array) | undefined;
}

function transientCost(
  { halfSpreads: ε, temporaryImpacts: η, lengths: τ }: Market,
  G: (j: number, k: number) => number,
  { c, recovery, met }: Own,
  { trades }: Pick<Schedule, "trades">,
): ImpactCost {
  const others = met?.(trades);
  const [left, spread, temporary] = [new Sum(), new Sum(), new Sum()];
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    left.add(n * recovery[k]);
    // From both sides every pair is met twice.
    if (others !== undefined) left.add(0.5 * n * others[k]);
    else for (let j = 0; j < k; j++) left.add(n * G(j, k) * trades[j]);
    // What is left at the end bears what trades left, and nothing of its own.
    if (k === τ.length) break;
    left.add(c * G(k, k) * n * n);
    spread.add(ε[k] * Math.abs(n));
    temporary.add((η[k] / τ[k]) * (n * n));
  }
  return { permanent: left.value, spread: spread.value, temporary: temporary.value };
}

/** 2η_k n_k/τ_k + 2c G(0) n_k + Σ_{j≠k} G(|t_k − t_j|) n_j, and what the price recovers. */
function smoothMarginals(
  { temporaryImpacts: η, lengths: τ }: Market,
  G: (j: number, k: number) => number,
  { c, recovery, met }: Own,
  { trades }: Pick<Schedule, "trades">,
): Float64Array {
  const made: number[] = [];
  for (let k = 0; k < trades.length; k++) if (trades[k] !== 0) made.push(k);
  if (made.length === 0) return recovery.slice();
  const others = met?.(trades);
  return recovery.map((recovered, k) => {
    const sum = new Sum();
    sum.add(recovered);
    if (others !== undefined) sum.add(others[k]);
    else for (const j of made) if (j !== k) sum.add((j < k ? G(j, k) : G(k, j)) * trades[j]);
    if (k < τ.length) sum.add(2 * (η[k] / τ[k] + c * G(k, k)) * trades[k]);
    return sum.value;
  });
}

/** The price goes with what is left of trades; a fill gets what is left just before it. */
function transientWalk(problem: ExecutionProblem, memory: Memory): ImpactWalk {
  const { halfSpreads: ε, temporaryImpacts: η, lengths: τ } = marketOf(problem);
  const s = sideSign(problem);
  const u = exposedPart(problem.timing);
  const c = ownPart(problem);
  const walk = memory.begin();
  const { earlierTrades = [] } = problem;
  // From the oldest on, each with the time until the next one, and until now.
  const oldest = [...earlierTrades].sort((one, other) => other.ago - one.ago);
  oldest.forEach(({ ago, shares }, i) => {
    walk.add(shares);
    walk.pass(ago - (oldest[i + 1]?.ago ?? 0));
  });
  let before = walk.left();
  return {
    trade: (k, n) => {
      walk.pass(u * τ[k]);
      const atTrade = walk.left();
      walk.add(n);
      const jump = walk.left() - atTrade;
      walk.pass((1 - u) * τ[k]);
      const after = walk.left();
      // The timing's own price lies between those of the interval's ends; the fill lies where the trade meets the price.
      const timed = (1 - u) * before + u * after;
      const paid = atTrade + c * jump + ε[k] * Math.sign(n) + (η[k] * n) / τ[k];
      const step = { move: -s * (after - before), concession: -s * (paid - timed) };
      before = after;
      return step;
    },
  };
}

/** A memory that keeps every trade: for kernels without a state of their own. */
export function ledger(kernel: (u: number) => number): MemoryWalk {
  let now = 0;
  const made: { readonly time: number; readonly shares: number }[] = [];
  return {
    pass: (time) => {
      now += time;
    },
    add: (shares) => {
      made.push({ time: now, shares });
    },
    left: () => {
      const sum = new Sum();
      for (const { time, shares } of made) sum.add(kernel(now - time) * shares);
      return sum.value;
    },
  };
}
