import { dist } from "./setup/dist.mjs";
import { packages } from "./setup/packages.mjs";
import { perform } from "./setup.mjs";
import { endOnSignal } from "./support/processes.mjs";

/** `dist/` alone, for who needs neither notebooks nor Python. */
export async function run() {
  endOnSignal();
  await perform([packages, dist]);
}
