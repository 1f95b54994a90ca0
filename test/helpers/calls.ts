import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as data from "../../src/data/index";
import * as estimate from "../../src/estimate/index";
import * as root from "../../src/index";
import * as linear from "../../src/linear/index";
import * as notebook from "../../src/notebook/index";
import * as portfolio from "../../src/portfolio/index";
import * as published from "../../src/published/index";
import * as seedA from "../../src/published/seedA";
import * as seedB from "../../src/published/seedB";
import * as tca from "../../src/tca/index";
import * as volatility from "../../src/volatility/index";

/** What every public subpath exports. */
export const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  root,
  data,
  estimate,
  linear,
  notebook,
  portfolio,
  published,
  tca,
  volatility,
  "published/seedA": seedA,
  "published/seedB": seedB,
};

const problem = root.defineProblem({
  ...{ shares: 300, horizon: 3, intervals: 3, volatility: 0.9, temporaryImpact: 2e-3, permanentImpact: 2e-4 },
  ...{ halfSpread: 0.01, riskAversion: 1e-3, arrivalPrice: 50, profile: { volumes: [1e4, 2e4, 1e4] } },
});
const schedule = root.optimalSchedule(problem);
const ticket = {
  ...{
    symbol: "ACME",
    side: "sell",
    shares: 300,
    price: 50,
    averageDailyVolume: 3900,
    dailyVolatility: 0.02,
  },
  ...{ start: "2024-11-29 10:00", end: "12:00", sliceLength: { value: 30, unit: "minute" } },
  session: {
    ...{ open: "09:30", close: "16:00", breaks: [["13:00", "13:30"]], halfDays: { "2024-11-29": "13:00" } },
    ...{ holidays: ["2024-12-25"], weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri"] },
  },
  ...{ timeZone: "America/New_York", spread: { ticks: 1 }, riskAversion: 1e-3, timing: "mid", multiplier: 1 },
  impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15, over: "day", follows: "clock" },
  permanentImpactRule: { fractionOfDailyVolume: 0.1, basisPoints: 10 },
  fees: [{ name: "Lit", fraction: 1, fee: { basisPoints: 0.1 }, liquidity: "takes" }],
  participationCap: { fraction: 0.5, of: "total" },
  volumeCurve: { starts: ["09:30", "11:00"], fractions: [0.5, 0.5] },
  ...{ tick: 0.01, lot: 1, unit: "shares", currency: "USD" },
} as const satisfies root.Ticket;
const printed = published
  .figuresAt(published.almgrenChriss2001, "Table 2")
  .filter(({ printed: gain }) => gain === 19 || gain === 38);
