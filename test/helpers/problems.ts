import type { ProblemInput } from "../../src/index";

/**
 * The order of Almgren and Chriss 2001, Table 1 (shares, days, USD), without a risk aversion, which the paper varies,
 * and without its trend. Its figures are in `test/reference/almgren_chriss_2001.json`.
 */
export const table1 = {
  shares: 1e6,
  horizon: 5,
  intervals: 5,
  volatility: 0.95,
  temporaryImpact: 2.5e-6,
  permanentImpact: 2.5e-7,
  halfSpread: 0.0625,
} as const satisfies ProblemInput;

/**
 * The order of seed A ("Market Impact — Almgren–Chriss (AC) Optimal Execution"; shares, seconds, USD), with the timing
 * that its formulas have. Its figures are in `test/reference/seed_a_published.json`.
 */
export const seedA = {
  shares: 1e6,
  horizon: 3600,
  intervals: 60,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  permanentImpact: 1e-7,
  riskAversion: 2e-6,
  timing: "end",
} as const satisfies ProblemInput;

/**
 * The order of seed B ("Almgren-Chriss Optimal Execution", section 1), without units, as the defaults of its functions
 * and the risk aversion of its objective. Its figures are in `test/reference/seed_b.json`.
 */
export const seedB = {
  shares: 40_000,
  horizon: 10,
  intervals: 10,
  volatility: 0.3,
  temporaryImpact: 1,
  permanentImpact: 1,
  halfSpread: 1,
  riskAversion: 0.5,
} as const satisfies ProblemInput;
