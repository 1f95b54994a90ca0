import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  type LinearInfeasible,
  type LinearOptimum,
  type LinearProgram,
  type LinearUnbounded,
  provideHighs,
  solveLinearProgram,
} from "../../src/linear/index";
import { columnSums, dot, programs, pulled, worstRay, worstViolation, writeOut } from "../helpers/linear";

const infinite = Number.POSITIVE_INFINITY;

async function optimum(program: LinearProgram): Promise<LinearOptimum> {
  const result = await solveLinearProgram(program);
  if (result.status !== "optimal") throw new Error(result.message);
  return result;
}

/** Feasible x, feasible prices, equal values: all three recomputed from the program as it was written. */
function expectOptimal(program: LinearProgram, result: LinearOptimum): void {
  const written = writeOut(program);
  const { sign, c, low, high, lower, upper } = written;
  expect(worstViolation(written, result.solution)).toBeLessThan(1e-9);
  const value = dot(c, result.solution) + (program.constant ?? 0);
  expect(Math.abs(value - result.value)).toBeLessThan(1e-9);

  const y = result.shadowPrices.map((price) => sign * price);
  const sums = columnSums(written, y);
  const reduced = c.map((cost, j) => sign * cost - sums[j]);
  result.reducedCosts.forEach((cost, j) => void expect(sign * cost).toBeCloseTo(reduced[j], 9));
  const bound = sign * (pulled(y, low, high) + pulled(reduced, lower, upper)) + (program.constant ?? 0);
  expect(Math.abs(bound - result.value), `value ${result.value}, proven bound ${bound}`).toBeLessThan(1e-8);
  expect(result.certificate).toMatchObject({ verdict: "optimal", value: result.value });
}

function expectInfeasible(program: LinearProgram, { weights, required, attainable }: LinearInfeasible): void {
  const written = writeOut(program);
  const demanded = pulled(weights, written.low, written.high);
  const slopes = columnSums(written, weights).map((slope) => -slope);
  const reached = -pulled(slopes, written.lower, written.upper);
  expect(demanded).toBeCloseTo(required, 8);
  expect(reached).toBeCloseTo(attainable, 8);
  expect(demanded - reached).toBeGreaterThan(1e-9);
}

function expectUnbounded(program: LinearProgram, result: LinearUnbounded): void {
  const written = writeOut(program);
  expect(worstViolation(written, result.start)).toBeLessThan(1e-9);
  expect(worstRay(written, result)).toBeLessThan(1e-9);
  expect(written.sign * dot(written.c, result.ray)).toBeLessThan(-1e-9);
  expect(dot(written.c, result.ray)).toBeCloseTo(result.slope, 9);
}

