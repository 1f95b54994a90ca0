/**
 * What a machine's cores can do at most: threads that plan orders of their own and send nothing, so that nothing but the
 * machine limits them.
 */
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { boundedSchedule, defineProblem } from "optimal-execution";

/**
 * @typedef {object} Orders
 * @property {readonly import("optimal-execution").ProblemInput[]} inputs
 * @property {readonly number[]} upper
 */

/**
 * Threads that stand by; each call plans all orders once, each thread its part.
 *
 * @param {Orders} orders
 * @returns {() => Promise<void>}
 */
export function planWithoutExchange({ inputs, upper }) {
  /** @type {Worker[]} */
  const workers = [];
  return async () => {
    const count = availableParallelism();
    while (workers.length < count) {
      const worker = new Worker(new URL(import.meta.url));
      // A thread that stands by does not keep the bench alive.
      worker.unref();
      worker.postMessage({ inputs: inputs.filter((_, i) => i % count === workers.length), upper });
      workers.push(worker);
    }
    await Promise.all(
      workers.map((worker) => {
        const done = new Promise((resolve) => worker.once("message", resolve));
        worker.ref();
        worker.postMessage("plan");
        return done.then(() => worker.unref());
      }),
    );
  };
}

if (!isMainThread) {
  /** @type {readonly import("optimal-execution").ExecutionProblem[]} */
  let problems = [];
  /** @type {readonly number[]} */
  let upper = [];
  parentPort?.on("message", (/** @type {Orders | "plan"} */ message) => {
    if (message === "plan") {
      for (const problem of problems) boundedSchedule(problem, { upper });
      parentPort?.postMessage("done");
    } else {
      problems = message.inputs.map((input) => defineProblem(input));
      upper = message.upper;
    }
  });
}
