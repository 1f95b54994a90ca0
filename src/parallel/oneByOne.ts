/**
 * A stream of lists, read one value at a time.
 *
 * @module
 */

/**
 * What the async generator `for await (const list of lists) yield* list` gives, at a third of its cost: only the first value
 * of a list has to be waited for.
 */
export class OneByOne<T> implements AsyncIterableIterator<T> {
  private list: readonly T[] = [];
  private at = 0;
  /** Calls that have not been answered; each waits for the one before. */
  private waiting = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly lists: AsyncGenerator<readonly T[]>) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T>> {
    if (this.waiting === 0 && this.at < this.list.length) {
      return Promise.resolve({ done: false, value: this.list[this.at++] });
    }
    return this.inTurn(async () => {
      while (this.at === this.list.length) {
        const { done, value } = await this.lists.next();
        if (done) return { done, value: undefined };
        [this.list, this.at] = [value, 0];
      }
      return { done: false, value: this.list[this.at++] };
    });
  }

  return(): Promise<IteratorResult<T>> {
    return this.inTurn(async () => {
      [this.list, this.at] = [[], 0];
      await this.lists.return(undefined);
      return { done: true, value: undefined };
    });
  }

  private inTurn(answer: () => Promise<IteratorResult<T>>): Promise<IteratorResult<T>> {
    this.waiting++;
    const answered = this.turn.then(answer);
    const end = (): void => {
      this.waiting--;
    };
    // One that fails keeps none of the later ones from its answer.
    this.turn = answered.then(end, end);
    return answered;
  }
}
