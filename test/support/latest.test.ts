import { expect, test } from "vitest";
import { keepingLatest } from "../../src/support/latest";

test("what was made for a thing is given again until another is asked about", () => {
  let made = 0;
  const count = keepingLatest(({ from }: { from: number }) => from + made++);
  const [ten, twenty] = [{ from: 10 }, { from: 20 }];
  expect([count(ten), count(ten), count(twenty), count(twenty), count(ten)]).toEqual([10, 10, 21, 21, 12]);
  // The same numbers in another object are another thing.
  expect(count({ from: 10 })).toBe(13);
});

test("nothing found is a result too, and a failure is none", () => {
  let asked = 0;
  const nothing = keepingLatest((_: object) => {
    asked++;
    return undefined;
  });
  const thing = {};
  expect([nothing(thing), nothing(thing), asked]).toEqual([undefined, undefined, 1]);
  const failing = keepingLatest((_: object): number => {
    if (asked++ < 3) throw new Error("not yet");
    return asked;
  });
  expect(() => failing(thing)).toThrow("not yet");
  expect(() => failing(thing)).toThrow("not yet");
  expect([failing(thing), failing(thing)]).toEqual([4, 4]);
});
