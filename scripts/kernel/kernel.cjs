// @ts-check
"use strict";

const fs = require("node:fs");
const { setTimeout } = require("node:timers/promises");
const zmq = require("zeromq");
const { Cell } = require("./cell.cjs");
const { originOf, thrownFailure } = require("./failure.cjs");
const { Codec, Outlet } = require("./wire.cjs");

/** @typedef {import("./wire.cjs").Message} Message */
/** @typedef {(type: string, content: object) => void} Reply */

/**
 * After a failure: the time, in milliseconds, for requests sent before it to come in from the socket, so that
 * they are aborted with those already queued.
 */
const ABORT_GRACE = 100;

/** The longest time, in milliseconds, that messages already sent may hold up the end of the process. */
const LINGER = 500;

/**
 * What the server needs of tslab.
 *
 * @typedef {object} Tslab
 * @property {string} version
 * @property {string} languageVersion
 * @property {import("tslab/dist/jupyter").JupyterHandlerImpl} handler
 * @property {(code: string) => Promise<unknown>} execute
 * @property {() => void} interrupt
 * @property {() => void} beforeCell
 */

/** The kernel's side of the Jupyter protocol. Cells run one at a time, in the order of their requests. */
class Kernel {
  #tslab;
  #codec = new Codec("");
  #iopub = new zmq.Publisher({ linger: LINGER });
  #broadcast = new Outlet(this.#iopub);
  /** @type {{ request: Message, reply: Reply }[]} */
  #queue = [];
  #draining = false;
  #executionCount = 0;
  /** @type {Cell | undefined} */
  #running;
  /** @type {string[]} */
  #lateReports = [];

  /** @param {Tslab} tslab */
  constructor(tslab) {
    this.#tslab = tslab;
  }

  /** @param {string} connectionFile */
  async listen(connectionFile) {
    const connection = JSON.parse(fs.readFileSync(connectionFile, "utf8"));
    this.#codec = new Codec(connection.key);
    const address = (/** @type {string} */ channel) =>
      `${connection.transport}://${connection.ip}:${connection[`${channel}_port`]}`;

    await this.#iopub.bind(address("iopub"));
    const heartbeat = new zmq.Reply();
    await heartbeat.bind(address("hb"));
    const routers = [];
    for (const channel of ["stdin", "control", "shell"]) {
      const router = new zmq.Router({ linger: LINGER });
      const outlet = new Outlet(router);
      await router.bind(address(channel));
      routers.push({ router, outlet });
    }

    this.#echo(heartbeat);
    for (const { router, outlet } of routers) this.#receive(router, outlet);
  }

  /**
   * An error that reached nobody: of a promise without a handler, or of a timer.
   *
   * @param {unknown} error
   */
  failLate(error) {
    const failure = thrownFailure(error);
    const origin = originOf(failure);
    const running = this.#running;
    if (running && (origin === undefined || origin === running.label)) {
      running.fail(failure);
      return;
    }
    const cell = origin ?? Cell.latest?.label;
    const where = cell ? `after ${cell} had finished` : "outside of the cells";
    const report = `Unhandled error ${where}: ${failure.traceback.join("\n")}\n`;
    if (running) running.output.write("stderr", report);
    else this.#lateReports.push(report);
  }

  /** @param {import("zeromq").Reply} heartbeat */
  async #echo(heartbeat) {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  }

