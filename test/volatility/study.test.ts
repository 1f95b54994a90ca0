import { expect, test } from "vitest";
import { estimatorStudy } from "../../src/volatility/index";

test("a study tells how far it is, some hundred times, and 1 at the end", () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  const told = estimatorStudy({ bars: 5, volatility: 0.01 }, { samples: 250, seed: 1, onProgress });
  expect(fractions).toHaveLength(84);
  expect([fractions[0], fractions.at(-1)]).toEqual([3 / 250, 1]);
  expect(told).toEqual(estimatorStudy({ bars: 5, volatility: 0.01 }, { samples: 250, seed: 1 }));
});
