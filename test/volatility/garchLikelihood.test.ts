import { describe, expect, test } from "vitest";
import { garchLikelihood } from "../../src/volatility/index";
import { expectRelative } from "../helpers/reference";
import { figures } from "../helpers/volatilityReference";

const { returns, at_fixed } = figures.garch;

describe("the likelihood", () => {
  const { omega, alpha, beta } = at_fixed;

  test("agrees with the reference figure at fixed parameters", () => {
    const { logLikelihood, nextVariance } = garchLikelihood(returns, { omega, alpha, beta });
    expectRelative(logLikelihood, at_fixed.loglik, 1e-12, "log-likelihood");
    expectRelative(nextVariance, at_fixed.next_variance, 1e-12, "next variance");
  });

  test("has the gradient that differences of it show", () => {
    const θ = [omega, alpha, beta] as const;
    const at = (i: number, h: number): number => {
      const [ω, α, β] = θ.map((value, k) => (k === i ? value + h : value)) as [number, number, number];
      return garchLikelihood(returns, { omega: ω, alpha: α, beta: β }).logLikelihood;
    };
    const { gradient } = garchLikelihood(returns, { omega, alpha, beta });
    gradient.forEach((slope, i) => {
      // Central differences of 1e-5: rounding of 2e3 · 1e-16 / 1e-5, and the third derivative times 1e-10.
      expectRelative(slope, (at(i, 1e-5) - at(i, -1e-5)) / 2e-5, 1e-5, `derivative ${i}`);
    });
  });

  test("refuses parameters that are none", () => {
    expect(() => garchLikelihood(returns, { omega: 0, alpha, beta })).toThrow(
      "omega must be a finite number above 0",
    );
    expect(() => garchLikelihood(returns, { omega, alpha: -1, beta })).toThrow(
      "alpha must be a finite number, 0 or above",
    );
  });
});
