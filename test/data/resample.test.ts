import { describe, expect, test } from "vitest";
import { instantsOf, resample, type SessionCalendar, splitSessions } from "../../src/data/index";
import { uniforms } from "../helpers/random";
import { testRefusals } from "../helpers/refusals";

const newYork: SessionCalendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
const tokyo: SessionCalendar = {
  ...{ timeZone: "Asia/Tokyo", open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] },
};

/** Trades with their instants. */
interface Trades {
  readonly times: readonly number[];
  readonly prices: readonly number[];
  readonly volume: readonly number[];
}

/** Trades at random times over some days and nights, with prices that walk. */
function trades(calendar: SessionCalendar, seed: number, count = 4000): Trades {
  const random = uniforms(seed);
  const [start] = instantsOf(["2024-03-07 08:00"], { timeZone: calendar.timeZone });
  const times: number[] = [];
  const prices: number[] = [];
  let [at, price] = [start, 50];
  for (let i = 0; i < count; i++) {
    at += Math.floor(240_000 * random() ** 3);
    price += 0.1 * (random() - 0.5);
    times.push(at);
    prices.push(price);
  }
  return { times, prices, volume: prices.map(() => Math.floor(1000 * random())) };
}

const sum = (values: readonly number[] = []): number => values.reduce((total, value) => total + value, 0);

/** Trades from one instant on and before another. */
function within({ times, prices, volume }: Trades, from: number, to: number) {
  const rows = times.flatMap((time, i) => (time >= from && time < to ? [i] : []));
  return rows.map((i) => ({ price: prices[i], volume: volume[i] }));
}

describe("bars made of trades", () => {
  test.each([
    ["New York", newYork, 1],
    ["New York", newYork, 7],
    ["New York", newYork, 390],
    ["Tokyo", tokyo, 40],
  ])("in %s hold the trades of their interval, and nothing else", (_, calendar, length) => {
    const data = trades(calendar, length);
    const bars = resample(data, calendar, { length });
    const starts = instantsOf(bars.times);
    const { outside } = splitSessions(data, calendar);
    expect(starts.length).toBeGreaterThan(1);
    starts.forEach((start, k) => {
      // No interval of another length than the last of a stretch has rows beyond a close or a break.
      const rows = within(data, start, start + length * 60_000);
      const inside = rows.slice(0, bars.rows[k]);
      const prices = inside.map(({ price }) => price);
      expect([bars.open[k], bars.close[k]]).toEqual([prices[0], prices[prices.length - 1]]);
      expect([bars.high[k], bars.low[k]]).toEqual([Math.max(...prices), Math.min(...prices)]);
      const volume = sum(inside.map((row) => row.volume));
      expect(bars.volume?.[k]).toBe(volume);
      const value = sum(inside.map((row) => row.volume * row.price));
      if (volume > 0) expect(bars.vwap?.[k]).toBeCloseTo(value / volume, 10);
    });
    expect(sum(bars.rows)).toBe(data.times.length - outside.rows);
    expect(bars.outside).toBe(outside.rows);
  });

  test("keep the volume, highest and lowest of the sessions, whatever the length", () => {
    const data = trades(newYork, 3);
    const minutes = resample(data, newYork, { length: 1 });
    for (const length of [2, 5, 30, 130, 390]) {
      const bars = resample(minutes, newYork, { length });
      expect(sum(bars.volume)).toBe(sum(minutes.volume));
      expect(Math.max(...bars.high)).toBe(Math.max(...minutes.high));
      expect(Math.min(...bars.low)).toBe(Math.min(...minutes.low));
      // Bars of bars are bars of trades, but for the mean price.
      const direct = resample(data, newYork, { length });
      for (const name of ["times", "open", "high", "low", "close", "volume"] as const) {
        expect(bars[name], name).toEqual(direct[name]);
      }
    }
  });

  test("begin at the open and anew after a break, with a shorter last one, and say so", () => {
    const minutes = ["09:00", "09:39", "09:40", "11:29", "12:30", "13:09", "13:10", "15:00"];
    const times = minutes.map((time) => `2024-03-08 ${time}`);
    const bars = resample({ times, prices: [1, 2, 3, 4, 5, 6, 7, 8] }, tokyo, { length: 40 });
    expect(bars.times.map((time) => time.slice(11, 16))).toEqual([
      "09:00",
      "09:40",
      "11:00",
      "12:30",
      "13:10",
      "14:30",
    ]);
    expect(bars.open).toEqual([1, 3, 4, 5, 7, 8]);
    expect(bars.close).toEqual([2, 3, 4, 6, 7, 8]);
    expect(bars).toMatchObject({
      leftOut: 2,
      carried: 0,
      shorter: 2,
      outside: 0,
      volume: undefined,
      vwap: undefined,
    });
    expect(bars.warnings).toEqual([
      "2 intervals without rows were left out.",
      "2 intervals, the last before a close or a break, are shorter than 40 minutes, which does not divide the time.",
    ]);
  });

  test("carry the last price forward where asked, but not across a night", () => {
    const times = ["2024-03-07 10:30", "2024-03-07 15:00", "2024-03-08 11:30"];
    const data = { times, prices: [1, 2, 3], volume: [10, 20, 30] };
    const bars = resample(data, newYork, { length: 1, timeUnit: "hour", empty: "carryForward" });
    expect(bars.times.map((time) => time.slice(8, 16))).toEqual([
      ...["07 10:30", "07 11:30", "07 12:30", "07 13:30", "07 14:30", "07 15:30"],
      ...["08 11:30", "08 12:30", "08 13:30", "08 14:30", "08 15:30"],
    ]);
    expect(bars.close).toEqual([1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3]);
    expect(bars.volume).toEqual([10, 0, 0, 0, 20, 0, 30, 0, 0, 0, 0]);
    expect(bars.vwap).toEqual([1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3]);
    expect(bars.rows).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
    expect(bars.warnings).toEqual([
      "8 intervals without rows got the last price before them.",
      "3 intervals without rows, with no price before them in the session, were left out.",
      "2 intervals, the last before a close or a break, are shorter than 1 hour, which does not divide the time.",
    ]);
  });

  test("take a bar by its start or by its end", () => {
    const times = ["2024-03-08 09:34", "2024-03-08 09:35", "2024-03-08 09:36"];
    const bars = { times, open: [1, 2, 3], high: [1, 2, 3], low: [1, 2, 3], close: [1, 2, 3] };
    expect(resample(bars, newYork, { length: 5 }).close).toEqual([1, 3]);
    expect(resample(bars, newYork, { length: 5, stamp: "end" }).close).toEqual([2, 3]);
    const halves = resample(bars, newYork, { length: 0.5, timeUnit: "day" });
    expect([halves.times[0], halves.timeUnit, halves.length]).toEqual([
      "2024-03-08 09:30:00-05:00",
      "day",
      0.5,
    ]);
  });

  test("have the price at the close in the last one, and the close as mean price where nothing was traded", () => {
    const times = ["2024-03-08 09:30", "2024-03-08 16:00"];
    const bars = resample({ times, prices: [1, 2], volume: [0, 0] }, newYork, { length: 390 });
    expect([bars.open, bars.close, bars.vwap, bars.rows]).toEqual([[1], [2], [2], [2]]);
  });

  test("weigh a bar's volume by the mean of its high, low and close", () => {
    const times = ["2024-03-08 09:30", "2024-03-08 09:31"];
    const bars = { times, open: [1, 2], high: [3, 6], low: [1, 2], close: [2, 5.5], volume: [30, 10] };
    expect(resample(bars, newYork, { length: 2 }).vwap).toEqual([(30 * 2 + 10 * 4.5) / 40]);
  });

  test("count rows outside the sessions", () => {
    const times = ["2024-03-08 09:00", "2024-03-08 10:00", "2024-03-08 17:00"];
    const { warnings, outside } = resample({ times, prices: [1, 2, 3] }, newYork, { length: 390 });
    expect(outside).toBe(2);
    expect(warnings).toEqual(["2 rows outside the sessions are in no bar."]);
  });
});

