/**
 * What is compared. The cases of schedules are the same order, cut differently; `ours` computes what `peer` does, from
 * the same numbers. Where there is no peer the row stands for itself.
 *
 * @typedef {object} Case
 * @property {string} what
 * @property {string} name of our side
 * @property {() => unknown} ours may give a promise, which is waited for
 * @property {() => readonly number[] | Promise<readonly number[]>} [answer] a few numbers of our result, those that the peer tells too
 * @property {number} [tolerance] how far the two may lie apart, relative to the larger one
 * @property {() => unknown} [rival] another call of ours, in place of a peer
 * @property {string} [peer] its name in `peers.py`
 * @property {string} [peerName]
 * @property {object} [task]
 * @property {number} [goal] the ratio to reach
 */

import seedrandom from "seedrandom";
import { planWithoutExchange } from "./ceiling.mjs";
import { portfolios } from "./portfolios.mjs";

const order = {
  shares: 1_000_000,
  horizon: 3600,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  permanentImpact: 1e-7,
  riskAversion: 2e-6,
  timing: /** @type {const} */ ("end"),
};

/** @typedef {typeof import("optimal-execution") & typeof import("optimal-execution/linear") & typeof import("optimal-execution/volatility") & typeof import("optimal-execution/portfolio")} Library */

/**
 * @param {Library} library
 * @param {typeof import("../dist/solve/boundedProgram.js")} program
 * @param {typeof import("../dist/model/quadratic.js")} quadratic
 * @param {typeof import("../dist/solve/separable.js")} separable
 * @returns {Generator<Case>} each with data made when its turn comes, so that no row is slowed by what others keep in memory
 */
export function* cases(library, program, quadratic, separable) {
  for (const intervals of [60, 390, 1000, 100_000]) yield* optima(intervals, library);
  for (const intervals of [390, 1000, 100_000]) yield* reports(intervals, library);
  yield* variedReports(390, library);
  for (const intervals of [60, 390, 2000]) {
    yield* bounded(intervals, false, library, program, quadratic);
    yield* bounded(intervals, true, library, program, quadratic);
  }
  for (const intervals of [60, 390, 2000]) yield* powerCaps(intervals, library, separable);
  for (const intervals of [390, 2000]) yield* fading(intervals, library);
  yield* orders(library);
  for (const count of [20, 1000]) yield* frontier(count, library);
  yield* paths(library);
  yield chords(library);
  yield lots(library);
  yield ranges(library);
  yield garch(library);
  yield* portfolios(library);
}

/**
 * The optimum as a caller gets it, with all four arrays.
 *
 * @param {number} intervals
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function optima(intervals, library) {
  const task = { ...order, intervals };
  const problem = library.defineProblem(task);
  const what = `optimum, N = ${intervals.toLocaleString("en")}`;
  const closed = {
    what,
    name: "`optimalSchedule`",
    ours: () => library.optimalSchedule(problem),
    answer: () => fractions(library.optimalSchedule(problem).remaining),
    // At N = 100,000 `solveh_banded` itself is off by 1e-8.
    tolerance: 1e-6,
    task,
    goal: 1,
  };
  const four = { peer: "four", peerName: "numpy, the same four arrays" };
  const banded = { peer: "banded", peerName: "scipy `solveh_banded`" };
  const dense = { peer: "dense", peerName: "`numpy.linalg.solve`, dense" };
  /** @param {ArrayConstructor | Float64ArrayConstructor} Kind */
  const zeros = (Kind) => [1, 0, 0, 1].map((more) => new Kind(intervals + more).fill(0));
  const all = () => {
    const { remaining, trades, rates, times } = library.optimalSchedule(problem);
    return remaining.length + trades.length + rates.length + times.length;
  };
  return [
    { ...closed, ...four },
    // Up to 2,000 intervals all four are there at once. Beyond, how long the engine takes to make four arrays decides.
    ...(intervals > 2000
      ? [
          { ...closed, name: "`optimalSchedule`, rates and times read", ours: all, ...four, goal: 0 },
          { ...closed, name: "four arrays of zeros, as numbers", ours: () => zeros(Array), ...four, goal: 0 },
          {
            ...closed,
            name: "four arrays of zeros, as doubles",
            ours: () => zeros(Float64Array),
            ...four,
            goal: 0,
          },
        ]
      : []),
    { ...closed, ...banded },
    ...(intervals <= 1000 ? [{ ...closed, ...dense }] : []),
    {
      ...closed,
      name: "`tridiagonalSchedule`",
      ours: () => library.tridiagonalSchedule(problem),
      ...banded,
      goal: 0,
    },
  ];
}

