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

/** Where HiGHS's WebAssembly is, where it is not found by itself: an address, or its bytes. */
export type HighsPlace = { readonly address: string } | { readonly bytes: ArrayBuffer | ArrayBufferView };

type LoadHighs = typeof import("highs").default;

let loaded: Promise<Highs> | undefined;
let place: HighsPlace | undefined;

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
    return await loadHighs(await loaderOptions());
  } catch (cause) {
    throw new Error(
      `HiGHS could not be loaded: ${cause instanceof Error ? cause.message : cause} In a bundle, copy ` +
        "node_modules/highs/build/highs.wasm beside it, say where it is with provideHighs from " +
        "optimal-execution/linear, or leave the package highs outside of the bundle.",
      { cause },
    );
  }
}

async function loaderOptions(): Promise<Parameters<LoadHighs>[0]> {
  if (place === undefined) return undefined;
  if ("address" in place) {
    const { address } = place;
    return { locateFile: () => address };
  }
  // Compiled first: what the loader is handed cannot fail any more, and the option for bytes that its types know is not
  // read by this version.
  const module = await WebAssembly.compile(place.bytes);
  const instantiateWasm = (imports: object, done: (instance: unknown) => void): object => {
    void WebAssembly.instantiate(module, imports).then(done);
    return {};
  };
  return { instantiateWasm } as Parameters<LoadHighs>[0];
}

/** The little of WebAssembly that is needed; its types are those of browsers. */
declare const WebAssembly: {
  compile(bytes: ArrayBuffer | ArrayBufferView): Promise<object>;
  instantiate(module: object, imports: object): Promise<unknown>;
};

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
export function loadHighsFrom(other: HighsPlace): void {
  place = other;
  loaded = undefined;
}
