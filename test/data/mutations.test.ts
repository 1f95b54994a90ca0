import { expect, test } from "vitest";
import { type LoadedBars, parseBars } from "../../src/data/index";
import { uniforms } from "../helpers/random";
import {
  mutations,
  readStrictly,
  type StrictReading,
  type Writing,
  writeTable,
  writings,
} from "../helpers/tables";

const files = 5000;

/** What was loaded, as the strict reader writes it; a column of volumes with gaps is left out by both. */
function plain(bars: LoadedBars): unknown {
  const { times, open, high, low, close, volume } = bars;
  return { times, open, high, low, close, volume };
}

function expected({ times, columns }: StrictReading): unknown {
  const { open, high, low, close, volume } = columns;
  return { times, open, high, low, close, volume: volume.some(Number.isNaN) ? undefined : volume };
}

/** Whether prices above 0 lie within low and high. */
function isSound({ columns: { open, high, low, close } }: StrictReading): boolean {
  return low.every(
    (least, i) => least > 0 && least <= Math.min(open[i], close[i]) && Math.max(open[i], close[i]) <= high[i],
  );
}

/** What becomes of a spoiled text: nothing where it is refused, or is loaded as a strict reader reads it. */
function silentFault(text: string, writing: Writing): string | undefined {
  let bars: LoadedBars;
  try {
    bars = parseBars(text);
  } catch (error) {
    const { name, message } = error as Error;
    return name === "InputError" ? undefined : `${name}: ${message}`;
  }
  const strict = readStrictly(text, writing);
  if (strict === undefined) return `loaded though it is not written like that (${bars.readAs})`;
  if (!isSound(strict)) return "loaded though its prices are not sound";
  const [loaded, read] = [JSON.stringify(plain(bars)), JSON.stringify(expected(strict))];
  return loaded === read ? undefined : `loaded as ${loaded} instead of ${read} (${bars.readAs})`;
}

test("a table is loaded as it is written, in each of five ways", () => {
  for (const writing of writings) {
    const text = writeTable(writing, 1);
    const strict = readStrictly(text, writing) as StrictReading;
    expect(strict.times, writing.name).toHaveLength(12);
    expect(plain(parseBars(text)), writing.name).toEqual(expected(strict));
  }
});

test(`none of ${files} spoiled files is loaded as something else than it says`, () => {
  const kinds = Object.entries(mutations);
  const found: string[] = [];
  for (let seed = 1; seed <= files; seed++) {
    const next = uniforms(seed);
    const writing = writings[seed % writings.length];
    let text = writeTable(writing, seed);
    const names: string[] = [];
    for (let times = next() < 0.7 ? 1 : 2; times > 0; times--) {
      const [name, mutate] = kinds[Math.floor(next() * kinds.length)];
      names.push(name);
      text = mutate(text, next);
    }
    const fault = silentFault(text, writing);
    if (fault !== undefined)
      found.push(`seed ${seed}, ${writing.name}, ${names.join(" and ")}: ${fault}\n${text}`);
  }
  expect(found).toEqual([]);
}, 120_000);