/**
 * What a schedule costs, and whether it is the optimum.
 *
 * @param {number} intervals
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function reports(intervals, { certify, costReport, defineProblem, equalSchedule, optimalSchedule }) {
  const task = { ...order, intervals };
  const problem = defineProblem(task);
  // The sums of the peer are those of timing "start".
  const start = defineProblem({ ...task, timing: "start" });
  const [optimum, other, priced] = [optimalSchedule(problem), equalSchedule(problem), optimalSchedule(start)];
  const of = `N = ${intervals.toLocaleString("en")}`;
  const report = () => costReport(problem, optimum);
  const cost = "`costReport`";
  return [
    {
      what: `cost and variance, ${of}`,
      name: cost,
      ours: () => costReport(start, priced),
      peer: "dots",
      peerName: "numpy, three dot products",
      task,
      // Ours also checks the schedule.
      goal: intervals > 10_000 ? 0.33 : 0.67,
      tolerance: Number.POSITIVE_INFINITY,
      answer: () => [0, 0, 0],
    },
    {
      what: `certificate of an optimum, ${of}`,
      name: "`certify`",
      ours: () => certify(problem, optimum),
      rival: report,
      peerName: cost,
      goal: 0.5,
    },
    {
      what: `certificate with its gap, ${of}`,
      name: "`certify`",
      ours: () => certify(problem, other),
      rival: report,
      peerName: cost,
      goal: 0.1,
    },
  ];
}

/**
 * The same in a market that varies over the day.
 *
 * @param {number} intervals
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function variedReports(intervals, { certify, costReport, defineProblem, equalSchedule, optimalSchedule }) {
  const volatility = shapeOf(intervals).map((part) => order.volatility * Math.sqrt(part));
  const problem = defineProblem({ ...order, intervals, profile: { volatility } });
  const [optimum, other] = [optimalSchedule(problem), equalSchedule(problem)];
  const of = `a market that varies, N = ${intervals}`;
  const beside = {
    name: "`certify`",
    rival: () => costReport(problem, optimum),
    peerName: "`costReport`",
  };
  return [
    { what: `certificate of an optimum, ${of}`, ...beside, ours: () => certify(problem, optimum), goal: 0.5 },
    { what: `certificate with its gap, ${of}`, ...beside, ours: () => certify(problem, other), goal: 0.1 },
  ];
}

/**
 * Volume over the day, busy at both ends, 1 on average but for rounding.
 *
 * @param {number} N
 */
const shapeOf = (N) => Array.from({ length: N }, (_, k) => 0.5 + 1.5 * ((2 * k + 1 - N) / (N - 1)) ** 2);

/**
 * Participation caps in proportion to a U-shaped volume, three times what equal trades would need: they bind early.
 *
 * @param {number} intervals
 * @param {boolean} isVaried whether volatility and impact vary over the day too
 * @param {Library} library
 * @param {typeof import("../dist/solve/boundedProgram.js")} program
 * @param {typeof import("../dist/model/quadratic.js")} quadratic
 * @returns {readonly Case[]}
 */
