/**
 * The Riccati recursion behind the feedback to a signal: from the last trade, which takes what is left, to the first.
 *
 * @module
 */
import type { RecursiveLaw } from "../impact/recursiveLaw";
import type { SignalGains } from "../model/signal";

/** What the recursion needs. */
export interface SignalRecursion {
  readonly N: number;
  readonly τ: number;
  readonly s: number;
  readonly c: number;
  readonly law: RecursiveLaw;
  /** v: how much of its own trade an interval no longer holds. */
  readonly traded: number;
  /** λσ²τ. */
  readonly risk: number;
  /** What a unit of the signal moves the price by in an interval. */
  readonly move: number;
  /** e^{−θτ}, and the variance of the noise. */
  readonly keep: number;
  readonly noise: number;
}

/** The system: the state has m + 3 numbers, x, one for each exponential, one for what stays, and I. */
interface System {
  readonly size: number;
  readonly goes: readonly number[];
  readonly turned: readonly number[];
  readonly own: number;
}

function systemOf({ τ, c, law, keep }: SignalRecursion): System {
  const parts = [
    ...law.exponentials.map(({ impact, rate }) => ({ g: impact, fades: Math.exp(-rate * τ) })),
    { g: law.permanent, fades: 1 },
  ];
  const whole = parts.reduce((sum, { g }) => sum + g, 0);
  return {
    size: parts.length + 2,
    // How the state goes on by itself, and how a share that is traded changes it.
    goes: [1, ...parts.map(({ fades }) => fades), keep],
    turned: [-1, ...parts.map(({ g, fades }) => fades * g), 0],
    own: c * whole + law.temporary / τ,
  };
}

type Square = readonly Float64Array[];
const zeros = (size: number): Float64Array[] => Array.from({ length: size }, () => new Float64Array(size));

/** Costs of a trade n from the state z before it on: n linear·z + square n² + zᵀ rest z. */
interface Stage {
  readonly linear: Float64Array;
  readonly square: number;
  readonly rest: Square;
}

/** n ΣD + own n² − s move I h + risk h² + z′ᵀPz′ with h = x − vn; the last trade leaves nothing to come. */
function stageOf(
  { goes, turned, own, size }: System,
  { s, move, risk, traded: v }: SignalRecursion,
  P: Square | undefined,
): Stage {
  const I = size - 1;
  const linear = new Float64Array(size).fill(1);
  linear[0] = linear[I] = 0;
  const rest = zeros(size);
  // The last trade of timing "start" leaves nothing to hold.
  if (P === undefined && v === 1) return { linear, square: own, rest };
  let square = own + risk * v * v;
  rest[0][0] += risk;
  linear[0] -= 2 * risk * v;
  rest[0][I] -= 0.5 * s * move;
  rest[I][0] -= 0.5 * s * move;
  linear[I] += s * move * v;
  if (P === undefined) return { linear, square, rest };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      rest[i][j] += goes[i] * P[i][j] * goes[j];
      linear[i] += 2 * goes[i] * P[i][j] * turned[j];
      square += turned[i] * P[i][j] * turned[j];
    }
  }
  return { linear, square, rest };
}

/** The value before a trade that is a linear function of the state. */
function valueBefore({ linear, square, rest }: Stage, gain: Float64Array): Square {
  const size = gain.length;
  const next = zeros(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const cross = 0.5 * (linear[i] * gain[j] + linear[j] * gain[i]) + square * gain[i] * gain[j];
      // Symmetric also in its rounding.
      next[i][j] = 0.5 * (rest[i][j] + rest[j][i]) + cross;
      next[j][i] = next[i][j];
    }
  }
  return next;
}

/** @returns the gains, zᵀPz at the beginning, and what the noise adds */
export function riccati(
  recursion: SignalRecursion,
  start: { readonly shares: number; readonly signal: number },
): { readonly gains: SignalGains[]; readonly value: number; readonly worth: number } {
  const system = systemOf(recursion);
  const { size } = system;
  const gains: SignalGains[] = [];
  let P: Square | undefined;
  let worth = 0;
  for (let k = recursion.N - 1; k >= 0; k--) {
    if (P !== undefined) worth += P[size - 1][size - 1] * recursion.noise;
    const stage = stageOf(system, recursion, P);
    if (!(stage.square > 0)) {
      throw new RangeError(
        "The feedback to the signal has no curvature in floating-point numbers: raise temporary impact.",
      );
    }
    const gain: Float64Array =
      P === undefined
        ? Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 0))
        : stage.linear.map((slope) => slope / (-2 * stage.square));
    P = valueBefore(stage, gain);
    gains[k] = Object.freeze({
      remaining: gain[0],
      left: Object.freeze(Array.from(gain.subarray(1, size - 1))),
      signal: gain[size - 1] + 0,
    });
  }
  const value = P ?? zeros(size);
  const { shares, signal } = start;
  const I = size - 1;
  const whole =
    value[0][0] * shares * shares + 2 * value[0][I] * shares * signal + value[I][I] * signal * signal;
  return { gains, value: whole, worth };
}
