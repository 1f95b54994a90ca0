import { describe, expect, test } from "vitest";
import { countTests, sum, summary } from "../../../scripts/test/count.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("the count of `npm test`", () => {
  test("takes each test for one, and all that did not run for skipped", () => {
    const report = { success: true, testResults: [file("passed", "passed", "passed", "skipped", "todo")] };
    expect(countTests(report, true)).toEqual({ passed: 2, failed: 0, skipped: 2 });
  });

  test("takes a file that cannot be imported for one failure", () => {
    const report = { success: false, testResults: [file("passed", "passed"), file("failed")] };
    expect(countTests(report, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test("does not count the failures of a file twice", () => {
    const report = { success: false, testResults: [file("failed", "failed", "failed", "passed")] };
    expect(countTests(report, false)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  test.each([
    ["a crash without a report", undefined, false],
    ["an error between the tests", { success: false, testResults: [file("passed", "passed")] }, false],
    ["an unclean exit after all", { success: true, testResults: [file("passed", "passed")] }, false],
    ["a selection that matches nothing", { success: true, testResults: [] }, true],
    ["a run of skipped tests", { success: true, testResults: [file("passed", "skipped")] }, true],
  ])("takes %s for a failure", (_, report, isExitClean) => {
    expect(countTests(report, isExitClean).failed).toBe(1);
  });

  test("is the sum of its parts, on one line", () => {
    const one = { passed: 1, failed: 0, skipped: 0 };
    expect(summary(sum([one, one]))).toBe("2 passed, 0 failed");
    expect(summary(sum([one, { passed: 0, failed: 2, skipped: 3 }]))).toBe("1 passed, 2 failed, 3 skipped");
  });
});
