// Worker threads run what is built, so these tests do too: `optimal-execution` is dist/.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
// biome-ignore lint/suspicious/noTsIgnore: before the first build there is nothing to find
// @ts-ignore
import * as library from "optimal-execution";
import { describe, expect, test } from "vitest";
import { inRoot } from "../../../scripts/support/paths.mjs";
import type { BatchEntry, TradeBounds } from "../../../src/index";
import { runExample } from "../../docs/examples";
import { calls } from "../../helpers/calls";
import { faultsOf } from "../../helpers/wrongCalls";

const {
  boundedSchedule,
  certify,
  decayImpact,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  planBatch,
  powerImpact,
  simulateCosts,
  simulateCostsParallel,
} = library as typeof import("../../../src/index");

type Problem = ReturnType<typeof defineProblem>;

const order = {
  ...{ shares: 1e6, horizon: 5, intervals: 20, volatility: 0.95, temporaryImpact: 2.5e-6, halfSpread: 0.05 },
  ...{ permanentImpact: 1e-7, riskAversion: 1e-6, arrivalPrice: 50, timeUnit: "day", currency: "USD" },
};
const problem = defineProblem(order);
const varied = defineProblem({
  ...order,
  ...{ side: "buy", timing: "mid", ownImpact: "full", drift: 0.01 },
  profile: {
    volatility: Array.from({ length: 20 }, (_, k) => 0.8 + 0.02 * k),
    open: Array.from({ length: 20 }, (_, k) => k !== 7),
  },
});

test.each([
  ["planBatch", planBatch],
  ["simulateCostsParallel", simulateCostsParallel],
] as const)("%s works, or says in the library's words which argument is wrong", async (name, call) => {
  expect(await faultsOf(call, calls[`root ${name}`])).toEqual([]);
});