const basket = portfolio.definePortfolio({
  ...{
    names: ["A", "B"],
    positions: [300, -200],
    horizon: 3,
    intervals: 3,
    riskAversion: 1e-3,
    timing: "mid",
  },
  covariance: [
    [0.9, 0.2],
    [0.2, 0.8],
  ],
  ...{ temporaryImpact: [2e-3, 1e-3], permanentImpact: [2e-4, 1e-4], halfSpreads: 0.01, drifts: [0, 0.1] },
  ...{ ownImpact: "half", arrivalPrices: [50, 60], timeUnit: "day", currency: "USD" },
  profile: {
    ...{ lengths: [1, 1, 1], covariance: [1, 2, 1], temporaryImpact: [1, 1, 2], permanentImpact: [1, 1, 1] },
    ...{ halfSpreads: [1, 1, 1], drifts: [1, 0, 1], open: [true, true, true] },
  },
});
const basketSchedule = portfolio.portfolioSchedule(basket);
const basketLimits = {
  ...{ caps: [200, 150], noReversal: false, neutral: [{ name: "cash", weights: [2, 3] }] },
};
const distribution = root.costDistribution(problem, schedule);
const bounds = { lower: 0, upper: [150, 150, 150] };
const frontier = root.efficientFrontier(problem, [1e-4, 1e-3]);
const sensitivities = root.parameterSensitivity(problem, [0.5, 2]);
const band = root.volatilityBand(problem, { value: 0.9, standardError: 0.1, interval: [0.8, 1.1] });
const simulated = root.simulateCosts(problem, schedule, { paths: 10, seed: 1 });
const joint = tca.benchmarkDistribution(problem, schedule);
const volumeBars = volatility.simulateBars({ bars: 40, volatility: 0.01, seed: 1 });
const prices = volumeBars.close;
const returns = volatility.logReturns(prices);
const estimates = [volatility.closeToCloseVolatility(prices), volatility.yangZhangVolatility(volumeBars)];
const clustered = volatility.logReturns(
  volatility.simulateBars({ bars: 500, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } }).close,
);
const fit = volatility.fitGarch(clustered);
const scores = volatility.compareForecasts({ a: [2, 2, 2], b: [1, 4, 2] }, [1, 4, 2], {
  benchmark: "a",
  lags: 0,
});
const studies = volatility.estimatorStudy({ bars: 5, volatility: 0.01 }, { samples: 10, seed: 1 });
const points = volatility.varianceSignature(prices, [1, 5]);
const program = {
  ...{ sense: "maximize", objective: [1, 1], lower: [0, -5], upper: [3, 9] },
  rows: [
    { coefficients: [1, 2], lower: -8, upper: 8 },
    { coefficients: { columns: [0], values: [3] }, lower: -12, upper: 12 },
  ],
} as const satisfies linear.LinearProgram;
const form = linear.standardForm(program);
const csv = "date,open,high,low,close,volume\n2024-01-02,1,2,1,2,5\n2024-01-03,2,3,2,3,6\n";
const newYork = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
const trades = {
  times: ["2024-03-07 10:00", "2024-03-07 15:00", "2024-03-08 10:00", "2024-03-08 15:00", "2024-03-11 10:00"],
  ...{ prices: [50, 51, 50, 52, 50], volume: [1, 2, 3, 4, 5] },
};
const split = data.splitSessions(trades, newYork);
const volumes = data.volumeProfile(trades, newYork, { slices: 2 });
const query =
  "SELECT * FROM (VALUES (DATE '2024-03-08', 50, 51, 49, 50), (DATE '2024-03-11', 50, 52, 49, 51)) t(date, open, high, low, close)";
const fills = [{ price: 50.1, shares: 100, time: 1 }];
const market = { prices: [50, 50.2, 50.1], volumes: [100, 200] };
const slices = seedA.seedAParameters({ N: 3 });
const equal = seedA.seedATwap(slices).remaining;
const normals = [
  [0, 1, 0],
  [1, 0, -1],
];
const table = root.makeTable("Words", ["Name", "Value"], [["a", 1]]);
const chart = root.remainingChart(problem, [schedule]);
const lines = [{ name: "line", x: [1, 2], y: [1, 4] }];
const lineText = { subject: "Roots", finding: "2 at 4", xTitle: "n", yTitle: "√n" };
const costs = [{ name: "a", simulated, distribution }];

function file(): string {
  const path = join(mkdtempSync(join(tmpdir(), "calls-")), "bars.csv");
  writeFileSync(path, csv);
  return path;
}

const models = {
  linear: root.linearImpact({ temporary: 1e-3 }),
  root: root.powerImpact({ coefficient: 0.02, exponent: 0.5 }),
};

const fading = root.defineProblem({
  ...{ shares: 1000, horizon: 4, intervals: 4, volatility: 1, riskAversion: 1e-3 },
  impact: root.decayImpact({ exponentials: [{ impact: 1e-3, rate: 1 }], temporary: 1e-3 }),
});
const onSignal = root.signalFeedback(fading, { initial: 0.1, reversion: 1, volatility: 0.1 });

