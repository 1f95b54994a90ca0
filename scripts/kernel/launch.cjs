// @ts-check
// Starts the notebook kernel: `node launch.cjs CONNECTION_FILE`, in the folder of the notebook.
//
// The kernel is tslab, with a server of our own in front of it. tslab has faults that matter to notebooks
// (test/platform/kernel/kernel.test.ts shows each of them on the stock kernel). They are repaired from outside,
// so that `npm ci` stays all there is to install; that relies on internals, hence the exact version.
"use strict";

const path = require("node:path");
const vm = require("node:vm");
const { Worker } = require("node:worker_threads");

const TSLAB_VERSION = "1.0.22";
const REPOSITORY = path.join(__dirname, "..", "..");

/** @returns {string | undefined} why the kernel cannot start */
function obstacle() {
  if (process.argv.length !== 3) return "usage: node launch.cjs CONNECTION_FILE";
  try {
    const { version } = require("tslab/package.json");
    if (version === TSLAB_VERSION) return undefined;
    return `this kernel needs tslab ${TSLAB_VERSION} and found ${version}: run \`npm ci\` in ${REPOSITORY}`;
  } catch {
    return `tslab is not installed: run \`npm ci\` in ${REPOSITORY}`;
  }
}

function launch() {
  // The compiler has to be repaired before tslab loads it.
  const compiler = require("./compiler.cjs").repairCompiler();
  const { createConverter } = require("tslab/dist/converter");
  const { createExecutor } = require("tslab/dist/executor");
  const jupyter = require("tslab/dist/jupyter");
  const { Cell } = require("./cell.cjs");
  const { BuiltFolder } = require("./built.cjs");
  const { Kernel } = require("./kernel.cjs");

  const node = createConverter({ isJS: false, isBrowser: false });
  /** @type {ReturnType<typeof createConverter> | undefined} */
  let browser;
  const converters = {
    node,
    get browser() {
      browser ??= createConverter({ isJS: false, isBrowser: true });
      return browser;
    },
    close() {
      node.close();
      browser?.close();
    },
  };

  const executor = createExecutor(process.cwd(), converters, {
    // tslab prints the value of a cell's last expression here.
    log: (value) => {
      const isResultOfWrite = value === true && compiler.endsWithWrite(Cell.latest?.code ?? "");
      if (!isResultOfWrite) console.log(value);
    },
    error: (...args) => Cell.latest?.reportFromTslab(args),
  });

  // The cell stands below the frames of the libraries that it calls: of ten, the usual number, it may be the eleventh.
  Error.stackTraceLimit = 30;

  // Compiled cells get a file name, by which a stack trace tells the cells apart.
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) => {
    const isCell = typeof options === "object" && options.breakOnSigint && options.filename === undefined;
    return runInThisContext(code, isCell ? { ...options, filename: Cell.latest?.label } : options);
  };

  const built = new BuiltFolder(process.env.OPTIMAL_EXECUTION_DIST ?? path.join(REPOSITORY, "dist"));
  const kernel = new Kernel({
    languageVersion: compiler.version,
    version: TSLAB_VERSION,
    handler: new jupyter.JupyterHandlerImpl(executor, false),
    execute: (code) => executor.execute(code),
    interrupt: () => executor.interrupt(),
    beforeCell: () => {
      const changed = built.takeChanges();
      if (changed.length === 0) return;
      built.forgetModules();
      compiler.filesChanged(changed);
    },
  });

  // The two ways out of a cell: what it prints, and what it displays through tslab's public API.
  for (const name of /** @type {const} */ (["stdout", "stderr"])) {
    const write = process[name].write.bind(process[name]);
    process[name].write = /** @type {typeof write} */ (
      (/** @type {any} */ chunk, /** @type {any} */ encoding, /** @type {any} */ callback) => {
        const cell = Cell.latest;
        if (!cell) return write(chunk, encoding, callback);
        const done = typeof encoding === "function" ? encoding : callback;
        cell.output.write(name, chunk, typeof encoding === "function" ? undefined : encoding);
        if (done) process.nextTick(done, null);
        return true;
      }
    );
  }
  jupyter.lastWriteDisplayData = (bundle, update) => Cell.latest?.output.display(bundle, update);

  process.on("SIGINT", () => executor.interrupt());
  process.on("uncaughtException", (error) => kernel.failLate(error));
  process.on("unhandledRejection", (reason) => kernel.failLate(reason));

  // Only now, so that the kernel's own modules are not slowed down by it.
  process.setSourceMapsEnabled(true);

  kernel.listen(process.argv[2]).then(
    () => {
      // A thread of its own, because a cell may keep this one busy for as long as it likes.
      if (process.env.JPY_PARENT_PID) new Worker(path.join(__dirname, "parent.cjs")).unref();
    },
    (error) => {
      console.error(`The kernel cannot listen: ${error.message}`);
      process.exit(1);
    },
  );
}

const reason = obstacle();
if (reason) {
  console.error(reason);
  process.exitCode = 1;
} else {
  launch();
}
