import { describe, expect, test } from "vitest";
import {
  certify,
  conditionalValueAtRisk,
  costDistribution,
  costHistogram,
  costReport,
  costTable,
  defineProblem,
  denseSchedule,
  density,
  describeProblem,
  type ExecutionProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  immediateSchedule,
  intervalLength,
  optimalSchedule,
  type ProblemInput,
  parameterSensitivity,
  participationSchedule,
  quantile,
  remainingChart,
  type Schedule,
  scheduleFromRemaining,
  scheduleFromTrades,
  scheduleSlider,
  sensitivityChart,
  simulateCosts,
  simulateFills,
  simulatePath,
  timeConstant,
  tradesChart,
  tridiagonalSchedule,
  volumeSchedule,
} from "../../src/index";
import { uniforms } from "../helpers/random";

/** A problem of finite numbers that have nothing to do with each other, from 10^−exponent to 10^exponent. */
function draw(random: () => number, exponent: number): ProblemInput {
  const size = (): number => 10 ** (exponent * (2 * random() - 1));
  const sizeOr0 = (zeros: number): number => (random() < zeros ? 0 : size());
  const signed = (zeros: number): number => (random() < 0.5 ? -1 : 1) * sizeOr0(zeros);
  return {
    side: random() < 0.5 ? "sell" : "buy",
    timing: (["start", "mid", "end"] as const)[Math.floor(3 * random())],
    shares: size(),
    horizon: size(),
    intervals: 1 + Math.floor(12 * random()),
    volatility: sizeOr0(0.15),
    temporaryImpact: size(),
    permanentImpact: sizeOr0(0.4),
    halfSpread: sizeOr0(0.4),
    drift: signed(0.4),
    riskAversion: signed(0.25),
    ...(random() < 0.5 ? { arrivalPrice: size() } : {}),
  };
}

/** Where a number or a text is not finite; undefined where all are. */
function findStray(value: unknown, path = ""): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${path} = ${value}`;
  if (typeof value === "string")
    return /NaN|∞|Infinity|undefined/.test(value) ? `${path} = ${value}` : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = findStray(part, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the documentation allows to be infinite or no number. */
const documented: Record<string, RegExp> = {
  timeConstant: /^ = Infinity$/,
  certify: /^\.(optimalityResidual = NaN|(gapBound|gapBasisPoints) = (NaN|Infinity)|curvature = Infinity)$/,
  parameterSensitivity: /^\.\d+\.(firstTradeFraction|regret) = NaN$/,
};

/** The calls of the library on one problem, by name; each gets the schedule that the problem has. */
function calls(problem: ExecutionProblem, schedule: Schedule): [string, () => unknown][] {
  const { intervals: N, shares: X, riskAversion: λ } = problem;
  const volumes = new Array<number>(N).fill(X);
  const law = () => {
    const distribution = costDistribution(problem, schedule);
    const { mean, standardDeviation } = distribution;
    return [
      distribution,
      quantile(distribution, 0.95),
      conditionalValueAtRisk(distribution, 0.99),
      standardDeviation && density(distribution, mean),
    ];
  };
  const simulate = () => simulateCosts(problem, schedule, { paths: 3, seed: 1 });
  const frontier = () => efficientFrontier(problem, [λ, λ]);
  return [
    ["intervalLength", () => intervalLength(problem)],
    ["describeProblem", () => describeProblem(problem, { marketVolume: X })],
    ["tridiagonalSchedule", () => tridiagonalSchedule(problem)],
    ["denseSchedule", () => denseSchedule(problem)],
    ["timeConstant", () => timeConstant(problem)],
    ["immediateSchedule", () => immediateSchedule(problem)],
    ["volumeSchedule", () => volumeSchedule(problem, volumes)],
    ["participationSchedule", () => participationSchedule(problem, { participation: 0.5, volumes })],
    ["scheduleFromTrades", () => scheduleFromTrades(problem, schedule.trades)],
    ["scheduleFromRemaining", () => scheduleFromRemaining(problem, schedule.remaining)],
    ["certify", () => certify(problem, schedule)],
    ["costReport", () => costReport(problem, { ...schedule })],
    ["costDistribution", law],
    ["efficientFrontier", frontier],
    ["simulateCosts", simulate],
    ["simulatePath", () => simulatePath(problem, schedule, { seed: 1 })],
    ["simulateFills", () => simulateFills(problem, [schedule], { orders: 1, seed: 1 })],
    ["remainingChart", () => remainingChart(problem, [schedule])],
    ["tradesChart", () => tradesChart(problem, [schedule])],
    ["frontierChart", () => frontierChart(problem, frontier())],
    ["scheduleSlider", () => scheduleSlider(problem, λ > 0 ? [0, λ] : [λ, 1])],
    ["costHistogram", () => costHistogram(problem, [{ name: "a", simulated: simulate() }])],
    ["costTable", () => costTable(problem, { a: costReport(problem, schedule) })],
    ["parameterSensitivity", () => parameterSensitivity(problem, [0.5, 2])],
    ["sensitivityChart", () => sensitivityChart(problem, parameterSensitivity(problem, [0.5, 2]))],
  ];
}

/** What went wrong with a call, in words; undefined where it ended as it may. */
function fault(name: string, call: () => unknown): string | undefined {
  try {
    const stray = findStray(call());
    return stray === undefined || documented[name]?.test(stray) ? undefined : `${name} gives ${stray}`;
  } catch (error) {
    const { name: kind, message } = error as Error;
    const isAllowed = ["InputError", "NoOptimumError", "RangeError"].includes(kind);
    // A RangeError of the library's own speaks of numbers; "Invalid array length" would be the engine's.
    const isOurs = kind !== "RangeError" || /range of floating-point|swallows|has no density/.test(message);
    return isAllowed && isOurs ? undefined : `${name} throws ${kind}: ${message}`;
  }
}

describe.each([
  [300, 2000],
  [12, 2000],
])("any problem of numbers from 1e-%i to its inverse", (exponent, count) => {
  test("ends every call in finite numbers or in a refusal in words", () => {
    const random = uniforms(exponent);
    const faults: string[] = [];
    let solved = 0;
    for (let i = 0; i < count; i++) {
      const input = draw(random, exponent);
      let problem: ExecutionProblem;
      try {
        problem = defineProblem(input);
      } catch (error) {
        expect((error as Error).name).toBe("InputError");
        continue;
      }
      const found = [fault("warnings", () => problem.warnings)];
      for (const make of [optimalSchedule, equalSchedule]) {
        found.push(fault(make.name, () => make(problem)));
      }
      let schedule: Schedule | undefined;
      for (const make of [optimalSchedule, equalSchedule]) {
        try {
          schedule ??= make(problem);
        } catch {
          // Judged above.
        }
      }
      if (schedule !== undefined) {
        solved++;
        const fitting = calls(problem, schedule);
        // Each problem tries every sixth call, lest this take long.
        fitting.forEach(([name, call], k) => {
          if (k % 6 === i % 6) found.push(fault(name, call));
        });
      }
      faults.push(
        ...found
          .filter((words) => words !== undefined)
          .map((words) => `${words} for ${JSON.stringify(input)}`),
      );
    }
    expect(faults).toEqual([]);
    expect(solved).toBeGreaterThan(count / 4);
  });
});
