/**
 * Seeded streams of standard normal numbers.
 *
 * A stream is a fast generator of 32-bit words (Doty-Humphrey's sfc32, 128 bits of state) whose state is drawn
 * from `seedrandom`'s alea by the seed's text; normals come from it by Marsaglia and Tsang's ziggurat in the form of
 * Doornik (2005), with 128 layers and 53-bit positions.
 *
 * @module
 */
import seedrandom from "seedrandom";
import { InputError } from "./errors";

/** A stream's state: three words and a counter, changed in place by `fillNormals`. */
export type StreamState = Int32Array;

/** The seed as text; numbers and texts that read alike are the same seed. */
export function checkSeed(seed: unknown): string {
  if (typeof seed === "string" || (typeof seed === "number" && Number.isFinite(seed))) return String(seed);
  throw new InputError("seed", seed, "a finite number or a text");
}

/** A stream by its name: the same text gives the same numbers, everywhere. */
export function stream(name: string): StreamState {
  const draw = seedrandom.alea(name);
  const state = Int32Array.from([draw.int32(), draw.int32(), draw.int32(), 1]);
  // The first words of sfc32 still resemble the seed.
  const warmUp = new Float64Array(1);
  for (let i = 0; i < 12; i++) fillNormals(state, warmUp, 1);
  return state;
}

const layers = 128;
/** Start of the tail, and area of each layer. */
const tail = 3.442619855899;
const area = 9.91256303526217e-3;
/** Right edges of the layers: edges[0] is the base's as if it were a rectangle, edges[128] = 0. */
const edges = new Float64Array(layers + 1);
/** Fraction of a layer that lies under the curve whatever the height. */
const safe = new Float64Array(layers);

let height = Math.exp(-0.5 * tail * tail);
edges[0] = area / height;
edges[1] = tail;
for (let i = 2; i < layers; i++) {
  edges[i] = Math.sqrt(-2 * Math.log(area / edges[i - 1] + height));
  height = Math.exp(-0.5 * edges[i] ** 2);
}
for (let i = 0; i < layers; i++) safe[i] = edges[i + 1] / edges[i];

const unit32 = 2 ** -32;
const unit53 = 2 ** -53;

/**
 * Fills the first `count` places with independent standard normal numbers and moves the stream on.
 *
 * The generator's two steps are written out in the loop, on local variables: through a call they take twice as
 * long. One position in 80 is not decided by them and goes the slow way.
 */
export function fillNormals(state: StreamState, out: Float64Array, count: number): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let counter = state[3];
  for (let filled = 0; filled < count; ) {
    const first = (((a + b) | 0) + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + first) | 0;
    const second = (((a + b) | 0) + counter + 1) | 0;
    counter = (counter + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + second) | 0;

    const layer = first & 127;
    // 21 bits of the first word that the layer does not use, and the 32 of the second: a position in [−1, 1).
    const position = ((first >>> 11) * 4294967296 + (second >>> 0)) * (2 * unit53) - 1;
    if (Math.abs(position) < safe[layer]) {
      out[filled++] = position * edges[layer];
      continue;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
    const value = layer === 0 ? tailValue(state, position) : wedgeValue(state, layer, position);
    if (!Number.isNaN(value)) out[filled++] = value;
    a = state[0];
    b = state[1];
    c = state[2];
    counter = state[3];
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}

/** The next word of a stream as a number strictly between 0 and 1. */
function nextUniform(state: StreamState): number {
  const a = state[0];
  const b = state[1];
  const c = state[2];
  const counter = state[3];
  const word = (((a + b) | 0) + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + word) | 0;
  state[3] = (counter + 1) | 0;
  return ((word >>> 0) + 0.5) * unit32;
}

/** A value beyond the last layer's edge (Marsaglia 1964), on the side of the position. */
function tailValue(state: StreamState, position: number): number {
  let beyond: number;
  let test: number;
  do {
    beyond = -Math.log(nextUniform(state)) / tail;
    test = -2 * Math.log(nextUniform(state));
  } while (test < beyond * beyond);
  return position < 0 ? -tail - beyond : tail + beyond;
}

/** A value in the part of a layer that the curve cuts through; NaN where it lies above the curve. */
function wedgeValue(state: StreamState, layer: number, position: number): number {
  const x = position * edges[layer];
  const outer = Math.exp(-0.5 * (edges[layer] ** 2 - x * x));
  const inner = Math.exp(-0.5 * (edges[layer + 1] ** 2 - x * x));
  return inner + nextUniform(state) * (outer - inner) < 1 ? x : Number.NaN;
}
