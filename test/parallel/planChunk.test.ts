import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  defineProblem,
  optimalSchedule,
  powerImpact,
  requireOptimal,
} from "../../src/index";
import { ChunkReader, packProblems, planChunk } from "../../src/parallel/planChunk";

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
    const { numbers, others } = planChunk({ problems: sent, bounds: undefined });
    expect(others).toEqual([]);
    const reader = new ChunkReader(numbers);
    for (const problem of problems) {
      const { trades, certificate } = reader.read(5, false);
      const schedule = optimalSchedule(problem);
      expect(trades).toEqual(schedule.trades);
      expect(certificate).toEqual(certify(problem, schedule));
    }
  });

  test("come back with the prices of their bounds", () => {
    const bounds = { upper: 3e5 };
    const { numbers } = planChunk({ problems: structuredClone(packProblems(problems)), bounds });
    const reader = new ChunkReader(numbers);
    for (const problem of problems) {
      const { trades, upperPrices, marginalCost } = reader.read(5, true);
      const right = requireOptimal(boundedSchedule(problem, bounds));
      expect(trades).toEqual(right.schedule.trades);
      expect(upperPrices).toEqual(right.upperPrices);
      expect(marginalCost).toBe(right.marginalCost);
    }
  });
});
