import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { explainOutput } from "../scripts/setup/cause.mjs";
import { stampedStep } from "../scripts/setup/step.mjs";
import { Failure } from "../scripts/support/failure.mjs";
import { inRoot, root, venvPython, windows } from "../scripts/support/paths.mjs";
import { lastLines, runTool, start } from "../scripts/support/processes.mjs";

const folder = inRoot(".cache", "bench-venv");
const python = path.join(folder, windows ? "Scripts/python.exe" : "bin/python");
const requirements = inRoot("bench", "requirements.txt");

/** An environment of its own: what is measured against must not weigh on everybody's set-up. */
export const peerPackages = stampedStep({
  name: "peers' packages",
  product: folder,
  needs: python,
  inputs: () => [readFileSync(requirements), `${process.platform} ${process.arch} ${root}`],
  async make() {
    rmSync(folder, { recursive: true, force: true });
    await orFail(venvPython, ["-m", "venv", folder]);
    await orFail(python, [
      ...["-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", requirements],
      ...["--cache-dir", inRoot(".cache/pip"), "--disable-pip-version-check", "--no-input", "--no-user"],
    ]);
  },
});

/**
 * @param {string} command
 * @param {readonly string[]} options
 */
async function orFail(command, options) {
  const { ok, output } = await runTool(command, options);
  if (ok) return;
  throw new Failure(
    `The packages to compare with could not be installed:\n${lastLines(output, 15)}\n${explainOutput(output)}`,
  );
}

/**
 * @typedef {object} Answer
 * @property {number} microseconds for one repetition
 * @property {readonly number[]} answer a few numbers of the result
 */

/**
 * @typedef {object} Peers
 * @property {{ python: string, numpy: string, scipy: string, arch: string, clarabel: string, osqp: string, numba: string, slippage: string, simd: readonly string[] }} about
 * @property {(request: { key: string, peer: string, task: object, repetitions: number }) => Promise<Answer>} ask
 * @property {() => Promise<void>} end
 */

/**
 * Starts `peers.py`, which lives as long as the rounds do: neither imports nor first calls are timed.
 *
 * @returns {Promise<Peers>}
 */
export async function startPeers() {
  // With one thread for linear algebra one core is compared with one core.
  const single = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = start(python, ["-u", inRoot("bench", "peers.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...single },
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error("the peers' streams are pipes");
  // A peer that has died is noticed by the answer that does not come.
  stdin.on("error", () => {});
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Failure("bench/peers.py has ended by itself; what it said stands above.");
    return JSON.parse(value);
  };
  return {
    about: await read(),
    ask(request) {
      stdin.write(`${JSON.stringify(request)}\n`);
      return read();
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      stdin.end();
      await gone;
    },
  };
}
