import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  defineProblem,
  optimalSchedule,
  powerImpact,
  requireOptimal,
} from "../../src/index";
import { ChunkReader, packProblems } from "../../src/parallel/exchange";
import { planChunk } from "../../src/parallel/planChunk";

describe("orders on their way to a worker and back", () => {
  const linear = defineProblem({
    ...{
      shares: 1e6,
      horizon: 5,
      intervals: 5,
      volatility: 0.95,
      temporaryImpact: 2.5e-6,
      riskAversion: 1e-6,
    },
  });
  const power = defineProblem({
    ...{ ...linear, temporaryImpact: undefined, permanentImpact: undefined },
    impact: powerImpact({ coefficient: 0.0011, exponent: 0.5 }),
  });
  const problems = [linear, power, linear];

  test("keep their law of impact, whichever it is", () => {
    const sent = structuredClone(packProblems(problems));
    expect(planChunk({ ...sent, bounds: undefined })).toEqual([]);
    const reader = new ChunkReader(sent);
    for (const problem of problems) {
      const { trades, certificate } = reader.read(problem, false);
      const schedule = optimalSchedule(problem);
      expect(trades).toEqual(schedule.trades);
      expect(certificate).toEqual(certify(problem, schedule));
    }
  });

  test("come back with the prices of their bounds", () => {
    // Bounds that bind from above, from below, on both sides and not at all: prices that are all 0 are not sent.
    const all = [{ upper: 3e5 }, { lower: 1.5e5 }, { lower: 1.5e5, upper: 3e5 }, {}];
    for (const bounds of all) {
      const sent = structuredClone(packProblems(problems));
      planChunk({ ...sent, bounds });
      const reader = new ChunkReader(sent);
      for (const problem of problems) {
        const { trades, lowerPrices, upperPrices, marginalCost } = reader.read(problem, true);
        const right = requireOptimal(boundedSchedule(problem, bounds));
        expect(trades).toEqual(right.schedule.trades);
        expect(lowerPrices).toEqual(right.lowerPrices);
        expect(upperPrices).toEqual(right.upperPrices);
        expect(lowerPrices.some((price) => price > 0)).toBe("lower" in bounds);
        expect(upperPrices.some((price) => price > 0)).toBe("upper" in bounds);
        expect(marginalCost).toBe(right.marginalCost);
      }
    }
  });

  test("use memory again that is large enough, and no other", () => {
    const { exchange } = packProblems(problems);
    expect(packProblems([power], exchange).exchange).toBe(exchange);
    expect(packProblems([...problems, linear], exchange).exchange).not.toBe(exchange);
    // What an earlier task left behind them does not show.
    planChunk({ ...packProblems(problems, exchange), bounds: { upper: 3e5 } });
    const again = packProblems([linear], exchange);
    planChunk({ ...again, bounds: undefined });
    expect(new ChunkReader(again).read(linear, false).trades).toEqual(optimalSchedule(linear).trades);
  });

  test("keep what a certificate says of an order without value", () => {
    const free = defineProblem({ ...linear, arrivalPrice: 0 });
    const sent = packProblems([free]);
    planChunk({ ...sent, bounds: undefined });
    const { certificate } = new ChunkReader(sent).read(free, false);
    expect(certificate).toEqual(certify(free, optimalSchedule(free)));
    expect(certificate.gapBasisPoints).toBeNaN();
  });
});
