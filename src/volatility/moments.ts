/**
 * Mean and standard error of many terms that arrive in blocks.
 *
 * @module
 */

/** Terms per block: small enough that a few buffers stay in the fastest cache. */
export const blockLength = 1024;

/**
 * Collects a mean and its standard error block by block. Deviations are taken from the mean so far, and blocks are
 * merged as Chan, Golub and LeVeque (1983) do it, so that nothing cancels.
 */
export class Moments {
  private count = 0;
  private meanSoFar = 0;
  private squares = 0;
  /** All terms, kept only where their correlation is asked for. */
  private readonly kept: number[] | undefined;

  /** @param lags - up to how many places apart terms may be correlated */
  constructor(private readonly lags: number) {
    this.kept = lags === 0 ? undefined : [];
  }

  /** Takes the first `length` terms of a block. */
  add(terms: Float64Array, length: number): void {
    if (length === 0) return;
    const shift = this.count === 0 ? terms[0] : this.meanSoFar;
    // Two sums side by side: each addition would otherwise wait for the one before.
    let [sum, squares, oddSum, oddSquares] = [0, 0, 0, 0];
    for (let i = 1; i < length; i += 2) {
      const d = terms[i - 1] - shift;
      const odd = terms[i] - shift;
      sum += d;
      oddSum += odd;
      squares += d * d;
      oddSquares += odd * odd;
    }
    if (length % 2 === 1) {
      const d = terms[length - 1] - shift;
      sum += d;
      squares += d * d;
    }
    sum += oddSum;
    squares += oddSquares;
    const mean = shift + sum / length;
    squares = Math.max(0, squares - (sum * sum) / length);
    const before = this.count;
    this.count += length;
    const apart = mean - this.meanSoFar;
    this.meanSoFar += (apart * length) / this.count;
    this.squares += squares + (apart * apart * before * length) / this.count;
    if (this.kept !== undefined) for (let i = 0; i < length; i++) this.kept.push(terms[i]);
  }

  get mean(): number {
    return this.meanSoFar;
  }

  get observations(): number {
    return this.count;
  }

  /**
   * √(long-run variance / n), from the sample alone, whatever the distribution of the terms: Bartlett weights on the
   * autocovariances up to the lags asked for (Newey and West 1987), divisor n − 1.
   */
  get standardError(): number {
    const n = this.count;
    let longRun = this.squares;
    const d = this.kept?.map((term) => term - this.meanSoFar) ?? [];
    for (let lag = 1; lag <= Math.min(this.lags, n - 1); lag++) {
      let product = 0;
      for (let i = lag; i < n; i++) product += d[i] * d[i - lag];
      longRun += 2 * (1 - lag / (this.lags + 1)) * product;
    }
    return Math.sqrt(longRun / (n * (n - 1)));
  }
}
