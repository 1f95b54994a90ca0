/**
 * Worker threads, in pools that end by themselves when they have nothing to do. Loaded only when called for, so that the root
 * of the library loads where there are no threads.
 *
 * @module
 */
import { checkInteger } from "../support/checks";

/** The part of a pool of Piscina's that is used here. */
interface Pool {
  run(task: object, options: { readonly name: string }): Promise<unknown>;
}

/** More threads than any machine that a desk has. */
const mostWorkers = 256;

const pools = new Map<number, Promise<Pool>>();

/** A number of workers that is asked for. */
export function checkWorkerCount(value: unknown): number | undefined {
  return value === undefined ? undefined : checkInteger("workers", value, 1, mostWorkers);
}

/** The number of workers to use: as asked for, or one for each core. */
export async function checkWorkers(value: unknown): Promise<number> {
  const asked = checkWorkerCount(value);
  if (asked !== undefined) return asked;
  const { availableParallelism } = (await load("node:os")) as typeof import("node:os");
  return Math.min(mostWorkers, availableParallelism());
}

/** A pool of so many workers, the same one each time. */
export function poolOf(workers: number): Promise<Pool> {
  const known = pools.get(workers);
  if (known !== undefined) return known;
  const pool = openPool(workers).catch((error: unknown) => {
    pools.delete(workers);
    throw error;
  });
  pools.set(workers, pool);
  return pool;
}

async function openPool(workers: number): Promise<Pool> {
  const { Piscina } = (await load("piscina")) as typeof import("piscina");
  return new Piscina({
    filename: `${__dirname}/worker.js`,
    minThreads: 0,
    maxThreads: workers,
    // One task at work and one at hand: no worker waits for the main thread between two.
    concurrentTasksPerWorker: 2,
    // A pool between two calls of a notebook stays warm; an idle one does not keep a program alive.
    idleTimeout: 10_000,
  });
}

/** A module of Node's or of a package, by a name that bundlers for browsers do not follow. */
async function load(name: string): Promise<unknown> {
  if (typeof process === "undefined" || process.versions?.node === undefined) {
    throw new Error("This call needs Node's worker threads. In a browser use the call for one thread.");
  }
  return await import(/* @vite-ignore */ name);
}