describe("random programs", () => {
  test("700 of them are proven optimal, infeasible or unbounded, more than 100 each", async () => {
    const count = { optimal: 0, infeasible: 0, unbounded: 0 };
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const result = await solveLinearProgram(program);
        count[result.status]++;
        if (result.status === "optimal") expectOptimal(program, result);
        else if (result.status === "infeasible") expectInfeasible(program, result);
        else expectUnbounded(program, result);
      }),
      { numRuns: 700, seed: 1 },
    );
    expect(Math.min(...Object.values(count)), JSON.stringify(count)).toBeGreaterThan(100);
  });

  test("a price is a slope of the optimum: raising a limit never leads below the line that it draws", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), fc.constantFrom(0.25, -0.25), async (program, which, step) => {
        fc.pre(program.rows.length > 0);
        const result = await solveLinearProgram(program);
        if (result.status !== "optimal") return;
        const i = which % program.rows.length;
        const price = result.shadowPrices[i];
        const move = (value: number | null | undefined) =>
          value === undefined || value === null ? value : value + step;
        const rows = program.rows.map((row, at) =>
          at === i
            ? {
                ...row,
                lower: move(row.lower),
                upper: move(row.upper),
                equals: move(row.equals) ?? undefined,
              }
            : row,
        );
        const moved = await solveLinearProgram({ ...program, rows });
        if (moved.status !== "optimal") return;
        compared++;
        const above = moved.value - (result.value + price * step);
        expect(program.sense === "maximize" ? -above : above).toBeGreaterThan(-1e-9);
      }),
      { numRuns: 400, seed: 2 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test("units do not matter: each row, variable and the objective in units up to 1e6 apart", async () => {
    const unit = fc.integer({ min: -6, max: 6 }).map((exponent) => 10 ** exponent);
    const units = fc.array(unit, { minLength: 7, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(programs, units, units, unit, async (program, ofRows, ofColumns, ofObjective) => {
        const { c, A, low, high, lower, upper } = writeOut(program);
        const row = (i: number) => ofRows[i];
        const column = (j: number) => ofColumns[j];
        const rescaled: LinearProgram = {
          sense: program.sense,
          objective: c.map((cost, j) => cost * column(j) * ofObjective),
          rows: A.map((entries, i) => ({
            coefficients: entries.map((value, j) => value * column(j) * row(i)),
            lower: low[i] * row(i),
            upper: high[i] * row(i),
          })),
          lower: lower.map((bound, j) => bound / column(j)),
          upper: upper.map((bound, j) => bound / column(j)),
        };
        const plain = await solveLinearProgram({ ...program, constant: 0 });
        const other = await solveLinearProgram(rescaled);
        expect(other.status).toBe(plain.status);
        if (other.status !== "optimal" || plain.status !== "optimal") return;
        expect(Math.abs(other.value / ofObjective - plain.value)).toBeLessThan(
          1e-8 * (1 + Math.abs(plain.value)),
        );
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe("an optimum", () => {
  test("has prices and reduced costs with the sign of a slope, minimized or maximized", async () => {
    const rows = [{ coefficients: [1, 1], equals: 10 }];
    const least = await optimum({ objective: [1, 3], rows, upper: [6, infinite] });
    expect(least).toMatchObject({ value: 18, solution: [6, 4], shadowPrices: [3], reducedCosts: [-2, 0] });
    const most = await optimum({ sense: "maximize", objective: [1, 3], rows, lower: [2, 0] });
    expect(most).toMatchObject({ value: 26, solution: [2, 8], shadowPrices: [3], reducedCosts: [-2, 0] });
  });

  test("is found where several rows bind at once (Beale's program, on which the simplex method once cycled)", async () => {
    const program: LinearProgram = {
      objective: [-0.75, 150, -0.02, 6],
      rows: [
        { coefficients: [0.25, -60, -1 / 25, 9], upper: 0 },
        { coefficients: [0.5, -90, -1 / 50, 3], upper: 0 },
        { coefficients: [0, 0, 1, 0], upper: 1 },
      ],
    };
    const result = await optimum(program);
    expect(result.value).toBeCloseTo(-1 / 20, 12);
    expectOptimal(program, result);
  });

  test("takes empty rows, no rows, fixed and free variables, and a constant", async () => {
    expect(await optimum({ objective: [1, -2], rows: [], upper: 3, constant: 10 })).toMatchObject({
      solution: [0, 3],
      value: 4,
      shadowPrices: [],
      reducedCosts: [1, -2],
      reached: [],
    });
    const program: LinearProgram = {
      objective: [1, 1, 0],
      rows: [
        { coefficients: { columns: [], values: [] }, lower: -1, upper: 1 },
        { coefficients: [1, -1, 1], equals: 0 },
        { coefficients: [0, 1, 0], lower: -7 },
      ],
      lower: [2, -infinite, 0],
      upper: [2, infinite, 20],
    };
    const result = await optimum(program);
    expect(result).toMatchObject({
      value: 4,
      solution: [2, 2, 0],
      shadowPrices: [0, -1, 0],
      reached: [0, 0, 2],
    });
    expectOptimal(program, result);
  });

  test("is found where costs and amounts are far from 1, as prices of impact per share are", async () => {
    const rows = [{ coefficients: [1e-11, 2e-11], lower: 4e-3 }];
    const result = await optimum({ objective: [3e-12, 8e-12], rows, upper: 3e8 });
    expect(result.solution[0]).toBeCloseTo(3e8, 0);
    expect(result.solution[1]).toBeCloseTo(0.5e8, 0);
    expect(result.shadowPrices[0]).toBeCloseTo(0.4, 12);
  });

  test("is frozen, and the program that was given stays as it was", async () => {
    const program = Object.freeze({ objective: Object.freeze([1]), rows: Object.freeze([]) });
    const result = await optimum(program);
    for (const part of [
      result,
      result.solution,
      result.shadowPrices,
      result.reducedCosts,
      result.certificate,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });
});

describe("where there is no optimum, the words prove it", () => {
  test("rows that contradict each other add up to a contradiction", async () => {
    const result = await solveLinearProgram({
      objective: [1, 1],
      rows: [
        { name: "sell all", coefficients: [1, 1], equals: 100 },
        { name: "first cap", coefficients: [1, 0], upper: 30 },
        { name: "second cap", coefficients: [0, 1], upper: 50 },
      ],
    });
    expect(result).toMatchObject({ status: "infeasible", weights: [1, -1, -1], required: 20, attainable: 0 });
    expect((result as LinearInfeasible).message).toBe(
      'Nothing satisfies all rows and bounds. The rows, added up as 1 × "sell all" − 1 × "first cap" − 1 × "second cap", ' +
        "must reach at least 20; within the bounds of the variables this sum reaches at most 0.",
    );
  });

  test("an empty row that demands something is a contradiction by itself", async () => {
    const rows = [{ coefficients: [0], lower: 3 }];
    expect(await solveLinearProgram({ objective: [1], rows })).toMatchObject({
      status: "infeasible",
      weights: [1],
      required: 3,
      attainable: 0,
    });
  });

  test("an objective without end has a start and a ray", async () => {
    const result = await solveLinearProgram({
      sense: "maximize",
      objective: [1, -0.5],
      rows: [{ coefficients: [1, -1], upper: 4 }],
      variables: ["bought", "sold"],
    });
    expect(result).toMatchObject({ status: "unbounded", ray: [1, 1], slope: 0.5, residual: 0 });
    expect((result as LinearUnbounded).message).toBe(
      "The objective rises without end: along 1 bought + 1 sold every row and bound keeps holding, and each unit of " +
        "this direction changes the objective by 0.5.",
    );
  });

  test("a program with neither solution nor end is infeasible, not unbounded", async () => {
    const rows = [
      { coefficients: [1, -1], equals: 1 },
      { coefficients: [1, -1], equals: 2 },
    ];
    expect((await solveLinearProgram({ objective: [-1, -1], rows })).status).toBe("infeasible");
  });
});

test("numbers too far apart for any proof", async () => {
  const rows = [
    { coefficients: [1, 1], lower: 1 },
    { coefficients: [1, 1e-60], lower: 1 },
  ];
  const refusal = solveLinearProgram({ objective: [0, 1], rows, lower: -1, upper: [0, infinite] });
  await expect(refusal).rejects.toMatchObject({
    name: "RangeError",
    message:
      "The linear program could not be solved reliably: its coefficients span too many orders of magnitude, or its rows " +
      "nearly contradict each other. Rescale it or relax a row.",
  });
});

test("solving says nothing on any channel", async () => {
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    }),
  );
  await solveLinearProgram({ objective: [1, 1], rows: [{ coefficients: [1, 2], lower: 2 }] });
  await solveLinearProgram({ objective: [1], rows: [{ coefficients: [1], upper: -1 }] });
  await solveLinearProgram({ objective: [-1], rows: [] });
  for (const spy of spies) spy.mockRestore();
  expect(said).toEqual([]);
});

describe("HiGHS's WebAssembly", () => {
  const place = require.resolve("highs/runtime");
  const solve = () => solveLinearProgram({ objective: [1], rows: [] });

  test("is taken from an address or from bytes, and asked for anew", async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(place);
    for (const wasm of [
      place,
      readFileSync(place),
      buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
    ]) {
      provideHighs(wasm);
      expect(await solve()).toMatchObject({ status: "optimal", value: 0 });
    }
  });

  test("that is not there is said with what to do, and a second try with the right place works", async () => {
    provideHighs(`${place}.missing`);
    await expect(solve()).rejects.toThrow(
      /^HiGHS could not be loaded: .*ENOENT.* In a bundle, copy node_modules\/highs/,
    );
    // Bytes are really used: others than HiGHS's are no help.
    provideHighs(new Uint8Array(4));
    await expect(solve()).rejects.toThrow("HiGHS could not be loaded: WebAssembly.compile()");
    provideHighs(pathToFileURL(place));
    expect((await solve()).status).toBe("optimal");
    for (const wrong of [undefined, 5, {}]) {
      expect(() => provideHighs(wrong as never)).toThrow(
        "wasm must be the address of highs.wasm, or its bytes; got ",
      );
    }
  });
});
