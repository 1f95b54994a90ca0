// @ts-check
"use strict";

const { compileFailure, isDiagnostic, thrownFailure } = require("./failure.cjs");
const { Output } = require("./output.cjs");

/** @typedef {import("./failure.cjs").Failure} Failure */

/** One execution of a cell. */
class Cell {
  /**
   * The cell started last. To it belongs what is printed and displayed, after its end too: its timers may go on.
   * (AsyncLocalStorage would tell whose timer it is even while another cell runs; but up to Node 22 it leaves
   * symbols in promises and timers which show, with changing numbers, wherever a notebook prints one.)
   *
   * @type {Cell | undefined}
   */
  static latest;

  /** @type {Failure | undefined} */
  failure;
  /** @type {unknown[][]} */
  #diagnostics = [];

  /**
   * @param {string} code
   * @param {number | undefined} number undefined for code that a client runs silently
   * @param {import("./output.cjs").Publish} publish
   */
  constructor(code, number, publish) {
    this.code = code;
    /** The file name of its compiled code, and so its name in tracebacks. */
    this.label = `cell [${number ?? "silent"}]`;
    this.output = new Output(publish);
  }

  /** @param {(code: string) => Promise<unknown>} execute */
  async run(execute) {
    Cell.latest = this;
    try {
      await execute(this.code);
    } catch (error) {
      this.fail(thrownFailure(error));
    }
    if (this.#diagnostics.length > 0) this.fail(compileFailure(this.#diagnostics));
    // A promise rejected or an error thrown by the last statements comes up only now.
    for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
    this.output.flush();
  }

  /** @param {unknown[]} args either a diagnostic of the compiler or a thrown value */
  reportFromTslab(args) {
    if (isDiagnostic(args)) this.#diagnostics.push(args);
    else this.fail(thrownFailure(args[0]));
  }

  /** @param {Failure} failure */
  fail(failure) {
    this.failure ??= failure;
    this.output.publish("error", failure);
  }
}

module.exports = { Cell };