function bounded(
  intervals,
  isVaried,
  { boundedSchedule, defineProblem },
  { minimizeBounded },
  { quadraticObjective },
) {
  const N = intervals;
  const { shares: X, volatility: σ, temporaryImpact: η } = order;
  const shape = shapeOf(N);
  const caps = shape.map((part) => ((3 * X) / N) * part);
  // Where there is more volume, there is more risk and less impact.
  const profile = {
    volatility: shape.map((part) => σ * Math.sqrt(part)),
    temporaryImpact: shape.map((part) => η / part),
  };
  const problem = defineProblem({ ...order, intervals, ...(isVaried ? { profile } : {}) });
  const data = quadraticObjective(problem);
  const bounds = { lower: new Float64Array(N), upper: Float64Array.from(caps) };
  const [a, b] = [Array.from(data.tradeCurvatures), Array.from(data.holdingCurvatures)];
  const what = `caps on trades${isVaried ? ", a market that varies" : ""}, N = ${N.toLocaleString("en")}`;
  const ours = {
    what,
    name: "bounded program",
    ours: () => minimizeBounded(data, bounds),
    answer() {
      const { trades, remaining } = minimizeBounded(data, bounds);
      const cost = trades.reduce((sum, n, k) => sum + a[k] * n * n, 0);
      return [remaining.subarray(1, N).reduce((sum, x, k) => sum + b[k] * x * x, cost)];
    },
    // What the peers reach with the tolerances that they stop at.
    tolerance: 1e-5,
    task: { ...order, intervals, caps, tradeCurvatures: a, holdingCurvatures: b },
    goal: 10,
  };
  return [
    { ...ours, peer: "clarabel", peerName: "clarabel, direct" },
    { ...ours, peer: "osqp", peerName: "osqp, direct, polished" },
    {
      what,
      name: "`boundedSchedule`, with certificate",
      ours: () => boundedSchedule(problem, { upper: caps }),
      rival: () => minimizeBounded(data, bounds),
      peerName: "its program alone",
      goal: 0.67,
    },
  ];
}

/**
 * Participation caps as before, under a square-root law, against a cone solver: the 3/2 power of a trade is a power cone.
 *
 * @param {number} intervals
 * @param {Library} library
 * @param {typeof import("../dist/solve/separable.js")} separable
 * @returns {readonly Case[]}
 */
function powerCaps(
  intervals,
  { boundedSchedule, costReport, defineProblem, powerImpact },
  { minimizeSeparable },
) {
  const N = intervals;
  const { temporaryImpact: η, permanentImpact: _, ...rest } = order;
  const { shares: X, horizon: T } = order;
  const caps = Array.from(
    { length: N },
    (_, k) => ((3 * X) / N) * (0.5 + 1.5 * ((2 * k + 1 - N) / (N - 1)) ** 2),
  );
  // Concedes as much as the linear law where the order is traded evenly.
  const impact = powerImpact({ exponent: 0.5, reference: { rate: X / T, impact: (η * X) / T } });
  const problem = defineProblem({ ...rest, intervals, impact });
  const bounds = { lower: new Float64Array(N), upper: Float64Array.from(caps) };
  const what = `caps on trades, square-root impact, N = ${N.toLocaleString("en")}`;
  const { coefficient, exponent } = impact;
  return [
    {
      what,
      name: "power program",
      ours: () => minimizeSeparable(problem, bounds),
      answer() {
        const found = boundedSchedule(problem, { upper: caps });
        if (found.status !== "optimal") throw new Error(found.message);
        return [costReport(problem, found.schedule).objective];
      },
      tolerance: 1e-6,
      task: { ...rest, intervals, caps, coefficient, exponent },
      goal: 50,
      peer: "power-cone",
      peerName: "clarabel, power cone",
    },
    {
      what,
      name: "`boundedSchedule`, with certificate",
      ours: () => boundedSchedule(problem, { upper: caps }),
      rival: () => minimizeSeparable(problem, bounds),
      peerName: "its program alone",
      goal: 0.33,
    },
  ];
}