describe("simulateCostsParallel", () => {
  test.each([1, 2, 3])(
    "gives the bits of simulateCosts with %i workers, in a market that varies too",
    async (workers) => {
      for (const one of [problem, varied]) {
        const schedule = equalSchedule(one);
        for (const paths of [2, 1024, 5000]) {
          const options = { paths, seed: "s" };
          expect(await simulateCostsParallel(one, schedule, { ...options, workers })).toEqual(
            simulateCosts(one, schedule, options),
          );
        }
      }
    },
  );

  test("reports its progress, rising to 1", async () => {
    const fractions: number[] = [];
    await simulateCostsParallel(problem, equalSchedule(problem), {
      ...{ paths: 50_000, seed: 1, workers: 2 },
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(fractions.length).toBeGreaterThan(5);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  test("refuses, in words, what simulateCosts refuses, and workers that are none", async () => {
    const schedule = equalSchedule(problem);
    for (const [options, message] of [
      [{ paths: 1, seed: 1 }, "paths must be an integer from 2 to 100,000,000; got 1."],
      [{ paths: 10 }, "seed must be a finite number or a text; got nothing."],
      [{ paths: 10, seed: 1, workers: 0 }, "workers must be an integer from 1 to 256; got 0."],
      [{ paths: 10, seed: 1, worker: 2 }, 'simulateCostsParallel\'s options field "worker" must be left out'],
    ] as const) {
      await expect(simulateCostsParallel(problem, schedule, options as never)).rejects.toThrow(message);
    }
    const huge = defineProblem({ ...order, shares: 1e200, volatility: 1e200, temporaryImpact: 1e-200 });
    await expect(simulateCostsParallel(huge, equalSchedule(huge), { paths: 10, seed: 1 })).rejects.toThrow(
      "leaves the range of floating-point numbers",
    );
  });
});

/** What the calls for one order say, as an entry of a batch. */
function singly(one: Problem, bounds: TradeBounds | undefined, index: number): BatchEntry {
  try {
    if (bounds === undefined) {
      const schedule = optimalSchedule(one);
      return { status: "optimal", index, schedule, certificate: certify(one, schedule) };
    }
    const found = boundedSchedule(one, bounds);
    if (found.status === "infeasible") return { ...found, index };
    const { iterations: _, ...rest } = found;
    return { ...rest, index };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: "refused", index, name, message };
  }
}

describe("planBatch", () => {
  const orders = Array.from({ length: 450 }, (_, i): Problem => {
    const change = { riskAversion: 1e-7 * (i + 1), shares: 1e5 * (1 + (i % 7)) };
    return defineProblem({ ...(i % 5 === 0 ? varied : problem), ...change });
  });

  test("gives the answers of the single calls, bit for bit and in order, free and within bounds", async () => {
    const upper = 2e5;
    const [free, bounded] = [
      await planBatch(orders),
      await planBatch(orders, { bounds: { upper }, workers: 2 }),
    ];
    expect([free.length, bounded.length]).toEqual([450, 450]);
    orders.forEach((one, index) => {
      const schedule = optimalSchedule(one);
      expect(free[index]).toEqual({
        status: "optimal",
        index,
        schedule,
        certificate: certify(one, schedule),
      });
      const single = boundedSchedule(one, { upper });
      if (single.status !== "optimal") throw new Error(single.message);
      const { iterations, ...rest } = single;
      expect(bounded[index]).toEqual({ ...rest, index });
    });
  });

  test("leaves what is cheaper to leave, and no more than the bounds allow", async () => {
    const leaving = orders.slice(0, 5).map((one) => defineProblem({ ...one, remainderPrice: 0 }));
    const bounds = { mostLeft: 5e4 };
    const entries = await planBatch(leaving, { bounds });
    leaving.forEach((one, index) => {
      const single = boundedSchedule(one, bounds);
      if (single.status !== "optimal") throw new Error(single.message);
      const { iterations, ...rest } = single;
      expect(entries[index]).toEqual({ ...rest, index });
      expect(single.schedule.remaining.at(-1)).toBeGreaterThan(0);
    });
  });

  test("answers for an order that has none, and for one that is none, without stopping the others", async () => {
    const mixed = [
      problem,
      { shares: -1 },
      defineProblem({ ...order, shares: 1e9 }),
      null,
      defineProblem({ ...order, permanentImpact: 1e-3 }),
      problem,
    ];
    const entries = await planBatch(mixed as Problem[], { bounds: { upper: 1e5 } });
    expect(entries.map(({ status }) => status)).toEqual([
      "optimal",
      "refused",
      "infeasible",
      "refused",
      "refused",
      "optimal",
    ]);
    expect(entries.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(entries[1]).toMatchObject({
      name: "InputError",
      message: expect.stringContaining("problem must be the result of defineProblem"),
    });
    expect(entries[2]).toMatchObject({
      proof: { bound: "upper" },
      message: expect.stringContaining("No schedule satisfies the bounds"),
    });
    expect(entries[4]).toMatchObject({
      name: "NoOptimumError",
      message: expect.stringContaining("is not convex"),
    });
  });

  test("reads a stream no further than it must, so that memory does not grow with it", async () => {
    let read = 0;
    const endless = function* (): Generator<Problem> {
      for (;;) {
        read++;
        yield problem;
      }
    };
    let seen = 0;
    for await (const { index } of planBatch(endless(), { workers: 2 })) {
      expect(index).toBe(seen++);
      if (seen === 3000) break;
    }
    // Two workers, three lots of 400 each, and the one that is put together.
    expect(read).toBeLessThanOrEqual(3000 + 7 * 400);
  });

  test("takes bounds by problem and index, and reports its progress", async () => {
    const fractions: number[] = [];
    const bounds = (one: Problem, index: number) => (index % 2 === 0 ? { upper: one.shares / 4 } : undefined);
    const entries = await planBatch(orders, { bounds, onProgress: (fraction) => fractions.push(fraction) });
    for (const entry of entries) {
      if (entry.status !== "optimal") throw new Error(entry.message);
      expect(entry.schedule.name).toBe(entry.index % 2 === 0 ? "Bounded" : "Optimal");
      expect(entry.upperPrices === undefined).toBe(entry.index % 2 === 1);
    }
    expect(fractions.at(-1)).toBe(1);
    expect(await planBatch([])).toEqual([]);
  });

  test("says of every order what the single call says, bit for bit and word for word", async () => {
    const law = { impact: decayImpact({ exponentials: [{ impact: 1e-6, rate: 0.5 }], permanent: 1e-7 }) };
    const mine = { ...order, timeUnit: "hour", currency: "EUR" };
    const free = { temporaryImpact: undefined, permanentImpact: undefined };
    const some: readonly (readonly [Problem, TradeBounds | undefined])[] = [
      [problem, { upper: Array.from({ length: 20 }, (_, k) => 4e4 + 5e3 * k) }],
      [varied, { lower: null, upper: Float64Array.from({ length: 20 }, () => 3e5) }],
      [
        defineProblem({ ...mine, ...free, ...law, earlierTrades: [{ ago: 0.5, shares: 1e5 }] }),
        { upper: 8e4 },
      ],
      [defineProblem({ ...mine, ...free, impact: powerImpact({ coefficient: 1e-3, exponent: 0.5 }) }), {}],
      [defineProblem({ ...mine, permanentImpact: 0, remainderPrice: 0.5 }), { mostLeft: 2e5 }],
      [varied, undefined],
      // What is refused, in the order's own units.
      [defineProblem({ ...mine, permanentImpact: 1e-3 }), { upper: 1e5 }],
      [defineProblem({ ...mine, permanentImpact: 1e-3 }), undefined],
      [problem, { upper: 1e4 }],
      [problem, { upper: [1, 2, 3] }],
      [problem, { lower: [0, Number.NaN, ...Array(18).fill(0)] }],
      [problem, { mostLeft: 5 }],
      [problem, { lower: 2, upper: 1 }],
    ];
    const problems = some.map(([one]) => one);
    const entries = await planBatch(problems, { bounds: (_, index) => some[index][1] });
    for (const [i, [one, bounds]] of some.entries()) {
      expect(entries[i], `order ${i}`).toEqual(singly(one, bounds, i));
    }
    expect(entries.filter(({ status }) => status === "refused").length).toBe(6);
    expect(entries[6]).toMatchObject({ message: expect.stringContaining("hour") });
  });

  test("plans short orders without bounds where it is called, and says the same of them", async () => {
    const short = [
      problem,
      { shares: -1 } as never,
      defineProblem({ ...order, permanentImpact: 1e-3 }),
      problem,
    ];
    const long = defineProblem({ ...order, intervals: 2500 });
    for (const some of [short, [...short, long]]) {
      const entries = await planBatch(some, { workers: 1 });
      expect(entries).toEqual(some.map((one, i) => singly(one, undefined, i)));
      expect(entries.slice(0, 4).map(({ status }) => status)).toEqual([
        "optimal",
        "refused",
        "refused",
        "optimal",
      ]);
    }
  });

  test("takes what it was given when it was called, whatever becomes of it", async () => {
    const some = orders.slice(0, 40);
    const cap: { upper: number | number[] } = { upper: 0 };
    const list = Array<number>(20).fill(0);
    // One object, filled anew for every order; and one array.
    const filled = (one: Problem, index: number) => {
      if (index % 2 === 0) cap.upper = one.shares / 8;
      else cap.upper = list.fill(one.shares / 10);
      return cap;
    };
    const right = some.map((one, i) => singly(one, { upper: one.shares / (i % 2 === 0 ? 8 : 10) }, i));
    expect(await planBatch(some, { bounds: filled })).toEqual(right);
    const [given, shared] = [[...some], { upper: [...Array<number>(20).fill(9e4)] }];
    const options = { bounds: shared };
    const batch = planBatch(given, options);
    shared.upper.fill(1e9);
    options.bounds = { upper: [1] };
    given.length = 0;
    const upper = Array<number>(20).fill(9e4);
    expect(await batch).toEqual(some.map((one, i) => singly(one, { upper }, i)));
    expect(await planBatch(some, { bounds: new Proxy({ upper: 9e4 }, {}) })).toEqual(
      some.map((one, i) => singly(one, { upper: 9e4 }, i)),
    );
    const schedule = { ...equalSchedule(problem), trades: [...equalSchedule(problem).trades] };
    const simulated = simulateCostsParallel(problem, schedule, { paths: 2000, seed: 1, workers: 1 });
    schedule.trades.fill(Number.NaN);
    expect(await simulated).toEqual(simulateCosts(problem, equalSchedule(problem), { paths: 2000, seed: 1 }));
  });

  test("answers what was read of a stream that fails, and then fails; a stream is read once", async () => {
    async function* failing(count: number): AsyncGenerator<Problem> {
      for (let i = 0; i < count; i++) yield problem;
      throw new Error("the line is dead");
    }
    for (const count of [5, 1500]) {
      let seen = 0;
      const all = async () => {
        for await (const { index } of planBatch(failing(count), { bounds: { upper: 2e5 }, workers: 2 }))
          expect(index).toBe(seen++);
      };
      await expect(all()).rejects.toThrow("the line is dead");
      expect(seen).toBe(count);
    }
    // A cell of a notebook has promises of its own class.
    const foreign = runInNewContext("async function* all(list) { yield* list; } all") as (
      list: readonly Problem[],
    ) => AsyncGenerator<Problem>;
    expect((await planBatch(foreign([problem, problem]))).map(({ status }) => status)).toEqual([
      "optimal",
      "optimal",
    ]);
    function* some(): Generator<Problem> {
      yield problem;
    }
    const batch = planBatch(some());
    expect((await batch).length).toBe(1);
    expect((await batch).length).toBe(1);
    expect(() => batch[Symbol.asyncIterator]()).toThrow("This batch has been read");
    const list = planBatch([problem]);
    for await (const _ of list) break;
    expect((await list).length).toBe(1);
    // A stream that a caller leaves is closed.
    let isClosed = false;
    async function* open(): AsyncGenerator<Problem> {
      try {
        for (;;) yield problem;
      } finally {
        isClosed = true;
      }
    }
    for await (const _ of planBatch(open(), { workers: 1 })) break;
    expect(isClosed).toBe(true);
    const both = { [Symbol.iterator]: undefined, [Symbol.asyncIterator]: () => open() };
    for await (const { status } of planBatch(both as never, { workers: 1 })) {
      expect(status).toBe("optimal");
      break;
    }
  });

  test("a function of bounds that throws refuses its order, whatever it throws, in words", async () => {
    const thrown = [null, "oops", new Error("no cap")];
    const entries = await planBatch([problem, problem, problem], {
      bounds: (_, index) => {
        throw thrown[index];
      },
    });
    expect(entries).toEqual([
      { status: "refused", index: 0, name: "Error", message: "null" },
      { status: "refused", index: 1, name: "Error", message: "oops" },
      { status: "refused", index: 2, name: "Error", message: "no cap" },
    ]);
    const [odd] = await planBatch([problem], { bounds: () => ({ upper: [1, "2"] }) as never });
    expect(odd).toEqual(singly(problem, { upper: [1, "2"] } as never, 0));
    expect(() => planBatch([problem], { workers: 0 })).toThrow("workers must be an integer from 1 to 256");
  });

  test("refuses, in words, what is no batch and no option", () => {
    for (const wrong of [undefined, null, 5, {}]) {
      expect(() => planBatch(wrong as never)).toThrow(
        "problems must be an array or a stream of problems; got ",
      );
    }
    expect(() => planBatch([], { bounds: { most: 1 } } as never)).toThrow(
      'bounds field "most" must be left out',
    );
    expect(() => planBatch([], { bounds: { mostLeft: [1] } } as never)).toThrow(
      "bounds.mostLeft must be a number (shares)",
    );
    expect(() => planBatch([], { threads: 1 } as never)).toThrow(
      'planBatch\'s options field "threads" must be left out',
    );
  });
});

test("a program that has used all cores ends by itself", () => {
  const program = `
const { defineProblem, equalSchedule, planBatch, simulateCostsParallel } = require("optimal-execution");
const problem = defineProblem({ shares: 1, horizon: 1, intervals: 2, volatility: 1, temporaryImpact: 1 });
(async () => {
  await simulateCostsParallel(problem, equalSchedule(problem), { paths: 3000, seed: 1, workers: 2 });
  console.log((await planBatch([problem])).length);
})();`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program], {
    cwd: inRoot(),
    encoding: "utf8",
    timeout: 30_000,
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "1\n", stderr: "", status: 0 });
});

test.each(["planBatch", "simulateCostsParallel"])("%s's example gives what it says", async (name) => {
  const source = readFileSync(inRoot("src", "parallel", `${name}.ts`), "utf8");
  const code = /@example\n \* ```ts\n([\s\S]*?)\n \* ```/
    .exec(source)?.[1]
    .replaceAll(/^ \* ?/gm, "") as string;
  expect(await runExample({ where: name, code }, library)).toBeGreaterThan(0);
});
