import path from "node:path";
import { setUp } from "./setup.mjs";
import { hostOf, startLab } from "./start/lab.mjs";
import { logFile } from "./start/log.mjs";
import { given, names } from "./start/options.mjs";
import { choosePort } from "./start/port.mjs";
import { watchSources } from "./start/watch.mjs";
import { Failure } from "./support/failure.mjs";
import { root } from "./support/paths.mjs";
import { endAll, endOnSignal } from "./support/processes.mjs";

/**
 * JupyterLab with the tslab kernel, until Ctrl-C or until JupyterLab is shut down from its own menu.
 *
 * @param {string[]} options for JupyterLab
 */
export async function run(options) {
  /** @type {ReturnType<typeof startLab> | undefined} */
  let lab;
  const leaving = endOnSignal({
    announce: () => lab && console.log("\nEnding JupyterLab and its kernels …"),
    finish: () => lab?.endKernels(),
  });

  const wanted = given(options, names.port);
  const host = hostOf(options);
  // Before the set-up: a mistake in the options should not have to wait for it.
  let port = await choosePort(wanted, host);
  await setUp();

  for (;;) {
    lab = startLab(options, port);
    const hasAnswered = await lab.answers();
    if (hasAnswered) {
      announce(lab.url);
      // Only now: the compiler would slow JupyterLab's start down, and dist/ has just been built.
      if (!leaving.begun) watchSources();
    }
    const isShutDown = await lab.exited;
    if (leaving.begun) return;

    await endAll();
    lab.endKernels();
    // Another start may have taken the port since it was chosen, even while this one was setting up.
    if (lab.hasLostPort()) {
      port = await choosePort(wanted, host);
      continue;
    }
    if (!isShutDown) throw new Failure(`JupyterLab has ended by itself. Its last lines:\n${lab.lastLines()}`);
    // Options such as --version make it say something and end.
    const said = `It said (all of it in ${path.relative(root, logFile)}):\n${lab.lastLines()}`;
    console.log(hasAnswered ? "JupyterLab was shut down." : `JupyterLab has ended without starting. ${said}`);
    return;
  }
}

/** @param {string} url */
function announce(url) {
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`
JupyterLab is ready after ${seconds} s:

    ${url}

Its log: ${path.relative(root, logFile)}. Ctrl-C ends JupyterLab and its kernels.
`);
}
