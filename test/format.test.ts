import { expect, test } from "vitest";
import { formatNumber, formatSignificant } from "../src/index";

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
