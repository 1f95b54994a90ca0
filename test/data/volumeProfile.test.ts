import { describe, expect, test } from "vitest";
import { type BarSeries, profileVolumes, type SessionCalendar, volumeProfile } from "../../src/data/index";
import { defineProblem, volumeSchedule } from "../../src/index";
import { uniforms } from "../helpers/random";
import { testRefusals } from "../helpers/refusals";

const newYork: SessionCalendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };

/** Dates from a first one on, without weekends. */
function weekdays(first: string, count: number): string[] {
  const dates: string[] = [];
  for (let day = Date.parse(first); dates.length < count; day += 86_400_000) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) dates.push(new Date(day).toISOString().slice(0, 10));
  }
  return dates;
}

/** Half-hour bars of each date, with volumes by date and half hour. */
function barsOf(
  dates: readonly string[],
  volumeOf: (date: string, k: number) => number,
  slices = 13,
): BarSeries {
  const rows = dates.flatMap((date) =>
    Array.from({ length: slices }, (_, k) => {
      const minute = 570 + 30 * k;
      const two = (value: number): string => String(value).padStart(2, "0");
      return {
        time: `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
        volume: volumeOf(date, k),
      };
    }),
  );
  const price = rows.map(() => 50);
  const times = rows.map(({ time }) => time);
  return {
    times,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: rows.map(({ volume }) => volume),
  };
}

/** A day's volume as a U: a quarter of it in the first and in the last hour. */
const weights = Array.from({ length: 13 }, (_, k) => 1 + ((k - 6) / 3) ** 2);
const whole = weights.reduce((sum, weight) => sum + weight, 0);
const shape = weights.map((weight) => weight / whole);

describe("a volume profile", () => {
  const random = uniforms(11);
  // A day's level varies by half, each slice by a fifth besides: uniform, so that deviations are known.
  const bars = barsOf(weekdays("2024-01-02", 120), (_, k) =>
    Math.round(1e7 * shape[k] * (0.8 + 0.4 * random())),
  );
  const profile = volumeProfile(bars, newYork, { slices: 13 });

  test("finds the U that a market was made with, within its standard errors", () => {
    profile.fractions.forEach((fraction, k) => {
      expect(Math.abs(fraction - shape[k])).toBeLessThan(4 * profile.standardErrors[k]);
      expect(profile.standardErrors[k]).toBeCloseTo(profile.deviations[k] / Math.sqrt(120), 15);
      expect(profile.lowerQuartiles[k]).toBeLessThan(profile.medians[k]);
      expect(profile.medians[k]).toBeLessThan(profile.upperQuartiles[k]);
    });
    // A uniform factor from 0.8 to 1.2 deviates by 0.4/√12, less what the day's own total takes back.
    const relative = profile.deviations.map((deviation, k) => deviation / shape[k]);
    for (const one of relative) expect(Math.abs(one - 0.4 / Math.sqrt(12))).toBeLessThan(0.025);
    expect(profile.fractions.reduce((sum, fraction) => sum + fraction, 0)).toBeCloseTo(1, 14);
    expect(profile.dates).toHaveLength(120);
    expect(Math.abs(profile.dailyVolume.value - 1e7)).toBeLessThan(4 * profile.dailyVolume.standardError);
  });

  test("says when its slices begin and how long they are", () => {
    expect(profile.starts.slice(0, 2)).toEqual(["09:30:00", "10:00:00"]);
    expect(profile.lengths).toEqual(new Array(13).fill(30));
    const uneven = volumeProfile(bars, newYork, { length: 2, timeUnit: "hour" });
    expect(uneven.lengths).toEqual([2, 2, 2, 0.5]);
    expect(uneven.starts).toEqual(["09:30:00", "11:30:00", "13:30:00", "15:30:00"]);
    expect(uneven.fractions[3]).toBeCloseTo(profile.fractions[12], 14);
  });

  test("has the quartiles of a sample that can be counted", () => {
    const dates = weekdays("2024-01-02", 5);
    const first = [10, 20, 30, 40, 90];
    const small = volumeProfile(
      barsOf(dates, (date, k) =>
        k === 0 ? first[dates.indexOf(date)] : (100 - first[dates.indexOf(date)]) / 12,
      ),
      newYork,
      {
        slices: 13,
      },
    );
    const { fractions, medians, lowerQuartiles, upperQuartiles, deviations } = small;
    expect([fractions[0], medians[0], lowerQuartiles[0], upperQuartiles[0]]).toEqual([0.38, 0.3, 0.2, 0.4]);
    expect(deviations[0]).toBeCloseTo(Math.sqrt(0.097), 14);
  });

  test("interpolates quartiles, and has slices of its own after a break", () => {
    const tokyo: SessionCalendar = {
      ...{ timeZone: "Asia/Tokyo", open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] },
    };
    const dates = weekdays("2024-03-04", 4);
    const times = dates.flatMap((date) =>
      ["09:00", "11:00", "12:30", "14:30"].map((time) => `${date} ${time}`),
    );
    const morning = [10, 20, 30, 50];
    const volume = morning.flatMap((first) => [first, 10, 10, 80 - first]);
    const split = volumeProfile({ times, prices: times.map(() => 1), volume }, tokyo, {
      length: 1,
      timeUnit: "hour",
    });
    expect(split.starts).toEqual(["09:00:00", "10:00:00", "11:00:00", "12:30:00", "13:30:00", "14:30:00"]);
    expect(split.lengths).toEqual([1, 1, 0.5, 1, 1, 0.5]);
    expect(split.fractions).toEqual([0.275, 0, 0.1, 0.1, 0, 0.525]);
    expect(split.lowerQuartiles[0]).toBeCloseTo(0.175, 15);
    expect([split.medians[0], split.upperQuartiles[0]]).toEqual([0.25, 0.35]);
    expect(split.warnings).toEqual([
      `A slice has no row, which counts as no volume, on ${dates.join(", ")}. Leave such days out with incomplete.`,
    ]);
  });

  test("goes into a problem and its volume schedule", () => {
    const volumes = profileVolumes(profile, 2e6);
    const problem = defineProblem({
      ...{
        shares: 1e5,
        horizon: 390,
        intervals: 13,
        volatility: 0.04,
        temporaryImpact: 1e-6,
        timeUnit: "minute",
      },
      profile: { volumes },
    });
    volumeSchedule(problem).trades.forEach((trade, k) => {
      expect(trade).toBeCloseTo(1e5 * profile.fractions[k], 6);
    });
    expect(volumes.reduce((sum, volume) => sum + volume, 0)).toBeCloseTo(2e6, 6);
    expect(profileVolumes(profile, 1, { from: "10:00", to: "11:00:00" })).toEqual(
      profile.fractions.slice(1, 3),
    );
  });

  test("leaves out half days, days without volume and, where asked, days with an empty slice; and says so", () => {
    const dates = weekdays("2024-11-25", 8);
    const bars = barsOf(dates, (date, k) => (date === "2024-12-02" ? 0 : 100 + k));
    const isThere = (time: string): boolean => !/^2024-11-29 1[3-5]|^2024-12-03 12:00/.test(time);
    const keep = Array.from(bars.times, String).flatMap((time, i) => (isThere(time) ? [i] : []));
    const pick = <T>(column: ArrayLike<T>): T[] => keep.map((i) => column[i]);
    const data = {
      ...{ times: pick(bars.times as readonly string[]), volume: pick(bars.volume ?? []) },
      ...{ open: pick(bars.open), high: pick(bars.high), low: pick(bars.low), close: pick(bars.close) },
    };
    const calendar = { ...newYork, halfDays: { "2024-11-29": "13:00" }, holidays: ["2024-11-28"] };
    const kept = volumeProfile(data, calendar, { slices: 13 });
    expect(kept.leftOut).toEqual([
      { date: "2024-11-29", reason: "half day" },
      { date: "2024-12-02", reason: "no volume" },
    ]);
    expect(kept.warnings).toEqual([
      "2 days are left out: 2024-11-29 (half day), 2024-12-02 (no volume).",
      "A slice has no row, which counts as no volume, on 2024-12-03. Leave such days out with incomplete.",
    ]);
    const strict = volumeProfile(data, calendar, { slices: 13, incomplete: "leaveOut" });
    expect(strict.leftOut).toContainEqual({ date: "2024-12-03", reason: "a slice without rows" });
    expect(strict.dates).toEqual(kept.dates.filter((date) => date !== "2024-12-03"));
  });

  test("leaves out sessions that daylight saving makes longer or shorter", () => {
    const all = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
    const crypto = { timeZone: "America/New_York", open: "00:00", close: "24:00", weekdays: all };
    const times = ["2024-03-08", "2024-03-09", "2024-03-10", "2024-03-11"].flatMap((date) => [
      `${date} 01:00`,
      `${date} 13:00`,
    ]);
    const { leftOut, fractions } = volumeProfile(
      { times, prices: times.map(() => 1), volume: times.map((_, i) => 1 + (i % 2)) },
      crypto,
      {
        slices: 2,
      },
    );
    expect(leftOut).toEqual([{ date: "2024-03-10", reason: "a session of another length" }]);
    expect(fractions).toEqual([1 / 3, 2 / 3]);
  });
});

const day = barsOf(["2024-03-08"], () => 1);
testRefusals([
  [
    "a single day",
    () => volumeProfile(day, newYork, { slices: 13 }),
    'data must be prices or bars of at least two regular days; got the text "1 regular day".',
  ],
  [
    "a single day beside a half day",
    () =>
      volumeProfile(
        barsOf(["2024-03-07", "2024-03-08"], () => 1),
        { ...newYork, halfDays: { "2024-03-07": "13:00" } },
        { slices: 13 },
      ),
    'data must be prices or bars of at least two regular days; got the text "1 regular day". 1 day is left out: 2024-03-07 ' +
      "(half day).",
  ],
  [
    "bars without volumes",
    () => volumeProfile({ ...day, volume: undefined }, newYork, { slices: 13 }),
    "data.volume must be an array of volumes (shares); got nothing.",
  ],
  [
    "number and length of slices at once",
    () => volumeProfile(day, newYork, { slices: 13, length: 30 }),
    "length must be left out where slices says how many there are; got 30.",
  ],
  [
    "slices that cut bars",
    () => volumeProfile(day, newYork, { slices: 12 }),
    'length must be a multiple of the bars\' own length, 30 minutes, since bars cannot be cut; got the text "32.5 minutes".',
  ],
  [
    "an order that starts within a slice",
    () => profileVolumes({ starts: ["09:30:00", "10:00:00"], fractions: [0.5, 0.5] }, 1, { from: "09:45" }),
    'from must be the start of a slice, such as "09:30:00"; got the text "09:45".',
  ],
  [
    "an order that ends before it starts",
    () => profileVolumes({ starts: ["09:30:00", "10:00:00"], fractions: [0.5, 0.5] }, 1, { to: "09:30" }),
    'to must be the start of a slice after 09:30:00; got the text "09:30".',
  ],
]);
