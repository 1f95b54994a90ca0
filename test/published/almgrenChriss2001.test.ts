import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  equalSchedule,
  formatNumber,
  immediateSchedule,
  optimalSchedule,
  requireOptimal,
  type Schedule,
  timeConstant,
  valueAtRiskSchedule,
} from "../../src/index";
import { definePortfolio, portfolioCost, portfolioSchedule } from "../../src/portfolio/index";
import {
  almgrenChriss2001,
  almgrenChriss2001Case,
  almgrenChriss2001Errata,
  compareFigures,
  figuresAt,
  type PublishedFigure,
} from "../../src/published/index";
import { expectRelative, reference } from "../helpers/reference";

/** What the paper chose, by its place and quantity. */
const chosen = (place: string, quantity: string): number => {
  const found = figuresAt(almgrenChriss2001, place).filter((figure) => figure.quantity.includes(quantity));
  expect(found.length, `${place}: ${quantity}`).toBe(1);
  expect(found[0]?.kind).toBe("assumption");
  return found[0]?.printed as number;
};
const days = chosen("§ 3.4", "trading days");
const price = chosen("Table 1", "initial stock price");
const X = chosen("Table 1", "initial holdings");
const T = chosen("Table 1", "liquidation time");
const N = chosen("Table 1", "number of time periods");
const spread = chosen("Table 1", "bid-ask spread");
const volume = chosen("Table 1", "daily volume");
const riskAversion = chosen("Table 1", "risk aversion");

const σ = (chosen("Table 1", "annual volatility") / Math.sqrt(days)) * price;
const α = (chosen("Table 1", "annual growth") / days) * price;
const temporaryImpact = spread / (chosen("Table 1", "costs one spread") * volume);
const permanentImpact = spread / (chosen("§ 3.4", "moves the price one spread") * volume);

/** The test case, with the paper's own rounding of σ: 0.019 · 50. */
const problem = defineProblem({
  ...{ shares: X, horizon: T, intervals: N, volatility: 0.95, temporaryImpact, permanentImpact },
  ...{ halfSpread: spread / 2, riskAversion, arrivalPrice: price, timeUnit: "day", currency: "USD" },
});
const { z } = requireOptimal(valueAtRiskSchedule(problem, { level: chosen("Table 1", "confidence p") }));
const held = problem.volatility * Math.sqrt(T) * X;
const static_ = α / (2 * riskAversion * problem.volatility ** 2);

/** The cost of trading 5% of the market's volume at once, less the spread: what the paper calls a one-time cost. */
const atFivePercent = defineProblem({
  ...{ shares: 0.05 * volume, horizon: 1, intervals: 1, volatility: 0, temporaryImpact },
});
const impact = costReport(atFivePercent, immediateSchedule(atFivePercent)).expectedCost / (0.05 * volume);

const τ = 1 / chosen("§ 4.2", "periods in a day");
/** Gain a day in the steady state: equation 28 over (1 − ρ)², see the notebook. */
const gain = (ρ: number, η: number): number =>
  (chosen("§ 4.2", "periods in a day") * (ρ * problem.volatility * τ) ** 2) / (4 * η * (1 - ρ) ** 2);
const gains = (): number[] =>
  [-0.1, -0.2, -0.5].flatMap((ρ) => [0.01, 0.02, 0.05, 0.1].map((part) => gain(ρ, spread / (part * volume))));

/** Our results, in the order in which the paper's stand in the registry. */
const ours: Readonly<Record<string, readonly number[]>> = {
  "Figure 3, caption": [z],
  "§ 3.4": [
    ...[X * price, σ / price, α / price, σ, α, problem.volatility * Math.sqrt(T), held],
    held / costReport(problem, equalSchedule(problem)).standardDeviation,
    ...[spread / 2, impact, temporaryImpact, permanentImpact],
    ...[1 / timeConstant(problem), T / timeConstant(problem), z],
  ],
  "Table 1": [σ, α, spread / 2, permanentImpact, temporaryImpact, static_, z],
  "§ 4.1": [static_, static_ / X],
  "§ 4.2": [spread / price, τ],
  "Table 2": [...[0.01, 0.02, 0.05, 0.1].map((part) => spread / (part * volume)), ...gains()],
};

