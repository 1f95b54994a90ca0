import { describe, expect, test } from "vitest";
import {
  instantsOf,
  parseBars,
  parsePrices,
  profileVolumes,
  queryBars,
  queryPrices,
  resample,
  splitSessions,
  volumeProfile,
  wallClockTimes,
} from "../src/data/index";
import {
  estimatePermanentImpact,
  estimatePriceVolatility,
  estimateTemporaryImpact,
} from "../src/estimate/index";
import {
  boundedSchedule,
  boundedScheduleByHighs,
  certify,
  costDistribution,
  costHistogram,
  costReport,
  defineProblem,
  describeProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  optimalSchedule,
  parameterSensitivity,
  parameterShiftSchedule,
  participationSchedule,
  piecewiseLinearSchedule,
  remainingChart,
  scheduleFromTrades,
  scheduleSlider,
  sensitivityChart,
  simulateCosts,
  simulateFills,
  simulatePath,
  slippageChart,
  tradesChart,
  volatilityBand,
  volatilityBandChart,
} from "../src/index";
import {
  certifyLinear,
  type LinearProgram,
  matrixForm,
  originalSolution,
  solveLinearProgram,
  standardForm,
} from "../src/linear/index";
import { almgrenChriss2001, compareFigures, figuresAt } from "../src/published/index";
import {
  benchmarkDistribution,
  benchmarkSlippage,
  implementationShortfall,
  simulateBenchmarks,
} from "../src/tca/index";
import {
  closeToCloseVolatility,
  compareForecasts,
  estimatorStudy,
  fitGarch,
  garchForecast,
  logReturns,
  priceVolatility,
  rangeVolatilities,
  sessionVolatility,
  simulateBars,
  simulateIntraday,
  twoScaleVariance,
  varianceSignature,
  walkForward,
} from "../src/volatility/index";

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const problem = defineProblem({
  ...{ side: "buy", shares: 1e6, horizon: 5, intervals: 6, volatility: 0.95, temporaryImpact: 2.5e-6 },
  ...{ permanentImpact: 2.5e-7, halfSpread: 0.0625, drift: 0.02, riskAversion: 1e-6, timing: "mid" },
  ...{ arrivalPrice: 50, timeUnit: "day", currency: "USD" },
  profile: { volumes: [4e6, 2e6, 1e6, 1e6, 2e6, 4e6], open: [true, true, false, true, true, true] },
});
const plain = defineProblem({ ...problem, profile: undefined, drift: 0 });
const schedule = optimalSchedule(plain);
const upper = [5e5, 4e5, 0, 3e5, 3e5, 3e5];
const bars = simulateBars({ bars: 130, volatility: 0.02, seed: 1 });
const fills = [{ price: 50.1, shares: 100, time: "10:00" }];
const market = { prices: [50, 50.2, 50.1], volumes: [100, 200] };
const sample = { paths: 40, seed: 1 };
const program: LinearProgram = {
  sense: "maximize",
  objective: [1, 1],
  rows: [
    { coefficients: [1, 2], lower: Number.NEGATIVE_INFINITY, upper: 8 },
    { coefficients: { columns: [0], values: [3] }, lower: -12, upper: Number.POSITIVE_INFINITY },
  ],
  lower: [Number.NEGATIVE_INFINITY, -5],
  upper: [3, Number.POSITIVE_INFINITY],
};

const newYork = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
const trades = {
  times: ["2024-03-07 10:00", "2024-03-07 15:00", "2024-03-08 10:00", "2024-03-08 15:00", "2024-03-11 10:00"],
  ...{ prices: [50, 51, 50, 52, 50], volume: [1, 2, 3, 4, 5] },
};
const values =
  "(VALUES (TIMESTAMP '2024-03-08 09:30:00', 50, 51, 49, 50)) AS t(time, open, high, low, close)";

