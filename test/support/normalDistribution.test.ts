import { describe, expect, test } from "vitest";
import { normalDensity, normalProbability, normalQuantile } from "../../src/support/normalDistribution";
import { expectRelative } from "../helpers/reference";

describe("the normal quantile", () => {
  // Computed at 60 digits: erfinv, and a root of erfc in the tails. The approximation changes its polynomials at
  // p = 0.075 and p = e^{−25}.
  const exact: [p: number, z: number][] = [
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [0.25, -0.6744897501960817],
    [0.1, -1.2815515655446004],
    [0.08, -1.4050715603096327],
    [0.07, -1.4757910281791706],
    [0.01, -2.326347874040841],
    [1e-5, -4.264890793922825],
    [1e-10, -6.361340902404056],
    [1.4e-11, -6.656723091518184],
    [1.3e-11, -6.667611456510741],
    [1e-20, -9.262340089798407],
    [1e-100, -21.273453560965326],
    [1e-300, -37.0470962993612],
  ];

  test("agrees with 60-digit arithmetic, far into the tails and on both sides of every seam (1e-15)", () => {
    for (const [p, z] of exact) expectRelative(normalQuantile(p), z, 1e-15, `z(${p})`);
  });

  test("is antisymmetric to the last bit where 1 − p is exact", () => {
    for (const p of [1 / 4, 3 / 64, 1 / 16, 2 ** -10, 2 ** -30, 2 ** -52]) {
      expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
    }
  });

  test("rises, by the inverse of the density (1e-7)", () => {
    for (const p of [1e-6, 0.01, 0.2, 0.5, 0.7, 0.93]) {
      const h = 1e-4 * Math.min(p, 1 - p);
      const slope = (normalQuantile(p + h) - normalQuantile(p - h)) / (2 * h);
      expectRelative(slope, 1 / normalDensity(normalQuantile(p)), 1e-7, `slope at ${p}`);
    }
  });
});

describe("the normal density", () => {
  test("agrees with 60-digit arithmetic (1e-15)", () => {
    const exact: [z: number, density: number][] = [
      [0, 0.3989422804014327],
      [0.5, 0.35206532676429947],
      [1, 0.24197072451914337],
      [1.96, 0.05844094433345147],
      [5, 1.4867195147342977e-6],
      [10, 7.694598626706419e-23],
    ];
    for (const [z, density] of exact) expectRelative(normalDensity(z), density, 1e-15, `φ(${z})`);
  });

  test("is symmetric, has area 1, variance 1, and fades to 0 without an error", () => {
    // The trapezoidal rule is exact to rounding for a function as smooth as this one.
    const step = 1 / 8;
    let [area, variance] = [0, 0];
    for (let z = -12; z <= 12; z += step) {
      expect(normalDensity(-z)).toBe(normalDensity(z));
      area += step * normalDensity(z);
      variance += step * z * z * normalDensity(z);
    }
    expect(area).toBeCloseTo(1, 14);
    expect(variance).toBeCloseTo(1, 13);
    expect(normalDensity(40)).toBe(0);
  });
});

describe("the normal probability", () => {
  test("is the inverse of the quantile, far into the tail", () => {
    for (const p of [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.0445, 0.0446, 0.06, 0.3, 0.5, 0.7, 0.99]) {
      const z = normalQuantile(p);
      // A rounding of z moves p by z times as much, relatively.
      expectRelative(normalProbability(z), p, 4e-15 + 4e-16 * z * z, `Φ(${z})`);
    }
  });

  test("of z and of −z add up to 1, and grows through the seam at ±1.7", () => {
    for (const z of [0, 0.1, 1, 1.6999, 1.7, 1.7001, 5, 40]) {
      expect(normalProbability(z) + normalProbability(-z)).toBeCloseTo(1, 15);
    }
    expect(normalProbability(0)).toBe(0.5);
    for (const z of [-1.7, 1.7]) {
      const slope = (normalProbability(z + 1e-6) - normalProbability(z - 1e-6)) / 2e-6;
      expectRelative(slope, normalDensity(z), 1e-6, `slope at ${z}`);
    }
  });
});
