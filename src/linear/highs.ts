/**
 * The way to HiGHS (Huangfu and Hall 2018), the solver of linear and convex quadratic programs behind scipy's
 * `linprog`, here as WebAssembly. The only file that loads it.
 *
 * @module
 */
import type { Highs } from "highs";

export type { Highs } from "highs";

/** A program as HiGHS takes it. */
export type HighsModel = Parameters<ReturnType<Highs["createModel"]>["passModel"]>[0];

type LoadHighs = typeof import("highs").default;

let loaded: Promise<Highs> | undefined;
let options: Parameters<LoadHighs>[0];

/** HiGHS, loaded once. */
export function solver(): Promise<Highs> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/**
 * Loads HiGHS as an ES module, and only when it is needed: bundlers find the WebAssembly file of that one by themselves,
 * and programs that solve without HiGHS never load it.
 */
async function load(): Promise<Highs> {
  try {
    // Its declarations are those of its CommonJS form, in which the function is one `default` further down.
    const { default: loadHighs } = (await import("highs")) as unknown as { readonly default: LoadHighs };
    return await loadHighs(options);
  } catch (cause) {
    throw new Error(
      `HiGHS could not be loaded: ${cause instanceof Error ? cause.message : cause} In a bundle, copy ` +
        "node_modules/highs/build/highs.wasm beside it, say where it is with provideHighs from " +
        "optimal-execution/linear, or leave the package highs outside of the bundle.",
      { cause },
    );
  }
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

/** Loads HiGHS from somewhere else, and anew. */
export function loadHighsFrom(place: Parameters<LoadHighs>[0]): void {
  options = place;
  loaded = undefined;
}
