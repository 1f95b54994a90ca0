import { afterEach, expect, test, vi } from "vitest";
import { boundedSchedule, confirm, defineProblem, requireOptimal } from "../src/index";

afterEach(() => {
  vi.restoreAllMocks();
});

test("confirm prints the claim with both numbers when they agree", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  confirm("cost of the optimum", 55269.8653974949, 55269.87, 1e-6);
  expect(log).toHaveBeenCalledWith("✓ cost of the optimum: 55,269.8654 ≈ 55,269.87, relative tolerance 1e-6");
});

test("confirm stops on a difference, relative where there is something to be relative to", () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  expect(() => confirm("a", 1.1, 1, 0.05)).toThrow("✗ a: 1.1 ≠ 1, off by 1.0e-1, relative tolerance 0.05");
  confirm("b", 1e-13, 0);
  expect(() => confirm("c", 1e-3, 0)).toThrow("✗ c");
  expect(() => confirm("d", Number.POSITIVE_INFINITY, 1)).toThrow("✗ d");
});

test("confirm refuses what is no number", () => {
  expect(() => confirm("a", Number.NaN, 1)).toThrow("actual must be a number; got NaN.");
  expect(() => confirm("a", 1, undefined as never)).toThrow("expected must be a number; got nothing.");
});

test("confirm takes a plain claim too", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  confirm("it holds", true);
  expect(log).toHaveBeenCalledWith("✓ it holds");
  expect(() => confirm("it does not", false)).toThrow("✗ it does not");
});

test("requireOptimal gives the optimum, or stops with the proof that there is none", () => {
  const problem = defineProblem({ shares: 9, horizon: 3, intervals: 3, volatility: 1, temporaryImpact: 1 });
  expect(requireOptimal(boundedSchedule(problem)).schedule.trades).toEqual([3, 3, 3]);
  expect(() => requireOptimal(boundedSchedule(problem, { most: 2 }))).toThrow(
    "No schedule keeps the bounds: all trades together are at most 6 shares, 3 fewer than the order of 9.",
  );
  expect(() => requireOptimal(undefined as never)).toThrow("This is no optimum.");
});