describe("Almgren and Chriss 2001", () => {
  const results = almgrenChriss2001.filter(({ kind }) => kind === "result");

  test("has its results where ours are known: places and counts", () => {
    const places = new Map<string, number>();
    for (const { place } of results) places.set(place, (places.get(place) ?? 0) + 1);
    expect(Object.fromEntries(places)).toEqual(
      Object.fromEntries(Object.entries(ours).map(([place, numbers]) => [place, numbers.length])),
    );
  });

  test("prints what follows from its own assumptions, to the last digit, but for its four slips", () => {
    const rows = Object.entries(ours).flatMap(([place, numbers]) => {
      const printed = figuresAt(almgrenChriss2001, place).filter(({ kind }) => kind === "result");
      return compareFigures(printed, numbers);
    });
    const differing = rows.filter(({ verdict }) => verdict === "differs");
    expect(differing.map(({ printed, ours: mine }) => [printed, Number(mine.toPrecision(5))])).toEqual([
      ...[
        [2, 2.0412],
        [1100, 11080],
      ],
      ...[
        [0.0011, 0.01108],
        [192, 191.25],
      ],
    ]);
    for (const row of rows) expect(row.fault !== undefined, row.quantity).toBe(row.verdict === "differs");
  });

  test("has in Table 2 what dynamic programming gives a period, with many periods to go", () => {
    const { volatility } = problem;
    for (const ρ of [-0.5, -0.2, -0.1, 0.1, 0.4]) {
      const [variance, cost] = [volatility ** 2 * τ, temporaryImpact / τ];
      // With k periods to go, holding y shares in addition after a move d costs A y² − B y d − C d² − D.
      let [A, B, C, added] = [cost, 0, 0, 0];
      for (let k = 0; k < 100_000; k++) {
        added = C * (1 - ρ ** 2) * variance;
        const answer = ρ * (1 + B);
        [A, B, C] = [
          (cost * A) / (cost + A),
          (cost * answer) / (cost + A),
          answer ** 2 / (4 * (cost + A)) + C * ρ ** 2,
        ];
      }
      // A falls as 1/k, and with it what keeps the recursion from its limit.
      expectRelative(added * chosen("§ 4.2", "periods in a day"), gain(ρ, temporaryImpact), 1e-4, `ρ = ${ρ}`);
    }
  });

  test("bounds the gain from knowing a drift by exactly twice the gain, 212.33 USD", () => {
    const { drift } = reference<{
      drift: {
        x: readonly number[];
        E: number;
        U: number;
        U_of_drift_free_schedule: number;
        drift_term_gain: number;
        utility_gain: number;
      };
    }>("almgren_chriss_2001");
    const rising = defineProblem({ ...problem, drift: 0.02 });
    const [blind, aware] = [problem, rising].map(optimalSchedule);
    for (const [k, x] of drift.x.entries()) {
      expect(Math.abs((aware?.remaining[k] ?? Number.NaN) - x)).toBeLessThan(1e-12 * X);
    }
    const report = costReport(rising, aware as Schedule);
    expectRelative(report.expectedCost, drift.E, 1e-12, "E");
    expectRelative(report.objective, drift.U, 1e-12, "E + λV");
    const unaware = costReport(rising, blind as Schedule).objective;
    expectRelative(unaware, drift.U_of_drift_free_schedule, 1e-12, "E + λV without knowing");
    const earned = drift.x.reduce((sum, x, k) => sum + 0.02 * (x - (blind?.remaining[k] ?? 0)), 0);
    expectRelative(earned, drift.drift_term_gain, 1e-10, "bound");
    expectRelative(2 * (unaware - report.objective), earned, 1e-9, "twice the gain");
    expect((unaware - report.objective).toFixed(2)).toBe("212.33");
  });

  test("would agree in fewer cells of Table 2 with the positive ρ of its text, or with equation 28 alone", () => {
    const cells = figuresAt(almgrenChriss2001, "Table 2").slice(-12);
    const agreeing = (ours: readonly number[]): number =>
      compareFigures(cells, ours).filter(({ verdict }) => verdict === "agrees").length;
    expect(agreeing(gains())).toBe(11);
    const ρs = [0.1, 0.2, 0.5].flatMap((ρ) => [ρ, ρ, ρ, ρ]);
    expect(agreeing(gains().map((one, i) => one * ((1 + ρs[i]) / (1 - ρs[i])) ** 2))).toBe(0);
    expect(agreeing(gains().map((one, i) => one * (1 + ρs[i]) ** 2))).toBe(0);
  });

  test("has its test case among its assumptions", () => {
    const at = (place: string, quantity: string): number => chosen(place, quantity);
    expect(almgrenChriss2001Case).toEqual({
      ...{ price, shares: X, horizon: T, intervals: N, spread, dailyVolume: volume, riskAversion },
      ...{
        annualVolatility: at("Table 1", "annual volatility"),
        annualGrowth: at("Table 1", "annual growth"),
      },
      ...{ tradingDays: days, confidence: at("Table 1", "confidence p") },
      costsOneSpread: at("Table 1", "costs one spread"),
      movesOneSpread: at("§ 3.4", "moves the price one spread"),
    });
    expect(Object.isFrozen(almgrenChriss2001Case)).toBe(true);
  });

  test("names each figure once", () => {
    const names = almgrenChriss2001.map(({ place, quantity }) => `${place}: ${quantity}`);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(almgrenChriss2001.map(({ source }) => source))).toEqual(
      new Set(["Almgren and Chriss 2001"]),
    );
    expect(Object.isFrozen(almgrenChriss2001) && almgrenChriss2001.every(Object.isFrozen)).toBe(true);
  });

  test("has one printed number for what it prints twice", () => {
    const number = (place: string, quantity: string): readonly number[] =>
      figuresAt(almgrenChriss2001, place)
        .filter((figure: PublishedFigure) => figure.quantity.startsWith(quantity))
        .map(({ printed }) => printed);
    for (const letter of [
      "volatility σ",
      "drift α",
      "half-spread",
      "temporary impact η",
      "permanent",
      "risk",
    ]) {
      expect(number("§ 3.4", letter), letter).toEqual(number("Table 1", letter));
    }
    expect(number("§ 4.1", "static holdings x̄ (")).not.toEqual(number("Table 1", "static holdings x̄ ("));
  });
});

