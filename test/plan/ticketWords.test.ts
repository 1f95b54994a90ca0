import { describe, expect, test } from "vitest";
import { problemFromTicket, type Ticket, ticketTable } from "../../src/index";
import { testRefusals } from "../helpers/refusals";
import { stock } from "./tickets";

const read = (change: object) => problemFromTicket({ ...stock, ...change } as Ticket);
const newYork = { timeZone: "America/New_York" };
const around = { session: "around the clock" };
const tokyo = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] };
const hours =
  'Give session the hours of the market, { open: "18:00", close: "17:00" } for one over midnight, or "around the clock".';
const rebate =
  "In the model, a trade that earns would be repeated back and forth without end. Lower the rebate or the fraction that makes " +
  "liquidity, or leave the rebate out and subtract it from the cost afterward.";

test("the passport says in a trader's words what became of each field, with both readings of the impact rule", () => {
  const { caption, columns, rows } = ticketTable(
    read({
      ...{ volumeCurve: "u-shape", participationCap: 0.15, fees: 0.003, tick: 0.01, lot: 100, end: "15:30" },
      ...{ permanentImpactRule: "spread", sliceLength: "5 min" },
    }),
  );
  expect({ caption, columns }).toEqual({
    caption: "The ticket, as it was read",
    columns: ["What", "How much", "From"],
  });
  expect(rows).toEqual([
    ["Order", "sell 200,000 shares of ACME at 50 USD, worth 10,000,000 USD", "shares, price: X, S₀"],
    ["Time", "10:00 to 15:30: 330 minutes in 66 slices of 5 minutes", "start, end, sliceLength: T, N"],
    ["A day", "09:30 to 16:00, 390 minutes of trading", "session"],
    [
      "Size",
      "5.13% of what the market trades in a day, 7.06% of what it is expected to trade in that time",
      "averageDailyVolume",
    ],
    [
      "Volatility",
      "2% of the price in a day of 390 minutes: 0.0506 USD per share in a minute",
      "dailyVolatility: σ",
    ],
    [
      "Cost of speed",
      "15 bp for 10% of a day's volume, spread evenly over a day; this order evenly: 9.09 bp " +
        '(read with over: "order": 7.69 bp); η is 7.5e-5 USD·minute/share²',
      "impactRule: η",
    ],
    [
      "Lasting price move",
      "the spread for 10% of a day's volume; this order: 0.00513 USD per share, 1.03 bp",
      "permanentImpactRule: γ",
    ],
    [
      "Spread and fees",
      "0.008 USD per share, 1.6 bp: half the spread 0.005, fees 0.003 (one fee for all)",
      "spread, fees: ε",
    ],
    ["Risk aversion", "1e-6 per USD", "riskAversion: λ"],
    [
      "Market volume",
      "U-shaped over the day: 25,016 to 77,087 shares a slice, 2,831,361 in total",
      "volumeCurve",
    ],
    ["Cap", "15% of what others trade: 424,704 shares in total", "participationCap"],
    ["Tick", "0.01, 0.01 USD per share", "tick, multiplier"],
    ["Lot", "100 shares", "lot"],
  ]);
});

test("the passport of a ticket without fees says so, and rounds what it was not given", () => {
  const { passport } = read({ fees: undefined, dailyVolatility: 0.0163592 });
  const rows = Object.fromEntries(passport.map(({ what, howMuch }) => [what, howMuch]));
  expect(rows["Spread and fees"]).toMatch(/: half the spread [\d.]+, no fees$/);
  expect(rows.Volatility).toMatch(/^1\.636% of the price in a day/);
});

