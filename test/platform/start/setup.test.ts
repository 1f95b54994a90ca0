import { spawn } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nodeProblem } from "../../../scripts/run.cjs";
import { explainError } from "../../../scripts/support/disk.mjs";
import { root, windows } from "../../../scripts/support/paths.mjs";
import { Clone, ended, listen, until } from "./clone";

describe("the gate", () => {
  test.each(["20.19.0", "20.20.2", "22.12.0", "24.0.0", "26.10.0"])("lets Node %s through", (version) => {
    expect(nodeProblem(version)).toBeUndefined();
  });

  test.each(["12.22.0", "18.20.4", "20.18.3", "21.7.0", "22.11.0"])(
    "tells Node %s what is needed",
    (version) => {
      expect(nodeProblem(version)).toMatch(`needs Node 20.19 or newer`);
      expect(nodeProblem(version)).toMatch(`this is Node ${version}`);
      expect(nodeProblem(version)).toMatch("https://nodejs.org");
    },
  );

  test("names its commands when it is asked for another", async () => {
    const { code, output } = await ended(
      spawn(process.execPath, ["scripts/run.cjs", "strat"], { cwd: root }),
    );
    expect([code, output]).toEqual([
      1,
      "Usage: node scripts/run.cjs start|test|setup|build|notebooks|docs|bench|report\n",
    ]);
  });
});

