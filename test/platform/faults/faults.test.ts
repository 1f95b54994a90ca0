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
    file: "model/market.ts",
    right: 'return timing === "start" ? 0 : timing === "mid" ? 0.5 : 1;',
    wrong: 'return timing === "mid" ? 0.5 : 1;',
  },
  {
    name: "the simulation does neither although the timing says so (seed A)",
    file: "simulate/walk.ts",
    right: "early: 1 - exposedPart(problem.timing),\n    late: exposedPart(problem.timing),",
    wrong: "early: 1,\n    late: exposedPart(problem.timing) === 2 ? 1 : 0,",
  },
  {
    name: "a sale is simulated with a buyer's signs (seed A)",
    file: "impact/linear.ts",
    right: "const move = -s * γ[k] * n;",
    wrong: "const move = s * γ[k] * n;",
  },
  {
    name: "the optimum takes η/τ + γ/2 for η/τ − γ/2 (seed A)",
    file: "model/quadratic.ts",
    right: "return differenceOfProducts(2 * η, N, sign * γ, T) / (2 * T);",
    wrong: "return differenceOfProducts(2 * η, N, -γ, T) / (2 * T);",
  },
  {
    name: "a cost that is not convex goes unnoticed (seed A)",
    file: "solve/wellPosed.ts",
    right: "if (!(a > 0)) throw notConvex(problem, a);",
    wrong: "",
  },
  {
    name: "the variance is that of trades instead of holdings (seed B)",
    file: "cost/report.ts",
    right: "const costVariance = σ * σ * τ * (holdings + 2 * u * products + u * u * trades);",
    wrong: "const costVariance = σ * σ * τ * trades;",
  },
  {
    name: "κ comes from κ̃ as if time were continuous",
    file: "solve/urgency.ts",
    right: 'return { branch: "exponential", θ: Math.min(2 * Math.asinh(ρ), 1500) };',
    wrong: 'return { branch: "exponential", θ: Math.min(2 * ρ, 1500) };',
  },
  {
    name: "the noise of an interval is στ instead of σ√τ",
    file: "simulate/walk.ts",
    right: "noise: σ.map((volatility, k) => volatility * Math.sqrt(τ[k])),",
    wrong: "noise: σ.map((volatility, k) => volatility * τ[k]),",
  },
  {
    name: "the drift helps a buyer as it helps a seller",
    file: "cost/report.ts",
    right: "drift: -sideSign(problem) * α",
    wrong: "drift: -1 * α",
  },
  {
    name: "the standard error forgets the root of the number of paths",
    file: "support/moments.ts",
    right: "meanError: standardDeviation / Math.sqrt(count)",
    wrong: "meanError: standardDeviation",
  },
  {
    name: "a smooth optimum that reverses is returned although the spread costs",
    file: "solve/wellPosed.ts",
    right: "if (halfSpread === 0) return;",
    wrong: "if (halfSpread >= 0) return;",
  },
  {
    name: "the certificate overlooks a spoiled trade",
    file: "certify/feasibility.ts",
    right: "Math.abs(before - x - n)",
    wrong: "0 * Math.abs(before - x - n)",
  },
  {
    name: "a trade that was changed since its schedule was made is not seen",
    file: "model/scheduleCheck.ts",
    right: "if (!(sums.disagreement * N <= doubt * doubt && isEnded)) {",
    wrong: "if (N === 0) {",
  },
  {
    name: "the certificate of one look takes its risk at the wrong end of an interval",
    file: "certify/uniformLook.ts",
    right: "const own = 1 - u;\n  let part = 0;\n  let drifted = 0;",
    wrong: "const own = 1;\n  let part = 0;\n  let drifted = 0;",
  },
  {
    name: "the certificate of one look takes it there where trades get the price of either end",
    file: "certify/uniformLook.ts",
    right: "part += R * after - q;",
    wrong: "part += R * before - q;",
  },
  {
    name: "the certificate where the market varies forgets that permanent impact varies",
    file: "certify/varied.ts",
    right: "const carried = steps[k] * x[k + 1];",
    wrong: "const carried = 0;",
  },
  {
    name: "there, a trade in a closed interval is let pass",
    file: "certify/varied.ts",
    right: "outside = Math.max(outside, Math.abs(n), lower - n, n - upper);",
    wrong: "",
  },
  {
    name: "an order takes the bounds that held the one before it for its own",
    file: "solve/boundedProgram.ts",
    right: "if (!isClear(state, error / ahead)) break;",
    wrong: "",
  },
  {
    name: "an order of a batch is held to the bounds of another grid",
    file: "solve/boundedSequence.ts",
    right: "this.arrays?.lower.length === problem.intervals",
    wrong: "this.arrays !== undefined",
  },
  {
    name: "the quadratic form of timing mid forgets that a trade leaves half an interval's risk",
    file: "model/quadratic.ts",
    right: "if (u === 0.5) a[k] -= 0.25 * risk;",
    wrong: "",
  },
  {
    name: "permanent impact that falls over the day is charged as if it stayed",
    file: "model/quadratic.ts",
    right: "+ 0.5 * (γ[k] - γ[k - 1]);",
    wrong: ";",
  },
  {
    name: "a money machine is let pass where every trade costs more the larger it is",
    file: "solve/elimination.ts",
    right: "if (elimination.failed !== -1) {",
    wrong: "if (elimination.failed === -2) {",
  },
  {
    name: "the certificate overlooks what a bound's price leaves out",
    file: "certify/gap.ts",
    right: "bound += slackAt(chain, k, c);",
    wrong: "",
  },
  {
    name: "a lone CR does not end a row of a file",
    file: "data/grid.ts",
    right: "if (code === mark || code === feed || code === carriage) break;",
    wrong: "if (code === mark || code === feed) break;",
  },
  {
    name: "33.288 is read by the point though the comma makes a thousand times as much of it",
    file: "data/readColumns.ts",
    right: "if (difference !== undefined) throw",
    wrong: "if (difference === null) throw",
  },
  {
    name: "03/04/2024 is read by whichever form comes first",
    file: "data/readTimes.ts",
    right: "if (readings.length === 1) return readings[0];",
    wrong: "if (readings.length > 0) return readings[0];",
  },
  {
    name: "a row with a cell too few is read as far as it goes",
    file: "data/rows.ts",
    right: "if (widthOf(grid, row) !== width) throw",
    wrong: "if (widthOf(grid, row) > width) throw",
  },
  {
    name: "a file with the newest row first is not turned round",
    file: "data/assemble.ts",
    right: "const rows = isNewestFirst ? kept.rows.slice().reverse() : kept.rows;",
    wrong: "const rows = kept.rows;",
  },
  {
    name: "an offset from Greenwich is added instead of taken off",
    file: "data/times.ts",
    right: "time.seconds += clock.seconds - clock.offsetSeconds;",
    wrong: "time.seconds += clock.seconds + clock.offsetSeconds;",
  },
  {
    name: "a wall-clock time takes the offset of UTC's day, not of its own",
    file: "support/zone.ts",
    right: "const offsets = [this.offsetAt(wall - day), this.offsetAt(wall + day)];",
    wrong: "const offsets = [this.offsetAt(wall), this.offsetAt(wall)];",
  },
  {
    name: "a price is carried forward across a night",
    file: "data/barBuilder.ts",
    right: "if (session !== this.session) this.last = undefined;",
    wrong: "",
  },
  {
    name: "a change across missing minutes counts as one of a minute",
    file: "volatility/sessionChanges.ts",
    right: "const span = times[i] - times[from];",
    wrong: "const span = Math.min(1, times[i] - times[from]);",
  },
  {
    name: "a row of a closed day counts as a day although its volume is 0",
    file: "volatility/tradedBars.ts",
    right: "hasVolume && volume[i] === 0 &&",
    wrong: "hasVolume && volume[i] < 0 &&",
  },
  {
    name: "a fit that has not ended its climb is called a maximum",
    file: "volatility/garchStatus.ts",
    right: "if (!isDone || shape",
    wrong: "if (shape",
  },
  {
    name: "a fit at α + β = 1 is said to have a long-run variance",
    file: "volatility/garchStatus.ts",
    right: 'if (names.includes("persistence")) return "integrated";',
    wrong: "",
  },
  {
    name: "a fit whose β is not determined is called a maximum with errors",
    file: "volatility/garchStatus.ts",
    right: "errors[1] < 1 && errors[2] < 1",
    wrong: "errors[1] < 1",
  },
  {
    name: "a bound that the likelihood rises away from is said to hold",
    file: "volatility/garchFace.ts",
    right: "multiplier >= 0",
    wrong: "multiplier <= 0",
  },
  {
    name: "a saddle of the likelihood is taken for its maximum",
    file: "volatility/garchFace.ts",
    right: 'if (!(pivot > -levelCurvature)) return "saddle";',
    wrong: "",
  },
  {
    name: "the first of six climbs is taken for the best",
    file: "volatility/garch.ts",
    right: "b.point.logLikelihood > a.point.logLikelihood + 1e-9 ? b : a",
    wrong: "b.point.logLikelihood > a.point.logLikelihood + 1e9 ? b : a",
  },
  {
    name: "walkForward counts every fit as a maximum within all bounds",
    file: "volatility/forecast.ts",
    right: "refits[status]++;",
    wrong: "refits.interior++;",
  },
  {
    name: "lots are moved beyond their upper bounds",
    file: "solve/lotDescent.ts",
    right: "if (moved < lower[k] || moved > upper[k])",
    wrong: "if (moved < lower[k])",
  },
  {
    name: "a cap on the total volume is taken for one on others' volume",
    file: "plan/limits.ts",
    right: "fraction / (1 - fraction) : fraction",
    wrong: "fraction : fraction",
  },
  {
    name: "the risk that waiting carries is explained with the wrong sign",
    file: "plan/explain.ts",
    right: "apart(risk[k + 1], risk[k])",
    wrong: "apart(risk[k], risk[k + 1])",
  },
  {
    name: "what is left pays for moves of the price that it never makes",
    file: "model/quadratic.ts",
    right: "after * w - 0.5 * γ[last]",
    wrong: "after * w",
  },
  {
    name: "impact that fades is walked as if it stayed",
    file: "impact/decay.ts",
    right: "fading[r] *= Math.exp(-rate * time);",
    wrong: "fading[r] *= Math.exp(-0 * rate * time);",
  },
  {
    name: "the certificate of a power law forgets what earlier trades move",
    file: "impact/permanent.ts",
    right: "marginals[k] = carried.value;",
    wrong: "marginals[k] = 0;",
  },
  {
    name: "the worth of a signal leaves the noise of its last step out",
    file: "solve/signalRiccati.ts",
    right: "if (P !== undefined) worth",
    wrong: "if (P !== undefined && k > 0) worth",
  },
];

