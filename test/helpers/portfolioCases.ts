import { definePortfolio, type Portfolio, type PortfolioLimits } from "../../src/portfolio/index";

/** A portfolio of `test/reference/generate_portfolio.py`, with its optimum by clarabel. */
export interface BoundedCase {
  readonly name: string;
  readonly seed: number;
  readonly m: number;
  readonly N: number;
  readonly cross: number;
  readonly cap: number | null;
  readonly spread: number;
  readonly lam: number;
  readonly neutral: boolean;
  readonly noReversal: boolean;
  readonly objective: number;
  readonly picked: readonly (readonly [number, number])[];
  readonly trades: readonly number[];
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}

/** The same numbers as `instance` of the script. */
export function boundedCase(given: Omit<BoundedCase, "objective" | "picked" | "trades">): {
  readonly portfolio: Portfolio;
  readonly limits: PortfolioLimits;
} {
  const { m, N } = given;
  const draw = generator(given.seed);
  const list = (make: (i: number) => number, length = m): number[] =>
    Array.from({ length }, (_, i) => make(i));
  const factors = list(() => 0).map(() =>
    list((k) => (k === 0 ? 0.6 + 0.4 * draw() : 0.5 * (draw() - 0.5)), 5),
  );
  const own = list(() => 0.3 + 0.5 * draw());
  const covariance = factors.map((a, i) =>
    factors.map(
      (b, j) =>
        a.reduce((sum, value, k) => sum + value * (b[k] as number), 0) + (i === j ? (own[i] as number) : 0),
    ),
  );
  const diagonal = list(() => 2e-6 * (0.5 + draw()));
  const temporaryImpact = diagonal.map((value, i) => list((j) => (i === j ? value : 0)));
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const both = (given.cross * 2e-6 * (draw() - 0.5)) / m;
      (temporaryImpact[i] as number[])[j] = both;
      (temporaryImpact[j] as number[])[i] = both;
    }
  }
  const positions = list(() => Math.floor(2e5 * (draw() - 0.4)));
  const prices = list(() => 20 + 80 * draw());
  if (given.neutral) {
    positions[0] = 0;
    const total = positions.reduce((sum, x, i) => sum + x * (prices[i] as number), 0);
    positions[0] = -total / (prices[0] as number);
  }
  const caps = Array.from({ length: N }, (_, k) => {
    const shape = 0.6 + 1.2 * ((2 * k + 1 - N) / N) ** 2;
    return positions.map((x) => (shape * Math.abs(x) * (given.cap ?? 1)) / N);
  });
  const portfolio = definePortfolio({
    ...{ positions, horizon: 1, intervals: N, covariance, temporaryImpact, riskAversion: given.lam },
    permanentImpact: diagonal.map((value) => 0.1 * value),
    halfSpreads: given.spread,
    arrivalPrices: prices,
  });
  return {
    portfolio,
    limits: {
      ...(given.cap === null ? {} : { caps }),
      noReversal: given.noReversal,
      neutral: given.neutral ? [{ name: "cash", weights: prices }] : [],
    },
  };
}
