/**
 * The check of a band of volatilities before it is shown.
 *
 * @module
 */

import type { VolatilityBand } from "../../compare/volatilityBand";
import { checkProblem } from "../../model/problem";
import { checkSchedule } from "../../model/scheduleCheck";
import { anyFinite, checkFields, checkHas, checkNumber } from "../../support/checks";

/** A result of `volatilityBand`: three optima of one order, each with its cost. */
export function checkBand(band: VolatilityBand): VolatilityBand {
  const allowed = "the result of volatilityBand";
  checkHas("band", band, ["low", "estimate", "high"], allowed);
  checkHas("band.estimate", band.estimate, ["problem", "schedule"], allowed);
  const problem = checkProblem(band.estimate.problem);
  for (const end of ["low", "estimate", "high"] as const) {
    const parameter = `band.${end}`;
    checkHas(parameter, band[end], ["schedule", "report"], allowed);
    const { volatility, schedule, report, regret } = band[end];
    checkNumber(`${parameter}.volatility`, volatility, anyFinite, "currency/share/√time");
    checkNumber(`${parameter}.regret`, regret, anyFinite, "currency");
    checkFields(`${parameter}.report`, report, ["expectedCost", "standardDeviation", "objective"], allowed);
    checkSchedule(problem, schedule);
  }
  return band;
}
