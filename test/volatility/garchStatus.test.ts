import { describe, expect, test } from "vitest";
import type { BoundName, Face } from "../../src/volatility/garchFace";
import { messageOf, statusOf } from "../../src/volatility/garchStatus";

/** A strict maximum within all bounds, but for what is said. */
const face = (changes: Partial<Face> = {}): Face => ({
  ...{ names: [], isPushed: true, shape: "strict", step: [0, 0, 0], gain: 1e-12 },
  ...changes,
});
const at = (...names: BoundName[]): Face => face({ names });
const known = [0.1, 0.02, 0.03];
const none = [Number.NaN, Number.NaN, Number.NaN];

describe("a status is said only where what was found shows it", () => {
  const cases: readonly (readonly [string, Face, boolean, readonly number[], string])[] = [
    ["a strict maximum with small errors", face(), true, known, "interior"],
    ["a climb that has not ended", face(), false, known, "not-converged"],
    ["a climb that has not ended at a bound", at("beta"), false, none, "not-converged"],
    ["a saddle", face({ shape: "saddle" }), true, known, "not-converged"],
    ["a saddle at α = 0", face({ shape: "saddle", names: ["alpha"] }), true, none, "not-converged"],
    ["a step that promises more than 1e-7", face({ gain: 2e-7 }), true, known, "not-converged"],
    ["a step that promises less than 1e-7", face({ gain: 0.5e-7 }), true, known, "interior"],
    [
      "a level likelihood, which has no step",
      face({ shape: "level", gain: Infinity }),
      true,
      none,
      "not-identified",
    ],
    [
      "a level likelihood at β = 0",
      face({ shape: "level", gain: Infinity, names: ["beta"] }),
      true,
      none,
      "not-identified",
    ],
    ["α = 0", at("alpha"), true, none, "not-identified"],
    ["α = β = 0", at("alpha", "beta"), true, none, "not-identified"],
    ["α + β = 1", at("persistence"), true, none, "integrated"],
    ["α + β = 1 with β = 0", at("beta", "persistence"), true, none, "integrated"],
    ["β = 0", at("beta"), true, none, "boundary"],
    ["the least ω", at("omega"), true, none, "boundary"],
    ["an error of α above 1", face(), true, [0.1, 1.2, 0.03], "not-identified"],
    ["an error of β above 1", face(), true, [0.1, 0.02, 1.2], "not-identified"],
    ["errors that do not exist", face(), true, none, "not-identified"],
  ];

  test.each(cases)("%s", (_, found, isDone, errors, status) => {
    expect(statusOf(found, isDone, errors)).toBe(status);
  });
});

test("each is told in words, with what follows from it", () => {
  expect(messageOf("interior", face(), known)).toBe("The likelihood has its maximum within all bounds.");
  expect(messageOf("boundary", at("omega", "beta"), none)).toBe(
    "The likelihood has its maximum at the least ω allowed, 1e-9 of the mean squared return and β = 0; the usual standard " +
      "errors do not exist there.",
  );
  expect(messageOf("not-converged", face(), none)).toBe(
    "No maximum of the likelihood was reached: the numbers are the best found and not an estimate. Look for outliers or for " +
      "prices that do not move; ewmaVolatility needs no fit.",
  );
  expect(messageOf("not-identified", face(), [0.1, 1.25, 3])).toBe(
    "The returns do not tell α and β: at the maximum their standard errors would be 1.3 and 3, more than the whole range from " +
      "0 to 1. Use more returns, or closeToCloseVolatility.",
  );
  expect(messageOf("not-identified", face({ shape: "level", names: ["alpha"] }), none)).toMatch(
    /^The likelihood is level/,
  );
  expect(messageOf("not-identified", at("alpha"), none)).toMatch(/^The likelihood has its maximum at α = 0/);
});