/**
 * The optimum under impact that fades: as exponentials, where a recursion finds it, and as a power of time, where conjugate gradients
 * do.
 *
 * @param {number} intervals
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function fading(intervals, { decayImpact, defineProblem, optimalSchedule, powerDecayImpact }) {
  const { temporaryImpact: _, permanentImpact: permanent, ...rest } = order;
  const exponentials = [{ impact: 4e-7, rate: 0.002 }];
  const power = { impact: 4e-7, timescale: 60, exponent: 0.5 };
  const N = intervals.toLocaleString("en");
  const of = (
    /** @type {string} */ what,
    /** @type {import("optimal-execution").ImpactModel} */ impact,
    /** @type {object} */ kernel,
    /** @type {{ riskAversion?: number }} */ change = {},
  ) => {
    const solve = () =>
      optimalSchedule(defineProblem({ ...rest, ...change, timing: "start", intervals, impact }));
    return {
      what: `optimum, impact that fades ${what}, N = ${N}`,
      name: "`optimalSchedule`",
      ours: solve,
      answer: () => fractions(solve().remaining),
      tolerance: 1e-9,
      task: { ...rest, ...change, intervals, permanent, ...kernel },
    };
  };
  const cholesky = {
    peer: "fading",
    peerName: "scipy Cholesky, filled and solved",
    goal: intervals < 1000 ? 0.67 : 5,
  };
  const powerDecay = powerDecayImpact({ ...power, permanent });
  const withoutRisk = of("as a power of time, no risk", powerDecay, { power }, { riskAversion: 0 });
  return [
    { ...of("exponentially", decayImpact({ exponentials, permanent }), { exponentials }), ...cholesky },
    { ...of("as a power of time", powerDecay, { power }), ...cholesky },
    { ...withoutRisk, peer: "fading-without-risk", peerName: "scipy `solve_toeplitz`", goal: 0.5 },
    // It takes minutes for 2,000 intervals.
    ...(intervals < 1000
      ? [
          {
            ...withoutRisk,
            peer: "fading-slippage",
            peerName: "slippage-tca `optimal_transient_schedule`",
            goal: 100,
          },
        ]
      : []),
  ];
}

/**
 * A desk's orders of a morning: 78 slices of five minutes, capped, on one core and on all. Once they resemble one another, with a
 * risk aversion each and the same caps; once no two are alike, in size, market or caps; once volatility varies over each one's day.
 *
 * @param {Library} library
 * @returns {Iterable<Case>}
 */
function* orders({ boundedSchedule, defineProblem, planBatch }) {
  const what = "10,000 capped orders of 78 slices";
  const caps = shapeOf(78).map((part) => part / 78);
  const upper = caps.map((part) => 3e6 * part);
  const inputs = Array.from({ length: 10_000 }, (_, i) => ({
    ...order,
    intervals: 78,
    riskAversion: 1e-6 * (1 + (i % 100) / 100),
  }));
  const problems = inputs.map((input) => defineProblem(input));
  const oneByOne = () => {
    for (const problem of problems) boundedSchedule(problem, { upper });
  };
  yield {
    what,
    name: "defined, solved and certified, one core",
    ours: () => {
      for (const input of inputs) boundedSchedule(defineProblem(input), { upper });
    },
  };
  const batch = {
    ...{ what, name: "`planBatch`, all cores", peerName: "`boundedSchedule` one by one", goal: 1.7 },
    ours: () => readAll(planBatch(problems, { bounds: { upper } })),
    rival: oneByOne,
  };
  yield batch;
  // What the machine allows.
  const ceiling = planWithoutExchange({ inputs, upper });
  yield { ...batch, name: "all cores, threads that send nothing", ours: ceiling, goal: 0 };

  const random = seedrandom("orders");
  const others = Array.from({ length: 10_000 }, () => {
    const shares = 1e5 * 30 ** random();
    const problem = defineProblem({
      ...{ ...order, shares, intervals: 78, halfSpread: 0.01 * random() },
      ...{ volatility: 0.004 * (0.5 + random()), temporaryImpact: 5e-7 * (0.5 + random()) },
      riskAversion: 2e-6 * 10 ** (random() - 0.5),
    });
    const room = 1.5 + 3 * random();
    return {
      problem,
      bounds: { upper: caps.map((part) => room * shares * part * (0.8 + 0.4 * random())) },
    };
  });
  const unlike = others.map(({ problem }) => problem);
  yield {
    ...batch,
    what: `${what}, no two alike`,
    ours: () => readAll(planBatch(unlike, { bounds: (_, i) => others[i].bounds })),
    rival: () => {
      for (const { problem, bounds } of others) boundedSchedule(problem, bounds);
    },
  };
  const open = caps.map((_, k) => k !== 40);
  const days = inputs.map((input) => {
    const volatility = caps.map((part) => input.volatility * Math.sqrt(78 * part) * (0.8 + 0.4 * random()));
    return defineProblem({ ...input, profile: { volatility, open } });
  });
  yield {
    ...batch,
    what: `${what}, each with a day of its own`,
    ours: () => readAll(planBatch(days, { bounds: { upper } })),
    rival: () => {
      for (const problem of days) boundedSchedule(problem, { upper });
    },
  };
}

