import { describe, expect, test } from "vitest";
import { type Disambiguation, instantsOf, wallClockTimes } from "../../src/data/index";
import { uniforms } from "../helpers/random";
import { reference } from "../helpers/reference";
import { testRefusals } from "../helpers/refusals";

const { zones } = reference<{
  readonly zones: Readonly<
    Record<
      string,
      {
        readonly offsets: readonly (readonly [instant: number, offset: number])[];
        readonly changes: readonly (readonly [instant: number, before: number, after: number])[];
      }
    >
  >;
}>("time_zones");

/** A wall time as a text, from seconds as if the clock ran in UTC. */
const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

const inUtc = (text: string, timeZone: string, disambiguation?: Disambiguation): string =>
  new Date(instantsOf([text], { timeZone, disambiguation })[0]).toISOString().slice(0, 19);

describe.each(Object.keys(zones))("the clock of %s", (timeZone) => {
  const { offsets, changes } = zones[timeZone];

  test("shows what Python's zoneinfo says, to both sides of every change", () => {
    const shown = wallClockTimes(
      offsets.map(([instant]) => instant * 1000),
      timeZone,
    );
    expect(shown.map((text) => text.slice(0, 19).replace(" ", "T"))).toEqual(
      offsets.map(([instant, offset]) => wall(instant + offset)),
    );
    expect(instantsOf(shown)).toEqual(offsets.map(([instant]) => instant * 1000));
  });

  test("is read back at random instants, whose times are mostly shown once", () => {
    const random = uniforms(timeZone.length);
    // From 1980 to 2024, to the millisecond.
    const instants = Array.from({ length: 200 }, () => Math.floor((315.5e6 + 1.42e9 * random()) * 1000));
    const texts = wallClockTimes(instants, timeZone).map((text) => text.slice(0, -6));
    expect(
      instantsOf(texts, { timeZone, disambiguation: "earlier" }).filter((one, i) => one === instants[i])
        .length,
    ).toBeGreaterThanOrEqual(199);
  });

  test("resolves the middle of a gap or a fold as Temporal does, or rejects it", () => {
    for (const [instant, before, after] of changes) {
      const between = wall(instant + (before + after) / 2);
      const readings = [before, after].map((offset) => Date.parse(`${between}Z`) - offset * 1000);
      const [earlier, later] = readings.sort((a, b) => a - b);
      const read = (disambiguation: Disambiguation) => instantsOf([between], { timeZone, disambiguation })[0];
      expect([read("earlier"), read("later")]).toEqual([earlier, later]);
      expect(read("compatible")).toBe(after > before ? later : earlier);
      const what = after > before ? "It does not exist in" : "It exists twice in";
      expect(() => read("reject")).toThrow(what);
      // Just outside there is nothing to resolve.
      const [low, high] = [Math.min(before, after), Math.max(before, after)];
      expect(inUtc(wall(instant + low - 1), timeZone)).toBe(wall(instant - 1 + low - before));
      expect(inUtc(wall(instant + high), timeZone)).toBe(wall(instant + high - after));
    }
  });
});