test("the passport names unit, venues, dates, unequal slices and whose volume the cap counts", () => {
  const { passport } = read({
    ...{ ...newYork, ...around, unit: "coins", symbol: undefined, shares: 1, riskAversion: undefined },
    ...{ start: "2024-03-09 23:00", end: "03:40", sliceLength: "1 hour", currency: "EUR", lot: 1 },
    fees: [
      { name: "A", fraction: 0.75, fee: { basisPoints: 4 } },
      { name: "B", fraction: 0.25, fee: -0.001, liquidity: "makes" },
    ],
    participationCap: { fraction: 0.1, of: "total" },
  });
  const rows = Object.fromEntries(passport.map(({ what, howMuch }) => [what, howMuch]));
  expect(rows).toMatchObject({
    Order: "sell 1 coin at 50 EUR, worth 50 EUR",
    Time:
      "2024-03-09 23:00:00-05:00 to 2024-03-10 03:40:00-04:00 (America/New_York): 220 minutes in 4 slices of 60 minutes, " +
      "the shortest of 40 minutes",
    "A day": "24 hours, around the clock",
    "Lasting price move": "none",
    "Spread and fees":
      "0.0185 EUR per coin, 3.7 bp: half the spread 0.00375, fees 0.0147 (75% takes at A, 25% makes at B)",
    "Risk aversion": "0: expected cost alone counts",
    Cap: "10% of total volume, ours included: 66,204 coins in total",
    Lot: "1 coin",
  });
});

describe("a likely slip is warned of, with what was probably meant:", () => {
  const first = (change: object): string | undefined => read(change).warnings[0];

  test.each([
    ["nothing", {}, undefined],
    [
      "a volatility in percent",
      { dailyVolatility: 2 },
      "dailyVolatility: 200% a day. Is it in percent? It must be a fraction of the price: if 2% was meant, write 0.02.",
    ],
    [
      "one of a year",
      { dailyVolatility: 0.3 },
      "dailyVolatility: 30% a day (more than 15%). Is it the volatility of a year? Then write 0.0189 (30%/√252).",
    ],
    [
      "one of a minute",
      { dailyVolatility: 5e-5 },
      "dailyVolatility: 0.005% a day (less than 0.01%). Is it the volatility of a minute, or a variance?",
    ],
    [
      "a part of the volume in percent",
      { impactRule: { fractionOfDailyVolume: 10, basisPoints: 15 } },
      "impactRule.fractionOfDailyVolume: 1,000% of a day's volume. For 10%, write 0.1.",
    ],
    [
      "an impact as a fraction",
      { impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 0.0015 } },
      "impactRule.basisPoints: 0.0015 bp (less than 0.1 bp). If it is a fraction of the price, it is 15 bp.",
    ],
    [
      "a digit too many",
      { shares: 2_000_000 },
      "shares: the order of 2,000,000 is more than the 1,200,000 shares that the market is expected to trade in that time. " +
        "Is there a digit too many, or is averageDailyVolume in lots?",
    ],
    [
      "volumes of another unit",
      { volumeCurve: new Array(12).fill(1e7) },
      "volumeCurve: its volumes sum to 120,000,000 shares, more than twice a day's 3,900,000. Are they in another unit?",
    ],
    [
      "a cap that no schedule keeps to",
      { participationCap: 0.1 },
      "participationCap: at most 120,000 of 200,000 shares can trade within it, so no schedule can stay within it. It would take " +
        "16.67%, or more time.",
    ],
    [
      "such a cap on top of others' volume",
      { participationCap: { fraction: 0.1, of: "total" } },
      "participationCap: at most 133,333 of 200,000 shares can trade within it, so no schedule can stay within it. It would take " +
        "14.29%, or more time.",
    ],
    [
      "half a spread",
      { tick: 0.02 },
      "spread: 0.01 is less than the tick of 0.02. Is it half of it, or in another unit?",
    ],
    [
      "a price off its ticks",
      { price: 50.005, tick: 0.01 },
      "price: 50.005 is not a whole number of ticks of 0.01. Is the tick right?",
    ],
    [
      "an odd lot",
      { lot: 300 },
      "lot: 200,000 shares is not a whole number of lots of 300: 200 shares are left over. Trade them separately.",
    ],
  ])("%s", (_, change, warning) => {
    expect(first(change)).toBe(warning);
  });

  test("the cap that it names is enough, and a little less is not", () => {
    const capped = (fraction: number, of: string) => read({ participationCap: { fraction, of } }).warnings;
    expect(capped(0.1667, "others")).toEqual([]);
    expect(capped(0.1666, "others")).toHaveLength(1);
    expect(capped(0.1429, "total")).toEqual([]);
    expect(capped(0.1428, "total")).toHaveLength(1);
  });

  test("an order larger than all volume can only get more time", () => {
    expect(read({ participationCap: 1, shares: 2_000_000 }).warnings[1]).toBe(
      "participationCap: at most 1,200,000 of 2,000,000 shares can trade within it, so no schedule can stay within it. " +
        "The volume itself is too small.",
    );
  });

  test("and stands at the end of the passport's table, those of the problem too", () => {
    const slip = read({ dailyVolatility: 2 });
    expect(slip.warnings).toEqual([expect.stringMatching(/^dailyVolatility: /), ...slip.problem.warnings]);
    expect(slip.problem.warnings).toHaveLength(1);
    expect(ticketTable(slip).rows.slice(-2)).toEqual(
      slip.warnings.map((warning) => ["Warning", warning, ""]),
    );
  });
});

