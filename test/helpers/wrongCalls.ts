import { foreign } from "./calls";

/** What stands where something else belongs, by what it is. */
const wrong: Readonly<Record<string, unknown>> = {
  ...{ undefined: undefined, null: null, NaN: Number.NaN, text: "text", "an empty text": "", true: true },
  ...{ "a bigint": 1n, "a symbol": Symbol("s"), "a function": () => undefined, "a date": new Date(0) },
  ...{
    "{}": {},
    "[]": [],
    "[undefined]": [undefined],
    "[null]": [null],
    "[{}]": [{}],
    "a hole": new Array(1),
  },
  ...{ "{a: null}": { a: null }, "{a: [null]}": { a: [null] }, "-1": -1, "0.5": 0.5 },
  "odd names": JSON.parse('{"__proto__": [1], "constructor": [{}]}'),
};

/** The library's messages are whole sentences; those of the engine have no full stop. */
const ownWords = /\.$|^✗ /;

/** Words that no reader should meet. */
const leaked = /\bNaN\b|\bundefined\b|\[object |\bInfinity\b|\bnull\b/;

/** What is wrong with the ends of calls in which one thing is wrong, each in a line; and whether the right call works. */
export async function faultsOf(f: unknown, valid: readonly unknown[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [what, args] of wrongCalls(valid)) {
    const fault = await faultOf(f, args);
    if (fault !== undefined) faults.push(`${what}: ${fault}`);
  }
  // Last, since one call says where HiGHS is.
  const refusal = await refusalOf(f, valid);
  // Outside of a notebook `show` has nothing to show in.
  const isWorking = refusal === undefined || refusal.message.startsWith("show and say only work");
  return isWorking ? faults : [`the valid call: ${refusal}`, ...faults];
}

async function faultOf(f: unknown, args: readonly unknown[]): Promise<string | undefined> {
  try {
    const result: unknown = await (f as (...args: readonly unknown[]) => unknown)(...args);
    const text = textsOf(result).find((words) => leaked.test(words));
    return text === undefined ? undefined : `gives “${text}”`;
  } catch (error) {
    if (!(error instanceof Error)) return `throws ${String(error)}`;
    const { name, message } = error;
    if (name === "InputError" || name === "DataError") {
      const { parameter } = error as Error & { readonly parameter: string };
      return parameter === "" || leaked.test(parameter) ? `${name}: ${message}` : undefined;
    }
    const isOwn = ["NoOptimumError", "RangeError", "Error"].includes(name) && ownWords.test(message);
    return isOwn ? undefined : `${name}: ${message}`;
  }
}

async function refusalOf(f: unknown, args: readonly unknown[]): Promise<Error | undefined> {
  try {
    await (f as (...args: readonly unknown[]) => unknown)(...args);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Every text in a result, but for an entry of a batch that says itself what it refuses. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  if ("status" in value && value.status === "refused") return [];
  return Object.values(value).flatMap(textsOf);
}

/** Calls of which one thing is wrong: an argument, a field of one, an entry of one, or how many there are. */
function* wrongCalls(valid: readonly unknown[]): Generator<readonly [string, readonly unknown[]]> {
  for (let count = 0; count < valid.length; count++) yield [`${count} arguments`, valid.slice(0, count)];
  for (let i = 0; i < valid.length; i++) {
    const others = Object.entries(foreign).map(([name, value]) => [` a ${name}`, value] as const);
    for (const [what, value] of [...spoiled(valid[i], 2), ...others]) {
      yield [`argument ${i + 1}${what}`, valid.map((argument, k) => (k === i ? value : argument))];
    }
  }
}

/** A value replaced, and then its parts, so many levels down. */
function* spoiled(valid: unknown, depth: number): Generator<readonly [string, unknown]> {
  for (const [what, value] of Object.entries(wrong)) yield [` ${what}`, value];
  if (depth === 0 || typeof valid !== "object" || valid === null || ArrayBuffer.isView(valid)) return;
  if (Array.isArray(valid)) {
    const [, ...others] = valid;
    for (const [what, part] of spoiled(valid[0], depth - 1)) yield [`[0]${what}`, [part, ...others]];
    const holed = [...valid];
    delete holed[valid.length - 1];
    yield [" with a hole", holed];
    return;
  }
  yield [" with an unknown field", { ...valid, unknown: 1 }];
  for (const [key, field] of Object.entries(valid)) {
    const { [key]: _, ...others } = valid as Record<string, unknown>;
    yield [` without ${key}`, others];
    for (const [what, part] of spoiled(field, depth - 1)) yield [`.${key}${what}`, { ...valid, [key]: part }];
  }
}
