import { expect, test } from "vitest";
import { OneByOne } from "../../src/parallel/oneByOne";

async function* lists(closed: () => void = () => undefined): AsyncGenerator<readonly number[]> {
  try {
    for (const list of [[1, 2], [], [3], [4, 5, 6]]) yield list;
  } finally {
    closed();
  }
}

test("every value of every list is read once, in order", async () => {
  const values: number[] = [];
  for await (const value of new OneByOne(lists())) values.push(value);
  expect(values).toEqual([1, 2, 3, 4, 5, 6]);
});

test("calls that do not wait for one another are answered in their order", async () => {
  const values = new OneByOne(lists());
  const answers = await Promise.all(Array.from({ length: 8 }, () => values.next()));
  expect(answers.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, undefined, undefined]);
  expect(answers.map(({ done }) => done)).toEqual([...Array(6).fill(false), true, true]);
  // The second waits for the first, although its own value is at hand by then.
  const others = new OneByOne(lists());
  const first = others.next();
  expect([(await first).value, (await others.next()).value]).toEqual([1, 2]);
});

test("who stops early closes the stream, once", async () => {
  let closed = 0;
  const values = new OneByOne(lists(() => closed++));
  for await (const value of values) if (value === 3) break;
  expect(closed).toBe(1);
  expect(await values.next()).toEqual({ done: true, value: undefined });
  expect(await values.return()).toEqual({ done: true, value: undefined });
  expect(closed).toBe(1);
  // What was read of a list is not handed out any more.
  const begun = new OneByOne(lists(() => closed++));
  await begun.next();
  expect(await begun.return()).toEqual({ done: true, value: undefined });
  expect(await begun.next()).toEqual({ done: true, value: undefined });
  expect(closed).toBe(2);
});

test("a stream that fails says so once, and then is at its end", async () => {
  async function* failing(): AsyncGenerator<readonly number[]> {
    yield [1];
    throw new Error("no more");
  }
  const values = new OneByOne(failing());
  const [first, second, third] = await Promise.allSettled([values.next(), values.next(), values.next()]);
  expect(first).toMatchObject({ value: { value: 1 } });
  expect(second).toMatchObject({ reason: new Error("no more") });
  expect(third).toMatchObject({ value: { done: true } });
});