const two = ["2024-03-08 09:30", "2024-03-08 09:32", "2024-03-08 09:34"];
const bars = { times: two, open: [1, 1, 1], high: [1, 1, 1], low: [1, 1, 1], close: [1, 1, 1] };
testRefusals([
  [
    "intervals that would cut bars",
    () => resample(bars, newYork, { length: 5 }),
    'length must be a multiple of the bars\' own length, 2 minutes, since bars cannot be cut; got the text "5 minutes".',
  ],
  [
    "intervals shorter than the bars",
    () => resample(bars, newYork, { length: 1 }),
    'length must be a multiple of the bars\' own length, 2 minutes, since bars cannot be cut; got the text "1 minute".',
  ],
  [
    "intervals longer than the session",
    () => resample(bars, newYork, { length: 391 }),
    "length must be at least a millisecond and at most the session, 390 (minute); got 391.",
  ],
  [
    "intervals without length",
    () =>
      resample({ ...bars, times: ["2024-03-08 09:30", "2024-03-08 09:31", "2024-03-11 09:37"] }, newYork, {
        length: 0,
      }),
    "length must be a finite number above 0 (minute); got 0.",
  ],
  [
    "bars of which no two stand in one session",
    () =>
      resample({ ...bars, times: ["2024-03-07 09:30", "2024-03-08 09:31", "2024-03-11 09:37"] }, newYork, {
        length: 1,
      }),
    'data.times must be times of bars of one length, at least half of them that far apart; got the text "no two bars in ' +
      'one session". Start from trades, or from bars of equal length.',
  ],
  [
    "a stamp of prices",
    () => resample({ times: two, prices: [1, 2, 3] }, newYork, { length: 5, stamp: "end" }),
    'stamp must be left out: prices have one time each; got the text "end".',
  ],
  [
    "negative volumes",
    () => resample({ ...bars, volume: [1, -1, 1] }, newYork, { length: 2 }),
    "data.volume[1] must be a volume, a finite number, 0 or above; got -1.",
  ],
]);
