/** @typedef {import("./cases.mjs").Case} Case */
/** @typedef {import("./python.mjs").Peers} Peers */

/**
 * @typedef {object} Measurement
 * @property {Case} case
 * @property {number} ours microseconds, the median of the rounds
 * @property {{ microseconds: number, ratio: number, least: number, most: number, agrees: boolean }} [peer]
 */

/** An odd number, so that a median is one of the rounds. */
export const rounds = 11;

/** How long each side's inner loop should run. Short: a burst of foreign load should spoil one round, not all. */
const milliseconds = 60;

/**
 * Times a case: both sides take turns, and a ratio is formed within each round, so that what slows the machine for
 * a while slows both.
 *
 * @param {Case} measured
 * @param {Peers} peers
 * @returns {Promise<Measurement>}
 */
export async function measure(measured, peers) {
  const { ours, peer, task = {} } = measured;
  /** @param {number} repetitions */
  const timeOurs = (repetitions) => time(ours, repetitions);
  const repetitions = await enough(timeOurs);
  /** @type {number[]} */
  const own = [];
  if (measured.rival !== undefined) return againstOurselves(measured, measured.rival, repetitions);
  if (peer === undefined) {
    for (let round = 0; round < rounds; round++) own.push(await time(ours, repetitions));
    return { case: measured, ours: median(own) };
  }

  const key = `${peer}, ${measured.what}`;
  /** @param {number} count */
  const ask = (count) => peers.ask({ key, peer, task, repetitions: count });
  const { answer } = await ask(1);
  const peerRepetitions = await enough(async (count) => (await ask(count)).microseconds);
  /** @type {number[]} */
  const theirs = [];
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    const ourTime = await time(ours, repetitions);
    const { microseconds } = await ask(peerRepetitions);
    own.push(ourTime);
    theirs.push(microseconds);
    ratios.push(microseconds / ourTime);
  }
  return {
    case: measured,
    ours: median(own),
    peer: {
      microseconds: median(theirs),
      ratio: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
      agrees: isClose((await measured.answer?.()) ?? [], answer, measured.tolerance ?? 0),
    },
  };
}

/**
 * Two calls of ours, in turns.
 *
 * @param {Case} measured
 * @param {() => unknown} rival
 * @param {number} repetitions of the first
 * @returns {Promise<Measurement>}
 */
async function againstOurselves(measured, rival, repetitions) {
  const rivalRepetitions = await enough((count) => time(rival, count));
  /** @type {[number, number][]} */
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push([await time(measured.ours, repetitions), await time(rival, rivalRepetitions)]);
  }
  const ratios = pairs.map(([ours, other]) => other / ours);
  return {
    case: measured,
    ours: median(pairs.map(([ours]) => ours)),
    peer: {
      microseconds: median(pairs.map(([, other]) => other)),
      ratio: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
      agrees: true,
    },
  };
}

/**
 * Microseconds for one repetition. Only a promise is waited for: a turn of the event loop takes as long as the shortest
 * of what is measured.
 *
 * @param {() => unknown} work
 * @param {number} repetitions
 */
async function time(work, repetitions) {
  const began = process.hrtime.bigint();
  for (let i = 0; i < repetitions; i++) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  return Number(process.hrtime.bigint() - began) / 1000 / repetitions;
}

/**
 * How many repetitions fill an inner loop. Finding out is the warm-up, too: just-in-time compilers have then seen
 * what they need.
 *
 * @param {(repetitions: number) => Promise<number>} timed gives microseconds for one repetition
 */
async function enough(timed) {
  for (let repetitions = 1; ; repetitions *= 4) {
    const microseconds = await timed(repetitions);
    if (repetitions * microseconds < 500 * milliseconds) continue;
    const settled = await timed(repetitions);
    return Math.max(1, Math.round((1000 * milliseconds) / settled));
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[sorted.length >> 1]);
}

/**
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 * @param {number} tolerance
 */
function isClose(ours, theirs, tolerance) {
  return (
    ours.length === theirs.length &&
    ours.every((value, i) => {
      const other = Number(theirs[i]);
      return Math.abs(value - other) <= tolerance * Math.max(Math.abs(value), Math.abs(other));
    })
  );
}
