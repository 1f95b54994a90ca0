import { describe, expect, test } from "vitest";
import { formatNumber, formatSignificant } from "../../src/index";

test("formatNumber separates thousands, rounds, and never writes −0", () => {
  expect(formatNumber(55269.86539749495, 2)).toBe("55,269.87");
  expect(formatNumber(-1234.5, 1)).toBe("-1,234.5");
  expect(formatNumber(-0.004, 2)).toBe("0.00");
  expect(formatNumber(-0)).toBe("0");
});

test("formatSignificant keeps digits, not decimals, and uses an exponent only for tiny and huge numbers", () => {
  expect(formatSignificant(0.0030195842, 4)).toBe("0.00302");
  expect(formatSignificant(-2.346e-7)).toBe("-2.35e-7");
  expect(formatSignificant(1e-4)).toBe("0.0001");
  expect(formatSignificant(9.999e-5)).toBe("0.0001");
  expect(formatSignificant(2.5e20)).toBe("2.5e20");
  expect(formatSignificant(0)).toBe("0");
});

test("the largest double has digits too, and infinity is written as such", () => {
  expect(formatSignificant(-Number.MAX_VALUE)).toBe("-1.80e308");
  expect(formatSignificant(Number.POSITIVE_INFINITY)).toBe("Infinity");
  expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("-∞");
});

describe("what is no number, or has no such digits, is refused", () => {
  const cases: [() => unknown, string][] = [
    [() => formatNumber(undefined as never), "value must be a number; got nothing."],
    [() => formatSignificant("5" as never), 'value must be a number; got the text "5".'],
    [() => formatSignificant(5n as never), "value must be a number; got 5."],
    [() => formatNumber(1, 25), "decimals must be an integer from 0 to 20; got 25."],
    [() => formatNumber(1, 0.5), "decimals must be an integer from 0 to 20; got 0.5."],
    [() => formatSignificant(1, 0), "digits must be an integer from 1 to 21; got 0."],
    [
      () => formatSignificant(1, "3" as never),
      'digits must be an integer from 1 to 21; got the text "3". Write the number without quotation marks.',
    ],
  ];
  test.each(cases)("%s", (call, message) => {
    expect(call).toThrow(expect.objectContaining({ name: "InputError", message }));
  });
});
