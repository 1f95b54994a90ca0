import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A file of `test/reference/`; its README tells formulas and source. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, "..", "reference", `${name}.json`), "utf8")) as T;
}

/** Asserts |actual − expected| ≤ tolerance·|expected|, and says which entry is off by how much. */
export function expectRelative(actual: number, expected: number, tolerance: number, what: string): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  expect(error, `${what}: got ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}
