import { afterEach, expect, test, vi } from "vitest";
import {
  boundedSchedule,
  certify,
  confirm,
  defineProblem,
  efficientFrontier,
  optimalSchedule,
  participationSchedule,
  requireOptimal,
  scheduleFromTrades,
} from "../../src/index";
import { solveLinearProgram } from "../../src/linear/index";

afterEach(() => {
  vi.restoreAllMocks();
});

test("confirm prints the claim with both numbers when they agree", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  confirm("cost of the optimum", 55269.8653974949, 55269.87, 1e-6);
  expect(log).toHaveBeenCalledWith("✓ cost of the optimum: 55,269.8654 ≈ 55,269.87, relative tolerance 1e-6");
});

test("confirm leaves out the digits of rounding, which differ from machine to machine", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  confirm("thirds", 1 / 3 + 1e-16, 1 / 3);
  confirm("thirds", 1 / 3, 1 / 3);
  confirm("nothing", 3e-14, 0);
  confirm("nothing", 0, 0);
  confirm("count", 13, 13);
  expect(log.mock.calls.flat()).toEqual([
    ...[
      "✓ thirds: 0.3333333333, relative tolerance 1e-12",
      "✓ thirds: 0.3333333333, relative tolerance 1e-12",
    ],
    ...["✓ nothing: 0, absolute tolerance 1e-12", "✓ nothing: 0, absolute tolerance 1e-12"],
    "✓ count: 13",
  ]);
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

test("confirm refuses a tolerance that anything or nothing would keep, and a claim without words", () => {
  for (const [tolerance, words] of [
    [-1, "-1"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NaN, "NaN"],
  ] as const) {
    expect(() => confirm("two is three", 2, 3, tolerance)).toThrow(
      expect.objectContaining({
        name: "InputError",
        message: `tolerance must be a finite number, 0 or above; got ${words}.`,
      }),
    );
  }
  expect(() => confirm(undefined as never, true)).toThrow("claim must be a text; got nothing.");
  expect(() => confirm(5 as never, 1, 1)).toThrow("claim must be a text; got 5.");
});

test("confirm takes two infinities of one sign for equal, and says how far others are off", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  confirm("without end", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect(log).toHaveBeenCalledWith("✓ without end: Infinity, relative tolerance 1e-12");
  expect(() => confirm("e", 1, Number.POSITIVE_INFINITY)).toThrow(
    "✗ e: 1 ≠ Infinity, off by Infinity, relative tolerance 1e-12",
  );
});

test("requireOptimal gives the optimum, or stops with the proof that there is none", () => {
  const problem = defineProblem({ shares: 9, horizon: 3, intervals: 3, volatility: 1, temporaryImpact: 1 });
  expect(requireOptimal(boundedSchedule(problem)).schedule.trades).toEqual([3, 3, 3]);
  expect(() => requireOptimal(boundedSchedule(problem, { upper: 2 }))).toThrow(
    "No schedule satisfies the bounds: the upper bounds add up to 6 shares, 3 short of the order's 9.",
  );
  expect(() => requireOptimal(undefined as never)).toThrow(
    "result must be the result of a solver; got nothing.",
  );
});

test("requireOptimal lets through what does not say that it failed, and stops what says so by its verdict", () => {
  const problem = defineProblem({ shares: 9, horizon: 3, intervals: 3, volatility: 1, temporaryImpact: 1 });
  const points = requireOptimal(efficientFrontier(problem, [1e-3], { upper: 4 }));
  expect(points).toHaveLength(1);
  const worse = scheduleFromTrades(problem, [9, 0, 0]);
  expect(requireOptimal(certify(problem, optimalSchedule(problem))).verdict).toBe("optimal");
  expect(() => requireOptimal(certify(problem, worse))).toThrow(
    'The result is not an optimum: it says "not-optimal".',
  );
});

test("requireOptimal refuses a promise, and what is no answer of any solver", async () => {
  const none = solveLinearProgram({ objective: [1], rows: [], lower: 4, upper: 5 });
  expect(() => requireOptimal(none as never)).toThrow(
    "result must be the result itself, not a promise of it; got an object of type Promise. Await it first.",
  );
  await none;
  for (const wrong of [{}, [], new Map(), new Date(0), 5, null]) {
    expect(() => requireOptimal(wrong as never)).toThrow("result must be the result of a solver; got ");
  }
});

test("requireOptimal says what an unfinished participation is, and refuses a status that is no text", () => {
  const problem = defineProblem({ shares: 9, horizon: 3, intervals: 3, volatility: 1, temporaryImpact: 1 });
  const slow = participationSchedule(problem, { participation: 0.1, volumes: [20, 20, 20] });
  expect(() => requireOptimal(slow)).toThrow(
    "The schedule is unfinished: at 10% of the volume, 3 of 9 shares are left at the horizon. A participation of 0.15 would finish.",
  );
  expect(() =>
    requireOptimal(participationSchedule(problem, { participation: 1, volumes: [1, 1, 1] })),
  ).toThrow(
    "The schedule is unfinished: at 100% of the volume, 6 of 9 shares are left at the horizon. The order is larger than the whole volume.",
  );
  expect(() => requireOptimal({ status: 5 })).toThrow(
    "result must be the result of a solver; got an object.",
  );
});

test("requireOptimal takes no fit for an answer, whatever its status and its message", () => {
  expect(() => requireOptimal({ status: "interior", message: "The likelihood has its maximum." })).toThrow(
    "result must be the result of a solver; got an object.",
  );
});
