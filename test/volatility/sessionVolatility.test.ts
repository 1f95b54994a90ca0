import { describe, expect, test } from "vitest";
import { instantsOf, resample, type SessionCalendar, splitSessions } from "../../src/data/index";
import { estimatePriceVolatility } from "../../src/estimate/index";
import { defineProblem, volatilityBand } from "../../src/index";
import { normalQuantile } from "../../src/support/normalDistribution";
import { priceVolatility, sessionVolatility } from "../../src/volatility/index";
import { uniforms } from "../helpers/random";
import { testRefusals } from "../helpers/refusals";

const newYork: SessionCalendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };

/** Minute bars of some sessions, with normal moves per √minute, nights, and a fraction of minutes missing. */
function minuteBars(options: {
  readonly sessions: number;
  readonly seed: number;
  readonly σ: (minute: number, session: number) => number;
  readonly night?: number;
  readonly missing?: number;
}) {
  const { sessions, seed, σ, night = 0, missing = 0 } = options;
  const random = uniforms(seed);
  const normal = (): number => normalQuantile(random() || 0.5);
  const bars = {
    times: [] as number[],
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
  };
  let price = 100;
  for (let s = 0, day = Date.UTC(2024, 0, 2); s < sessions; day += 86_400_000) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const [open] = instantsOf([`${new Date(day).toISOString().slice(0, 10)} 09:30`], {
      timeZone: "America/New_York",
    });
    for (let minute = 0; minute < 390; minute++) {
      const before = price;
      price += σ(minute, s) * normal();
      if (random() < missing) continue;
      bars.times.push(open + 60_000 * minute);
      bars.open.push(before);
      bars.close.push(price);
      bars.high.push(Math.max(before, price));
      bars.low.push(Math.min(before, price));
    }
    price += night * normal();
    s += 1;
  }
  return bars;
}