describe("its errata", () => {
  const place = (name: string): string =>
    almgrenChriss2001Errata
      .filter((erratum) => erratum.place === name)
      .map(({ correct, reason }) => `${correct}; ${reason}`)
      .join();

  test("have the numbers that the library finds", () => {
    expect(place("§ 4.1")).toContain(`${Math.round(static_).toLocaleString("en-US")} shares`);
    expect(place("§ 4.1")).toContain(`${((100 * static_) / X).toFixed(1)}%`);
    const { standardDeviation } = costReport(problem, equalSchedule(problem));
    expect(place("§ 3.4")).toContain((held / standardDeviation).toFixed(4));
    expect(held / standardDeviation).toBeCloseTo(Math.sqrt((6 * N * N) / ((N - 1) * (2 * N - 1))), 12);
    expect(place("Table 2")).toContain(gain(-0.1, 0.25e-6).toFixed(2));
  });

  test("have the objectives of Figures 5 and 6 with their spread paid", () => {
    const paying = definePortfolio({
      ...{ positions: [X, X], horizon: 5, intervals: 5, riskAversion: 1e-6, halfSpreads: 0.0625 },
      covariance: [
        [0.9, 0.2],
        [0.2, 0.9],
      ],
      ...{ temporaryImpact: [2.5e-6, 6.25e-7], permanentImpact: [2.5e-7, 6.25e-8] },
    });
    const drawn = portfolioSchedule({ ...paying, halfSpreads: [0, 0] });
    for (const schedule of [drawn, portfolioSchedule(paying)]) {
      const { objective } = portfolioCost(paying, schedule);
      expect(place("Figures 5 and 6")).toContain(formatNumber(objective, 2));
    }
  });

  test("are frozen, and each says all", () => {
    expect(almgrenChriss2001Errata.length).toBe(12);
    for (const erratum of almgrenChriss2001Errata) {
      expect(Object.isFrozen(erratum)).toBe(true);
      for (const text of Object.values(erratum)) expect(text.length).toBeGreaterThan(2);
    }
  });
});