test("in this folder, a second set-up leaves everything as it is", async () => {
  const setUp = () => ended(spawn(process.execPath, ["scripts/run.cjs", "setup"], { cwd: root }));
  await setUp();
  const { code, output } = await setUp();
  expect(code).toBe(0);
  const lines = output.trim().split("\n");
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/^[\w ]+ unchanged +\d+\.\d s$/);
}, 300_000);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// The stand-ins are programs by their first line, which is no program to Windows.
describe.skipIf(windows)("a set-up", () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterEach(() => clone.end());
  afterAll(() => clone.delete());

  describe("of a fresh clone", () => {
    test("takes every step once", async () => {
      expect((await clone.run("setup")).code).toBe(0);
      expect(clone.tools()).toEqual(["npm", "venv", "pip", "tsc"]);
      expect((await clone.run("setup")).code).toBe(0);
      expect(clone.tools()).toEqual([]);
    });
  });

  describe("of a finished clone", () => {
    beforeEach(async () => {
      await clone.run("setup");
      clone.calls();
    });

    test.each([
      ["node_modules", ["npm"]],
      [".venv", ["venv", "pip"]],
      [".venv/bin/python", ["venv", "pip"]],
      ["dist", ["tsc"]],
      [".venv/share/jupyter/kernels/tslab/kernel.json", []],
    ])("makes %s again when it is deleted", async (product, tools) => {
      clone.remove(product);
      expect((await clone.run("setup")).code).toBe(0);
      expect(clone.tools()).toEqual(tools);
      expect(clone.exists(product)).toBe(true);
    });

    test("builds again when a source changes or goes, and does nothing else", async () => {
      clone.write("src/other.ts", "export {};\n");
      await clone.run("setup");
      expect(clone.tools()).toEqual(["tsc"]);
      clone.remove("src/other.ts");
      await clone.run("setup");
      expect(clone.tools()).toEqual(["tsc"]);
    });

    test("keeps what was built before where the sources do not compile, for notebooks that are open", async () => {
      const source = clone.read("src/index.ts");
      clone.write("dist/index.js", "// before");
      clone.write("src/index.ts", "export const one: number = ;");
      expect((await clone.run("setup", { FAIL: "tsc" })).code).toBe(1);
      expect(clone.read("dist/index.js")).toBe("// before");
      clone.write("src/index.ts", source);
      expect((await clone.run("setup")).code).toBe(0);
      expect(clone.read("dist/index.js")).toBe("");
    });

    test("removes outputs of modules that are gone", async () => {
      clone.write("dist/other.js", "");
      clone.write("src/index.ts", `${clone.read("src/index.ts")}// changed`);
      await clone.run("setup");
      expect([clone.exists("dist/other.js"), clone.exists("dist/index.js")]).toEqual([false, true]);
    });

    test("writes a kernel again that somebody has changed", async () => {
      clone.write(".venv/share/jupyter/kernels/tslab/kernel.json", "{}");
      const { output } = await clone.run("setup");
      expect(output).toMatch(/^tslab kernel +done/m);
    });
  });

  describe("that stops half-way", () => {
    const order = ["npm", "venv", "pip", "tsc"];

    test.each([
      ["npm", "node_modules"],
      ["venv", ".venv"],
      ["pip", ".venv"],
      ["tsc", "dist"],
    ])("shows why (%s), without a stack, and is taken up there by the next", async (tool, product) => {
      if (clone.exists(product)) clone.remove(product);
      const { code, output } = await clone.run("setup", { FAIL: tool });
      expect(code).toBe(1);
      expect(output).toMatch(`${tool} has failed`);
      expect(output).not.toMatch(/^ +at /m);
      clone.calls();

      expect((await clone.run("setup")).code).toBe(0);
      const first = tool === "pip" ? "venv" : tool;
      expect(clone.tools()[0]).toBe(first);
      expect(order).toContain(first);
      expect((await clone.run("setup")).output).not.toMatch("done");
    });

    test("is taken up again even if its inputs are by then what they were", async () => {
      await clone.run("setup");
      const manifest = clone.read("package.json");
      clone.write(
        "package.json",
        manifest.replace('"devDependencies": {', '"devDependencies": { "other": "1.0.0",'),
      );
      await clone.run("setup", { FAIL: "npm" });
      clone.write("package.json", manifest);
      clone.calls();
      await clone.run("setup");
      expect(clone.tools()).toEqual(["npm"]);
    });

    test("by a kill leaves no tool at work, and a lock that the next takes over", async () => {
      clone.remove("dist");
      const killed = clone.begin("setup", { WAIT: "tsc" });
      const compiler = await until("the compiler", () => clone.calls().find(([tool]) => tool === "tsc")?.[1]);
      killed.kill("SIGKILL");
      await ended(killed);
      await until("the end of the compiler", () => !isAlive(compiler));
      expect(clone.exists(".cache/setup.lock")).toBe(true);

      const { code, output } = await clone.run("setup");
      expect([code, clone.tools()]).toEqual([0, ["tsc"]]);
      expect(output).not.toMatch("Another set-up");
      expect(clone.exists(".cache/setup.lock")).toBe(false);
    });

    test("by SIGTERM ends the tool that it was running", async () => {
      clone.remove("dist");
      const stopped = clone.begin("setup", { WAIT: "tsc" });
      const compiler = await until("the compiler", () => clone.calls().find(([tool]) => tool === "tsc")?.[1]);
      stopped.kill("SIGTERM");
      expect((await ended(stopped)).code).toBe(143);
      expect(isAlive(compiler)).toBe(false);
      expect(clone.exists(".cache/setup.lock")).toBe(false);
    });
  });

  test("waits for another one in the same folder, and finds its work done", async () => {
    await clone.run("setup");
    clone.remove("dist");
    clone.calls();
    const first = clone.begin("setup", { WAIT: "tsc" });
    const firstEnd = ended(first);
    await until("the compiler", () => clone.exists("calls.log"));
    const second = clone.begin("setup");
    const secondEnd = ended(second);
    const heard = listen(second);
    await until("the second waiting", () => heard().includes(`Another set-up (process ${first.pid})`));
    clone.write("go", "");
    expect((await firstEnd).code).toBe(0);
    expect((await secondEnd).code).toBe(0);
    expect(clone.tools()).toEqual(["tsc"]);
    clone.remove("go");
  });

  describe("says what is missing", () => {
    beforeEach(async () => {
      await clone.run("setup");
      clone.remove(".venv");
    });

    test.each([
      [
        "the venv module",
        { FINDINGS: '{"version":[3,11],"path":"/usr/bin/python3","missing":["ensurepip"]}' },
        [/Python 3\.11 \(\/usr\/bin\/python3\).*no module ensurepip/, /apt-get install python3-venv/],
      ],
      [
        "a newer Python",
        { FINDINGS: '{"version":[3,9],"path":"/usr/bin/python3","missing":[]}' },
        [/needs Python 3\.10 or newer; found: Python 3\.9 \(\/usr\/bin\/python3\)/, /PYTHON=/],
      ],
      [
        "any Python",
        { PYTHON: "/nowhere/python3" },
        [/PYTHON=\/nowhere\/python3 cannot be run/, /brew install/],
      ],
      [
        "the network",
        { FAIL: "pip", COMPLAINT: "Failed to establish a new connection" },
        [/Failed to establish/, /needs a network connection once/],
      ],
    ])("%s", async (_, environment, messages) => {
      const { code, output } = await clone.run("setup", environment as Record<string, string>);
      expect(code).toBe(1);
      for (const message of messages) expect(output).toMatch(message);
      expect(output).not.toMatch(/^ +at /m);
    });
  });

  describe("that the disk stands in the way of", () => {
    beforeEach(async () => {
      await clone.run("setup");
      clone.calls();
    });

    test.each([
      ["npm", "node_modules", "npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write"],
      ["venv", ".venv", "Error: [Errno 28] No space left on device"],
      [
        "pip",
        ".venv",
        "ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded",
      ],
      [
        "tsc",
        "dist",
        "error TS5033: Could not write file 'dist/index.js': ENOSPC: no space left on device, write.",
      ],
    ])(
      "says that it is full (%s), also where the tool gives a warning only",
      async (tool, product, complaint) => {
        clone.remove(product);
        const { code, output } = await clone.run("setup", { FAIL: tool, COMPLAINT: complaint });
        expect(code).toBe(1);
        const advice = `The disk is full: the set-up takes about 1 GB in ${clone.folder}. Make room there, then start again.`;
        expect(output).toContain(`${complaint}\n${advice}\n`);
        expect(output).not.toMatch(/does not compile|^ +at /m);
      },
    );

    test.each([".cache", "node_modules", ".venv/share/jupyter", "dist"])(
      "names a file where a folder has to be: %s",
      async (place) => {
        clone.remove(place);
        clone.write(place, "");
        const { code, output } = await clone.run("setup");
        clone.remove(place);
        expect([code, output.split("\n").filter((line) => !/unchanged|done/.test(line))]).toEqual([
          1,
          [
            "",
            `${path.join(clone.folder, place)} is a file, but has to be a folder. Move it away, then start again.`,
            "",
          ],
        ]);
      },
    );

    // A folder of the kernel's takes no file, not even from root.
    test.skipIf(process.platform !== "linux")("names a folder that takes no files", async () => {
      clone.remove(".cache");
      symlinkSync("/sys", path.join(clone.folder, ".cache"));
      const { code, output } = await clone.run("setup");
      clone.remove(".cache");
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/^\n(You may not write to|.* cannot be written to, its)/),
      ]);
      expect(output).toContain(path.join(clone.folder, ".cache/setup.lock"));
      expect(output).toMatch(/start it there\.\n$/);
    });
  });
});

