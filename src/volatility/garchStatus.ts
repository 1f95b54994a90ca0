/**
 * What was found of the maximum of a GARCH(1,1)'s likelihood, and what follows from it, in words.
 *
 * @module
 */
import { formatSignificant } from "../support/format";
import type { BoundName, Face } from "./garchFace";

/**
 * Each is said only where the conditions of Karush, Kuhn and Tucker and the second derivatives at the estimate show it:
 *
 * - `"interior"`: a maximum within all bounds, strict, with standard errors;
 * - `"boundary"`: a maximum that a bound holds, β = 0 or the least ω; the usual standard errors do not exist there;
 * - `"integrated"`: a maximum with α + β = 1 (IGARCH): a shock to the variance never fades, and there is no long-run variance;
 * - `"not-identified"`: a maximum that does not determine the parameters: at α = 0 nothing but the variance before the
 *   sample depends on β, with returns of one size the likelihood is level in some direction, and a standard error above 1
 *   says as little;
 * - `"not-converged"`: none of these; the numbers are the best found.
 */
export type GarchStatus = "interior" | "boundary" | "integrated" | "not-identified" | "not-converged";

/** What a step promises at most where the maximum is said to be reached. */
const largestGain = 1e-7;

/** The status of a point from what its derivatives say. */
export function statusOf(face: Face, isDone: boolean, errors: readonly number[]): GarchStatus {
  const { names, shape, gain } = face;
  if (!isDone || shape === "saddle" || (shape === "strict" && gain > largestGain)) return "not-converged";
  if (shape === "level" || names.includes("alpha")) return "not-identified";
  if (names.includes("persistence")) return "integrated";
  if (names.length > 0) return "boundary";
  return errors[1] < 1 && errors[2] < 1 ? "interior" : "not-identified";
}

/** The status in words. */
export function messageOf(status: GarchStatus, { names, shape }: Face, errors: readonly number[]): string {
  switch (status) {
    case "interior":
      return "The likelihood has its maximum within all bounds.";
    case "boundary":
      return `The likelihood has its maximum at ${names.map((name) => atBound[name]).join(" and ")}; the usual standard errors do not exist there.`;
    case "integrated":
      return (
        "The likelihood has its maximum at α + β = 1 (IGARCH): a shock to the variance never fades, there is no long-run " +
        "variance, and the usual standard errors do not exist."
      );
    case "not-identified":
      return notIdentified(names, shape, errors);
    case "not-converged":
      return (
        "No maximum of the likelihood was reached: the numbers are the best found and not an estimate. Look for outliers " +
        "or for prices that do not move; ewmaVolatility needs no fit."
      );
  }
}

const atBound: Readonly<Record<BoundName, string>> = {
  omega: "the least ω allowed, 1e-9 of the mean squared return",
  alpha: "α = 0",
  beta: "β = 0",
  persistence: "α + β = 1",
};

function notIdentified(names: readonly BoundName[], shape: Face["shape"], errors: readonly number[]): string {
  if (shape === "level") {
    return (
      "The likelihood is level at its maximum: several α and β fit equally well, as with returns that all have the same " +
      "size. Only the variance of the next period is determined."
    );
  }
  if (names.includes("alpha")) {
    return (
      "The likelihood has its maximum at α = 0: the variance does not react to returns, and nothing but the variance " +
      "before the sample depends on β. The returns show no clusters; closeToCloseVolatility says as much in one number."
    );
  }
  const [, α, β] = errors.map((error) => formatSignificant(error, 2));
  return (
    `The returns do not tell α and β: at the maximum their standard errors would be ${α} and ${β}, more than the whole ` +
    "range from 0 to 1. Use more returns, or closeToCloseVolatility."
  );
}
