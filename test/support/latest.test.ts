import { expect, test } from "vitest";
import { keepingLatest } from "../../src/support/latest";

const sized = (from: number, intervals = 1) => ({ from, intervals });

test("what was made for a thing is given again until another is asked about", () => {
  let made = 0;
  const count = keepingLatest(({ from }: ReturnType<typeof sized>) => from + made++);
  const [ten, twenty] = [sized(10), sized(20)];
  expect([count(ten), count(ten), count(twenty), count(twenty), count(ten)]).toEqual([10, 10, 21, 21, 12]);
  // The same numbers in another object are another thing.
  expect(count(sized(10))).toBe(13);
});

test("what is large is kept beside the latest, as long as it is there itself", () => {
  let made = 0;
  const count = keepingLatest(({ from }: ReturnType<typeof sized>) => from + made++);
  const [small, large, larger] = [sized(10), sized(20, 100_001), sized(30, 1e7)];
  expect([count(small), count(large), count(larger)]).toEqual([10, 21, 32]);
  expect([count(large), count(small), count(larger)]).toEqual([21, 10, 32]);
  expect([count(sized(40, 100_000)), count(small)]).toEqual([43, 14]);
});

test("nothing found is a result too, and a failure is none", () => {
  for (const intervals of [1, 1e6]) {
    let asked = 0;
    const nothing = keepingLatest((_: { intervals: number }) => {
      asked++;
      return undefined;
    });
    const thing = { intervals };
    expect([nothing(thing), nothing(thing), asked]).toEqual([undefined, undefined, 1]);
    const failing = keepingLatest((_: { intervals: number }): number => {
      if (asked++ < 3) throw new Error("not yet");
      return asked;
    });
    expect(() => failing(thing)).toThrow("not yet");
    expect(() => failing(thing)).toThrow("not yet");
    expect([failing(thing), failing(thing)]).toEqual([4, 4]);
  }
});
