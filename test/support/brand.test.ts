import { expect, test } from "vitest";
import { makeBrand } from "../../src/support/brand";

test("a brand knows what it has marked, and nothing else", () => {
  const [one, other] = [makeBrand(), makeBrand()];
  const thing = Object.freeze(marked(one, { a: 1 }));
  expect(one.has(thing)).toBe(true);
  expect(other.has(thing)).toBe(false);
  for (const none of [
    { a: 1 },
    { ...thing },
    structuredClone(thing),
    Object.create(thing),
    new Proxy(thing, {}),
  ]) {
    expect(one.has(none)).toBe(false);
  }
  for (const none of [undefined, null, 1, "text", Symbol.iterator]) expect(one.has(none)).toBe(false);
});

test("nobody sees the mark", () => {
  const thing = marked(makeBrand(), { a: 1 });
  expect(Reflect.ownKeys(thing)).toEqual(["a"]);
  expect(JSON.stringify(thing)).toBe('{"a":1}');
  expect(Object.getPrototypeOf(thing)).toBe(Object.prototype);
  expect(thing).toStrictEqual({ a: 1 });
});

function marked<T extends object>(brand: ReturnType<typeof makeBrand>, thing: T): T {
  brand.mark(thing);
  return thing;
}