/** One valid argument list for every exported function, every optional argument given, by room and name. */
export const calls: Readonly<Record<string, readonly unknown[]>> = {
  "root defineProblem": [{ ...problem }],
  "root intervalLength": [problem],
  "root linearImpact": [{ temporary: 1e-3, permanent: 1e-4 }],
  "root modelRisk": [problem, models, { anchor: 50 }],
  "root modelRiskChart": [problem, root.modelRisk(problem, models)],
  "root modelRiskTable": [problem, root.modelRisk(problem, models)],
  "root signalFeedback": [fading, { initial: 0.1, reversion: 1, volatility: 0.1 }],
  "root followSignal": [fading, onSignal, new Array(fading.intervals).fill(0.1)],
  "root simulateSignal": [fading, onSignal, { paths: 10, seed: 1 }],
  "root decayImpact": [{ exponentials: [{ impact: 1e-4, rate: 1 }] }],
  "root kernelImpact": [{ values: [1e-4, 5e-5, 2e-5, 1e-5] }],
  "root powerDecayImpact": [{ impact: 1e-4, timescale: 1, exponent: 0.5 }],
  "root priceManipulation": [problem],
  "root powerImpact": [{ exponent: 0.5, permanent: 1e-4, reference: { rate: 100, impact: 0.1 } }],
  "root almgren2005Impact": [
    { price: 50, dailyVolume: 1e6, sharesOutstanding: 1e9, dailyVolatility: 0.02, dayLength: 390 },
  ],
  "root impactBand": [
    problem,
    { permanent: 0.1, temporary: 0.05, exponent: 0.04, rate: 1000 },
    { schedule: "equal", level: 0.9 },
  ],
  "root infiniteHorizon": [problem],
  "root remainingAt": [root.infiniteHorizon(problem), 1],
  "root impactLaw": [problem],
  "root impactByMarket": [
    root.defineProblem({
      ...{ shares: 100, horizon: 2, intervals: 2, volatility: 1, temporaryImpact: 1e-3 },
      profile: { volumes: [500, 700], volatility: [1, 2] },
    }),
    { follows: "both", usualVolume: 600 },
  ],
  "root describeProblem": [problem, {}],
  "root deskReport": [{ ...ticket, riskAversion: 1e-6 }],
  "root problemFromTicket": [ticket],
  "root ticketTable": [root.problemFromTicket(ticket)],
  "root scheduleToCsv": [
    problem,
    schedule,
    { slices: { starts: ["9", "10", "11"], ends: ["10", "11", "12"] } },
  ],
  "root scheduleFromCsv": [
    problem,
    "Qty;left\n100,0;200\n100;100\n100;0\n",
    {
      name: "Mine",
      file: "mine.csv",
      columns: { trade: "Qty", remaining: "left" },
      decimal: ",",
      thousands: ".",
    },
  ],
  "root scheduleToJson": [problem, schedule, bounds],
  "root scheduleFromJson": [root.scheduleToJson(problem, schedule, bounds)],
  "root axisTitle": ["remaining", problem],
  "root unitOf": ["remaining", problem],
  "root scheduleFromRemaining": [problem, [300, 200, 100, 0], "Mine"],
  "root scheduleFromTrades": [problem, [100, 100, 100], "Mine"],
  "root optimalSchedule": [problem],
  "root auditSchedule": [problem, [100, 100, 100], { lower: 0, upper: 150, lot: 10, tolerance: 1 }],
  "root explainSchedule": [problem, schedule, { lower: -500, upper: 500 }],
  "root impliedRiskAversion": [problem, schedule, { lower: -500, upper: 500 }],
  "root mixtureQuantile": [[{ probability: 1, distribution }], 0.95],
  "root parameterShiftSchedule": [
    problem,
    { after: 1, regimes: [{ probability: 0.5 }, { probability: 0.5, volatility: 2, drift: 0 }] },
  ],
  "root valueAtRiskSchedule": [problem, { level: 0.95 }, { lower: 0, upper: 200 }],
  "root compareSchedules": [problem, schedule, root.equalSchedule(problem), { paths: 10, seed: 1 }],
  "root remainingProblem": [problem, [100], { volatility: 1, riskAversion: 1e-3, arrivalPrice: 40 }],
  "root explanationChart": [problem, root.explainSchedule(problem, schedule), {}],
  "root explanationTable": [problem, root.explainSchedule(problem, schedule)],
  "root participationChart": [problem, [schedule], { cap: 0.1 }],
  "root planSchedule": [
    problem,
    {
      ...{ lower: 0, upper: 250, lot: 50, minimumTrade: 50, fixed: [{ interval: 1, shares: 100 }] },
      ...{ participation: { fraction: 0.1, of: "total" }, pauses: [{ from: 2, to: 3 }] },
    },
  ],
  "root riskAversionFor": [problem, { kind: "done", fraction: 0.5, by: 0.5 }, { lower: 0, upper: 250 }],
  "root tridiagonalSchedule": [problem],
  "root denseSchedule": [problem],
  "root boundedSchedule": [problem, bounds, { tolerance: 1 }],
  "root lotSchedule": [problem, { lot: 50, minimumTrade: 100, lower: 0, upper: 200 }],
  "root boundedScheduleByHighs": [problem, bounds],
  "root timeConstant": [problem],
  "root equalSchedule": [problem],
  "root immediateSchedule": [problem],
  "root participationSchedule": [problem, { participation: 0.1, volumes: [1e4, 2e4, 1e4] }],
  "root volumeSchedule": [problem, [1, 2, 1]],
  "root piecewiseLinearSchedule": [problem, { pieces: 3 }],
  "root planBatch": [[problem], { bounds, workers: 1, onProgress: () => undefined }],
  "root costReport": [problem, schedule],
  "root conditionalValueAtRisk": [distribution, 0.95],
  "root costDistribution": [problem, schedule],
  "root density": [distribution, 1],
  "root quantile": [distribution, 0.5],
  "root valueAtRisk": [distribution, 0.95],
  "root simulateCosts": [problem, schedule, { paths: 10, seed: 1, onProgress: () => undefined }],
  "root simulateCostsParallel": [problem, schedule, { paths: 10, seed: 1, workers: 1 }],
  "root simulatePath": [problem, schedule, { seed: 1 }],
  "root certify": [problem, schedule, bounds, {}],
  "root confirm": ["a claim", 1, 1, 1e-9],
  "root requireOptimal": [root.boundedSchedule(problem, bounds)],
  "root simulateFills": [problem, [schedule], { orders: 3, seed: 1 }],
  "root efficientFrontier": [problem, [1e-4, 1e-3], bounds],
  "root gridRiskBias": [problem, "start"],
  "root parameterSensitivity": [problem, [0.5, 2], bounds],
  "root volatilityBand": [problem, { value: 0.9, standardError: 0.1, interval: [0.8, 1.1] }, bounds],
  "root remainingChart": [problem, [schedule]],
  "root tradesChart": [problem, [schedule]],
  "root frontierChart": [problem, frontier, { marks: { TWAP: root.costReport(problem, schedule) } }],
  "root capSlider": [problem, [0.2, 0.3], { cap: 0.2 }],
  "root scheduleSlider": [problem, [1e-4, 1e-3]],
  "root tradesSlider": [
    [
      { name: "calm", problem },
      { name: "wild", problem: root.defineProblem({ ...problem, volatility: 9 }) },
    ],
    { prefix: "A ", suffix: " day", active: 1 },
  ],
  "root costHistogram": [problem, costs, {}],
  "root slippageChart": [
    problem,
    joint,
    { simulated: tca.simulateBenchmarks(problem, schedule, { paths: 10, seed: 1 }) },
  ],
  "root lineChart": [lineText, lines],
  "root sensitivityChart": [problem, sensitivities],
  "root estimatesChart": [{ One: estimates }],
  "root forecastChart": [
    ["2013-02-28", "2013-03-01"],
    { Flat: [1e-4, 1e-4] },
    { period: "day", periodsPerYear: 252 },
  ],
  "root scoreChart": [scores, "a"],
  "root signatureChart": [points, { stepLength: 1, timeUnit: "minute", reference: estimates[0] }],
  "root studyChart": [{ still: studies }],
  "root volatilityBandChart": [band, { source: "Parkinson" }],
  "root bandTable": [band],
  "root garchTable": ["Words", fit],
  "root scoreTable": [{ One: scores }],
  "root studyTable": ["Words", studies],
  "root varianceTable": ["Words", estimates],
  "root costTable": [problem, { Optimal: root.costReport(problem, schedule) }],
  "root makeTable": ["Words", ["Name", "Value"], [["a", 1]]],
  "root formatNumber": [1234.5, 1],
  "root formatSignificant": [1234.5, 3],
  "volatility closeToCloseVolatility": [
    prices,
    { period: "day", periodsPerYear: 252, level: 0.9, lags: 0, mean: "zero" },
  ],
  "volatility ewmaVolatility": [prices, { decay: 0.9, start: "first-return" }],
  "volatility logReturns": [prices],
  "volatility walkForward": [
    volatility.simulateBars({ bars: 125, volatility: 0.01, seed: 1 }),
    { first: 120, refitEvery: 10 },
  ],
  "volatility compareForecasts": [
    { a: [2, 2, 2], b: [1, 4, 2] },
    [1, 4, 2],
    { benchmark: "a", lags: 0, notes: { a: "a note" } },
  ],
  "volatility fitGarch": [clustered, { period: "day", periodsPerYear: 252, level: 0.9 }],
  "volatility garchForecast": [fit, 3],
  "volatility garchLikelihood": [returns, { omega: 1e-6, alpha: 0.1, beta: 0.8 }],
  "volatility priceVolatility": [0.3, { price: 50, periodLength: 252 }],
  "volatility garmanKlassVolatility": [volumeBars, { form: "usual" }],
  "volatility parkinsonVolatility": [volumeBars, { lags: 1 }],
  "volatility rangeVolatilities": [volumeBars, { lags: 1 }],
  "volatility rogersSatchellVolatility": [volumeBars, { lags: 1 }],
  "volatility yangZhangVolatility": [volumeBars, { lags: 1 }],
  "volatility bipowerVariation": [prices, {}],
  "volatility realizedVariance": [prices, { period: "day" }],
  "volatility twoScaleVariance": [prices, { grids: 5 }],
  "volatility varianceSignature": [prices, [1, 5], { period: "day" }],
  "volatility sessionVolatility": [split, {}],
  "volatility simulateBars": [{ bars: 5, volatility: 0.01, seed: 1, garch: { alpha: 0.1, beta: 0.8 } }],
  "volatility simulateIntraday": [{ steps: 5, volatility: 0.01, seed: 1 }],
  "volatility estimatorStudy": [
    { bars: 5, volatility: 0.01 },
    { samples: 10, seed: 1, onProgress: () => undefined },
  ],
  "volatility tradedBars": [
    { ...volumeBars, volume: prices.map((_, i) => i), times: prices.map((_, i) => i * 864e5) },
  ],
  "estimate estimatePermanentImpact": [{ signedVolumes: [1, -2, 3], priceMoves: [-1, 2.1, -3] }],
  "estimate estimateTemporaryImpact": [{ rates: [1, 2, 3], slippages: [1, 2.1, 3.2] }],
  "estimate estimatePriceVolatility": [prices, 1],
  "linear matrixForm": [program],
  "linear certifyLinear": [program, [2, 3], [0.5, 0]],
  "linear provideHighs": [readFileSync("node_modules/highs/build/highs.wasm")],
  "linear solveLinearProgram": [program],
  "linear originalSolution": [form, form.variables.map(() => 1)],
  "linear standardForm": [program],
  "data parseBars": [csv, { name: "bars" }],
  "data parsePrices": ["date,price\n2024-01-02,1\n2024-01-03,2\n", {}],
  "data describeSessions": [split],
  "data loadBars": [file(), {}],
  "data loadPrices": [file(), { columns: { price: "close" } }],
  "data instantsOf": [trades.times, { timeZone: "America/New_York" }],
  "data wallClockTimes": [[0], "America/New_York"],
  "data profileVolumes": [volumes, 1e6, {}],
  "data queryBars": [query, {}],
  "data queryPrices": [query, { columns: { price: "close" } }],
  "data resample": [trades, newYork, { length: 5 }],
  "data splitSessions": [trades, newYork, {}],
  "data volumeProfile": [trades, newYork, { slices: 2 }],
  "root contributionChart": [basket, basketSchedule],
  "root exposureChart": [basket, basketSchedule, [{ name: "cash", weights: [50, 60] }], { unit: "USD" }],
  "root holdingsChart": [basket, basketSchedule, { names: ["B"] }],
  "portfolio certifyPortfolio": [
    basket,
    basketSchedule,
    basketLimits,
    { tolerance: 1, reference: basketSchedule, neutralPrices: [[0], [0], [0]] },
  ],
  "portfolio boundedPortfolio": [basket, basketLimits, { onProgress: () => undefined }],
  "portfolio portfolioFrontier": [basket, [1e-4, 1e-3], basketLimits],
  "portfolio definePortfolio": [{ ...basket }],
  "portfolio equalPortfolioSchedule": [basket],
  "portfolio portfolioCost": [basket, basketSchedule],
  "portfolio portfolioFromTrades": [basket, basketSchedule.trades, "Mine"],
  "portfolio portfolioSchedule": [basket],
  "portfolio simulatePortfolio": [basket, basketSchedule, { paths: 10, seed: 1 }],
  "tca benchmarkPrice": ["VWAP", market, undefined],
  "tca benchmarkDistribution": [problem, schedule, {}],
  "tca benchmarkSlippage": [{ side: "sell", fills }, "VWAP", market, {}],
  "tca implementationShortfall": [{ side: "buy", shares: 100, decisionPrice: 50, fills }],
  "tca simulateBenchmarks": [problem, schedule, { paths: 10, seed: 1 }],
  "notebook confirmPublished": [{ isPublished: true, changed: [] }, "a claim", 1, 1, 1e-9],
  "notebook progressBar": ["Simulating"],
  "notebook publishedRun": [{ shares: 1 }, { shares: 1 }],
  "notebook publishedTable": [
    { isPublished: true, changed: [] },
    "Table 2",
    published.compareFigures(printed, [19.1, 38.3]),
  ],
  "published compareFigures": [printed, [19.1, 38.3]],
  "published figuresAt": [published.almgrenChriss2001, "Table 2"],
  "notebook say": ["A sentence."],
  "notebook show": [table],
  "published/seedA seedAMatrix": [slices],
  "published/seedA seedAOptimalTrajectory": [slices],
  "published/seedA seedATwap": [slices],
  "published/seedA seedACosts": [equal, slices],
  "published/seedA seedAFrontier": [slices, [1e-6]],
  "published/seedA seedAParameters": [{ N: 3 }],
  "published/seedA seedASimulation": [equal, slices, normals, 100],
  "published/seedA seedASellerSimulation": [equal, slices, normals, 100],
  "published/seedB seedBExpectation": [[25, 25], 1],
  "published/seedB seedBVariance": [[25, 25], 1000],
  "published/seedB seedBObjective": [[25, 25]],
  "published/seedB seedBForwardDifference": [[25, 25]],
  "published/seedB seedBGradient": [[25, 25]],
};

/** A result of every kind, none of which belongs where another does. */
export const foreign: Readonly<Record<string, unknown>> = {
  ...{ problem, schedule, distribution, frontier, sensitivities, band, simulated, joint, bars: volumeBars },
  ...{
    returns,
    estimate: estimates[0],
    fit,
    scores,
    studies,
    points,
    program,
    form,
    split,
    profile: volumes,
  },
  ticket: root.problemFromTicket(ticket),
  ...{ table, chart, trades, participation: root.participationSchedule(problem, { participation: 1e-3 }) },
  infeasible: root.boundedSchedule(problem, { upper: 1 }),
};
