import { describe, expect, test } from "vitest";
import {
  type BarSeries,
  describeSessions,
  instantsOf,
  type SessionCalendar,
  splitSessions,
  wallClockTimes,
} from "../../src/data/index";
import { uniforms } from "../helpers/random";
import { testRefusals } from "../helpers/refusals";

const newYork: SessionCalendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };

const clockOf = { timeZone: "America/New_York" };

/** Flat bars at given times. */
function barsAt(times: readonly string[], price = 50): BarSeries {
  const prices = times.map(() => price);
  return { times, open: prices, high: prices, low: prices, close: prices };
}

/** Times from one to another, some minutes apart, by the clock. */
function clock(from: string, to: string, minutes = 1): string[] {
  const [start, end] = [from, to].map((text) => Date.parse(`${text.replace(" ", "T")}Z`));
  const times: string[] = [];
  for (let at = start; at < end; at += minutes * 60_000) {
    times.push(new Date(at).toISOString().slice(0, 16).replace("T", " "));
  }
  return times;
}

const day = (date: string): string[] => clock(`${date} 09:30`, `${date} 16:00`);
const dates = ({ sessions }: { readonly sessions: readonly { readonly date: string }[] }): string[] =>
  sessions.map(({ date }) => date);

describe("sessions", () => {
  test("are days of the market's clock, whatever daylight saving does to UTC", () => {
    const split = splitSessions(barsAt([...day("2024-03-08"), ...day("2024-03-11")]), newYork);
    expect(
      split.sessions.map(({ opens, closes, length, first, rows }) => [opens, closes, length, first, rows]),
    ).toEqual([
      ["2024-03-08 09:30:00-05:00", "2024-03-08 16:00:00-05:00", 390, 0, 390],
      ["2024-03-11 09:30:00-04:00", "2024-03-11 16:00:00-04:00", 390, 390, 390],
    ]);
    expect(split).toMatchObject({ spacing: 1, sessionLength: 390, gaps: [], missingSessions: [] });
    expect(split.outside.rows).toBe(0);
  });

  test("have prices at trading times: a bar's close at its end, the first bar's open at its start", () => {
    const bars = {
      times: ["2024-03-08 09:31", "2024-03-08 09:32", "2024-03-08 09:34"],
      ...{ open: [1, 2, 3], high: [4, 4, 4], low: [0.5, 0.5, 0.5], close: [1.5, 2.5, 3.5] },
    };
    const path = (stamp: "start" | "end") => splitSessions(bars, newYork, { stamp }).sessions[0].stretches[0];
    expect(path("start")).toEqual({ times: [1, 2, 3, 5], prices: [1, 1.5, 2.5, 3.5] });
    expect(path("end")).toEqual({ times: [0, 1, 2, 4], prices: [1, 1.5, 2.5, 3.5] });
    const hours = splitSessions(bars, newYork, { timeUnit: "day" }).sessions[0].stretches[0].times;
    expect(hours[3]).toBeCloseTo(5 / 390, 14);
  });

  test("around midnight belong to the date on which they close, Monday's from Sunday on", () => {
    const futures = { timeZone: "America/Chicago", open: "17:00", close: "16:00" };
    const times = [
      "2024-03-08 15:59",
      "2024-03-08 17:30",
      "2024-03-10 16:59",
      "2024-03-10 17:00",
      "2024-03-11 15:59",
    ];
    const split = splitSessions({ times, prices: [1, 1, 1, 1, 1] }, futures);
    expect(split.sessions.map(({ date, opens, rows, length }) => [date, opens, rows, length])).toEqual([
      ["2024-03-08", "2024-03-07 17:00:00-06:00", 1, 1380],
      ["2024-03-11", "2024-03-10 17:00:00-05:00", 2, 1380],
    ]);
    expect(split.outside).toEqual({
      ...{ rows: 2, beforeOpen: 0, afterClose: 0, inBreaks: 0, onHolidays: 0, onOtherDays: 2 },
    });
  });

  test("around the clock last 23 hours on the day that loses one", () => {
    const all = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
    const crypto = { timeZone: "America/New_York", open: "00:00", close: "24:00", weekdays: all };
    const prices = [1, 2, 3];
    const split = splitSessions(
      { times: ["2024-03-09 00:00", "2024-03-10 12:00", "2024-03-11 12:00"], prices },
      crypto,
    );
    expect(split.sessions.map(({ date, length }) => [date, length])).toEqual([
      ["2024-03-09", 1440],
      ["2024-03-10", 1380],
      ["2024-03-11", 1440],
    ]);
    expect(split.sessions[1].stretches[0].times).toEqual([660]);
    const same = splitSessions({ times: ["2024-03-09 00:00"], prices: [1] }, { ...crypto, close: "00:00" });
    expect(dates(same)).toEqual(["2024-03-09"]);
  });

  test("have breaks, whose time does not run and whose rows are outside", () => {
    const tokyo: SessionCalendar = {
      ...{ timeZone: "Asia/Tokyo", open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] },
    };
    const times = [
      "2024-03-08 11:29",
      "2024-03-08 11:30",
      "2024-03-08 12:00",
      "2024-03-08 12:30",
      "2024-03-08 15:00",
    ];
    const split = splitSessions({ times, prices: [1, 2, 3, 4, 5] }, tokyo);
    expect(split.sessionLength).toBe(300);
    expect(split.sessions[0].stretches).toEqual([
      { times: [149, 150], prices: [1, 2] },
      { times: [150, 300], prices: [4, 5] },
    ]);
    expect(split.outside).toMatchObject({ rows: 1, inBreaks: 1 });
    const half = splitSessions(
      { times: times.slice(0, 1), prices: [1] },
      { ...tokyo, halfDays: { "2024-03-08": "11:29" } },
    );
    expect(half.sessions.map(({ closes, length }) => [closes, length])).toEqual([
      ["2024-03-08 11:29:00+09:00", 149],
    ]);
  });

  test("have borders: a price at the close is theirs, a bar that begins there or ends at the open is not", () => {
    const times = ["2024-03-08 09:30", "2024-03-08 09:31", "2024-03-08 16:00"];
    expect(splitSessions(barsAt(times), newYork).outside).toMatchObject({ rows: 1, afterClose: 1 });
    expect(splitSessions(barsAt(times), newYork, { stamp: "end" }).outside).toMatchObject({
      rows: 1,
      beforeOpen: 1,
    });
    expect(splitSessions({ times, prices: [1, 2, 3] }, newYork).outside.rows).toBe(0);
    // Around the clock midnight is the next session's, where there is one.
    const clock = { timeZone: "America/New_York", open: "00:00", close: "24:00" };
    const midnights = ["2024-03-07 23:00", "2024-03-08 00:00", "2024-03-08 23:00", "2024-03-09 00:00"];
    const split = splitSessions({ times: midnights, prices: [1, 2, 3, 4] }, clock);
    expect(split.sessions.map(({ date, rows }) => [date, rows])).toEqual([
      ["2024-03-07", 1],
      ["2024-03-08", 3],
    ]);
  });

  test("partition the rows: each belongs to one session or is counted outside", () => {
    const random = uniforms(7);
    const [start] = instantsOf(["2024-02-26 00:00"], clockOf);
    let at = start;
    const instants = Array.from({ length: 5000 }, () => {
      at += 600_000 * random();
      return at;
    });
    const split = splitSessions(
      { times: instants, prices: instants },
      { ...newYork, holidays: ["2024-03-06"] },
    );
    const { outside, sessions } = split;
    expect(sessions.reduce((sum, { rows }) => sum + rows, 0) + outside.rows).toBe(5000);
    const { rows, ...parts } = outside;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(rows);
    // Every price is its own instant: it lies between the open and the close of its session.
    for (const { opens, closes, stretches, first } of sessions) {
      const [open, close] = instantsOf([opens, closes]);
      const { prices, times } = stretches[0];
      expect(Math.min(...prices)).toBeGreaterThanOrEqual(open);
      expect(Math.max(...prices)).toBeLessThanOrEqual(close);
      expect(prices[0]).toBe(instants[first]);
      const off = times.map((time, i) => Math.abs(open + time * 60_000 - prices[i]));
      expect(Math.max(...off)).toBeLessThan(1e-2);
    }
  });

  test("are found wherever the series' own clock stands", () => {
    const texts = day("2024-03-08");
    const inUtc = wallClockTimes(instantsOf(texts, clockOf), "UTC").map((text) => text.slice(0, 16));
    const own = splitSessions(barsAt(texts), newYork);
    expect(splitSessions(barsAt(inUtc), newYork, { timeZone: "UTC" })).toEqual(own);
    expect(splitSessions({ ...barsAt(texts), times: instantsOf(texts, clockOf) }, newYork)).toEqual(own);
  });
});

