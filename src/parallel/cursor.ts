/**
 * Memory that threads share, written and read from one end to the other.
 *
 * @module
 */
import { unfilledArray } from "../support/numbers";

/** A place among numbers, which moves on with each one that is written or read. */
export class Cursor {
  /**
   * @param numbers - the memory
   * @param at - where to begin
   */
  constructor(
    private readonly numbers: Float64Array,
    private at: number,
  ) {}

  /** How many numbers lie before it. */
  get place(): number {
    return this.at;
  }

  write(value: number): void {
    this.numbers[this.at++] = value;
  }

  writeAll(values: ArrayLike<number>): void {
    const { numbers, at } = this;
    for (let k = 0; k < values.length; k++) numbers[at + k] = values[k];
    this.at += values.length;
  }

  read(): number {
    return this.numbers[this.at++];
  }

  readAll(length: number): number[] {
    const { numbers, at } = this;
    const list = unfilledArray(length);
    for (let k = 0; k < length; k++) list[k] = numbers[at + k];
    this.at += length;
    return list;
  }
}
