import { uniforms } from "./random";

/** A way to write a table of prices, and what a strict reader of that one way takes from it. */
export interface Writing {
  readonly name: string;
  readonly delimiter: "," | ";" | "\t";
  readonly lineEnd: "\n" | "\r\n";
  /** Headers in order; empty where the file has none. */
  readonly headers: readonly string[];
  /** Where each column stands, by number from 0. */
  readonly places: Readonly<Record<string, number>>;
  /** A row of the table: a time, five numbers, and what else the way has. */
  readonly write: (minute: number, numbers: readonly number[]) => readonly string[];
  /** The date of a cell as it is in the result, and a number that tells later from earlier; nothing where it is none. */
  readonly time: (cell: string) => readonly [text: string, order: number] | undefined;
  readonly number: (cell: string) => number | undefined;
  readonly isNewestFirst: boolean;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** A day that exists, as ISO 8601. */
function isoDay(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isDay && Number(year) >= 1700 && Number(year) < 2200 ? text : undefined;
}

function point(cell: string): number | undefined {
  const plainly = cell.replace(/(?<=^[1-9]\d{0,2})['’ ](?=\d{3}(\D|$))/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plainly) ? Number(plainly) : undefined;
}

const day = (index: number): Date => new Date(Date.UTC(2024, 0, 20 + index));

export const writings: readonly Writing[] = [
  {
    name: "ISO, commas, a note that nobody reads",
    ...{ delimiter: ",", lineEnd: "\n", isNewestFirst: false },
    headers: ["date", "open", "high", "low", "close", "note", "volume"],
    places: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 6 },
    write: (i, [open, high, low, close, volume]) => [
      day(i).toISOString().slice(0, 10),
      ...[open, high, low, close].map((price) => price.toFixed(2)),
      "a note",
      String(volume),
    ],
    time: (cell) => {
      const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(cell);
      const text = found === null ? undefined : isoDay(found[1], found[2], found[3]);
      return text === undefined ? undefined : [text, Date.parse(text)];
    },
    number: point,
  },
  {
    name: "European, semicolons, Windows line ends",
    ...{ delimiter: ";", lineEnd: "\r\n", isNewestFirst: false },
    headers: ["Datum", "Eröffnung", "Hoch", "Tief", "Schluss", "Volumen"],
    places: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    write: (i, [open, high, low, close, volume]) => {
      const date = day(i);
      return [
        `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.2024 09:30`,
        ...[open, high, low, close].map(
          (price) => `1.${price.toFixed(2).replace(".", ",").padStart(6, "0")}`,
        ),
        String(volume),
      ];
    },
    time: (cell) => {
      const found = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s+|T|\s*,\s*)(\d{1,2}):(\d\d)$/.exec(cell);
      if (found === null || Number(found[4]) > 23 || Number(found[5]) > 59) return undefined;
      const text = isoDay(found[3], found[2], found[1]);
      const clock = `${found[4].padStart(2, "0")}:${found[5]}`;
      return text === undefined ? undefined : [`${text} ${clock}`, Date.parse(`${text}T${clock}Z`)];
    },
    number: (cell) => {
      if (!/^[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+)?(,\d*)?$/.test(cell) || !/\d/.test(cell)) return undefined;
      return Number(cell.replaceAll(".", "").replace(",", "."));
    },
  },
  {
    name: "American, newest first, everything quoted, dollars",
    ...{ delimiter: ",", lineEnd: "\n", isNewestFirst: true },
    headers: ["Date", "Close", "Volume", "Open", "High", "Low"],
    places: { time: 0, close: 1, volume: 2, open: 3, high: 4, low: 5 },
    write: (i, [open, high, low, close, volume]) => {
      const date = day(i);
      const dollars = (price: number): string => `"$1,${price.toFixed(2).padStart(6, "0")}"`;
      return [
        `"${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/2024"`,
        ...[dollars(close), `"${volume}"`, dollars(open), dollars(high), dollars(low)],
      ];
    },
    time: (cell) => {
      const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell);
      const text = found === null ? undefined : isoDay(found[3], found[1], found[2]);
      return text === undefined ? undefined : [text, Date.parse(text)];
    },
    number: (cell) => {
      const plain = cell.replace(/^([+-]?)\$\s*/, "$1");
      if (!/^[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+)?(\.\d*)?$/.test(plain) || !/\d/.test(plain)) return undefined;
      return Number(plain.replaceAll(",", ""));
    },
  },
  {
    name: "an exchange's candles without a header",
    ...{ delimiter: ",", lineEnd: "\n", isNewestFirst: false, headers: [] },
    places: { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    write: (i, [open, high, low, close, volume]) => {
      const start = Date.UTC(2024, 0, 20) + 60_000 * i;
      const prices = [open, high, low, close].map((price) => price.toFixed(2));
      return [
        String(start),
        ...prices,
        String(volume),
        String(start + 59_999),
        "1.5",
        "7",
        "0.5",
        "0.25",
        "0",
      ];
    },
    time: (cell) => {
      if (!/^\d{12,13}$/.test(cell)) return undefined;
      const text = new Date(Number(cell)).toISOString().replace("T", " ");
      return [text.replace(".000Z", "Z"), Number(cell)];
    },
    number: point,
  },
  {
    name: "a terminal's tabs with day and time apart",
    ...{ delimiter: "\t", lineEnd: "\r\n", isNewestFirst: false },
    headers: ["<DATE>", "<TIME>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<VOL>"],
    places: { time: 0, clock: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 },
    write: (i, [open, high, low, close, volume]) => [
      "2024.01.25",
      `${two(9 + Math.floor(i / 4))}:${two((i % 4) * 15)}:00`,
      ...[open, high, low, close].map((price) => price.toFixed(3)),
      String(volume),
    ],
    time: (cell) => {
      const found = /^(\d{4})\.(\d{1,2})\.(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)$/.exec(cell);
      if (found === null) return undefined;
      const [, year, month, date, hour, minute, second] = found;
      const text = isoDay(year, month, date);
      const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
      if (text === undefined || !isClock) return undefined;
      const clock = `${hour.padStart(2, "0")}:${minute}:${second}`;
      return [`${text} ${clock}`, Date.parse(`${text}T${clock}Z`)];
    },
    number: point,
  },
];

const rowCount = 12;

/** A table written in one way, with numbers of its own for each seed. */
export function writeTable(writing: Writing, seed: number): string {
  const next = uniforms(seed);
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const price = 100 + 20 * next();
    const [open, close] = [price, price + next() - 0.5];
    const high = Math.max(open, close) + next();
    const low = Math.min(open, close) - next();
    const numbers = [open, high, low, close].map((value) => Math.round(100 * value) / 100);
    return writing.write(i, [...numbers, Math.floor(1e5 * next())]).join(writing.delimiter);
  });
  if (writing.isNewestFirst) rows.reverse();
  const head = writing.headers.length === 0 ? [] : [writing.headers.join(writing.delimiter)];
  return [...head, ...rows, ""].join(writing.lineEnd);
}

