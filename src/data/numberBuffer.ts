/**
 * Numbers of which nobody knows how many will come: an array that grows boxes them, a buffer does not.
 *
 * @module
 */

/** A buffer that grows. */
export class NumberBuffer {
  private buffer = new Float64Array(1 << 14);
  private length = 0;

  /** Room for some more numbers, to be filled before more is asked for. */
  grow(count: number): Float64Array {
    const length = this.length + count;
    if (length > this.buffer.length) {
      const larger = new Float64Array(Math.max(2 * this.buffer.length, length));
      larger.set(this.buffer);
      this.buffer = larger;
    }
    const room = this.buffer.subarray(this.length, length);
    this.length = length;
    return room;
  }

  get values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}