describe("what is missing or strange is found and said", () => {
  test("gaps at the open, within and at the close", () => {
    const times = day("2024-03-08").filter((time) => !/09:30|12:0[1-3]|15:59/.test(time));
    const split = splitSessions(barsAt(times), newYork);
    expect(split.gaps.map(({ from, to, rows }) => [from.slice(11, 16), to.slice(11, 16), rows])).toEqual([
      ["09:30", "09:31", 1],
      ["12:01", "12:04", 3],
      ["15:59", "16:00", 1],
    ]);
    expect(split.warnings[0]).toBe(
      "5 rows are missing within sessions, 1.3% of those expected, in 3 gaps, the longest from 2024-03-08 " +
        "12:01:00-05:00 to 2024-03-08 12:04:00-05:00.",
    );
    const ends = clock("2024-03-08 09:31", "2024-03-08 16:01");
    expect(splitSessions(barsAt(ends), newYork, { stamp: "end" }).gaps).toEqual([]);
    const five = clock("2024-03-08 09:30", "2024-03-08 16:00", 5);
    expect(splitSessions({ times: five, prices: five.map(() => 1) }, newYork).gaps).toEqual([]);
  });

  test("an afternoon without a row", () => {
    const tokyo: SessionCalendar = {
      ...{ timeZone: "Asia/Tokyo", open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] },
    };
    const morning = clock("2024-03-08 09:00", "2024-03-08 11:30");
    const { gaps, warnings } = splitSessions({ ...barsAt(morning), volume: morning.map(() => 1) }, tokyo);
    expect(gaps.map(({ from, to, rows }) => [from.slice(11, 16), to.slice(11, 16), rows])).toEqual([
      ["12:30", "15:00", 150],
    ]);
    expect(warnings).toEqual([
      "The last row comes early on 2024-03-08 (150 minutes before the close). If the market closed early, name it in " +
        "calendar.halfDays.",
      "150 rows are missing within sessions, 50% of those expected, in a gap from 2024-03-08 12:30:00+09:00 to 2024-03-08 " +
        "15:00:00+09:00.",
    ]);
  });

  test("a halt of twenty bars, where there is no volume", () => {
    const times = day("2024-03-08");
    const close = times.map((_, i) => (i < 100 || i > 120 ? 50 + 0.01 * (i % 3) : 50.01));
    const open = close.map((price, i) => (i === 0 ? price : close[i - 1]));
    const high = close.map((price, i) => Math.max(price, open[i]));
    const low = close.map((price, i) => Math.min(price, open[i]));
    const bars = {
      times,
      open,
      high,
      low,
      close,
      volume: close.map((_, i) => (i >= 101 && i <= 120 ? 0 : 100)),
    };
    const { halts, warnings } = splitSessions(bars, newYork);
    expect(halts).toEqual([
      { date: "2024-03-08", from: "2024-03-08 11:11:00-05:00", to: "2024-03-08 11:30:00-05:00", rows: 20 },
    ]);
    expect(warnings).toEqual([
      "Nothing moves or trades from 2024-03-08 11:11:00-05:00 to 2024-03-08 11:30:00-05:00 (20 rows). Was trading halted? " +
        "Such rows lower volatility.",
    ]);
    expect(splitSessions({ ...bars, volume: close.map(() => 100) }, newYork).halts).toEqual([]);
    expect(splitSessions(bars, newYork, { haltRows: 20 }).halts).toEqual(halts);
    expect(splitSessions(bars, newYork, { haltRows: 21 }).halts).toEqual([]);
  });

  test("missing sessions, an early close, and a calendar that names them", () => {
    const half = clock("2024-11-29 09:30", "2024-11-29 13:00");
    const bars = barsAt([...day("2024-11-27"), ...half, ...day("2024-12-02")].sort());
    const moving = { ...bars, volume: bars.times.map(() => 1) };
    const split = splitSessions(moving, newYork);
    expect(split.missingSessions).toEqual(["2024-11-28"]);
    expect(split.warnings).toEqual([
      "There are no rows on 2024-11-28. Was it a holiday? Name it in calendar.holidays.",
      "The last row comes early on 2024-11-29 (180 minutes before the close). If the market closed early, name it in " +
        "calendar.halfDays.",
      "180 rows are missing within sessions, 15% of those expected, in a gap from 2024-11-29 13:00:00-05:00 to " +
        "2024-11-29 16:00:00-05:00.",
    ]);
    const named = { ...newYork, holidays: ["2024-11-28"], halfDays: { "2024-11-29": "13:00" } };
    const known = splitSessions(moving, named);
    expect([known.warnings, known.missingSessions]).toEqual([[], []]);
    expect(known.sessions.map(({ isHalfDay, length }) => [isHalfDay, length])).toEqual([
      [false, 390],
      [true, 210],
      [false, 390],
    ]);
  });

  test("rows outside, by where they are, and a clock that is not the market's", () => {
    const times = [...clock("2024-03-08 09:00", "2024-03-08 16:02"), "2024-03-09 10:00", "2024-03-11 10:00"];
    const bars = { ...barsAt(times), volume: times.map(() => 1) };
    const split = splitSessions(bars, { ...newYork, holidays: ["2024-03-11"] });
    expect(split.warnings).toEqual([
      "34 rows lie outside the sessions: 30 before the open, 2 after the close, 1 on a holiday, 1 on a day of the week " +
        "without sessions.",
      "There are rows on 2024-03-11, which the calendar calls a holiday.",
    ]);
    const utc = clock("2024-03-08 14:30", "2024-03-08 21:00");
    const wrong = splitSessions({ ...barsAt(utc), volume: utc.map(() => 1) }, newYork);
    expect(wrong.warnings[0]).toBe(
      "300 rows lie outside the sessions: 300 after the close. That is most of them: are the times really those of a clock " +
        "in America/New_York?",
    );
  });
});