/** What a text says, read strictly in the one way in which it was written before it was spoiled. */
export interface StrictReading {
  readonly times: readonly string[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

const columns = ["open", "high", "low", "close", "volume"] as const;
const plain = (header: string): string => header.toLowerCase().replace(/^<|>$/g, "");

/** The headers of a table as they are compared; none where its first row holds a time. */
function headersOf(cells: readonly string[], { time, places }: Writing): readonly string[] {
  const written = places.clock === undefined ? cells[0] : `${cells[0]} ${cells[1]}`;
  return time(written ?? "") === undefined ? cells.map(plain) : [];
}

const absent = /^(|-|\.|null|nan)$/i;

/** Reads a text strictly in one way, or gives nothing where it is not written in that way all through. */
export function readStrictly(text: string, writing: Writing): StrictReading | undefined {
  const { headers, places, delimiter } = writing;
  const lines = text.split(/\r\n|\r|\n/).map((line) => cellsOf(line, delimiter));
  const full = lines.filter((cells) => cells === undefined || cells.some((cell) => cell !== ""));
  if (full.includes(undefined)) return undefined;
  const rows = full as (readonly string[])[];
  const names = headersOf(rows[0] ?? [], writing);
  if (names.length > 0) rows.shift();
  const isNamed = ([name, column]: [string, number]): boolean =>
    names[column] === plain(headers[column]) || name === "volume";
  const isBare = names.length === 0 && Object.values(places).every((column, i) => column === i);
  if (!isBare && !Object.entries(places).every(isNamed)) return undefined;
  const hasVolume = isBare || names[places.volume] === plain(headers[places.volume]);
  const wanted = names.length === 0 ? (rows[0]?.length ?? 0) : names.length;
  if (wanted <= Math.max(...Object.values(places))) return undefined;
  const read: { text: string; order: number; numbers: Record<string, number> }[] = [];
  for (const cells of rows) {
    if (cells.length !== wanted) return undefined;
    const cell = (name: string): string => cells[places[name]];
    const time = writing.time(places.clock === undefined ? cell("time") : `${cell("time")} ${cell("clock")}`);
    if (time === undefined) return undefined;
    const prices = columns.slice(0, 4);
    if (prices.every((name) => absent.test(cell(name)))) continue;
    const own = hasVolume ? columns : prices;
    const values = own.map((name) => (absent.test(cell(name)) ? Number.NaN : writing.number(cell(name))));
    if (values.includes(undefined) || values.slice(0, 4).some((value) => Number.isNaN(value)))
      return undefined;
    const numbers = Object.fromEntries(columns.map((name, i) => [name, values[i] ?? Number.NaN]));
    read.push({ text: time[0], order: time[1], numbers });
  }
  const steps = read.slice(1).map(({ order }, i) => Math.sign(order - read[i].order));
  if (steps.some((step) => step !== steps[0] || step === 0)) return undefined;
  if (steps[0] === -1) read.reverse();
  const column = (name: string): readonly number[] => read.map(({ numbers }) => numbers[name]);
  return {
    times: read.map((row) => row.text),
    columns: Object.fromEntries(columns.map((name) => [name, column(name)])),
  };
}

/** The cells of one line; nothing where its quotation marks are not in order. */
function cellsOf(line: string, delimiter: string): readonly string[] | undefined {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^ *"([^"]*)" *(?=$|[,;\t])/.exec(rest);
    const end = quoted === null ? rest.indexOf(delimiter) : quoted[0].length;
    const cell = end < 0 ? rest : rest.slice(0, end);
    if (quoted === null && cell.includes('"')) return undefined;
    cells.push((quoted === null ? cell : quoted[1]).trim());
    if (end < 0 || end >= rest.length) return cells;
    if (rest[end] !== delimiter) return undefined;
    rest = rest.slice(end + 1);
  }
}