/** @param {ReturnType<Library["planBatch"]>} batch */
async function readAll(batch) {
  for await (const { status } of batch) if (status !== "optimal") throw new Error(status);
}

/**
 * @param {ArrayLike<number>} x
 * @returns {readonly number[]}
 */
const fractions = (x) => [Number(x[x.length >> 2]), Number(x[x.length >> 1])];

/**
 * @param {number} count
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function frontier(count, { defineProblem, efficientFrontier }) {
  const problem = defineProblem({ ...order, intervals: 60 });
  const riskAversions = Array.from({ length: count }, (_, i) => 10 ** (-8 + (5 * i) / (count - 1)));
  const closed = {
    what: `frontier of ${count.toLocaleString("en")} λ, N = 60`,
    name: "`efficientFrontier`",
    ours: () => efficientFrontier(problem, riskAversions),
    answer() {
      const points = efficientFrontier(problem, riskAversions);
      const ends = [points[0], points[count - 1]];
      const fields = /** @type {const} */ ([
        "expectedCost",
        "costVariance",
        "standardDeviation",
        "objective",
      ]);
      return fields.flatMap((field) => ends.map((point) => point?.[field] ?? Number.NaN));
    },
    tolerance: 1e-9,
    task: { ...order, intervals: 60, riskAversions },
  };
  return [
    { ...closed, peer: "frontier", peerName: "numpy, all paths at once", goal: 5 },
    ...(count < 1000
      ? []
      : [
          { ...closed, peer: "frontier-numba", peerName: "numba, every path", goal: 4 },
          // The same algebra: no goal.
          { ...closed, peer: "frontier-numba-closed", peerName: "numba, the same closed form", goal: 0 },
        ]),
  ];
}

/**
 * @param {Library} library
 * @returns {readonly Case[]}
 */
function paths({ defineProblem, optimalSchedule, simulateCosts, simulateCostsParallel }) {
  const task = { ...order, intervals: 60, paths: 100_000 };
  const problem = defineProblem({ ...order, intervals: 60 });
  const schedule = optimalSchedule(problem);
  const simulate = () => simulateCosts(problem, schedule, { paths: task.paths, seed: 1 });
  const many = { ...task, paths: 1_000_000, trades: schedule.trades };
  const walkAll = () => simulateCostsParallel(problem, schedule, { paths: many.paths, seed: 1 });
  const onOne = {
    what: "100,000 price paths, N = 60",
    name: "`simulateCosts`",
    ours: simulate,
    answer() {
      const { mean, standardDeviation } = simulate();
      return [mean, standardDeviation];
    },
    // Other random numbers: 3 % is about ten standard errors of either answer.
    tolerance: 0.03,
    peer: "paths",
    peerName: "numpy, `default_rng`",
    task: { ...task, trades: schedule.trades },
    goal: 1,
  };
  return [
    onOne,
    {
      what: "1,000,000 price paths, N = 60",
      name: "`simulateCostsParallel`, all cores",
      ours: walkAll,
      async answer() {
        const { mean, standardDeviation } = await walkAll();
        return [mean, standardDeviation];
      },
      tolerance: 0.03,
      peer: "paths-numba",
      peerName: "numba, `prange` on all cores",
      task: many,
      goal: 1.5,
    },
  ];
}

/**
 * The optimum as a linear program: one row for each interval, and 10 pieces for each trade and each holding. Both
 * sides begin with the finished program and end with solution and prices; ours with the certificate as well.
 *
 * @param {Library} library
 * @returns {Case}
 */
