import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A part of the set-up that is skipped while its product is up to date.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {() => boolean} isDone
 * @property {() => Promise<void>} make
 */

/** @param {readonly (string | Buffer)[]} inputs */
export function fingerprint(inputs) {
  const hash = createHash("sha256");
  // The lengths keep ["ab", "c"] and ["a", "bc"] apart.
  for (const input of inputs) hash.update(`${input.length}:`).update(input);
  return hash.digest("hex");
}

/**
 * A step that leaves a stamp of its inputs inside its product, as the last thing it does. So whoever deletes the
 * product deletes the stamp, and an interrupted step leaves none: both are made anew by the next start.
 *
 * @param {{ name: string, product: string, inputs: () => readonly (string | Buffer)[],
 *   needs?: string, make: () => Promise<void> }} recipe `needs`: a file without which the product is of no use
 * @returns {Step}
 */
export function stampedStep({ name, product, inputs, needs = product, make }) {
  const stamp = stampOf(product);
  return {
    name,
    isDone: () =>
      existsSync(needs) && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(inputs()),
    async make() {
      rmSync(stamp, { force: true });
      // Before the work: an input that changes meanwhile is then seen as a change by the next start.
      const print = fingerprint(inputs());
      await make();
      mkdirSync(product, { recursive: true });
      writeFileSync(stamp, print);
    },
  };
}

/** @param {string} product */
export const stampOf = (product) => path.join(product, ".setup-stamp");
