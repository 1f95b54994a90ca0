// What the project's kernel repairs in tslab. Each claim is tried on both kernels: the project's must keep it
// and the stock one must break it, so that a repair which is no longer needed shows up here.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  Client,
  cache,
  Kernel,
  kernelArguments,
  type Message,
  newConnection,
  repository,
  within,
} from "./client.js";

const notebooks = join(repository, "notebooks");

/** A cell that shows nothing. */
const quiet = "void 0;";

let scratch: string;

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  scratch = mkdtempSync(join(cache, "kernel-"));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * The stock kernel refuses cells for a while after a failure: resolves when it takes them again. Asking for it
 * without a pause would make that kernel hang, as printing many lines does.
 */
async function recovered(kernel: Kernel): Promise<void> {
  while ((await kernel.run(quiet)).reply?.content.status !== "ok") await setTimeout(50);
}

describe("a cell", () => {
  let project: Kernel;
  let stock: Kernel;

  beforeAll(async () => {
    [project, stock] = await Promise.all([
      Kernel.start("project", notebooks),
      Kernel.start("stock", notebooks),
    ]);
  });

  afterAll(() => Promise.all([project?.stop(), stock?.stop()]));

  test("imports the library by its name, in the stock kernel too", async () => {
    const code = `import * as library from "optimal-execution"; Object.keys(library).length > 0`;
    for (const kernel of [project, stock]) {
      const cell = await kernel.run(code);
      expect(cell.messages.filter(({ type }) => type !== "execute_input")).toEqual([
        { type: "stream", content: { name: "stdout", text: "true\n" } },
      ]);
    }
  });

  test("solves a linear program by an await at its top level, and the solver says nothing", async () => {
    const code = `
import { piecewiseLinearSchedule, defineProblem } from "optimal-execution";
import { solveLinearProgram } from "optimal-execution/linear";
const rows = [{ coefficients: [1, 1], lower: 2 }];
const least = await solveLinearProgram({ objective: [1, 3], rows });
const none = await solveLinearProgram({ objective: [1, 3], rows, upper: 0.5 });
const endless = await solveLinearProgram({ objective: [-1, 0], rows });
const order = { shares: 10, horizon: 2, intervals: 2, volatility: 0, temporaryImpact: 1 };
const { schedule } = await piecewiseLinearSchedule(defineProblem(order), { pieces: 2 });
const value: number = least.status === "optimal" ? least.value : NaN;
console.log(value, none.status, endless.status, schedule.trades.join(" "));`;
    for (const kernel of [project, stock]) {
      const cell = await kernel.run(code);
      expect(cell.messages.filter(({ type }) => type !== "execute_input")).toEqual([
        { type: "stream", content: { name: "stdout", text: "2 infeasible unbounded 5 5\n" } },
      ]);
    }
  });

  test("may abbreviate a property that has the name of a variable of an earlier cell", async () => {
    const earlier = "let price = 2, volume = 3; const label = 'a';";
    const later =
      "const made = [1].map((price) => ({ price, volume, label })); ({ price, volume = 9 } = { price: 7 } as { price: number; volume?: number });";
    await project.run(`${earlier} `);
    await project.run(later);
    const cell = await project.run("console.log(JSON.stringify({ made, price, volume }));");
    expect(cell.messages.filter(({ type }) => type !== "execute_input")).toEqual([
      {
        type: "stream",
        content: {
          name: "stdout",
          text: '{"made":[{"price":1,"volume":3,"label":"a"}],"price":7,"volume":9}\n',
        },
      },
    ]);

    await stock.run(earlier);
    const attempt = await stock.run(
      "try { console.log({ label }); } catch (error) { console.log(error.message); }",
    );
    expect(attempt.messages.map(({ content }) => content)).toContainEqual({
      name: "stdout",
      text: "label is not defined\n",
    });
  });

  test("is echoed with its number, which the reply repeats", async () => {
    const first = await project.run(quiet);
    const second = await project.run(quiet);
    const [{ execution_count: count }] = first.all("execute_input");
    expect(second.messages).toEqual([
      { type: "execute_input", content: { code: quiet, execution_count: count + 1 } },
    ]);
    expect(second.reply?.content).toMatchObject({ status: "ok", execution_count: count + 1 });

    expect((await stock.run(quiet)).all("execute_input")).toEqual([]);
  });

  test("that is run silently is neither echoed nor counted", async () => {
    const before = await project.run(quiet);
    const silent = await project.execute(quiet, { silent: true }).done();
    const after = await project.run(quiet);
    expect(silent.messages).toEqual([]);
    expect(after.reply?.content.execution_count).toBe(before.reply?.content.execution_count + 1);

    const stockBefore = await stock.run(quiet);
    await stock.execute(quiet, { silent: true }).done();
    const stockAfter = await stock.run(quiet);
    expect(stockAfter.reply?.content.execution_count).toBe(stockBefore.reply?.content.execution_count + 2);
  });

  test("may take a property out of a variable of an earlier cell under another name", async () => {
    const earlier = "const quote = { bid: 1, ask: { size: 2 } };";
    const later =
      "const { bid: low, ask: { size: amount } } = quote; const read = ({ bid: b }: typeof quote) => b; console.log(low, amount, read(quote));";
    await project.run(earlier);
    const cell = await project.run(later);
    expect(cell.messages.filter(({ type }) => type !== "execute_input")).toEqual([
      { type: "stream", content: { name: "stdout", text: "1 2 1\n" } },
    ]);

    // One of its own: the stock kernel may drop what it is sent after such an error.
    const alone = await Kernel.start("stock", notebooks);
    await alone.run(earlier);
    const refused = await alone.run(later);
    await alone.stop();
    expect(JSON.stringify(refused.messages)).toContain("Identifier 'exports' has already been declared");
  });

  test("whose error comes from deep inside a library is named below it", async () => {
    const { error } = await project.run(
      'const deep = (n: number): number => (n === 0 ? JSON.parse("{") : deep(n - 1) + 1); deep(12);',
    );
    expect(error.ename).toBe("SyntaxError");
    expect(error.traceback.at(-1)).toMatch(/^ {4}at cell \[\d+\]$/);
    const { error: ofData } = await project.run(
      'import { parseBars } from "optimal-execution/data"; parseBars("date,open\\n");',
    );
    expect(ofData.traceback.at(-1)).toMatch(/^ {4}at cell \[\d+\]$/);
  });

  test("that throws says what and where, in its own terms", async () => {
    const definition = `const fail = (n: number): never => {
      throw new RangeError("no such " + n, { cause: new TypeError("a reason") });
    };`;
    const call = "[1].map((n) => fail(n));";

    const defined = (await project.run(definition)).reply?.content.execution_count;
    const cell = await project.run(call);
    const where = [
      `    at fail (cell [${defined}])`,
      `    at cell [${defined + 1}]`,
      "    at Array.map (<anonymous>)",
    ];
    const frames = [...where, `    at cell [${defined + 1}]`];
    expect(cell.error).toEqual({
      ename: "RangeError",
      evalue: "no such 1",
      traceback: ["RangeError: no such 1", ...frames, "Caused by: TypeError: a reason", ...frames],
    });
    expect(cell.reply?.content).toEqual({ status: "error", execution_count: defined + 1, ...cell.error });
    expect(cell.text("stderr")).toBe("");

    await stock.run(definition);
    const stockCell = await stock.run(call);
    expect(stockCell.error).toBeUndefined();
    expect(stockCell.reply?.content.ename).toBeUndefined();
    expect(stockCell.text("stderr")).toContain("tslab/dist/executor.js");
    await recovered(stock);
  });

  test.each([
    ["a string", `throw "text";`, "text"],
    ["an object", "throw { a: 1 };", "{ a: 1 }"],
    ["nothing", "throw undefined;", "undefined"],
    ["what looks like a diagnostic", `throw "%s%d:%d - %s";`, "%s%d:%d - %s"],
  ])("that throws %s shows it", async (_, code, evalue) => {
    const cell = await project.run(code);
    expect(cell.error).toEqual({ ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] });

    expect((await stock.run(code)).error).toBeUndefined();
    await recovered(stock);
  });

  test("that does not compile is refused with the line and column of each fault", async () => {
    const code = `const text: string = 1;\nconst n: number = "a";`;
    const cell = await project.run(code);
    const faults = [
      "1:7 - Type 'number' is not assignable to type 'string'.",
      "2:7 - Type 'string' is not assignable to type 'number'.",
    ];
    expect(cell.error).toEqual({ ename: "CompileError", evalue: faults[0], traceback: faults });
    expect(cell.text("stderr")).toBe("");

    expect((await stock.run(code)).error).toBeUndefined();
    await recovered(stock);
  });

  test("that misspells a field is refused with the right name first, in lines that are not broken", async () => {
    const code = `import { defineProblem } from "optimal-execution";
defineProblem({ shares: 10, horizon: 2, intervals: 2, volatilty: 0, temporaryImpact: 1 });`;
    expect((await project.run(code)).error.traceback).toEqual([
      "2:55 - Object literal may only specify known properties, but 'volatilty' does",
      "not exist in type 'ProblemInput'. Did you mean to write 'volatility'?",
      "  Argument of type '{ shares: number; horizon: number … umber; temporaryImpact:",
      "  number; }' is not assignable to parameter of type 'ProblemInput'.",
    ]);
  });

  test("that throws a long message shows it in lines broken between words, and keeps it whole for programs", async () => {
    const message = `${"the horizon of 3,600 seconds is ".repeat(6)}60 % too long`;
    const { evalue, traceback } = (await project.run(`throw new Error(${JSON.stringify(message)});`)).error;
    expect(evalue).toBe(message);
    const lines = traceback.filter((line: string) => !/^\s+at /.test(line));
    expect(lines.join(" ")).toBe(`Error: ${message}`);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("is checked strictly: null is not a string", async () => {
    const code = "const nothing: string = null;";
    const cell = await project.run(code);
    expect(cell.error.evalue).toBe("1:7 - Type 'null' is not assignable to type 'string'.");

    expect((await stock.run(code)).reply?.content.status).toBe("ok");
  });

  // Each prints from within what is interrupted: Node loses an interrupt, or ends, at the very moment when the
  // synchronous part of a cell begins or ends.
  test.each([
    ["a synchronous loop", `console.log("on"); while (true) {}`],
    ["an await", `await new Promise(() => setTimeout(() => console.log("on"), 20));`],
  ])("can be interrupted in %s, and says so", async (_, code) => {
    for (const kernel of [project, stock]) {
      const cell = kernel.execute(code);
      await cell.until(() => cell.text("stdout") === "on\n");
      kernel.interrupt();
      await cell.done();
      expect(cell.error).toEqual(
        kernel === stock
          ? undefined
          : {
              ename: "Interrupted",
              evalue: "the cell was interrupted",
              traceback: ["Interrupted: the cell was interrupted"],
            },
      );
    }
    await recovered(stock);
  });

  test("that fails aborts the cells sent with it, and none that is sent after its reply", async () => {
    const sent = [`throw new Error("first");`, `console.log("second");`, `console.log("third");`];
    const cells = sent.map((code) => project.execute(code));
    await Promise.all(cells.map((cell) => cell.done()));
    expect(cells.map(({ reply }) => reply?.content.status)).toEqual(["error", "aborted", "aborted"]);
    expect(cells.map(({ error }) => error?.evalue)).toEqual(["first", undefined, undefined]);
    expect(cells.map((cell) => cell.text("stdout"))).toEqual(["", "", ""]);
    // JupyterLab would show a number in the reply as that of an execution.
    const [count, ...none] = cells.map(({ reply }) => reply?.content.execution_count);
    expect([typeof count, ...none]).toEqual(["number", undefined, undefined]);
    expect(cells.map(({ states }) => states)).toEqual(Array(3).fill(["busy", "idle"]));
    const next = await project.run(`console.log("next");`);
    expect(next.text("stdout")).toBe("next\n");
    expect(next.reply?.content.execution_count).toBe(count + 1);

    // "abort" is not a status that Jupyter knows.
    const stockCells = sent.map((code) => stock.execute(code));
    await Promise.all(stockCells.map((cell) => cell.done()));
    expect(stockCells.map(({ reply }) => reply?.content.status)).toEqual(["error", "abort", "abort"]);
    expect((await stock.run(`console.log("next");`)).reply?.content.status).toBe("abort");
    await recovered(stock);
  });

  test("that fails aborts nothing where the client asks for that", async () => {
    const send = (kernel: Kernel) =>
      [`throw new Error("first");`, `console.log("second");`].map((code) =>
        kernel.execute(code, { stop_on_error: false }),
      );
    const cells = send(project);
    await Promise.all(cells.map((cell) => cell.done()));
    expect(cells.map((cell) => cell.text("stdout"))).toEqual(["", "second\n"]);

    const stockCells = send(stock);
    await Promise.all(stockCells.map((cell) => cell.done()));
    expect(stockCells.map((cell) => cell.text("stdout"))).toEqual(["", ""]);
    await recovered(stock);
  });

  test("fails with a promise that it rejected and nobody handled", async () => {
    const code = `Promise.reject(new Error("lost"));`;
    const cell = await project.run(code);
    expect(cell.error).toMatchObject({ ename: "Error", evalue: "lost" });
    expect(cell.reply?.content).toMatchObject({ status: "error", evalue: "lost" });

    expect((await stock.run(code)).reply?.content.status).toBe("ok");
  });

  test("fails with an error in a timer that fires while it waits", async () => {
    const code = `setTimeout(() => { throw new Error("in a timer"); }, 5);
      await new Promise((resolve) => setTimeout(resolve, 50));`;
    const cell = await project.run(code);
    expect(cell.error).toMatchObject({ ename: "Error", evalue: "in a timer" });

    expect((await stock.run(code)).reply?.content.status).toBe("ok");
  });

  test("reports an error that an earlier cell caused after its end", async () => {
    // Late enough for the next cell to be compiled and running, on a busy machine too.
    const late = `setTimeout(() => { throw new Error("too late"); }, 400);`;
    const next = "await new Promise((resolve) => setTimeout(resolve, 1000));";

    const number = (await project.run(late)).reply?.content.execution_count;
    const cell = await project.run(next);
    expect(cell.reply?.content.status).toBe("ok");
    expect(cell.text("stderr")).toContain(
      `Unhandled error after cell [${number}] had finished: Error: too late\n`,
    );

    await stock.run(late);
    expect((await stock.run(next)).text("stderr")).not.toContain("cell [");
  });

  test("is not blamed for an error in the timer of an earlier one", async () => {
    const cells = [
      `void setTimeout(() => { throw new Error("of the first"); }, 400);`,
      "await new Promise((resolve) => setTimeout(resolve, 1000));",
    ].map((code) => project.execute(code));
    const [first, second] = await Promise.all(cells.map((cell) => cell.done()));
    expect(second?.reply?.content.status).toBe("ok");
    const number = first?.reply?.content.execution_count;
    expect(second?.text("stderr")).toContain(`after cell [${number}] had finished: Error: of the first\n`);
  });

  test("still receives what its timers print after its end", async () => {
    const cell = await project.run(`void setTimeout(() => console.log("late"), 50);`);
    await cell.until(() => cell.text("stdout") === "late\n");
    expect(cell.text("stderr")).toBe("");
  });

  test("prints characters whose bytes come in pieces", async () => {
    const code = `
      const euro = new TextEncoder().encode("€");
      process.stdout.write(euro.subarray(0, 2));
      process.stdout.write(euro.subarray(2));
      void 0;`;
    expect((await project.run(code)).text("stdout")).toBe("€");
    expect((await stock.run(code)).text("stdout")).not.toContain("€");
  });

  test("hears when its text has been written", async () => {
    const code = `
      let isHeard = false;
      process.stdout.write("", () => { isHeard = true; });
      await new Promise((resolve) => setTimeout(resolve, 10));
      console.log(isHeard);`;
    expect((await project.run(code)).text("stdout")).toBe("true\n");
    expect((await stock.run(code)).text("stdout")).toBe("false\n");
  });

  test("that ends with a write does not print its value", async () => {
    const code = `process.stdout.write("text\\n")`;
    expect((await project.run(code)).text("stdout")).toBe("text\n");
    expect((await project.run("1 === 1")).text("stdout")).toBe("true\n");

    expect((await stock.run(code)).text("stdout")).toBe("text\ntrue\n");
  });

  test("shows displays of several types among its prints, in the order they were made", async () => {
    const code = `
      declare const require: any;
      const show = require("tslab/dist/jupyter").lastWriteDisplayData;
      console.log("before");
      console.log("the chart");
      show({ data: { "text/plain": "chart", "application/json": { a: 1 } }, metadata: {}, transient: { display_id: undefined } }, false);
      console.error("beside");
      console.log("after");`;
    const cell = await project.run(code);
    const shown = cell.messages.filter(({ type }) => type !== "execute_input");
    const text = (name: string, text: string) => ({ type: "stream", content: { name, text } });
    const chart = {
      type: "display_data",
      content: { data: { "text/plain": "chart", "application/json": { a: 1 } }, metadata: {}, transient: {} },
    };
    expect(joined(shown)).toEqual([
      text("stdout", "before\nthe chart\n"),
      chart,
      text("stderr", "beside\n"),
      text("stdout", "after\n"),
    ]);
  });

  // The last one: the stock kernel does not survive it.
  test("prints 5,000 lines in one stretch, all of which arrive", async () => {
    const code = `for (let i = 0; i < 5000; i++) console.log("line " + i);`;
    const lines = Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join("");
    const cell = await project.run(code);
    expect(cell.text("stdout")).toBe(lines);
    expect(cell.all("stream").length).toBeLessThan(500);

    const stockCell = stock.execute(code);
    expect(await within(3000, stockCell.done())).toBe("late");
    expect(stockCell.text("stdout")).not.toBe(lines);
  });
});

describe("the library that a notebook imports", () => {
  let project: Kernel;
  let stock: Kernel;

  /** A package with compiled code, linked into the `node_modules` of a notebook folder as ours is. */
  function build(sources: Record<string, string>): void {
    const compilerOptions: ts.CompilerOptions = {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
      inlineSources: true,
      sourceRoot: "../src",
    };
    for (const [name, source] of Object.entries(sources)) {
      const file = join(scratch, "package/dist", name);
      const options = { fileName: `${name}.ts`, compilerOptions };
      writeFileSync(`${file}.js`, ts.transpileModule(source, options).outputText);
      writeFileSync(`${file}.d.ts`, ts.transpileDeclaration(source, options).outputText);
    }
  }

  const useIt = `import { value } from "throwaway"; console.log(value());`;
  let folder: string;

  beforeAll(async () => {
    folder = join(scratch, "notebooks");
    mkdirSync(join(scratch, "package/dist"), { recursive: true });
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(join(scratch, "package"), join(folder, "node_modules/throwaway"), "junction");
    const description = { name: "throwaway", main: "dist/index.js", types: "dist/index.d.ts" };
    writeFileSync(join(scratch, "package/package.json"), JSON.stringify(description));
    [project, stock] = await Promise.all([
      Kernel.start("project", folder, { OPTIMAL_EXECUTION_DIST: join(scratch, "package/dist") }),
      Kernel.start("stock", folder),
    ]);
  });

  afterAll(() => Promise.all([project?.stop(), stock?.stop()]));

  test("may be built after a cell has looked for it in vain", async () => {
    const statusOf = async (kernel: Kernel) => (await kernel.run(useIt)).reply?.content.status;
    expect(await Promise.all([project, stock].map(statusOf))).toEqual(["error", "error"]);
    build({
      index: `export * from "./part.js";`,
      part: "export function value(): number { return 1; }",
    });
    await recovered(stock);
    expect(await Promise.all([project, stock].map(statusOf))).toEqual(["ok", "error"]);

    // From here on the stock kernel is one that was started after the build.
    await stock.stop();
    stock = await Kernel.start("stock", folder);
    expect((await stock.run(useIt)).text("stdout")).toBe("1\n");
  });

  test("follows a rebuild: running the import again loads the new code", async () => {
    expect((await project.run(useIt)).text("stdout")).toBe("1\n");
    build({ part: "export function value(): number { return 2; }" });
    expect((await project.run(useIt)).text("stdout")).toBe("2\n");

    expect((await stock.run(useIt)).text("stdout")).toBe("1\n");
  });

  test("follows a rebuild with its types too", async () => {
    build({ part: "export function value(): Date { return new Date(0); }" });
    const cell = await project.run(`import { value } from "throwaway"; const n: number = value();`);
    expect(cell.error?.evalue).toBe("1:42 - Type 'Date' is not assignable to type 'number'.");
  });

  test("may gain a module while the kernel runs", async () => {
    build({
      extra: "export const extra: number = 3;",
      index: `export * from "./part.js"; export * from "./extra.js";`,
    });
    const cell = await project.run(`import { extra } from "throwaway"; console.log(extra);`);
    expect(cell.text("stdout")).toBe("3\n");

    const brokenDown = async () => {
      while (!(await stock.run(quiet)).text("stderr").includes("Unexpected pending rebuildTimer")) {
        await setTimeout(50);
      }
    };
    expect(await within(4000, brokenDown())).not.toBe("late");
    expect((await project.run("console.log(extra);")).text("stdout")).toBe("3\n");
  });

  test("shows its own source lines in a traceback", async () => {
    const part = `interface Erased {}

export function value(): never {
  throw new Error("of the library");
}`;
    build({ part });
    const cell = await project.run(useIt);
    const place = expect.stringMatching(/^ {4}at .*value \(\.cache\/kernel-\w+\/package\/src\/part\.ts:4\)$/);
    expect(cell.error.traceback.slice(0, 2)).toEqual(["Error: of the library", place]);
  });
});

describe("the kernel", () => {
  let project: Kernel;
  let stock: Kernel;

  beforeAll(async () => {
    [project, stock] = await Promise.all([
      Kernel.start("project", notebooks),
      Kernel.start("stock", notebooks),
    ]);
  });

  afterAll(() => Promise.all([project?.stop(), stock?.stop()]));

  test("names the version of its compiler", async () => {
    const claimed = async (kernel: Kernel) => {
      const info = await kernel.send("kernel_info_request", {}).done();
      return info.reply?.content.language_info.version;
    };
    const used = await project.run(`import { versions } from "tslab"; console.log(versions.typescript);`);
    expect(`${await claimed(project)}\n`).toBe(used.text("stdout"));
    expect(`${await claimed(stock)}\n`).not.toBe(used.text("stdout"));
  });

  test("answers the question for widgets, which JupyterLab asks at the start, by the right name", async () => {
    const answer = async (kernel: Kernel) => (await kernel.send("comm_info_request", {}).done()).reply?.type;
    expect(await answer(project)).toBe("comm_info_reply");
    expect(await answer(stock)).toBe("complete_reply");
  });

  test("shuts down although timers of a cell are still running", async () => {
    for (const kernel of [project, stock]) {
      await kernel.run("void setInterval(() => {}, 1000);");
      const shutdown = kernel.send("shutdown_request", { restart: true }, "control");
      await shutdown.until(() => shutdown.reply !== undefined);
      expect(shutdown.reply?.type).toBe("shutdown_reply");
    }
    await project.ended;
    expect(await within(500, stock.ended)).toBe("late");
  });

  test("ends with the process that started it, in the middle of a cell too", async () => {
    const connections = { project: await newConnection(), stock: await newConnection() };
    const kernels = (["project", "stock"] as const).map((kind) =>
      kernelArguments(kind, connections[kind].file),
    );
    const parent = spawn(
      process.execPath,
      [
        "-e",
        `
      process.env.JPY_PARENT_PID = process.pid;
      const { spawn } = require("node:child_process");
      const pids = ${JSON.stringify(kernels)}.map((args) => spawn(process.execPath, args, { stdio: "ignore" }).pid);
      console.log(JSON.stringify(pids));
      setInterval(() => {}, 1000);
    `,
      ],
      { cwd: notebooks, stdio: ["ignore", "pipe", "inherit"] },
    );
    const pids: number[] = await new Promise((resolve) =>
      parent.stdout.once("data", (text) => resolve(JSON.parse(text))),
    );
    const clients = [new Client(connections.project.ports), new Client(connections.stock.ports)] as const;
    try {
      const [project] = await Promise.all(clients.map((client) => client.ready()));
      const busy = project?.execute(`console.log("on"); while (true) {}`);
      await busy?.until(() => busy.text("stdout") === "on\n");

      parent.kill("SIGKILL");
      while (await isListening(connections.project.ports.shell)) await setTimeout(50);
      expect(await isListening(connections.stock.ports.shell)).toBe(true);
    } finally {
      for (const client of clients) client.close();
      for (const pid of pids) endProcess(pid);
      for (const { file } of Object.values(connections)) rmSync(file);
    }
  });

  test("refuses to start with a tslab that it was not made for", () => {
    const copy = join(scratch, "other");
    const tslab = join(copy, "node_modules/tslab");
    cpSync(join(repository, "scripts/kernel"), join(copy, "scripts/kernel"), { recursive: true });
    mkdirSync(tslab, { recursive: true });
    writeFileSync(join(tslab, "package.json"), JSON.stringify({ name: "tslab", version: "1.0.23" }));
    const launch = spawnSync(process.execPath, [join(copy, "scripts/kernel/launch.cjs"), "connection.json"]);
    expect(launch.status).toBe(1);
    expect(launch.stderr.toString()).toMatch(
      /^this kernel needs tslab 1\.0\.22 and found 1\.0\.23: run `npm ci` in /,
    );
  });
});

/** Whether a process still holds the port: a process that was killed may exist for as long as nobody waits for it. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Prints may come in several messages: joins those that follow one another in the same stream. */
function joined(messages: readonly Message[]): Message[] {
  const all: Message[] = [];
  for (const next of messages) {
    const last = all.at(-1);
    if (last?.type === "stream" && next.type === "stream" && last.content.name === next.content.name) {
      all[all.length - 1] = {
        ...next,
        content: { ...next.content, text: last.content.text + next.content.text },
      };
    } else {
      all.push(next);
    }
  }
  return all;
}