describe("in words", () => {
  test("a split says how many sessions there are, how far apart rows stand, and what a year of them is", () => {
    const bars = barsAt([...day("2024-03-08"), ...day("2024-03-11").slice(1)]);
    const split = splitSessions({ ...bars, volume: bars.times.map(() => 1) }, newYork);
    expect(describeSessions(split).split("\n")).toEqual([
      "2 sessions, from 2024-03-08 to 2024-03-11, 390 minutes each by the clock of America/New_York; 779 rows, 1 minute apart.",
      "A year of 252 sessions has 98,280 such periods: give that as periodsPerYear to estimators of returns, whose default " +
        "takes each row for a day. For σ without nights take sessionVolatility.",
      "1 row is missing within sessions, 0.13% of those expected, in a gap from 2024-03-11 09:30:00-04:00 to 2024-03-11 " +
        "09:31:00-04:00.",
    ]);
    const trades = {
      times: ["2024-03-08 09:30:01", "2024-03-08 09:30:03", "2024-03-08 15:58"],
      prices: [1, 1, 1],
    };
    const half = clock("2024-11-29 09:30", "2024-11-29 13:00");
    const named = { ...newYork, holidays: ["2024-11-28"], halfDays: { "2024-11-29": "13:00" } };
    const withHalf = [...day("2024-11-26"), ...day("2024-11-27"), ...half];
    expect(describeSessions(splitSessions(barsAt(withHalf), named)).split("\n")[0]).toBe(
      "3 sessions, from 2024-11-26 to 2024-11-29, 2 of 390 minutes, 210 minutes on 2024-11-29 by the clock of " +
        "America/New_York; 990 rows, 1 minute apart.",
    );
    expect(describeSessions(splitSessions(trades, { ...newYork, close: "16:00" }))).toBe(
      "1 session, on 2024-03-08, 390 minutes by the clock of America/New_York; 3 rows, at irregular times.",
    );
  });
});

