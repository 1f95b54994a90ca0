// A clone in small: the project's own scripts, with stand-ins for the tools that they call. A stand-in notes its
// call in `calls.log`, and makes its product in two halves, between which it can be told to fail or to wait.

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../scripts/support/paths.mjs";

const standIn = `#!${process.execPath}
const fs = require("node:fs");
const path = require("node:path");
const options = process.argv.slice(2);
const tool = options.includes("ci") ? "npm" : options.includes("venv") ? "venv" : options.includes("pip") ? "pip"
  : options.includes("-c") ? "probe" : "tsc";
if (tool === "probe") {
  console.log(process.env.FINDINGS ?? '{"version":[3,12],"path":"/usr/bin/python3","missing":[]}');
  process.exit(0);
}
const write = (file, text, mode = 0o755) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text, { mode });
};
fs.appendFileSync("calls.log", tool + " " + process.pid + "\\n");
const self = fs.readFileSync(__filename, "utf8");
if (tool === "npm") write("node_modules/typescript/package.json", '{"version":"0.0.0"}');
if (tool === "venv") write(".venv/bin/python", self);
if (tool === "tsc") write("dist/half.js", "");
if (process.env.FAIL === tool) {
  console.error(process.env.COMPLAINT ?? tool + " has failed");
  process.exit(1);
}
const finish = () => {
  if (tool === "npm") write("node_modules/typescript/bin/tsc", self);
  if (tool === "pip") write(".venv/share/installed", "");
  if (tool === "tsc") write("dist/index.js", "");
};
if (process.env.WAIT !== tool) finish();
else setInterval(() => fs.existsSync("go") && (finish(), process.exit(0)), 50);
`;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export class Clone {
  readonly folder: string;
  readonly #begun: ChildProcess[] = [];

  constructor() {
    mkdirSync(path.join(root, ".cache"), { recursive: true });
    this.folder = mkdtempSync(path.join(root, ".cache", "small clone "));
    for (const part of ["package.json", "package-lock.json", "tsconfig.json", "scripts"]) {
      cpSync(path.join(root, part), path.join(this.folder, part), { recursive: true });
    }
    this.write("src/index.ts", "export const one: number = 1;\n");
    for (const tool of ["npm-cli.js", "python"]) this.write(tool, standIn);
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), text, { mode: 0o755 });
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }

  remove(file: string): void {
    rmSync(path.join(this.folder, file), { recursive: true });
  }

  exists(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  begin(command: string, environment: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, ["scripts/run.cjs", command], {
      cwd: this.folder,
      env: {
        ...process.env,
        npm_execpath: path.join(this.folder, "npm-cli.js"),
        PYTHON: path.join(this.folder, "python"),
        ...environment,
      },
    });
    this.#begun.push(child);
    return child;
  }

  /** Ends what a failed test has left running. */
  end(): void {
    for (const child of this.#begun.splice(0)) child.kill();
  }

  run(command: string, environment: Record<string, string> = {}): Promise<Ended> {
    return ended(this.begin(command, environment));
  }

  /** The calls since the last look, as [tool, process id]. */
  calls(): [string, number][] {
    if (!this.exists("calls.log")) return [];
    const lines = this.read("calls.log").trim().split("\n");
    this.remove("calls.log");
    return lines.map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])]);
  }

  tools(): string[] {
    return this.calls().map(([tool]) => tool);
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function ended(child: ChildProcess): Promise<Ended> {
  const output = listen(child);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output: output() })));
}

/** What a child has printed so far. */
export function listen(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return () => output;
}

export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not seen within 60 s: ${what}`);
}
