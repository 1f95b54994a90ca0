/**
 * The minimum within limits by the alternating direction method of multipliers, with an exact inner step: the smooth form with
 * ½ρa_j(n − t)ᵀD(n − t) added is minimized over trades of the right totals and neutral holdings, by chains where the form
 * allows them; caps, signs and the spread's kink are kept trade by trade.
 *
 * Source: Boyd, Parikh, Chu, Peleato and Eckstein (2011), *Distributed Optimization and Statistical Learning via the Alternating
 * Direction Method of Multipliers*, § 3.4 for the choice of ρ.
 *
 * @module
 */
import type { NeutralBasis } from "./basis";
import { blockMinimizer } from "./blocks";
import { chainMinimizer } from "./chains";
import { type Minimizer, type Proximity, pairOf } from "./form";
import type { Program } from "./program";

/** Where the iteration stands. */
export interface Iterate {
  /** Trades of the right totals, near the limits. */
  readonly n: Float64Array;
  /** Trades within their limits, near the right totals. */
  readonly z: Float64Array;
  /** Scaled prices. */
  readonly u: Float64Array;
  /** How far n and z are apart, and how far z has moved, beside the largest trade. */
  apart: number;
  moved: number;
  iterations: number;
  ρ: number;
}

const relaxation = 1.6;
/** Iterations between two looks, and how often ρ may be changed. */
const glance = 10;
const mostChanges = 12;

/** The iteration from nothing. */
export function beginIterate({ form }: Program): Iterate {
  const size = form.steps * form.market.m;
  const [n, z, u] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  return { n, z, u, apart: Number.POSITIVE_INFINITY, moved: Number.POSITIVE_INFINITY, iterations: 0, ρ: 1 };
}

/** The inner step's solver for a ρ. */
function innerStep({ form }: Program, ρ: number, basis: NeutralBasis | undefined): Minimizer {
  const { m, temporary } = form.market;
  const D = Float64Array.from({ length: m }, (_, i) => temporary[i * m + i]);
  const proximity: Proximity = { ρ, D };
  const pair = pairOf(form);
  const chains =
    pair === undefined || pair.b !== undefined ? undefined : chainMinimizer(form, pair, { proximity, basis });
  const minimizer = chains ?? blockMinimizer(form, { proximity, basis });
  if ("solve" in minimizer) return minimizer;
  // A convex form and a positive definite term are convex together.
  throw new RangeError(
    "The optimum within these limits cannot be told in floating-point numbers: costs of trades and of holdings lie too far apart.",
  );
}

/**
 * Iterates until both residuals are below `enough` of the largest trade, or `most` iterations are done.
 *
 * @param glimpse - called every few iterations; true ends them
 */
export function iterate(
  program: Program,
  state: Iterate,
  {
    basis,
    enough,
    most,
    glimpse,
  }: {
    readonly basis: NeutralBasis | undefined;
    readonly enough: number;
    readonly most: number;
    readonly glimpse: (state: Iterate) => boolean;
  },
): void {
  const prices = new Float64Array(state.z.length);
  let minimizer = innerStep(program, state.ρ, basis);
  let changes = 0;
  for (let done = 1; done <= most; done++) {
    step(program, state, minimizer, prices);
    state.iterations++;
    if (done % glance !== 0) continue;
    if ((state.apart <= enough && state.moved <= enough) || glimpse(state)) return;
    const ratio = Math.sqrt(state.apart / state.moved);
    if (changes === mostChanges || !(ratio > 3 || ratio < 1 / 3) || done % (glance * (2 + changes)) !== 0)
      continue;
    changes++;
    const factor = Math.min(Math.max(ratio, 0.1), 10);
    for (let at = 0; at < state.u.length; at++) state.u[at] /= factor;
    state.ρ *= factor;
    minimizer = innerStep(program, state.ρ, basis);
  }
}

function step(program: Program, state: Iterate, minimizer: Minimizer, prices: Float64Array): void {
  const { lower, upper, spreads, stiffness } = program;
  const { n, z, u, ρ } = state;
  const half = 0.5 * ρ;
  for (let at = 0; at < z.length; at++) prices[at] = -half * stiffness[at] * (z[at] - u[at]);
  minimizer.solve(prices, n);
  let [apart, moved, largest] = [0, 0, 0];
  for (let at = 0; at < z.length; at++) {
    const relaxed = relaxation * n[at] + (1 - relaxation) * z[at];
    const aim = relaxed + u[at];
    const kink = spreads[at] / (half * stiffness[at]);
    const soft = aim > kink ? aim - kink : aim < -kink ? aim + kink : 0;
    const next = soft < lower[at] ? lower[at] : soft > upper[at] ? upper[at] : soft;
    u[at] = aim - next;
    apart = Math.max(apart, Math.abs(n[at] - next));
    moved = Math.max(moved, Math.abs(next - z[at]));
    largest = Math.max(largest, Math.abs(next));
    z[at] = next;
  }
  state.apart = apart / largest;
  state.moved = (ρ * moved) / largest;
}
