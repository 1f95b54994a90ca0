/**
 * Where HiGHS comes from, for callers who bundle. Apart from `highs.ts`, so that no declaration that callers read needs those
 * of HiGHS.
 *
 * @module
 */
import { InputError } from "../support/errors";
import { loadHighsFrom } from "./highs";

/**
 * Says where HiGHS's WebAssembly is, for bundles whose bundler does not bring it along. Node and Vite find it by themselves;
 * otherwise it is looked for beside the bundle, or here.
 *
 * @param wasm - address of `highs.wasm`, or its bytes
 * @throws InputError when it is neither
 *
 * @example
 * ```ts
 * const wasm = readFileSync("node_modules/highs/build/highs.wasm");
 * provideHighs(wasm);
 * const { status } = await solveLinearProgram({ objective: [1], rows: [] });
 * status; // → optimal
 * ```
 */
export function provideHighs(wasm: string | { readonly href: string } | ArrayBuffer | ArrayBufferView): void {
  const kind = Object.prototype.toString.call(wasm).slice("[object ".length, -1);
  if (kind === "ArrayBuffer" || ArrayBuffer.isView(wasm)) {
    loadHighsFrom({ bytes: wasm as ArrayBuffer | ArrayBufferView });
    return;
  }
  const address = typeof wasm === "string" ? wasm : (wasm as { readonly href?: unknown } | undefined)?.href;
  if (typeof address !== "string" || address === "") {
    throw new InputError("wasm", wasm, "the address of highs.wasm, or its bytes");
  }
  loadHighsFrom({ address });
}
