/**
 * The gate of portfolios: validated once, and trusted by everything downstream.
 *
 * @module
 */

import type { Timing } from "../model/executionProblem";
import type { OwnImpact } from "../model/impactKind";
import { type Units, unitOf } from "../model/notation";
import { makeBrand } from "../support/brand";
import {
  anyFinite,
  checkChoice,
  checkInteger,
  checkKeys,
  checkName,
  checkNumber,
  checkNumbers,
  isList,
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { asymmetryWarnings } from "./asymmetry";
import { checkMatrix, frozenRows, type Matrix, requireDefinite, requireSymmetric } from "./matrices";
import type { Portfolio, PortfolioInput } from "./portfolio";
import { checkPortfolioProfile } from "./profile";

const knownFields: readonly (keyof PortfolioInput)[] = [
  ...(["names", "positions", "horizon", "intervals", "covariance", "temporaryImpact"] as const),
  ...(["permanentImpact", "halfSpreads", "drifts", "riskAversion", "timing", "ownImpact"] as const),
  ...(["profile", "arrivalPrices", "timeUnit", "currency", "warnings"] as const),
];

const timings: readonly Timing[] = ["start", "mid", "end"];
const ownImpacts: readonly OwnImpact[] = ["none", "half", "full"];

/** Some thousand names are as many as matrices of doubles can hold without thought. */
const mostNames = 2000;
const mostIntervals = 100_000;

/**
 * Checks a portfolio to be traded and freezes it.
 *
 * @param input - the portfolio, see {@link PortfolioInput} for fields, shapes, units and defaults
 * @returns the portfolio with defaults filled in and `warnings` about a permanent impact that is not symmetric
 * @throws InputError when a value is outside its range, of the wrong shape or type, missing, or a field is unknown; when the
 *   covariance is not symmetric or gives some combination of names a variance below 0; when the temporary impact is not
 *   symmetric and positive definite
 *
 * Source: AC, Appendix A.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   names: ["A", "B"], positions: [1e6, -5e5], horizon: 5, intervals: 5,
 *   covariance: [[0.9, 0.2], [0.2, 0.9]], temporaryImpact: [2.5e-6, 1.25e-6], riskAversion: 1e-6,
 * });
 * portfolio.temporaryImpact; // → [[0.0000025, 0], [0, 0.00000125]]
 * portfolio.halfSpreads; // → [0, 0]
 * portfolio.timing; // → "start"
 * ```
 */
export function definePortfolio(input: PortfolioInput): Portfolio {
  const given = checkKeys("definePortfolio's argument", input, knownFields);
  const units: Units = {
    timeUnit: checkName("timeUnit", given.timeUnit === undefined ? "time" : given.timeUnit),
    currency: checkName("currency", given.currency === undefined ? "currency" : given.currency),
  };
  const positions = checkPositions(given.positions);
  const m = positions.length;
  const grid = {
    horizon: checkNumber("horizon", given.horizon, positive, unitOf("horizon", units)),
    intervals: checkInteger("intervals", given.intervals, 1, mostIntervals),
  };
  const names = checkNames(given.names, m);
  const each = (name: "halfSpreads" | "drifts", range: NumberRange, unit: string): readonly number[] => {
    const value = given[name] === undefined ? 0 : given[name];
    const list = typeof value === "number" ? Array<number>(m).fill(value) : value;
    return Object.freeze(checkNumbers(name, list, m, range, unit).map((number) => number + 0));
  };
  const portfolio: Omit<Portfolio, "warnings"> & { warnings: readonly string[] } = {
    names,
    positions: Object.freeze(positions),
    ...grid,
    ...checkMatrices(given, names, units),
    halfSpreads: each("halfSpreads", notNegative, unitOf("halfSpread", units)),
    drifts: each("drifts", anyFinite, unitOf("drift", units)),
    riskAversion:
      checkNumber(
        "riskAversion",
        given.riskAversion === undefined ? 0 : given.riskAversion,
        anyFinite,
        unitOf("riskAversion", units),
      ) + 0,
    timing: checkChoice("timing", given.timing === undefined ? "start" : given.timing, timings),
    ownImpact:
      given.ownImpact === undefined ? undefined : checkChoice("ownImpact", given.ownImpact, ownImpacts),
    profile: checkPortfolioProfile(given.profile, { ...grid, timeUnit: units.timeUnit }),
    arrivalPrices:
      given.arrivalPrices === undefined
        ? undefined
        : Object.freeze(
            checkNumbers("arrivalPrices", given.arrivalPrices, m, anyFinite, unitOf("arrivalPrice", units)),
          ),
    ...units,
    warnings: [],
  };
  portfolio.warnings = Object.freeze(asymmetryWarnings(portfolio));
  return remember(portfolio);
}

function checkPositions(value: unknown): number[] {
  if (!isList(value) || value.length === 0 || value.length > mostNames) {
    throw new InputError(
      "positions",
      value,
      `an array of 1 to ${mostNames.toLocaleString("en")} numbers, above 0 to sell and below 0 to buy (shares)`,
    );
  }
  const positions = checkNumbers("positions", value, value.length, anyFinite, "shares").map((x) => x + 0);
  if (positions.some((x) => x !== 0)) return positions;
  throw new InputError(
    "positions",
    value,
    "of at least one name other than 0 (shares)",
    "Nothing is to be traded.",
  );
}

function checkNames(value: unknown, m: number): readonly string[] {
  if (value === undefined) return Object.freeze(Array.from({ length: m }, (_, i) => `Name ${i + 1}`));
  if (!Array.isArray(value) || value.length !== m) {
    throw new InputError("names", value, `an array of ${m} texts, one for each position`);
  }
  const names = Array.from(value, (name: unknown, i) => checkName(`names[${i}]`, name));
  for (const [i, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first !== i) throw new InputError(`names[${i}]`, name, `unlike names[${first}]`);
  }
  return Object.freeze(names);
}

function checkMatrices(
  given: Readonly<Record<string, unknown>>,
  names: readonly string[],
  units: Units,
): Readonly<Record<"covariance" | "temporaryImpact" | "permanentImpact", Matrix>> {
  const m = names.length;
  const entries = anyFinite;
  const C = checkMatrix("covariance", given.covariance, m, {
    ...{ diagonal: notNegative, entries, mayBeDiagonal: false },
    unit: `${units.currency}²/share²/${units.timeUnit}`,
  });
  requireSymmetric("covariance", C, m, "the covariance of two names has no direction");
  requireDefinite("covariance", C, m, {
    ...{ names, strictly: false, why: "no combination of names has a variance below 0" },
    next: "Covariances estimated pair by pair, over different days, can be like this: estimate all of them over the same days.",
  });
  const H = checkMatrix("temporaryImpact", given.temporaryImpact, m, {
    ...{ diagonal: positive, entries, mayBeDiagonal: true },
    unit: unitOf("temporaryImpact", units),
  });
  requireSymmetric("temporaryImpact", H, m, "only the symmetric part costs: write (H + Hᵀ)/2");
  requireDefinite("temporaryImpact", H, m, {
    ...{ names, strictly: true, why: "trading faster costs more, whatever is traded together" },
    next: "Make its entries beside the diagonal smaller.",
  });
  const unit = unitOf("permanentImpact", units);
  const permanent = given.permanentImpact === undefined ? Array<number>(m).fill(0) : given.permanentImpact;
  const Γ = checkMatrix("permanentImpact", permanent, m, {
    ...{ diagonal: notNegative, entries, mayBeDiagonal: true, unit },
  });
  const S = Γ.map((value, at) => 0.5 * value + 0.5 * Γ[(at % m) * m + Math.floor(at / m)]);
  requireDefinite("permanentImpact", S, m, {
    ...{ names, strictly: false, why: "selling pushes prices down, whatever is sold together" },
    next: "Make its entries beside the diagonal smaller.",
  });
  return {
    covariance: frozenRows(C, m, m),
    temporaryImpact: frozenRows(H, m, m),
    permanentImpact: frozenRows(Γ, m, m),
  };
}

/** The portfolios that have passed the gate, so that to ask again costs nothing. */
const passed = makeBrand();

function remember(portfolio: Portfolio): Portfolio {
  passed.mark(portfolio);
  return Object.freeze(portfolio);
}

/** A checked portfolio with another risk aversion, any finite number. */
export function withRiskAversionOf(portfolio: Portfolio, riskAversion: number): Portfolio {
  return remember({ ...portfolio, riskAversion });
}

/** The fields that every portfolio has: an object without one of them has not been checked. */
const ownFields: readonly (keyof Portfolio)[] = [
  ...(["names", "positions", "horizon", "intervals", "covariance", "temporaryImpact"] as const),
  ...(["permanentImpact", "halfSpreads", "drifts", "riskAversion", "timing"] as const),
  ...(["timeUnit", "currency", "warnings"] as const),
];

/**
 * The checked portfolio behind what a caller gives; for the first line of every public call. What `definePortfolio` made is
 * believed; a copy, by `structuredClone` or through JSON, is checked anew.
 */
export function checkPortfolio(portfolio: Portfolio): Portfolio {
  if (passed.has(portfolio)) return portfolio;
  const isLike =
    typeof portfolio === "object" &&
    portfolio !== null &&
    ownFields.every((name) => Object.hasOwn(portfolio, name) && portfolio[name] !== undefined);
  if (isLike) return definePortfolio(portfolio);
  throw new InputError(
    "portfolio",
    portfolio,
    "the result of definePortfolio",
    "Call definePortfolio({ … }) first.",
  );
}