const timeWords = 'a time of day such as "09:30", or with its date, "2024-11-29 09:30"';
const zoneWords = 'timeZone must be the name of a time zone, such as "America/New_York"';
const lengthWords = 'sliceLength must be a length of time such as "5 min", "30 s" or "1 hour"';

describe("problemFromTicket", () => {
  testRefusals(
    (
      [
        ["a time with a point", { start: "9.30" }, `start must be ${timeWords}; got the text "9.30".`],
        ["an hour that no day has", { start: "25:00" }, `start must be ${timeWords}; got the text "25:00".`],
        [
          "a start before the open",
          { start: "08:00" },
          `start must be within the session, 09:30 to 16:00; got the text "08:00". ${hours}`,
        ],
        [
          "an end after the close",
          { end: "17:00" },
          `end must be within the session, 09:30 to 16:00; got the text "17:00". ${hours}`,
        ],
        [
          "an end before the open",
          { end: "09:00" },
          `end must be within the session, 09:30 to 16:00; got the text "09:00". ${hours}`,
        ],
        [
          "an end before the start",
          { end: "09:45" },
          'end must be a time after start, 10:00; got the text "09:45".',
        ],
        [
          "one time for both around the clock",
          { ...around, end: "10:00" },
          'end must be a time after start, 10:00; got the text "10:00". For a whole day, write both with their dates.',
        ],
        [
          "a date without a time",
          { ...newYork, start: "2024-11-29" },
          `start must be ${timeWords}; got the text "2024-11-29". It gives a day but no time.`,
        ],
        [
          "a date without a zone",
          { start: "2024-11-29 10:00" },
          `${zoneWords}: start, 2024-11-29 10:00, has a date and no offset from UTC; got nothing.`,
        ],
        [
          "an offset where hours are by a clock",
          { start: "2024-11-29T10:00Z" },
          `${zoneWords}: the session's hours are by its clock; got nothing.`,
        ],
        [
          "a date at the end alone",
          { end: "2024-11-29 10:00" },
          'start must be a time with a date, as end has one; got the text "10:00".',
        ],
        [
          "a time that does not exist",
          { ...newYork, ...around, start: "2024-03-10 02:30" },
          'start must be a time that the clock shows once; got the text "2024-03-10 02:30". It does not exist in ' +
            "America/New_York, where clocks are set: write 2024-03-10 01:30:00-05:00 or 2024-03-10 03:30:00-04:00.",
        ],
        [
          "a time that exists twice",
          { ...newYork, ...around, start: "2024-11-03 00:00", end: "01:30" },
          'end must be a time that the clock shows once; got the text "01:30". It exists twice in America/New_York, ' +
            "where clocks are set: write 2024-11-03 01:30:00-04:00 or 2024-11-03 01:30:00-05:00.",
        ],
        [
          "a holiday",
          { ...newYork, start: "2024-12-25 10:00", session: { ...stock.session, holidays: ["2024-12-25"] } },
          'start must be on a day with a session; got the text "2024-12-25 10:00". Check holidays and weekdays in session.',
        ],
        [
          "an order within a break",
          { session: tokyo, start: "11:40", end: "12:10" },
          'end must be after the session break that contains start; got the text "12:10".',
        ],
        [
          "another place without its hours",
          { timeZone: "Europe/London", session: undefined },
          'session must be the hours of the market, such as { open: "09:00", close: "17:30" }, or "around the clock"; ' +
            "got nothing. Without it, the hours of New York are assumed.",
        ],
        [
          "hours in another word",
          { session: "always" },
          'session must be the hours of the market, such as { open: "09:30", close: "16:00" }, or "around the clock"; ' +
            'got the text "always".',
        ],
        [
          "hours without a close",
          { session: { open: "09:30" } },
          'session.close must be a time of day from "00:00" to "24:00"; got nothing.',
        ],
        [
          "two zones",
          { session: { ...stock.session, timeZone: "UTC" } },
          'session.timeZone must be left out: the ticket has timeZone; got the text "UTC".',
        ],
        [
          "a length without a unit",
          { sliceLength: 5 },
          `${lengthWords}; got 5. Write the unit too: "5 min", "5 s".`,
        ],
        ["a length in days", { sliceLength: "5 days" }, `${lengthWords}; got the text "5 days".`],
        [
          "millions of slices",
          { sliceLength: "0.001 s" },
          'sliceLength must be so long that there are at most 100,000 slices; got the text "0.001 s". This length makes 7,200,000.',
        ],
        [
          "a spread in ticks without a tick",
          { spread: { ticks: 1 } },
          "tick must be the step of the price, as the spread is in ticks; got nothing.",
        ],
        [
          "two spreads",
          { spread: { ticks: 1, basisPoints: 2 } },
          "spread.ticks must be left out where basisPoints is given: both say the same thing; got 1.",
        ],
        [
          "a rebate beyond half the spread",
          { spread: 0, fees: -0.25 },
          `half the spread and fees together must be 0 or above (USD per unit); got -0.25. ${rebate}`,
        ],
        [
          "a part of the order that trades nowhere",
          { fees: [{ name: "A", fraction: 0.5, fee: 0 }] },
          "the sum of the fractions of fees must be 1; got 0.5. The whole order must be assigned to venues.",
        ],
        [
          "a cap in percent",
          { participationCap: 10 },
          "participationCap must be a number above 0 and at most 1 (fraction of volume); got 10. For 10%, write 0.1.",
        ],
        [
          "all of what others trade and we",
          { participationCap: { fraction: 1, of: "total" } },
          "participationCap.fraction must be a number above 0 and below 1 (fraction of volume); got 1.",
        ],
        [
          "a cap of something else",
          { participationCap: { fraction: 0.1, of: "tape" } },
          'participationCap.of must be "others" or "total"; got the text "tape".',
        ],
        [
          "volumes of other slices",
          { volumeCurve: [1, 2] },
          "volumeCurve must be an array of 12 numbers (shares); got an array of length 2.",
        ],
        [
          "a shape that there is not",
          { volumeCurve: "V" },
          'volumeCurve must be "flat", "u-shape", what volumeProfile gives, or the market\'s volume of each slice (shares); ' +
            'got the text "V".',
        ],
        [
          "a U around the clock",
          { ...around, volumeCurve: "u-shape" },
          "volumeCurve must be a curve with a session: around the clock there is no open and no close; got the text " +
            '"u-shape".',
        ],
        [
          "a curve that begins later",
          { volumeCurve: { starts: ["10:00"], fractions: [1] } },
          'volumeCurve.starts[0] must be the session\'s open, since fractions are of a whole day; got the text "10:00".',
        ],
        [
          "a curve out of order",
          { volumeCurve: { starts: ["09:30", "09:00"], fractions: [0.5, 0.5] } },
          'volumeCurve.starts[1] must be a time of day after 09:30, and before the session\'s end; got the text "09:00".',
        ],
        [
          "a curve in percent",
          { volumeCurve: { starts: ["09:30", "12:00"], fractions: [50, 50] } },
          "the sum of volumeCurve.fractions must be above 0 and at most 1; got 100. They are fractions of a day.",
        ],
        [
          "half a rule",
          { impactRule: { fractionOfDailyVolume: 0.1 } },
          "impactRule.basisPoints must be a finite number above 0 (basis points); got nothing.",
        ],
        [
          "a number for a rule",
          { permanentImpactRule: 3 },
          'permanentImpactRule must be "none", "spread" or a rule such as { fractionOfDailyVolume: 0.1, basisPoints: 10 }; ' +
            "got 3.",
        ],
      ] as const
    ).map(([what, change, message]) => [what, () => read(change), message] as const),
  );
});
