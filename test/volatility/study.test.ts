import { expect, test } from "vitest";
import { estimatorStudy, parkinsonVolatility, simulateBars } from "../../src/volatility/index";

test("a study tells how far it is, some hundred times, and 1 at the end", () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  const told = estimatorStudy({ bars: 5, volatility: 0.01 }, { samples: 250, seed: 1, onProgress });
  expect(fractions).toHaveLength(84);
  expect([fractions[0], fractions.at(-1)]).toEqual([3 / 250, 1]);
  expect(told).toEqual(estimatorStudy({ bars: 5, volatility: 0.01 }, { samples: 250, seed: 1 }));
});

test("bias, its error, RMSE and coverage are those of the samples, recomputed from the estimates", () => {
  const results = estimatorStudy({ bars: 20, volatility: 0.01, drift: 0.01 }, { samples: 50, seed: 3 });
  const ratios = Array.from({ length: 50 }, (_, i) => {
    const bars = simulateBars({ bars: 20, volatility: 0.01, drift: 0.01, seed: `3:study:${i}` });
    return parkinsonVolatility(bars).variance / 1e-4;
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 50;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 49;
  const parkinson = results.find(({ method }) => method === "Parkinson");
  expect(parkinson?.bias).toBeCloseTo(mean - 1, 12);
  expect(parkinson?.biasStandardError).toBeCloseTo(Math.sqrt(variance / 50), 12);
  expect(parkinson?.rootMeanSquareError).toBeCloseTo(Math.hypot(mean - 1, Math.sqrt(variance)), 12);
});

test("a study without a sample is refused, in words", () => {
  expect(() => estimatorStudy(undefined as never, { seed: 1 })).toThrow(
    "sample must be an object such as simulateBars takes, without a seed; got nothing.",
  );
});
