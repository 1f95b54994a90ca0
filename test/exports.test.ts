import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { calls, rooms } from "./helpers/calls";
import { faultsOf } from "./helpers/wrongCalls";

/** Worker threads run what is built: the platform's tests call these. */
const ofBuild = new Set(["root planBatch", "root simulateCostsParallel"]);

/** These write the numbers of their caller, and say in their documentation that NaN is one. */
const ofReaders = new Set(["root formatNumber", "root formatSignificant", "root makeTable"]);

/** These write JSON, whose word for no bound and for what is no number is null. */
const ofJson = new Set(["root scheduleToJson"]);

const functions = Object.entries(rooms).flatMap(([room, exports]) =>
  Object.entries(exports).flatMap(([name, value]) =>
    typeof value === "function" && !name.endsWith("Error") ? [[`${room} ${name}`, value] as const] : [],
  ),
);

describe("every exported function", () => {
  // `confirm` prints.
  beforeAll(() => void vi.spyOn(console, "log").mockImplementation(() => undefined));
  afterAll(() => void vi.restoreAllMocks());

  test("has an example of a call", () => {
    expect(Object.keys(calls).sort()).toEqual(functions.map(([name]) => name).sort());
  });

  test.each(functions.filter(([name]) => !ofBuild.has(name)))(
    "%s works, or says in the library's words which argument is wrong",
    async (name, f) => {
      const faults = await faultsOf(f, calls[name]);
      const isMeant = (fault: string): boolean =>
        (ofReaders.has(name) && fault.endsWith("gives “NaN”")) ||
        (ofJson.has(name) && fault.includes("gives “{"));
      expect(faults.filter((fault) => !isMeant(fault))).toEqual([]);
    },
  );
});