const bars = barsAt(["2024-03-08 09:30", "2024-03-08 09:31"]);
const split = (change: object, options = {}) => splitSessions(bars, { ...newYork, ...change }, options);
testRefusals([
  [
    "dates without a time of day",
    () => splitSessions(barsAt(["2024-03-07", "2024-03-08"]), newYork),
    "data.times must be times of day of which at least one lies within a session of the calendar; got the text " +
      '"2024-03-07 00:00:00-05:00 to 2024-03-…". If they are in another zone than the calendar\'s, give timeZone; dates ' +
      "alone have no time of day.",
  ],
  [
    "bars that are not in order",
    () => splitSessions(barsAt(["2024-03-08 09:31", "2024-03-08 09:31"]), newYork),
    'data.times[1] must be later than the time before it, 2024-03-08 09:31; got the text "2024-03-08 09:31". Sort the rows ' +
      "by time, and merge those with one time.",
  ],
  [
    "a column of another length",
    () => splitSessions({ ...bars, close: [1] }, newYork),
    "data.close must be an array of 2 numbers, as many as data.times; got an array of length 1.",
  ],
  [
    "a close above the high",
    () => splitSessions({ ...bars, close: [50, 51] }, newYork),
    "data.close[1] must be between the row's low, 50, and its high, 50; got 51.",
  ],
  [
    "a time that is none of a day",
    () => split({ open: "9:30" }),
    'calendar.open must be a time of day from "00:00" to "24:00"; got the text "9:30".',
  ],
  [
    "a break outside the session",
    () => split({ breaks: [["16:00", "17:00"]] }),
    "calendar.breaks[0] must be a pair of times within the session, the earlier one first, after the break before it; got " +
      'the text "16:00 to 17:00".',
  ],
  [
    "a break that ends with the session",
    () => split({ breaks: [["15:00", "16:00"]] }),
    "calendar.breaks[0] must be a pair of times within the session, the earlier one first, after the break before it; got " +
      'the text "15:00 to 16:00".',
  ],
  [
    "a half day that closes late",
    () => split({ halfDays: { "2024-11-29": "16:00" } }),
    'calendar.halfDays["2024-11-29"] must be a time between the session\'s open and its close; got the text "16:00".',
  ],
  [
    "a holiday that is no date",
    () => split({ holidays: ["25.12.2024"] }),
    'calendar.holidays[0] must be a date like 2024-12-25; got the text "25.12.2024".',
  ],
  [
    "a weekday that is none",
    () => split({ weekdays: ["Monday"] }),
    'calendar.weekdays[0] must be "Sun", "Mon", "Tue", "Wed", "Thu", "Fri" or "Sat"; got the text "Monday".',
  ],
  [
    "a description of nothing",
    () => describeSessions({ sessions: [], timeUnit: "minute", warnings: [] } as never),
    "split.sessions must be an array of at least one session, as splitSessions gives it; got an array of length 0.",
  ],
  [
    "a unit of time that is none",
    () => split({}, { timeUnit: "min" }),
    'timeUnit must be "second", "minute", "hour" or "day"; got the text "min".',
  ],
]);
