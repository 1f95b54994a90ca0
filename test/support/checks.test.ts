import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  anyFinite,
  checkChoice,
  checkEach,
  checkFields,
  checkGroups,
  checkHas,
  checkInteger,
  checkKeys,
  checkName,
  checkNumber,
  checkNumbers,
  checkObject,
  checkText,
  isList,
  notNegative,
  portion,
  positive,
} from "../../src/support/checks";
import { testRefusals } from "../helpers/refusals";

/** Runs code in another realm, as a notebook's cell is one: its classes are not ours. */
const foreign = (code: string): unknown => runInNewContext(code);

describe("a check gives back what it was given, where that is allowed:", () => {
  test("numbers at the ends of their ranges", () => {
    expect(checkNumber("a", -1e308, anyFinite, "")).toBe(-1e308);
    expect(checkNumber("a", 5e-324, positive, "")).toBe(5e-324);
    expect(checkNumber("a", 0, notNegative, "")).toBe(0);
    expect(checkNumber("a", 1, portion, "")).toBe(1);
    expect([checkInteger("a", 1, 1, 3), checkInteger("a", 3, 1, 3)]).toEqual([1, 3]);
  });

  test("a list of numbers, as a copy that is an array", () => {
    const given = Float64Array.of(1, 2);
    const copy = checkNumbers("a", given, 2, positive, "");
    expect(copy).toEqual([1, 2]);
    given[0] = 9;
    expect(copy[0]).toBe(1);
  });

  test("texts, names, choices and objects", () => {
    const object = { b: 1 };
    expect(checkText("a", " x ")).toBe(" x ");
    expect(checkName("a", "x".repeat(40))).toHaveLength(40);
    expect(checkChoice("a", "buy", ["sell", "buy"])).toBe("buy");
    expect(checkObject("a", object)).toBe(object);
    expect(checkKeys("a", object, ["b", "c"])).toBe(object);
    expect(checkObject("a", Object.create(null))).toEqual({});
  });

  test("objects of another realm, such as a cell's", () => {
    expect(checkObject("a", foreign("({ b: 1 })"))).toEqual({ b: 1 });
    expect(isList(foreign("[1]"))).toBe(true);
    expect(isList(foreign("Float64Array.of(1)"))).toBe(true);
    expect(isList(foreign("({ length: 1 })"))).toBe(false);
  });

  test("results by the fields that they must have, whatever else they have", () => {
    const results = [{ x: 1, y: "more" }, { x: Number.NaN }];
    expect(() => checkHas("a", results[0], ["x", "y"], "")).not.toThrow();
    expect(() => checkFields("a", results[0], ["x"], "")).not.toThrow();
    expect(() => checkEach("a", results, ["x"], "")).not.toThrow();
    expect(() => checkGroups("a", { one: results, two: results }, ["x"], "")).not.toThrow();
  });
});

describe("numbers:", () => {
  testRefusals([
    [
      "infinity",
      () => checkNumber("a", Number.POSITIVE_INFINITY, anyFinite, ""),
      "a must be a finite number; got Infinity.",
    ],
    [
      "0, where only more will do",
      () => checkNumber("a", 0, positive, "USD"),
      "a must be a finite number above 0 (USD); got 0.",
    ],
    [
      "less than 0",
      () => checkNumber("a", -5e-324, notNegative, ""),
      "a must be a finite number, 0 or above; got -5e-324.",
    ],
    [
      "more than a whole",
      () => checkNumber("a", 1.01, portion, ""),
      "a must be a number above 0 and at most 1; got 1.01.",
    ],
    [
      "a number in quotation marks, with the remedy",
      () => checkNumber("a", " 5 ", anyFinite, ""),
      'a must be a finite number; got the text " 5 ". Write the number without quotation marks.',
    ],
    [
      "a text that is no number, without it",
      () => checkNumber("a", "five", anyFinite, ""),
      'a must be a finite number; got the text "five".',
    ],
    [
      "an empty text, without it",
      () => checkNumber("a", " ", anyFinite, ""),
      'a must be a finite number; got the text " ".',
    ],
    [
      "a bigint, with the remedy",
      () => checkNumber("a", 5n, anyFinite, ""),
      "a must be a finite number; got 5. Write the number without the n at its end.",
    ],
    [
      "an integer beyond its bounds",
      () => checkInteger("a", 1001, 1, 1000),
      "a must be an integer from 1 to 1,000; got 1001.",
    ],
    ["half an integer", () => checkInteger("a", 2.5, 1, 3), "a must be an integer from 1 to 3; got 2.5."],
    [
      "a list of another length",
      () => checkNumbers("a", [1, 2], 3, anyFinite, "USD"),
      "a must be an array of 3 numbers (USD); got an array of length 2.",
    ],
    [
      "a text for a list",
      () => checkNumbers("a", "12", 2, anyFinite, ""),
      'a must be an array of 2 numbers; got the text "12".',
    ],
    [
      "an entry, by its place",
      () => checkNumbers("a", [1, -1], 2, positive, "USD"),
      "a[1] must be a finite number above 0 (USD); got -1.",
    ],
    [
      "a hole",
      () => checkNumbers("a", new Array(1), 1, anyFinite, ""),
      "a[0] must be a finite number; got nothing.",
    ],
  ]);
});

