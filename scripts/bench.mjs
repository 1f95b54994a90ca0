import { writeFileSync } from "node:fs";
import path from "node:path";
import { peerPackages, startPeers } from "../bench/python.mjs";
import { measure } from "../bench/rounds.mjs";
import { page, verdict } from "../bench/table.mjs";
import { perform, setUp } from "./setup.mjs";
import { Failure } from "./support/failure.mjs";
import { inRoot, root } from "./support/paths.mjs";
import { endOnSignal } from "./support/processes.mjs";

const results = inRoot("bench", "results.md");

/**
 * `npm run bench`: times the library and its peers side by side and writes the table. A goal that is
 * missed is reported, not a failure: the machine may be slow or busy. `npm run bench -- NAME …` only prints the rows that contain a NAME.
 *
 * @param {readonly string[]} names
 */
export async function run(names) {
  endOnSignal();
  await setUp();
  await perform([peerPackages]);
  const { about, measurements } = await measureAll(names);
  if (measurements.length === 0) throw new Failure(`No row has ${names.join(" or ")} in it.`);
  if (names.length > 0) return 0;
  writeFileSync(results, page(measurements, about));
  console.log(`\nThe table is in ${path.relative(root, results)}.`);
  return 0;
}

/** @param {readonly string[]} names */
async function measureAll(names) {
  // Loaded only now: dist/ may have been built by this very command.
  const { cases } = await import("../bench/cases.mjs");
  const all = cases(
    {
      ...(await import("optimal-execution")),
      ...(await import("optimal-execution/linear")),
      ...(await import("optimal-execution/volatility")),
      ...(await import("optimal-execution/portfolio")),
    },
    await import("../dist/solve/boundedProgram.js"),
    await import("../dist/model/quadratic.js"),
    await import("../dist/solve/separable.js"),
  );
  const peers = await startPeers();
  try {
    const measurements = [];
    for (const one of all) {
      const row = `${one.what}, ${one.name}, ${one.peerName}`;
      if (names.length > 0 && !names.some((name) => row.includes(name))) continue;
      const measurement = await measure(one, peers);
      measurements.push(measurement);
      console.log(line(measurement));
    }
    return { about: peers.about, measurements };
  } finally {
    await peers.end();
  }
}

/** @param {import("../bench/rounds.mjs").Measurement} measurement */
function line({ case: { what, name, peerName, goal }, ours, peer }) {
  const own = `${what}: ${name} ${ours.toPrecision(3)} µs`;
  if (peer === undefined) return own;
  const { microseconds, ratio } = peer;
  const compared = `${own}, ${peerName} ${microseconds.toPrecision(3)} µs: ${ratio.toPrecision(2)} × ahead`;
  return goal === undefined ? compared : `${compared}, ${verdict(peer, goal)}`;
}
