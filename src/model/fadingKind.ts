/**
 * What all laws whose impact fades say to the gate alike.
 *
 * @module
 */
import { type Units, unitOf } from "./notation";

/** The common part of their kinds. */
export const fadingKind = {
  temporaryUnit: (_: unknown, units: Units): string => unitOf("temporaryImpact", units),
  concession: ({ temporary }: { readonly temporary: number }, rate: number): number => temporary * rate,
  concessionLetters: "ηX/T",
  ownImpact: "half",
  remembers: true,
} as const;