describe("texts:", () => {
  testRefusals([
    ["blanks for a text", () => checkText("a", "  "), 'a must be a text; got the text "  ".'],
    [
      "a name of 41 characters",
      () => checkName("a", "x".repeat(41)),
      `a must be a text of 1 to 40 characters; got the text "${"x".repeat(37)}…".`,
    ],
    [
      "blanks for a name",
      () => checkName("a", " "),
      'a must be a text of 1 to 40 characters; got the text " ".',
    ],
    [
      "what is no choice",
      () => checkChoice("a", "hold", ["sell", "buy"]),
      'a must be "sell" or "buy"; got the text "hold".',
    ],
  ]);
});

describe("objects:", () => {
  testRefusals([
    ["null", () => checkObject("a", null), "a must be an object with named fields; got null."],
    [
      "an array",
      () => checkObject("a", [1]),
      "a must be an object with named fields; got an array of length 1.",
    ],
    [
      "an object of a class, with the remedy",
      () => checkObject("a", new Map(), "options"),
      "a must be options; got an object of type Map. Write a plain object, { name: value, … }.",
    ],
    [
      "an unknown field, with the known ones",
      () => checkKeys("a", { b: 1, sigma: 2 }, ["b", "c"]),
      'a field "sigma" must be left out: there is no such field. Known fields: b, c; got 2.',
    ],
    ["a number for a report", () => checkFields("a", 5, ["x"], "a report"), "a must be a report; got 5."],
    [
      "a report with a text in it",
      () => checkFields("a", { x: "1" }, ["x"], "a report"),
      'a.x must be a finite number; got the text "1". Write the number without quotation marks.',
    ],
    [
      "a result that lacks a field",
      () => checkHas("a", { x: 1 }, ["x", "y"], "a result"),
      "a must be a result; got an object.",
    ],
    ["null for a result", () => checkHas("a", null, [], "a result"), "a must be a result; got null."],
    [
      "no results",
      () => checkEach("a", [], ["x"], "result"),
      "a must be an array of at least one result; got an array of length 0.",
    ],
    [
      "one of several results, by its place",
      () => checkEach("a", [{ x: 1 }, {}], ["x"], "result"),
      "a[1] must be a result; got an object.",
    ],
    [
      "one of several estimates, in grammatical English",
      () => checkEach("a", [5], ["x"], "estimate"),
      "a[0] must be an estimate; got 5.",
    ],
    [
      "no groups",
      () => checkGroups("a", {}, ["x"], "result"),
      "a must be an object with arrays by name, each of at least one result; got an object.",
    ],
    [
      "a group of another length, by its name",
      () => checkGroups("a", { one: [{ x: 1 }], two: [{ x: 1 }, { x: 2 }] }, ["x"], "result"),
      'a["two"] must be an array of 1, as many as the first; got an array of length 2.',
    ],
  ]);
});