function chords({ defineProblem, piecewiseLinearSchedule, solveLinearProgram }) {
  const task = { ...order, intervals: 390, pieces: 10 };
  const problem = defineProblem({ ...order, intervals: task.intervals });
  const finished = piecewiseLinearSchedule(problem, { pieces: task.pieces }).then(({ program }) => program);
  const solve = async () => solveLinearProgram(await finished);
  return {
    what: "linear program, N = 390, 10 pieces",
    name: "`solveLinearProgram`",
    ours: solve,
    async answer() {
      const [{ constant = 0 }, result] = await Promise.all([finished, solve()]);
      return [result.status === "optimal" ? result.value - constant : Number.NaN];
    },
    tolerance: 1e-9,
    peer: "chords",
    peerName: "scipy `linprog`, HiGHS",
    task,
    // Ours is the same solver as WebAssembly: it cannot be ahead by much, and must not be behind by more than 1.5.
    goal: 0.67,
  };
}

/**
 * The best schedule in whole lots: ours by steepest descent over lots, with the optimum without lots and its certificate; the
 * other side's as an integer program.
 *
 * @param {Library} library
 * @returns {Case}
 */
function lots({ costReport, defineProblem, lotSchedule }) {
  const task = { ...order, intervals: 20, lots: 50 };
  const { intervals } = task;
  const problem = defineProblem({ ...order, intervals });
  const run = () => lotSchedule(problem, { lot: order.shares / task.lots });
  return {
    what: "whole lots, N = 20, 50 lots",
    name: "`lotSchedule`",
    ours: run,
    answer() {
      const result = run();
      if (result.status !== "optimal") return [Number.NaN];
      const { objective } = costReport(problem, result.schedule);
      const { shares: X, permanentImpact: γ, riskAversion: λ, volatility: σ, horizon: T } = order;
      // What the integer program leaves out, since no schedule changes it.
      return [objective - 0.5 * γ * X * X - (λ * σ * σ * T * X * X) / intervals];
    },
    tolerance: 1e-6,
    peer: "lots",
    peerName: "scipy `milp`, HiGHS",
    task,
    goal: 10,
  };
}

/**
 * @param {Library} library
 * @returns {Case}
 */
function ranges({ rangeVolatilities }) {
  const task = { bars: 1_000_000 };
  const column = () => new Float64Array(task.bars);
  const bars = { open: column(), high: column(), low: column(), close: column() };
  const { open, high, low, close } = bars;
  // The same rule as in peers.py.
  for (let i = 0; i < task.bars; i++) {
    const c = 100 * Math.exp(0.2 * Math.sin(1e-4 * i) + 0.01 * Math.sin(i));
    const o = c * Math.exp(0.01 * Math.sin(2 * i));
    close[i] = c;
    open[i] = o;
    high[i] = Math.max(o, c) * (1 + 0.005 * (1 + Math.sin(3 * i)));
    low[i] = Math.min(o, c) / (1 + 0.005 * (1 + Math.sin(5 * i)));
  }
  const run = () => rangeVolatilities(bars);
  return {
    what: "five range estimates, 1,000,000 bars",
    name: "`rangeVolatilities`",
    ours: run,
    answer() {
      const all = Object.values(run());
      return [...all.map(({ variance }) => variance), ...all.map(({ standardError }) => standardError)];
    },
    tolerance: 1e-10,
    peer: "ranges",
    peerName: "numpy, blocks in the cache",
    task,
    goal: 1,
  };
}

/**
 * @param {Library} library
 * @returns {Case}
 */
function garch({ fitGarch, logReturns, simulateBars }) {
  const garch = { alpha: 0.08, beta: 0.9 };
  const { close } = simulateBars({ bars: 2501, volatility: 0.02, seed: 4, garch });
  // In percent, as arch likes them.
  const returns = logReturns(close).map((r) => 100 * r);
  const run = () => fitGarch(returns);
  return {
    what: "GARCH(1,1), 2,500 returns",
    name: "`fitGarch`",
    ours: run,
    answer() {
      const { omega, alpha, beta, logLikelihood } = run();
      const all = [omega, alpha, beta];
      return [
        ...all.map(({ value }) => value),
        ...all.map((one) => one.standardError ?? Number.NaN),
        logLikelihood,
      ];
    },
    // arch stops a little before the maximum, takes second derivatives by differences and centers the scores.
    tolerance: 2e-3,
    peer: "garch",
    peerName: "arch, fit and robust errors",
    task: { returns: Array.from(returns) },
    goal: 10,
  };
}
