/**
 * Bounds of an order among its numbers on the way to a worker.
 *
 * @module
 */
import type { TradeBounds } from "../model/bounds";
import { isList } from "../support/checks";
import type { Cursor } from "./cursor";

/** Whether bounds are numbers and arrays of N of them, and nothing that is refused in words. */
export function areNumbers({ lower, upper, mostLeft }: TradeBounds, N: number): boolean {
  const isShort = (bound: unknown): boolean => isList(bound) && bound.length !== N;
  return !isShort(lower) && !isShort(upper) && !Number.isNaN(mostLeft);
}

/** How many numbers they take at most. */
export function boundsLength(N: number): number {
  return 2 * (N + 1) + 1;
}

export function writeBounds(out: Cursor, { lower, upper, mostLeft }: TradeBounds, N: number): void {
  writeBound(out, lower, Number.NEGATIVE_INFINITY, N);
  writeBound(out, upper, Number.POSITIVE_INFINITY, N);
  out.write(mostLeft ?? Number.NaN);
}

/** How many numbers there are, 0, 1 or N, and the numbers; `null` is an infinity. */
function writeBound(out: Cursor, bound: TradeBounds["lower"], infinity: number, N: number): void {
  if (bound === undefined) {
    out.write(0);
  } else if (bound === null || typeof bound === "number") {
    out.write(1);
    out.write(bound ?? infinity);
  } else {
    out.write(2);
    for (let k = 0; k < N; k++) out.write(bound[k] ?? infinity);
  }
}

export function readBounds(from: Cursor, N: number): TradeBounds {
  const lower = readBound(from, N);
  const upper = readBound(from, N);
  const mostLeft = from.read();
  return { lower, upper, mostLeft: Number.isNaN(mostLeft) ? undefined : mostLeft };
}

function readBound(from: Cursor, N: number): TradeBounds["lower"] {
  const form = from.read();
  return form === 0 ? undefined : form === 1 ? from.read() : from.readAll(N);
}