/** Which tests should see a fault, by the file that it is planted in: the first whose pattern fits. */
const suites: readonly { readonly of: RegExp; readonly tests: readonly string[] }[] = [
  {
    of: /^volatility\/(?:garch|forecast)/,
    tests: ["garchStatus", "garchFace", "forecast", "garch", "garchKinds"].map(
      (name) => `volatility/${name}`,
    ),
  },
  {
    of: /^(?:data|volatility)\/|^support\/(?:zone|wallTime|calendar|clock)/,
    tests: [
      ...["csv", "options", "times", "instants", "resample"].map((name) => `data/${name}`),
      ...["volatility/sessionVolatility", "volatility/tradedBars"],
    ],
  },
  {
    of: /^plan\/|^solve\/lot/,
    tests: ["solve/lots", "plan/plan", "plan/explain"],
  },
  {
    of: /^impact\/|^solve\/signal|^model\/quadratic/,
    tests: ["impact/law", "solve/signal", "solve/transient", "properties/remainder", "properties/profile"],
  },
  {
    of: /./,
    tests: [
      ...["cost/report", "model/schedule"],
      ...["closedForm", "urgency", "routes", "bounded"].map((name) => `solve/${name}`),
      ...["certify/schedule", "certify/gap", "certify/varied", "properties/profile", "simulate/costs"],
      ...["solve/pieceGuess", "parallel/planChunk"],
    ],
  },
];

/** The tests for a fault in a file; all of them where there is none. */
function suitesOf(file: string | undefined): readonly string[] {
  const asked = file === undefined ? suites : suites.filter(({ of }) => of.test(file)).slice(0, 1);
  return asked.flatMap(({ tests }) => tests.map((name) => `test/${name}.test.ts`));
}

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
  const options = ["run", "--root", folder, "--project", "unit", "--bail", "1", ...suitesOf(fault?.file)];
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
  }, 900_000);

  afterAll(() => rmSync(copies, { recursive: true, force: true }));

  test("nothing leaves the tests green, so that what follows means something", () => {
    expect(results.get("none")).toBe(true);
  });

  test.each(faults.map(({ name }) => name))("the tests turn red when %s", (name) => {
    expect(results.get(name)).toBe(false);
  });
});
