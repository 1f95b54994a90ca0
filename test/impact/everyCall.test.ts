import { describe, expect, test } from "vitest";
import {
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  optimalSchedule,
  powerImpact,
} from "../../src/index";
import { calls, rooms } from "../helpers/calls";

/** The calls that need the quadratic form of linear impact, and say so. */
const linearOnly = ["denseSchedule", "parameterShiftSchedule", "timeConstant", "tridiagonalSchedule"];

/** What a call is given in the table of calls, and what it becomes: the same with another law. */
function withLaw(values: readonly unknown[], problem: ExecutionProblem, other: ExecutionProblem): unknown[] {
  const planned = optimalSchedule(other);
  const swap = (value: unknown): unknown => {
    if (value === problem) return other;
    if (Array.isArray(value)) return value.map(swap);
    const isSchedule = typeof value === "object" && value !== null && "trades" in value && "times" in value;
    return isSchedule ? planned : value;
  };
  return values.map(swap);
}

const linear = calls["root impactLaw"][0] as ExecutionProblem;
const withImpact = (impact: ExecutionProblem["impact"]): ExecutionProblem =>
  defineProblem({ ...linear, temporaryImpact: undefined, permanentImpact: undefined, impact });
const others = [
  [
    "a power law",
    withImpact(powerImpact({ coefficient: 0.02, exponent: 0.5, permanent: 2e-4 })),
    ["priceManipulation"],
  ],
  [
    "impact that fades",
    withImpact(decayImpact({ exponentials: [{ impact: 2e-4, rate: 1 }], temporary: 1e-3 })),
    ["boundedScheduleByHighs", "impactBand", "infiniteHorizon", "piecewiseLinearSchedule"],
  ],
] as const;
/** Worker threads run the built package; `test/platform/parallel` calls these. */
const needsWorkers = ["root simulateCostsParallel"];
const taking = Object.entries(calls).filter(
  ([name, values]) => values.includes(linear) && !needsWorkers.includes(name),
);

describe.each(others)("every call that takes a problem takes one with %s", (_, other, refusing) => {
  test("of which there are many", () => {
    expect(taking.length).toBeGreaterThan(40);
  });

  test.each(taking)("%s", async (name, values) => {
    const [room, call] = name.split(" ");
    const run = async (): Promise<unknown> =>
      (rooms[room][call] as (...values: unknown[]) => unknown)(...withLaw(values, linear, other));
    if (([...linearOnly, ...refusing] as readonly string[]).includes(call)) {
      await expect(run()).rejects.toMatchObject({ name: "InputError", parameter: "problem.impact.kind" });
      await expect(run()).rejects.toThrow(/must be ("linear"|a law whose costs are squares)/);
    } else if (call === "lotSchedule" && other.impact?.kind === "decay") {
      // It is called with a least trade.
      await expect(run()).rejects.toMatchObject({ name: "InputError", parameter: "options.minimumTrade" });
    } else {
      await expect(run()).resolves.toBeDefined();
    }
  });
});

/** The calls that know orders that finish only, and say so. */
const finishOnly = [
  "benchmarkDistribution",
  "denseSchedule",
  "infiniteHorizon",
  "modelRisk",
  "parameterShiftSchedule",
  "piecewiseLinearSchedule",
  "simulateBenchmarks",
  "tridiagonalSchedule",
];
const leaving = [
  ["linear impact", defineProblem({ ...linear, permanentImpact: 0, impact: undefined }), []],
  [
    "a power law",
    withImpact(powerImpact({ coefficient: 0.02, exponent: 0.5, permanent: 2e-5 })),
    ["priceManipulation", "timeConstant"],
  ],
  [
    "impact that fades",
    withImpact(decayImpact({ exponentials: [{ impact: 2e-5, rate: 1 }], temporary: 1e-3 })),
    ["boundedScheduleByHighs", "impactBand", "infiniteHorizon", "timeConstant"],
  ],
] as const;

describe.each(leaving)(
  "every call takes an order that may be left unfinished under %s",
  (_, law, refusing) => {
    const other = defineProblem({
      ...law,
      ...(law.impact?.kind === "linear"
        ? { impact: undefined }
        : { temporaryImpact: undefined, permanentImpact: undefined }),
      remainderPrice: 0.3,
    });

    test.each(taking)("%s", async (name, values) => {
      const [room, call] = name.split(" ");
      const run = async (): Promise<unknown> =>
        (rooms[room][call] as (...values: unknown[]) => unknown)(...withLaw(values, linear, other));
      if ((refusing as readonly string[]).includes(call)) {
        await expect(run()).rejects.toMatchObject({ name: "InputError", parameter: "problem.impact.kind" });
      } else if (finishOnly.includes(call)) {
        await expect(run()).rejects.toMatchObject({
          name: "InputError",
          parameter: "problem.remainderPrice",
        });
      } else if (call === "lotSchedule" && law.impact?.kind === "decay") {
        await expect(run()).rejects.toMatchObject({ name: "InputError", parameter: "options.minimumTrade" });
      } else {
        await expect(run()).resolves.toBeDefined();
      }
    });
  },
);