describe("σ within sessions", () => {
  const truth = 0.0631;
  const bars = minuteBars({ sessions: 60, seed: 4, σ: () => truth, night: 0.84, missing: 0.03 });
  const split = splitSessions(bars, newYork);

  test("is right where minute bars with nights and missing minutes, taken as evenly spaced, are a fifth too wild", () => {
    const naive = estimatePriceVolatility(bars.close, 1);
    expect(naive.value / truth).toBeGreaterThan(1.15);
    const estimate = sessionVolatility(split);
    expect(Math.abs(estimate.value - truth)).toBeLessThan(3 * estimate.standardError);
    expect(estimate.standardError / truth).toBeLessThan(0.006);
    expect(estimate).toMatchObject({ timeUnit: "minute", sessions: 60, observations: bars.close.length });
    // A minute missing at an end of a day is missing; one within is in the change across it.
    expect(estimate.time).toBeGreaterThan(60 * 389);
    expect(estimate.time).toBeLessThanOrEqual(60 * 390);
    const { overnight } = estimate;
    expect(overnight?.nights).toBe(59);
    expect(Math.abs((overnight?.value ?? 0) - 0.84)).toBeLessThan(3 * (overnight?.standardError ?? 0));
  });

  test("is the same at the τ of a schedule and in every unit of time, up to chance", () => {
    for (const sampling of [5, 30]) {
      const coarse = sessionVolatility(split, { sampling });
      expect(coarse.observations).toBeLessThanOrEqual((60 * 390) / sampling);
      expect(Math.abs(coarse.value - truth)).toBeLessThan(3 * coarse.standardError);
    }
    const perMinute = sessionVolatility(split);
    const perDay = sessionVolatility(splitSessions(bars, newYork, { timeUnit: "day" }));
    expect(perDay.value / perMinute.value).toBeCloseTo(Math.sqrt(390), 9);
    const five = resample(bars, newYork, { length: 5 });
    const ofFive = sessionVolatility(splitSessions(five, newYork));
    expect(Math.abs(ofFive.value - truth)).toBeLessThan(3 * ofFive.standardError);
  });

  test("covers the truth in about 95 of 100 samples", () => {
    let covered = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const sample = minuteBars({ sessions: 2, seed, σ: () => 1, missing: 0.2 });
      const { interval } = sessionVolatility(splitSessions(sample, newYork));
      if (interval[0] <= 1 && interval[1] >= 1) covered += 1;
    }
    // 95 ± 2.2 by chance.
    expect(covered).toBeGreaterThanOrEqual(88);
  });

  test("is that of the whole day where mornings are wild and rows are missing in them", () => {
    const wild = (minute: number): number => (minute < 60 ? 3 : 1);
    const lively = minuteBars({ sessions: 40, seed: 9, σ: wild, missing: 0.2 });
    const estimate = sessionVolatility(splitSessions(lively, newYork));
    const mean = Math.sqrt((60 * 9 + 330) / 390);
    expect(Math.abs(estimate.value - mean)).toBeLessThan(3 * estimate.standardError);
  });

  test("has an error between sessions that sees that they differ", () => {
    const varying = minuteBars({ sessions: 60, seed: 2, σ: (_, s) => (s % 2 === 0 ? 1 : 2) });
    const split = splitSessions(varying, newYork);
    const [within, between] = (["returns", "sessions"] as const).map((errors) =>
      sessionVolatility(split, { errors }),
    );
    expect(within.value).toBe(between.value);
    // Variances of 1 and 4 a minute: their mean has the deviation 1.5/√59, σ = √2.5 that over 2σ.
    expect(between.standardError).toBeCloseTo(1.5 / Math.sqrt(59) / 2 / Math.sqrt(2.5), 2);
    expect(between.standardError).toBeGreaterThan(4 * within.standardError);
  });

  test("is computed by hand for four changes", () => {
    // Changes 1 over 1, −2 over 2, 0 over 0 and 1 over 1 minutes: α = 0, T = 4, Σd² = 6, ΣΔ² = 6.
    const path = { times: [0, 1, 3, 3, 4], prices: [10, 11, 9, 9, 10] };
    const sessions = [{ date: "2024-03-08", stretches: [path] }];
    const { value, standardError, overnight } = sessionVolatility({ timeUnit: "minute", sessions });
    const variance = 6 / (4 - 6 / 4);
    expect(value).toBeCloseTo(Math.sqrt(variance), 14);
    // Σd⁴ = 1 + 16 + 1.
    expect(standardError).toBeCloseTo(Math.sqrt((2 / 3) * 18) / 4 / (2 * Math.sqrt(variance)), 14);
    expect(overnight).toBeUndefined();
  });

  test("leaves a trend out, and has an error between sessions that is computed by hand for five", () => {
    // Changes 1 over 1 and 4 over 2 minutes: α = 5/3, Σ(d − αΔ)² = 8/9, T − ΣΔ²/T = 4/3.
    const rising = [{ date: "2024-03-08", stretches: [{ times: [0, 1, 3], prices: [0, 1, 5] }] }];
    expect(sessionVolatility({ timeUnit: "minute", sessions: rising }).value).toBeCloseTo(
      Math.sqrt(2 / 3),
      14,
    );
    // Changes ±a over a minute each: α = 0, T = 10, σ² = Σ2a²/9.
    const steps = [1, 1, 1, 2, 2];
    const sessions = steps.map((a, s) => ({
      date: `2024-03-0${s + 4}`,
      stretches: [{ times: [0, 1, 2], prices: [0, a, 0] }],
    }));
    const variance = 22 / 9;
    const excesses = steps.map((a) => 2 * a * a - 2 * variance);
    const spread = (5 / 4) * excesses.reduce((sum, excess) => sum + excess ** 2, 0);
    const estimate = sessionVolatility({ timeUnit: "minute", sessions }, { errors: "sessions" });
    expect(estimate.value).toBeCloseTo(Math.sqrt(variance), 14);
    expect(estimate.standardError).toBeCloseTo(Math.sqrt(spread) / 10 / (2 * Math.sqrt(variance)), 14);
  });

  test("loses no point of a grid to rounding", () => {
    const times = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const sessions = [{ date: "2024-03-08", stretches: [{ times, prices: [1, 2, 1, 2, 1, 2, 1] }] }];
    expect(sessionVolatility({ timeUnit: "hour", sessions }, { sampling: 0.1 }).observations).toBe(6);
  });

  test("leaves breaks out, and nights across a hole in the series", () => {
    const path = (prices: readonly number[]) => ({ times: [0, 1, 2], prices });
    const sessions = [
      { date: "2024-03-07", stretches: [path([1, 2, 1]), path([50, 51, 50])] },
      { date: "2024-03-08", stretches: [path([53, 55, 53])] },
      { date: "2024-03-11", stretches: [path([52, 53, 52])] },
      { date: "2024-04-11", stretches: [path([90, 91, 90])] },
    ];
    const { value, overnight, observations } = sessionVolatility({ timeUnit: "minute", sessions });
    expect(observations).toBe(10);
    expect(value).toBeCloseTo(Math.sqrt(16 / 9), 14);
    // Nights of +3 and −1.
    expect([overnight?.nights, overnight?.value]).toEqual([2, Math.sqrt(8)]);
  });

  test("goes straight into a problem, its band, and another unit of time", () => {
    const estimate = sessionVolatility(split);
    const problem = defineProblem({
      ...{ shares: 1e5, horizon: 390, intervals: 13, volatility: estimate.value, temporaryImpact: 1e-5 },
      ...{ timeUnit: "minute", riskAversion: 1e-6 },
    });
    const band = volatilityBand(problem, estimate);
    expect([band.low.volatility, band.high.volatility]).toEqual(estimate.interval);
    expect(priceVolatility(estimate, { periodLength: 1 / 390 }).value).toBeCloseTo(
      estimate.value * Math.sqrt(390),
      12,
    );
  });
});

const path = { times: [0, 1], prices: [1, 2] };
const sessions = [{ date: "2024-03-08", stretches: [path] }];
testRefusals([
  [
    "a single change",
    () => sessionVolatility({ timeUnit: "minute", sessions }),
    "the number of price changes within sessions must be at least 2; got 1.",
  ],
  [
    "a sampling longer than the sessions",
    () => sessionVolatility({ timeUnit: "minute", sessions }, { sampling: 500 }),
    "the number of price changes within sessions must be at least 2; got 0. Take a shorter sampling.",
  ],
  [
    "what is no split",
    () => sessionVolatility({} as never),
    "split must be a result of splitSessions; got an object.",
  ],
  [
    "a session without prices",
    () =>
      sessionVolatility({
        timeUnit: "minute",
        sessions: [{ date: "2024-03-08", stretches: [null as never] }],
      }),
    "split.sessions[0].stretches[0] must be a stretch with times and prices; got null.",
  ],
  [
    "times that run backwards",
    () =>
      sessionVolatility({
        timeUnit: "minute",
        sessions: [{ date: "2024-03-08", stretches: [{ times: [1, 0], prices: [1, 2] }] }],
      }),
    "split.sessions[0].stretches[0].times[1] must be at least the time before it, 1; got 0.",
  ],
  [
    "errors between too few sessions",
    () =>
      sessionVolatility({ timeUnit: "minute", sessions: [...sessions, ...sessions] }, { errors: "sessions" }),
    'errors must be "returns" for fewer than 5 sessions; there are 2; got the text "sessions". Take errors "returns": so few ' +
      "say nothing of how sessions differ.",
  ],
]);
