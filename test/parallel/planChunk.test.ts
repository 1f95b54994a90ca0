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
    const bounds = { upper: 3e5 };
    const sent = structuredClone(packProblems(problems));
    planChunk({ ...sent, bounds });
    const reader = new ChunkReader(sent);
    for (const problem of problems) {
      const { trades, upperPrices, marginalCost } = reader.read(problem, true);
      const right = requireOptimal(boundedSchedule(problem, bounds));
      expect(trades).toEqual(right.schedule.trades);
      expect(upperPrices).toEqual(right.upperPrices);
      expect(marginalCost).toBe(right.marginalCost);
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
