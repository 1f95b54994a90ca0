import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inRoot } from "../../../scripts/support/paths.mjs";

/** A fault as public implementations have it: in which file, what stands there, and what would stand there. */
interface Fault {
  readonly name: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

const faults: readonly Fault[] = [
  {
    name: "the formula charges a trade its own permanent impact and counts x_0 (seed A)",
    file: "cost/report.ts",
    right: 'const exposedOffset = problem.timing === "start" ? 1 : 0;',
    wrong: "const exposedOffset = 0;",
  },
  {
    name: "the simulation does neither although the timing says so (seed A)",
    file: "simulate/costs.ts",
    right: 'const isStart = timing === "start";',
    wrong: "const isStart = timing !== undefined;",
  },
  {
    name: "a sale is simulated with a buyer's signs (seed A)",
    file: "impact/linear.ts",
    right: "α * τ - sign * γ * trade",
    wrong: "α * τ + sign * γ * trade",
  },
  {
    name: "the optimum takes η/τ + γ/2 for η/τ − γ/2 (seed A)",
    file: "cost/report.ts",
    right: 'const sign = problem.timing === "start" ? 1 : -1;',
    wrong: "const sign = -1;",
  },
  {
    name: "a cost that is not convex goes unnoticed (seed A)",
    file: "solve/urgency.ts",
    right: "if (!(a > 0)) throw notConvex(problem, a);",
    wrong: "",
  },
  {
    name: "the variance is that of trades instead of holdings (seed B)",
    file: "cost/report.ts",
    right: "exposureSquares.add(h * h);",
    wrong: "exposureSquares.add(n * n);",
  },
  {
    name: "κ comes from κ̃ as if time were continuous",
    file: "solve/urgency.ts",
    right: 'return { branch: "exponential", θ: Math.min(2 * Math.asinh(halfRoot), 1500) };',
    wrong: 'return { branch: "exponential", θ: Math.min(2 * halfRoot, 1500) };',
  },
  {
    name: "the noise of an interval is στ instead of σ√τ",
    file: "impact/linear.ts",
    right: "noise: σ * Math.sqrt(τ)",
    wrong: "noise: σ * τ",
  },
  {
    name: "the drift helps a buyer as it helps a seller",
    file: "cost/report.ts",
    right: "const drift = -sideSign(problem) * problem.drift",
    wrong: "const drift = -1 * problem.drift",
  },
  {
    name: "the standard error forgets the root of the number of paths",
    file: "simulate/costs.ts",
    right: "meanError: standardDeviation / Math.sqrt(count)",
    wrong: "meanError: standardDeviation",
  },
  {
    name: "a smooth optimum that reverses is returned although the spread costs",
    file: "solve/wellPosed.ts",
    right: "if (problem.halfSpread === 0) return;",
    wrong: "if (problem.halfSpread >= 0) return;",
  },
  {
    name: "the certificate overlooks a spoiled trade",
    file: "certify/schedule.ts",
    right: "Math.abs(before - (x as number) - (n as number))",
    wrong: "0 * Math.abs(before - (x as number) - (n as number))",
  },
];

const copies = inRoot(".cache", "faults");

/** Copies the library and its tests, plants a fault, and runs the tests that should see it. */
async function testsPass(fault: Fault | undefined, name: string): Promise<boolean> {
  const folder = path.join(copies, name);
  for (const part of ["src", "test", "vitest.config.mts", "package.json", "tsconfig.json"]) {
    cpSync(inRoot(part), path.join(folder, part), { recursive: true });
  }
  if (fault !== undefined) {
    const file = path.join(folder, "src", fault.file);
    const source = readFileSync(file, "utf8");
    expect(source.split(fault.right), `${fault.file} has the line once`).toHaveLength(2);
    writeFileSync(file, source.replace(fault.right, fault.wrong));
  }
  const solvers = ["closedForm", "urgency", "routes", "bounded"];
  const solve = solvers.map((name) => `test/solve/${name}.test.ts`);
  const suites = [
    "test/cost/report.test.ts",
    ...solve,
    "test/certify/schedule.test.ts",
    "test/simulate/costs.test.ts",
  ];
  const options = ["run", "--root", folder, "--project", "unit", "--bail", "1", ...suites];
  const vitest = spawn(process.execPath, [inRoot("node_modules/vitest/vitest.mjs"), ...options], {
    cwd: folder,
    stdio: "ignore",
  });
  const code = await new Promise((resolve) => vitest.once("exit", resolve));
  rmSync(folder, { recursive: true });
  return code === 0;
}

describe("planted in a copy of the library", () => {
  const results = new Map<string, boolean>();

  beforeAll(async () => {
    rmSync(copies, { recursive: true, force: true });
    mkdirSync(copies, { recursive: true });
    const waiting = [
      ...faults.map((fault) => ({ fault, name: fault.name })),
      { fault: undefined, name: "none" },
    ];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results.set(next.name, await testsPass(next.fault, `copy-${waiting.length}`));
      }
    };
    await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  }, 300_000);

  afterAll(() => rmSync(copies, { recursive: true, force: true }));

  test("nothing leaves the tests green, so that what follows means something", () => {
    expect(results.get("none")).toBe(true);
  });

  test.each(faults.map(({ name }) => name))("the tests turn red when %s", (name) => {
    expect(results.get(name)).toBe(false);
  });
});