  /**
   * @param {import("zeromq").Router} router
   * @param {Outlet} outlet
   */
  async #receive(router, outlet) {
    for await (const frames of router) {
      const request = this.#codec.decode(frames);
      // What cannot be read or was signed by somebody else has no sender to be told so.
      if (request) this.#handle(request, outlet);
    }
  }

  /**
   * @param {Message} request
   * @param {Outlet} outlet
   */
  #handle(request, outlet) {
    const type = request.header.msg_type;
    /** @type {Reply} */
    const reply = (replyType, content) => {
      outlet.send(this.#codec.encode(request, replyType, content, request.identities));
    };
    if (type === "execute_request") {
      this.#queue.push({ request, reply });
      this.#drain();
      return;
    }
    this.#publish(request, "status", { execution_state: "busy" });
    const content = this.#answer(type, request.content);
    if (content) reply(type.replace("_request", "_reply"), content);
    this.#publish(request, "status", { execution_state: "idle" });
    if (type === "shutdown_request") process.exit(0);
  }

  /**
   * @param {string} type
   * @param {any} content
   * @returns {object | undefined} the content of the reply, if one is due
   */
  #answer(type, content) {
    const { handler } = this.#tslab;
    try {
      switch (type) {
        case "kernel_info_request":
          return this.#kernelInfo();
        case "is_complete_request":
          return handler.handleIsComplete(content);
        case "inspect_request":
          return handler.handleInspect(content);
        case "complete_request":
          return handler.handleComplete(content);
        case "comm_info_request":
          return { status: "ok", comms: {} };
        case "history_request":
          return { status: "ok", history: [] };
        case "interrupt_request":
          this.#tslab.interrupt();
          return { status: "ok" };
        case "shutdown_request":
          return { status: "ok", restart: content.restart };
        default:
          return undefined;
      }
    } catch (error) {
      return { status: "error", ...thrownFailure(error) };
    }
  }

  #kernelInfo() {
    const { version, languageVersion, handler } = this.#tslab;
    const info = handler.handleKernel();
    return {
      ...info,
      status: "ok",
      implementation: "optimal-execution",
      implementation_version: version,
      language_info: { ...info.language_info, version: languageVersion },
      banner: `TypeScript ${languageVersion} (tslab ${version})`,
      help_links: [],
    };
  }

  async #drain() {
    if (this.#draining) return;
    this.#draining = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { request, reply } = next;
      const failed = await this.#execute(request, reply);
      if (failed && request.content.stop_on_error !== false) this.#abortQueue();
    }
    this.#draining = false;
  }

  /**
   * @param {Message} request
   * @param {Reply} reply
   * @returns {Promise<boolean>} whether the cell failed
   */
  async #execute(request, reply) {
    const { code, silent = false, store_history, stop_on_error } = request.content;
    if (store_history !== false && !silent) this.#executionCount += 1;
    const execution_count = this.#executionCount;

    this.#publish(request, "status", { execution_state: "busy" });
    if (!silent) this.#publish(request, "execute_input", { code, execution_count });

    const cell = new Cell(code, silent ? undefined : execution_count, (type, content) =>
      this.#publish(request, type, content),
    );
    this.#running = cell;
    for (const report of this.#lateReports.splice(0)) cell.output.write("stderr", report);
    await cell.run((source) => {
      this.#tslab.beforeCell();
      return this.#tslab.execute(source);
    });
    this.#running = undefined;

    // The reply comes after the wait: whoever has seen it may send a cell that is not to be aborted.
    if (cell.failure && stop_on_error !== false) await setTimeout(ABORT_GRACE);
    const outcome = cell.failure
      ? { status: "error", ...cell.failure }
      : { status: "ok", user_expressions: {}, payload: [] };
    reply("execute_reply", { ...outcome, execution_count });
    this.#publish(request, "status", { execution_state: "idle" });
    return cell.failure !== undefined;
  }

  /** A cell that never ran has no number: a reply with one would show as that of an execution. */
  #abortQueue() {
    for (const { request, reply } of this.#queue.splice(0)) {
      this.#publish(request, "status", { execution_state: "busy" });
      reply("execute_reply", { status: "aborted" });
      this.#publish(request, "status", { execution_state: "idle" });
    }
  }

  /**
   * @param {Message} parent
   * @param {string} type
   * @param {object} content
   */
  #publish(parent, type, content) {
    this.#broadcast.send(this.#codec.encode(parent, type, content, [type]));
  }
}

module.exports = { Kernel };
