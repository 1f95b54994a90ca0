/**
 * What the gate of problems must know of a kind of impact law: its data, and the two numbers that problem and profile call
 * its coefficients. What a law costs and does is no matter of the gate: that stands in `src/impact/`.
 *
 * @module
 */
import type { Units } from "./notation";

/** The part of its own lasting move that a trade pays: none, half or all of it. */
export type OwnImpact = "none" | "half" | "full";

/** The coefficients that every law has, by the names that a problem, its profile and its changes use. */
export interface ImpactCoefficients {
  /** Coefficient of what a trade concedes at the moment it is made, in the law's own unit. */
  readonly temporaryImpact: number;
  /** What a share moves the price by for good (currency/share²). */
  readonly permanentImpact: number;
}

/** A law as a power of the rate. */
export interface PowerForm {
  /** η, in the law's own unit. */
  readonly coefficient: number;
  /** β. */
  readonly exponent: number;
  /** γ (currency/share²). */
  readonly permanent: number;
}

/** A kind of law, for the gate. To add a law is to add one of these, and its file in `src/impact/`. */
export interface ImpactKind<M> {
  /** The fields of its data beside `kind`. */
  readonly fields: readonly string[];
  /** Checks these fields; `name` stands before each in messages. */
  readonly check: (given: Readonly<Record<string, unknown>>, name: string, units: Units) => M;
  /** Its coefficients. */
  readonly coefficients: (impact: M) => ImpactCoefficients;
  /** The same law with other coefficients, not yet checked. */
  readonly withCoefficients: (impact: M, change: Partial<ImpactCoefficients>) => M;
  /** The law that moves and concedes so many times as much. */
  readonly scaled: (impact: M, factor: number) => M;
  /** The unit of its coefficient of temporary impact. */
  readonly temporaryUnit: (impact: M, units: Units) => string;
  /** What each share of a trade at a rate concedes at the moment it is made (currency/share), and the formula in letters. */
  readonly concession: (impact: M, rate: number) => number;
  readonly concessionLetters: string;
  /** η, β and γ, where temporary impact is η times a power β of the rate and lasting moves are linear and stay. */
  readonly power?: ((impact: M) => PowerForm) | undefined;
  /** The part of its own move that a trade pays where the problem does not say; `"timing"` leaves it to the timing. */
  readonly ownImpact: OwnImpact | "timing";
  /** What a share moves the price by at once and what then fades (currency/share²); left out where nothing fades. */
  readonly fadingMove?: ((impact: M) => number) | undefined;
  /** Whether the law is known on the problem's own grid only, and says nothing of a finer one. */
  readonly ownGridOnly?: boolean | undefined;
  /** Whether moves of the price fade, so that earlier trades matter, and what stays of a trade is the same all day. */
  readonly remembers?: boolean | undefined;
}
