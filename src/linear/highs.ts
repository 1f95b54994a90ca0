/**
 * The way to HiGHS (Huangfu and Hall 2018), the solver of linear and convex quadratic programs behind scipy's
 * `linprog`, here as WebAssembly. The only file that loads it.
 *
 * @module
 */
import loadHighs, { type Highs } from "highs";

export type { Highs } from "highs";

/** A program as HiGHS takes it. */
export type HighsModel = Parameters<ReturnType<Highs["createModel"]>["passModel"]>[0];

let loaded: Promise<Highs> | undefined;

/** HiGHS, loaded once. */
export function solver(): Promise<Highs> {
  loaded ??= loadHighs().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** A WebAssembly instance that has failed once is not used again. */
export function safely<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}
