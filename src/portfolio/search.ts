/**
 * The search for a portfolio's optimum within limits: ADMM until the trades that are held are known, then an exact solve.
 *
 * @module
 */
import { beginIterate, type Iterate, iterate } from "./admm";
import { neutralBasis } from "./basis";
import type { PortfolioCertificate } from "./certify";
import { type Settled, settle } from "./face";
import { cappedOut, contradiction, type PortfolioInfeasible } from "./infeasible";
import type { Portfolio } from "./portfolio";
import type { Program } from "./program";

/** How near limits and totals must be, beside the largest trade, before the exact solve is tried, and how long each try may take. */
const tries = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
const mostIterations = 4000;

/** An optimum, or the proof that there is none within the limits. */
export type Found =
  | (Settled & { readonly certificate: PortfolioCertificate; readonly iterations: number })
  | PortfolioInfeasible;

/**
 * Searches within limits.
 *
 * @param start - trades to begin with, moved into the limits
 * @param judge - the certificate of trades that keep to the limits
 * @param onProgress - called with the fraction done, by the digits that are right
 */
export function search(
  portfolio: Portfolio,
  program: Program,
  {
    start,
    judge,
  }: { readonly start: Float64Array; readonly judge: (settled: Settled) => PortfolioCertificate },
  onProgress: (fraction: number) => void = () => undefined,
): Found {
  const capped = cappedOut(portfolio, program);
  if (capped !== undefined) return capped;
  const { lower, upper, neutral, form } = program;
  const { m } = form.market;
  const state = beginIterate(program);
  for (let at = 0; at < start.length; at++) state.z[at] = Math.min(Math.max(start[at], lower[at]), upper[at]);
  const basis = neutral.length === 0 ? undefined : neutralBasis(neutral, m);
  let proof: PortfolioInfeasible | undefined;
  let next = 100;
  let fraction = 0;
  const report = (done: number): void => {
    fraction = Math.max(fraction, done);
    onProgress(fraction);
  };
  // How many rounds there will be nobody knows: each is a part of what is left.
  const onRound = (): void => report(fraction + 0.05 * (0.97 - fraction));
  const glimpse = (now: Iterate): boolean => {
    report(fractionDone(now));
    if (now.iterations < next || now.apart < 1e-6) return false;
    // What stays between the two sides, if they cannot meet, becomes what separates them.
    next *= 1.5;
    proof = contradiction(
      portfolio,
      program,
      now.n.map((value, at) => value - now.z[at]),
    );
    return proof !== undefined;
  };
  for (const enough of tries) {
    iterate(program, state, { basis, enough, most: mostIterations, glimpse });
    if (proof !== undefined) return proof;
    const wanted = state.u.map((value, at) => -0.5 * state.ρ * program.stiffness[at] * value);
    const settled = settle(program, state.z, wanted, onRound);
    if (settled === undefined) continue;
    const certificate = judge(settled);
    if (certificate.verdict === "optimal") return { ...settled, certificate, iterations: state.iterations };
  }
  throw new RangeError(
    `The optimum within these limits cannot be told in floating-point numbers after ${state.iterations} iterations: costs of trades and ` +
      "of holdings, or limits, lie too far apart. Weaken the risk aversion or the drifts, or loosen the caps.",
  );
}

/** Half of the digits asked for are half of the way. */
function fractionDone({ apart, moved }: Iterate): number {
  const digits = -Math.log10(Math.max(apart, moved, 1e-300));
  return Math.min(0.95, Math.max(0, digits / 6));
}