describe("an error of the disk", () => {
  const failed = (code: string, place: string) =>
    Object.assign(new Error(code), { code, path: path.join(root, place) });

  test.each([
    [
      "ENOSPC",
      `The disk is full: the set-up takes about 1 GB in ${root}. Make room there, then start again.`,
    ],
    [
      "EDQUOT",
      `The disk is full: the set-up takes about 1 GB in ${root}. Make room there, then start again.`,
    ],
    [
      "EROFS",
      `${path.join(root, "dist/a.js")} cannot be written to, its disk is read-only. Copy the project to a disk that ` +
        "can be written to, and start it there.",
    ],
    [
      "EACCES",
      `You may not write to ${path.join(root, "dist/a.js")}. Become its owner (on Linux and macOS: ` +
        `sudo chown -R "$USER" "${root}"), or copy the project to a folder of your own and start it there.`,
    ],
    ["EMFILE", undefined],
    ["ENOENT", undefined],
  ])("%s is put in words", (code, words) => {
    expect(explainError(failed(code, "dist/a.js"))).toBe(words);
  });

  test.skipIf(process.platform !== "linux")("is put in words where it names no file", () => {
    let error: unknown;
    try {
      writeFileSync("/dev/full", "text");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).not.toHaveProperty("path");
    expect(explainError(error)).toMatch(/^The disk is full: /);
  });

  test("is told from a fault of the program", () => {
    expect(explainError(new TypeError("x is not a function"))).toBeUndefined();
    expect(explainError(undefined)).toBeUndefined();
  });
});