describe("a time", () => {
  test("opens New York's market an hour earlier in UTC from the second Sunday of March on", () => {
    expect(inUtc("2024-03-08 09:30", "America/New_York")).toBe("2024-03-08T14:30:00");
    expect(inUtc("2024-03-11 09:30", "America/New_York")).toBe("2024-03-11T13:30:00");
    // Between the switch days of America and of Europe, London is four hours ahead, not five.
    expect(inUtc("2024-03-11 13:30", "Europe/London")).toBe("2024-03-11T13:30:00");
    expect(inUtc("2024-04-02 14:30", "Europe/London")).toBe("2024-04-02T13:30:00");
  });

  test("may be on the half hour, in a zone whose daylight saving is half an hour, or on a day that was skipped", () => {
    expect(inUtc("2024-01-02 09:15", "Asia/Kolkata")).toBe("2024-01-02T03:45:00");
    expect(inUtc("2024-10-06 02:30", "Australia/Lord_Howe")).toBe("2024-10-05T15:30:00");
    expect(inUtc("2011-12-30 12:00", "Pacific/Apia", "compatible")).toBe("2011-12-30T22:00:00");
    expect(() => inUtc("2011-12-30 12:00", "Pacific/Apia")).toThrow("does not exist");
  });

  test("is read in every form that files have, to the microsecond", () => {
    const expected = Date.UTC(2024, 2, 8, 14, 30);
    const forms = ["2024-03-08 14:30", "2024-03-08T14:30:00", "2024-03-08 14:30:00.000", "2024-03-08T14:30Z"];
    const offsets = [
      "2024-03-08 09:30:00-05:00",
      "2024-03-08T20:00:00+0530",
      "2024-03-08T14:30:00.000000000Z",
    ];
    for (const one of instantsOf([...forms, ...offsets], { timeZone: "UTC" })) expect(one).toBe(expected);
    expect(instantsOf(["2024-03-08 00:00:00.250001Z"])[0]).toBe(Date.UTC(2024, 2, 8) + 250.001);
    expect(instantsOf([expected, expected + 0.5])).toEqual([expected, expected + 0.5]);
    expect(instantsOf(["2024-02-29"], { timeZone: "UTC" })[0]).toBe(Date.UTC(2024, 1, 29));
  });

  test("is written with the fraction of a second that it has", () => {
    const start = Date.UTC(2024, 2, 8, 14, 30);
    expect(wallClockTimes([start, start + 0.25, start + 250, start - 0.0004], "UTC")).toEqual([
      "2024-03-08 14:30:00+00:00",
      "2024-03-08 14:30:00.000250+00:00",
      "2024-03-08 14:30:00.250+00:00",
      "2024-03-08 14:30:00+00:00",
    ]);
  });

  test("of every day from 1900 to 2199 is the one that Date counts", () => {
    const days: number[] = [];
    for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2200, 0, 1); day += 86_400_000) days.push(day);
    const texts = days.map((day) => new Date(day).toISOString().slice(0, 10));
    expect(instantsOf(texts, { timeZone: "UTC" })).toEqual(days);
  });

  const bad = [
    ...["2024-13-01", "2023-02-29", "2024-00-10", "2024-01-00", "1899-12-31", "24-01-01", "2024/01/02", ""],
    ...["2024-01-02 24:00", "2024-01-02 09:60", "2024-01-02 09:30:60", "2024-01-02 9:30", "2024-01-02_09:30"],
    ...[
      "2024-01-02 09:30:00.",
      "2024-01-02 09:30 UTC",
      "2024-01-02T09:30:00+15:00",
      "2024-01-02 09:30:00.12a",
      "2024-01-02 09:30:00.1234567890",
    ],
  ];
  test.each(bad)("is not %j", (text) => {
    expect(() => instantsOf([text], { timeZone: "UTC" })).toThrow(
      "times[0] must be a time like 2024-03-08 09:30:00",
    );
  });
});

const newYork = { timeZone: "America/New_York" };
testRefusals([
  [
    "a time that does not exist",
    () => instantsOf(["2024-03-10 02:30"], newYork),
    'times[0] must be a time that the clock shows once; got the text "2024-03-10 02:30". It does not exist in ' +
      'America/New_York, where clocks are set: choose with disambiguation "earlier" (2024-03-10 01:30:00-05:00) or ' +
      '"later" (2024-03-10 03:30:00-04:00), or write times with their offsets.',
  ],
  [
    "a time that exists twice",
    () => instantsOf(["2024-11-03 01:30"], newYork),
    'times[0] must be a time that the clock shows once; got the text "2024-11-03 01:30". It exists twice in ' +
      'America/New_York, where clocks are set: choose with disambiguation "earlier" (2024-11-03 01:30:00-04:00) or ' +
      '"later" (2024-11-03 01:30:00-05:00), or write times with their offsets.',
  ],
  [
    "a wall-clock time without a zone",
    () => instantsOf(["2024-03-08 09:30"]),
    'timeZone must be the name of a time zone, such as "America/New_York": times[0], 2024-03-08 09:30, has no ' +
      "offset from UTC; got nothing.",
  ],
  [
    "an abbreviation",
    () => instantsOf(["2024-03-08 09:30"], { timeZone: "EST" }),
    'timeZone must be the name of a time zone, such as "America/New_York", "Europe/London" or "UTC"; got the text ' +
      '"EST". Abbreviations are ambiguous or leave out daylight saving: name the city.',
  ],
  [
    "a zone that is not there",
    () => wallClockTimes([0], "Mars/Phobos"),
    'timeZone must be the name of a time zone, such as "America/New_York", "Europe/London" or "UTC"; got the text ' +
      '"Mars/Phobos". This one is not in the time zone database.',
  ],
  [
    "seconds for milliseconds where they are out of range",
    () => wallClockTimes([1.7e15], "UTC"),
    "instants[0] must be milliseconds since 1970, for a time from 1900 to 2199; got 1700000000000000.",
  ],
  [
    "no times",
    () => instantsOf([], newYork),
    "times must be an array of at least one time; got an array of length 0.",
  ],
]);