/** A result of every kind that the library gives, by the call that gives it. */
const results: Readonly<Record<string, () => unknown>> = {
  defineProblem: () => problem,
  optimalSchedule: () => schedule,
  boundedSchedule: () => boundedSchedule(problem, { upper }),
  "boundedSchedule, infeasible": () => boundedSchedule(problem, { upper: 1 }),
  boundedScheduleByHighs: () => boundedScheduleByHighs(problem, { upper }),
  participationSchedule: () => participationSchedule(problem, { participation: 0.1 }),
  "participationSchedule, unfinished": () => participationSchedule(problem, { participation: 0.01 }),
  piecewiseLinearSchedule: () => piecewiseLinearSchedule(plain, { pieces: 3 }),
  costReport: () => costReport(plain, schedule),
  costDistribution: () => costDistribution(plain, schedule),
  certify: () => certify(plain, schedule),
  simulateCosts: () => simulateCosts(plain, schedule, sample),
  simulatePath: () => simulatePath(plain, schedule, { seed: 1 }),
  simulateFills: () => simulateFills(plain, [schedule], { orders: 5, seed: 1 }),
  efficientFrontier: () => efficientFrontier(plain, [0, 1e-6]),
  "efficientFrontier within bounds": () => efficientFrontier(problem, [0, 1e-6], { upper }),
  parameterSensitivity: () => parameterSensitivity(plain, [0.5, 2]),
  volatilityBand: () => volatilityBand(plain, { value: 0.95, standardError: 0.1, interval: [0.8, 1.1] }),
  parameterShiftSchedule: () =>
    parameterShiftSchedule(plain, { after: 2, regimes: [{ probability: 1, volatility: 2, jump: 1 }] }),
  compareFigures: () => compareFigures(figuresAt(almgrenChriss2001, "§ 4.1"), [11_080, 0.0111]),
  benchmarkDistribution: () => benchmarkDistribution(plain, schedule),
  simulateBenchmarks: () => simulateBenchmarks(plain, schedule, sample),
  benchmarkSlippage: () => benchmarkSlippage({ side: "sell", fills }, "VWAP", market),
  implementationShortfall: () =>
    implementationShortfall({ side: "buy", shares: 100, decisionPrice: 50, fills }),
  solveLinearProgram: () => solveLinearProgram(program),
  "solveLinearProgram, infeasible": () => solveLinearProgram({ ...program, lower: 4, upper: 5 }),
  "solveLinearProgram, unbounded": () => solveLinearProgram({ objective: [-1], rows: [] }),
  standardForm: () => standardForm(program),
  estimatePriceVolatility: () => estimatePriceVolatility(bars.close, 1),
  estimateTemporaryImpact: () => estimateTemporaryImpact({ rates: [1, 2, 3], slippages: [1, 2.1, 3.2] }),
  estimatePermanentImpact: () =>
    estimatePermanentImpact({ signedVolumes: [1, -2, 3], priceMoves: [-1, 2.1, -3] }),
  simulateBars: () => bars,
  simulateIntraday: () => simulateIntraday({ steps: 10, volatility: 0.01, seed: 1 }),
  logReturns: () => logReturns(bars.close),
  closeToCloseVolatility: () => closeToCloseVolatility(bars.close),
  rangeVolatilities: () => rangeVolatilities(bars),
  twoScaleVariance: () => twoScaleVariance(bars.close, { grids: 5 }),
  varianceSignature: () => varianceSignature(bars.close, [1, 2]),
  fitGarch: () => fitGarch(logReturns(clustered.close)),
  garchForecast: () => garchForecast(fitGarch(logReturns(clustered.close)), 3),
  walkForward: () => walkForward(bars, { first: 120 }),
  compareForecasts: () => compareForecasts({ a: [1, 2], b: [2, 1] }, [1, 2], { benchmark: "a", lags: 0 }),
  estimatorStudy: () => estimatorStudy({ bars: 20, volatility: 0.01 }, { samples: 20, seed: 1 }),
  priceVolatility: () => priceVolatility(0.3, { price: 50, periodLength: 252 }),
  parseBars: () => parseBars("date,open,high,low,close,volume\n2024-01-02,1,2,1,2,5\n2024-01-03,2,3,2,3,6\n"),
  parsePrices: () => parsePrices("date,price\n2024-01-02,1\n2024-01-03,2\n"),
  instantsOf: () => instantsOf(trades.times, { timeZone: "America/New_York" }),
  wallClockTimes: () => wallClockTimes([0], "America/New_York"),
  splitSessions: () => splitSessions(trades, newYork),
  resample: () => resample(trades, newYork, { length: 5 }),
  volumeProfile: () => volumeProfile(trades, newYork, { slices: 2 }),
  profileVolumes: () => profileVolumes(volumeProfile(trades, newYork, { slices: 2 }), 1e6),
  queryBars: () => queryBars(`SELECT * FROM ${values}`),
  queryPrices: () =>
    queryPrices(`SELECT * FROM ${values}`, {
      columns: { price: "close" },
      times: "instants",
      timeZone: "UTC",
    }),
  sessionVolatility: () => sessionVolatility(splitSessions(trades, newYork)),
  describeProblem: () => describeProblem(problem),
};
const clustered = simulateBars({ bars: 1000, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } });

describe("what the library gives is plain data", () => {
  test.each(Object.keys(results))("%s: the same after JSON and after structuredClone", async (name) => {
    const result = await results[name]();
    expect(throughJson(result)).toEqual(throughJson(throughJson(result)));
    expect(throughJson(result)).toEqual(withoutUndefined(result));
    expect(structuredClone(result)).toEqual(result);
  });

  test("and where a number does not exist, NaN in memory is null in JSON: a certificate that proves nothing", () => {
    const refused = certify(plain, { ...schedule, trades: schedule.trades.slice(1) });
    expect([refused.gapBound, throughJson(refused).gapBound]).toEqual([Number.NaN, null]);
    expect(structuredClone(refused)).toEqual(refused);
  });

  /** `undefined` is what JSON leaves out. */
  function withoutUndefined(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutUndefined);
    if (typeof value !== "object" || value === null) return value;
    expect(Object.prototype.toString.call(value)).toBe("[object Object]");
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.map(([name, field]) => [name, withoutUndefined(field)]));
  }
});

