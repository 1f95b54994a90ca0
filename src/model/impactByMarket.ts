/**
 * Temporary impact that follows the market through the day.
 *
 * @module
 */
import { checkChoice, checkKeys, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, total } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { coefficientsOf, type ImpactModel, powerOf } from "./impactModel";
import { marketOf } from "./market";
import { checkProblem } from "./problem";

/** What temporary impact follows, and where its own coefficient holds. */
export interface ImpactByMarketOptions {
  /** `"volume"`: η_k falls as V_k^−β; `"volatility"`: it rises as σ_k; `"both"`. */
  readonly follows: "volume" | "volatility" | "both";
  /**
   * The market's volume per unit of time at which the law's own η holds, above 0 (shares/time; default: that of the problem's open
   * intervals, Σ volumes over Σ lengths).
   */
  readonly usualVolume?: number | undefined;
}

/** The market of each interval, and the usual one at which η is known. */
export interface MarketToFollow {
  /** V_k/τ_k over the usual volume per time; undefined where impact does not follow it. */
  readonly volumes?: readonly number[] | undefined;
  /** σ_k over the usual volatility. */
  readonly volatilities?: readonly number[] | undefined;
}

/**
 * η of each interval where temporary impact follows the market's volume, its volatility, or both:
 *
 *     η_k = η · (σ_k/σ) · (usual volume per time / (V_k/τ_k))^β
 *
 * with β the exponent of the law, 1 for linear impact and for what is conceded under impact that fades. So the same part of the market costs
 * the same fraction of the day's volatility whenever it trades: η_k|n/τ_k|^β is σ_k times one function of n/V_k. A problem's volumes do not change η
 * by themselves: give the result to its profile.
 *
 * @param problem - a problem from `defineProblem`, with the profile's `volumes`, its `volatility`, or both
 * @param options - what to follow, and the usual volume
 * @returns N numbers for `profile.temporaryImpact`, in the law's own unit; η itself in a closed interval without volume or volatility
 * @throws InputError when an argument is not what it should be, the profile says nothing of what is followed, an open interval has no volume or
 *   no volatility, or the profile has `temporaryImpact` already
 *
 * Source: R. Almgren, C. Thum, E. Hauptmann and H. Li, Risk 18(7) (2005): temporary impact ησ|X/(VT)|^β, with the interval's own σ and V.
 *
 * @example
 * ```ts
 * const profile = { volumes: [40_000, 10_000, 10_000, 40_000], volatility: [2, 1, 1, 2] };
 * const order = {
 *   shares: 10_000, horizon: 4, intervals: 4, volatility: 1, impact: powerImpact({ coefficient: 1e-3, exponent: 0.5 }),
 * };
 * const problem = defineProblem({ ...order, profile });
 * const temporaryImpact = impactByMarket(problem, { follows: "both" });
 * temporaryImpact.map((η) => Math.round(1e6 * η)); // → [1581, 1581, 1581, 1581]
 * impactByMarket(problem, { follows: "volume" }).map((η) => Math.round(1e6 * η)); // → [791, 1581, 1581, 791]
 * defineProblem({ ...order, profile: { ...profile, temporaryImpact } }).profile?.temporaryImpact?.length; // → 4
 * ```
 */
export function impactByMarket(problem: ExecutionProblem, options: ImpactByMarketOptions): readonly number[] {
  problem = checkProblem(problem);
  const given = checkKeys("impactByMarket's options", options, ["follows", "usualVolume"]);
  const follows = checkChoice("follows", given.follows, ["volume", "volatility", "both"]);
  const unit = `shares/${problem.timeUnit}`;
  const { profile, impact, volatility } = problem;
  if (given.usualVolume !== undefined && follows === "volatility") {
    throw new InputError(
      "usualVolume",
      given.usualVolume,
      "left out where impact follows the volatility alone",
    );
  }
  if (profile?.temporaryImpact !== undefined) {
    throw new InputError(
      "problem.profile.temporaryImpact",
      profile.temporaryImpact,
      "left out where impact is to follow the market: both say what each interval costs",
    );
  }
  const { temporaryImpact: η } = coefficientsOf(impact as ImpactModel);
  if (!(η > 0)) {
    throw new InputError("problem.temporaryImpact", η, "above 0, where it is to follow the market");
  }
  const { lengths, open } = marketOf(problem);
  const isOpen = (k: number): boolean => open[k] === 1;
  const volumes =
    follows === "volatility"
      ? undefined
      : relative(
          requireProfile(problem, "volumes"),
          lengths,
          (whole, time) =>
            given.usualVolume === undefined
              ? whole / time
              : checkNumber("usualVolume", given.usualVolume, positive, unit),
          isOpen,
        );
  const volatilities =
    follows === "volume" ? undefined : requireProfile(problem, "volatility").map((σ) => σ / volatility);
  const β = powerOf(impact)?.exponent ?? 1;
  return Object.freeze(
    followingMarket(η, β, { volumes, volatilities }, (what, k) => {
      if (!isOpen(k)) return η;
      throw new InputError(
        `problem.profile.${what}[${k}]`,
        profile?.[what]?.[k],
        "above 0 where impact follows it: without, no trade has a price",
      );
    }),
  );
}

/** What each interval trades in a unit of time, over the usual. */
function relative(
  volumes: Series,
  lengths: Float64Array,
  usualOf: (whole: number, time: number) => number,
  isOpen: (k: number) => boolean,
): readonly number[] {
  const places = Array.from(lengths.keys()).filter(isOpen);
  const usual = usualOf(total(places.map((k) => volumes[k])), total(places.map((k) => lengths[k])));
  return Array.from(lengths, (length, k) => volumes[k] / length / usual);
}

function requireProfile({ profile }: ExecutionProblem, what: "volumes" | "volatility"): readonly number[] {
  const values = profile?.[what];
  if (values !== undefined) return values;
  throw new InputError(
    `problem.profile.${what}`,
    undefined,
    "one number for each interval, for impact to follow",
  );
}

/**
 * η (σ_k/σ)(V/V_k)^β.
 *
 * @param otherwise - what to take where that is no number above 0, or the refusal
 */
export function followingMarket(
  η: number,
  β: number,
  { volumes, volatilities }: MarketToFollow,
  otherwise: (what: "volumes" | "volatility", k: number) => number,
): number[] {
  const length = (volumes ?? volatilities ?? []).length;
  return Array.from({ length }, (_, k) => {
    const [volume, volatility] = [volumes?.[k] ?? 1, volatilities?.[k] ?? 1];
    if (!(volume > 0 && Number.isFinite(volume))) return otherwise("volumes", k);
    if (!(volatility > 0 && Number.isFinite(volatility))) return otherwise("volatility", k);
    return η * volatility * volume ** -β;
  });
}
