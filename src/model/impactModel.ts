/**
 * Laws of market impact as plain data. What they mean is derived from the data by `impactLaw`.
 *
 * @module
 */
import { checkChoice, checkKeys, checkObject } from "../support/checks";
import { type DecayImpact, decayKind } from "./decayImpact";
import type { ImpactCoefficients, ImpactKind, OwnImpact, PowerForm } from "./impactKind";
import { type KernelImpact, kernelKind } from "./kernelImpact";
import { type LinearImpact, linearKind } from "./linearImpact";
import { type Units, unitOf } from "./notation";
import { type PowerDecayImpact, powerDecayKind } from "./powerDecayImpact";
import { type PowerImpact, powerKind } from "./powerImpact";

/** A law of impact as plain data, told apart by its `kind`. */
export type ImpactModel = LinearImpact | PowerImpact | DecayImpact | PowerDecayImpact | KernelImpact;

/** The laws that there are. */
const kinds: { readonly [kind in ImpactModel["kind"]]: ImpactKind<Extract<ImpactModel, { kind: kind }>> } = {
  linear: linearKind,
  power: powerKind,
  decay: decayKind,
  powerDecay: powerDecayKind,
  kernel: kernelKind,
};

/** What the gate knows of a law. */
function kindOf(impact: Pick<ImpactModel, "kind">): ImpactKind<ImpactModel> {
  // The table pairs each kind with its own data, which the type of a lookup forgets.
  return kinds[impact.kind] as ImpactKind<ImpactModel>;
}

/** Checks a law that a problem is given. */
export function checkImpact(value: unknown, units: Units): ImpactModel {
  const given = checkObject(
    "impact",
    value,
    "a law of impact, from linearImpact, powerImpact, decayImpact, …",
  );
  const names = Object.keys(kinds) as ImpactModel["kind"][];
  const kind = checkChoice("impact.kind", given.kind, names);
  const { fields, check } = kindOf({ kind });
  return check(checkKeys("impact", value, ["kind", ...fields]), "impact.", units);
}

/** Whether a problem's law is the linear one, whose numbers stand in the problem's own fields. */
export function isLinear({ impact }: { readonly impact?: ImpactModel | undefined }): boolean {
  return impact === undefined || impact.kind === "linear";
}

/** The coefficients of a law. */
export function coefficientsOf(impact: ImpactModel): ImpactCoefficients {
  return kindOf(impact).coefficients(impact);
}

/** Fields of a problem that change some coefficients of its law: the scalars of the linear one, the data of any other. */
export function changedCoefficients(
  { impact }: { readonly impact?: ImpactModel | undefined },
  change: Partial<ImpactCoefficients>,
): Partial<ImpactCoefficients> | { readonly impact: ImpactModel } {
  if (impact === undefined || impact.kind === "linear") return change;
  return { impact: kindOf(impact).withCoefficients(impact, change) };
}

/** What each share of a trade at a rate concedes by a law at the moment it is made (currency/share). */
export function concessionAt(impact: ImpactModel, rate: number): number {
  return kindOf(impact).concession(impact, rate);
}

/** The letters of {@link concessionAt} at the rate X/T. */
export function concessionLetters(impact: ImpactModel): string {
  return kindOf(impact).concessionLetters;
}

/** A law as a power of the rate; undefined where it is none. */
export function powerOf(impact: ImpactModel | undefined): PowerForm | undefined {
  return impact === undefined ? undefined : kindOf(impact).power?.(impact);
}

/** The unit of a coefficient of a law. */
export function coefficientUnit(
  name: keyof ImpactCoefficients,
  impact: ImpactModel | undefined,
  units: Units,
): string {
  if (impact === undefined || name === "permanentImpact") return unitOf(name, units);
  return kindOf(impact).temporaryUnit(impact, units);
}

/** The part of its own lasting move that a trade pays by a law where the problem does not say; undefined leaves it to the timing. */
export function defaultOwnImpact(impact: ImpactModel | undefined): OwnImpact | undefined {
  const own = impact === undefined ? "timing" : kindOf(impact).ownImpact;
  return own === "timing" ? undefined : own;
}

/** Whether what a trade moves the price by fades, so that earlier trades matter. */
export function remembersTrades(impact: ImpactModel | undefined): boolean {
  return impact !== undefined && kindOf(impact).remembers === true;
}

/** Whether a law is known on the problem's own grid only. */
export function isKnownOnOwnGridOnly(impact: ImpactModel | undefined): boolean {
  return impact !== undefined && kindOf(impact).ownGridOnly === true;
}

/** What a share moves the price by at once and what then fades by a law (currency/share²). */
export function fadingMoveOf(impact: ImpactModel): number {
  return kindOf(impact).fadingMove?.(impact) ?? 0;
}

/** A law that moves and concedes so many times as much. */
export function scaledImpact(impact: ImpactModel, factor: number): ImpactModel {
  return kindOf(impact).scaled(impact, factor);
}