describe("what comes back from JSON goes on", () => {
  test("a problem and its schedules, into cost, certificate, simulation and charts", () => {
    const [order, twap, best] = [plain, equalSchedule(plain), schedule].map(throughJson) as [
      typeof plain,
      typeof schedule,
      typeof schedule,
    ];
    expect(costReport(order, best)).toEqual(costReport(plain, schedule));
    expect(certify(order, best)).toEqual(certify(plain, schedule));
    expect(simulateCosts(order, twap, sample)).toEqual(simulateCosts(plain, equalSchedule(plain), sample));
    expect(remainingChart(order, [best, twap])).toEqual(
      remainingChart(plain, [schedule, equalSchedule(plain)]),
    );
    expect(tradesChart(order, [best]).data).toEqual(tradesChart(plain, [schedule]).data);
    expect(scheduleSlider(order, [0, 1e-6])).toEqual(scheduleSlider(plain, [0, 1e-6]));
  });

  test("results, into the charts that draw them", () => {
    const points = efficientFrontier(plain, [1e-7, 1e-6]);
    expect(frontierChart(throughJson(plain), throughJson(points))).toEqual(frontierChart(plain, points));
    const simulated = simulateCosts(plain, schedule, sample);
    const drawn = [{ name: "a", simulated, distribution: costDistribution(plain, schedule) }];
    expect(costHistogram(plain, throughJson(drawn))).toEqual(costHistogram(plain, drawn));
    const joint = benchmarkDistribution(plain, schedule);
    const walked = { simulated: simulateBenchmarks(plain, schedule, sample) };
    expect(slippageChart(plain, throughJson(joint), throughJson(walked))).toEqual(
      slippageChart(plain, joint, walked),
    );
    const band = volatilityBand(plain, 0.95);
    expect(volatilityBandChart(throughJson(band))).toEqual(volatilityBandChart(band));
    // One without an optimum: NaN, which JSON turns into null.
    const coarse = defineProblem({ ...plain, timing: "start", intervals: 2, permanentImpact: 1.5e-6 });
    const grid = parameterSensitivity(coarse, [0.5, 2]);
    expect(grid.some(({ regret }) => Number.isNaN(regret))).toBe(true);
    expect(sensitivityChart(coarse, throughJson(grid))).toEqual(sensitivityChart(coarse, grid));
  });

  test("a linear program with its infinities, as null", async () => {
    const copy = throughJson(program);
    expect([copy.lower, copy.upper, copy.rows[0].lower, copy.rows[1].upper]).toEqual([
      [null, -5],
      [3, null],
      null,
      null,
    ]);
    const [solved, again] = [await solveLinearProgram(program), await solveLinearProgram(copy)];
    expect(solved).toMatchObject({ status: "optimal", value: 5.5 });
    expect(again).toEqual(solved);
    if (again.status !== "optimal") return;
    expect(certifyLinear(copy, again.solution, again.shadowPrices).verdict).toBe("optimal");
    expect(matrixForm(copy)).toEqual(matrixForm(program));
    const form = throughJson(standardForm(copy));
    expect(form).toEqual(standardForm(program));
    const z = form.variables.map(() => 1);
    expect(originalSolution(form, z)).toEqual(originalSolution(standardForm(program), z));
    // One number for all, too; and null is no number where a bound is not meant.
    expect(await solveLinearProgram({ objective: [1], rows: [], lower: null })).toMatchObject({
      status: "unbounded",
    });
    await expect(solveLinearProgram({ objective: [null as never], rows: [] })).rejects.toThrow(
      "objective[0] must be a finite number; got null.",
    );
  });

  test("bounds on trades with their infinities, as null", () => {
    const bounds = {
      lower: Number.NEGATIVE_INFINITY,
      upper: [5e5, 5e5, Number.POSITIVE_INFINITY, 5e5, 5e5, 5e5],
    };
    expect(boundedSchedule(problem, throughJson(bounds))).toEqual(boundedSchedule(problem, bounds));
    expect(
      certify(problem, scheduleFromTrades(problem, [1e6, 0, 0, 0, 0, 0]), { lower: null, upper: null }),
    ).toEqual(
      certify(problem, scheduleFromTrades(problem, [1e6, 0, 0, 0, 0, 0]), {
        lower: Number.NEGATIVE_INFINITY,
        upper: Number.POSITIVE_INFINITY,
      }),
    );
  });
});
