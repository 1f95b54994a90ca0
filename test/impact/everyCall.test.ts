import { describe, expect, test } from "vitest";
import { defineProblem, type ExecutionProblem, optimalSchedule, powerImpact } from "../../src/index";
import { calls, rooms } from "../helpers/calls";

/** The calls that need the quadratic form of linear impact, and say so. */
const linearOnly = [
  "boundedScheduleByHighs",
  "denseSchedule",
  "parameterShiftSchedule",
  "piecewiseLinearSchedule",
  "timeConstant",
  "tridiagonalSchedule",
];

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
const power = defineProblem({
  ...linear,
  temporaryImpact: undefined,
  permanentImpact: undefined,
  impact: powerImpact({ coefficient: 0.02, exponent: 0.5, permanent: 2e-4 }),
});
/** Worker threads run the built package; `test/platform/parallel` calls these. */
const needsWorkers = ["root simulateCostsParallel"];
const taking = Object.entries(calls).filter(
  ([name, values]) => values.includes(linear) && !needsWorkers.includes(name),
);

describe("every call that takes a problem takes one with a power law", () => {
  test("of which there are many", () => {
    expect(taking.length).toBeGreaterThan(40);
  });

  test.each(taking)("%s", async (name, values) => {
    const [room, call] = name.split(" ");
    const run = async (): Promise<unknown> =>
      (rooms[room][call] as (...values: unknown[]) => unknown)(...withLaw(values, linear, power));
    if (linearOnly.includes(call)) {
      await expect(run()).rejects.toMatchObject({ name: "InputError", parameter: "problem.impact.kind" });
      await expect(run()).rejects.toThrow('must be "linear" for ');
    } else {
      await expect(run()).resolves.toBeDefined();
    }
  });
});
