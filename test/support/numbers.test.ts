import { describe, expect, test } from "vitest";
import {
  differenceOfProducts,
  plainArray,
  plainZeros,
  Sum,
  smallZeros,
  unfilledArray,
  zeros,
} from "../../src/support/numbers";

describe("Sum", () => {
  test("keeps the small terms that plain addition drops", () => {
    const sum = new Sum();
    for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
    expect(sum.value).toBe(2);
  });

  test("adds a million tenths to the last digit", () => {
    const sum = new Sum();
    for (let i = 0; i < 1_000_000; i++) sum.add(0.1);
    expect(sum.value).toBe(100_000);
  });
});

test("a sum beyond the largest double is infinite, not no number", () => {
  const sum = new Sum();
  for (const term of [1e308, 1e308, 5]) sum.add(term);
  expect(sum.value).toBe(Number.POSITIVE_INFINITY);
});

describe("differenceOfProducts", () => {
  test("is exact where the products cancel in all their leading digits", () => {
    // (1 + 2⁻³⁰)(1 − 2⁻³⁰) − 1·1 = −2⁻⁶⁰, which the plain expression rounds to 0.
    const ulp = 2 ** -30;
    expect((1 + ulp) * (1 - ulp) - 1).toBe(0);
    expect(differenceOfProducts(1 + ulp, 1 - ulp, 1, 1)).toBe(-(2 ** -60));
  });

  test("falls back to the plain difference where splitting would overflow", () => {
    expect(differenceOfProducts(1e300, 1e-300, 1, 0.5)).toBeCloseTo(0.5, 12);
  });
});

describe("zeros", () => {
  test("gives arrays of zeros that no other touches, from one buffer to the next", () => {
    const arrays = Array.from({ length: 500 }, (_, i) => (i % 3 === 0 ? smallZeros(i % 50) : zeros(i % 50)));
    arrays.forEach((array, i) => {
      expect(array.every((value) => value === 0)).toBe(true);
      array.fill(i % 200);
    });
    arrays.forEach((array, i) => {
      expect(array.length).toBe(i % 50);
      expect(array.every((value) => value === i % 200)).toBe(true);
    });
  });

  test("gives a long array a buffer of its own, which it does not outlive", () => {
    expect(zeros(10_000).buffer.byteLength).toBe(80_000);
    expect(smallZeros(70_000).buffer.byteLength).toBe(70_000);
  });
});

describe("arrays to be kept", () => {
  // Up to 200,000 numbers they are copied, beyond they are made.
  const lengths = [0, 1, 78, 200_000, 200_001];

  test.each(lengths)("%i zeros are an array of its own, which survives JSON", (length) => {
    const [one, other] = [plainZeros(length), plainZeros(length)];
    expect(one.length).toBe(length);
    one.fill(7);
    expect(other.every((value) => value === 0)).toBe(true);
    expect(JSON.parse(JSON.stringify(plainZeros(length)))).toEqual(other);
    expect(Object.keys(other).length).toBe(length);
  });

  test("what is written into one is not in the next, whatever its length", () => {
    unfilledArray(100).fill(7);
    expect(plainZeros(50)).toEqual(new Array(50).fill(0));
    expect(plainZeros(150)).toEqual(new Array(150).fill(0));
  });

  test.each(lengths)("%i numbers of a buffer, or only the first of them", (length) => {
    const buffer = Float64Array.from({ length }, (_, k) => k / 3);
    expect(plainArray(buffer)).toEqual([...buffer]);
    const half = length >> 1;
    expect(plainArray(buffer, half)).toEqual([...buffer].slice(0, half));
  });
});