/** A way to spoil a text, with random numbers from [0, 1). */
export type Mutation = (text: string, next: () => number) => string;

const at = (length: number, next: () => number): number => Math.floor(next() * length);
const splice = (text: string, from: number, count: number, put: string): string =>
  text.slice(0, from) + put + text.slice(from + count);

function overLines(change: (lines: string[], next: () => number) => void): Mutation {
  return (text, next) => {
    const lines = text.split(/(?<=\n)/);
    change(lines, next);
    return lines.join("");
  };
}

/** Replaces one of the places that a pattern finds, where there is any. */
function replacing(pattern: RegExp, put: (found: string, next: () => number) => string): Mutation {
  return (text, next) => {
    const places = [...text.matchAll(pattern)];
    if (places.length === 0) return text;
    const { index, 0: found } = places[at(places.length, next)];
    return splice(text, index as number, found.length, put(found, next));
  };
}

export const mutations: Readonly<Record<string, Mutation>> = {
  "a character deleted": (text, next) => splice(text, at(text.length, next), 1, ""),
  "a character doubled": (text, next) => {
    const i = at(text.length, next);
    return splice(text, i, 0, text[i]);
  },
  "two characters swapped": (text, next) => {
    const i = at(text.length - 1, next);
    return splice(text, i, 2, text[i + 1] + text[i]);
  },
  "a character put in": (text, next) =>
    splice(text, at(text.length, next), 0, `0123456789.,;-/:" \t|eEKM%$Tnull'\r\n`[at(39, next)]),
  "a digit changed": replacing(/\d/g, (_, next) => String(at(10, next))),
  "cut off": (text, next) => text.slice(0, at(text.length, next)),
  "a piece cut out": (text, next) => splice(text, at(text.length, next), at(40, next), ""),
  "a piece doubled": (text, next) => {
    const i = at(text.length, next);
    return splice(text, i, 0, text.slice(i, i + at(40, next)));
  },
  "a delimiter for another": replacing(/[,;\t]/g, (_, next) => [",", ";", "\t", "|"][at(4, next)]),
  "two quotation marks": (text, next) => {
    const once = splice(text, at(text.length, next), 0, '"');
    return splice(once, at(once.length, next), 0, '"');
  },
  "a line dropped": overLines((lines, next) => {
    lines.splice(at(lines.length, next), 1);
  }),
  "a line doubled": overLines((lines, next) => {
    const i = at(lines.length, next);
    lines.splice(i, 0, lines[i]);
  }),
  "two lines swapped": overLines((lines, next) => {
    const [i, j] = [at(lines.length, next), at(lines.length, next)];
    [lines[i], lines[j]] = [lines[j], lines[i]];
  }),
  "a line end of another kind": replacing(
    /\r\n|\n/g,
    (_, next) => ["\r", "\n", "\r\n", "\r\r\n", ""][at(5, next)],
  ),
  "a cell emptied": replacing(/[^,;\t\r\n]+/g, (_, next) => ["", "null", "-", "NaN"][at(4, next)]),
  "a cell moved": (text, next) => {
    let cell = "";
    const without = replacing(/[^,;\t\r\n]+[,;\t]/g, (found) => {
      cell = found;
      return "";
    })(text, next);
    return splice(without, at(without.length, next), 0, cell);
  },
};
