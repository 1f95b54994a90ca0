/**
 * What is compared. The cases of schedules are the same order, cut differently; `ours` computes what `peer` does, from
 * the same numbers. Where there is no peer the row stands for itself.
 *
 * @typedef {object} Case
 * @property {string} what
 * @property {string} name of our side
 * @property {() => unknown} ours
 * @property {() => readonly number[]} [answer] a few numbers of our result, those that the peer tells too
 * @property {number} [tolerance] how far the two may lie apart, relative to the larger one
 * @property {string} [peer] its name in `peers.py`
 * @property {string} [peerName]
 * @property {object} [task]
 * @property {number} [goal] the ratio to reach
 */

const order = {
  shares: 1_000_000,
  horizon: 3600,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  permanentImpact: 1e-7,
  riskAversion: 2e-6,
  timing: /** @type {const} */ ("end"),
};

/**
 * @param {typeof import("optimal-execution")} library
 * @param {typeof import("../dist/solve/closedForm.js")} closedForm
 * @param {typeof import("../dist/solve/tridiagonal.js")} tridiagonal
 * @returns {readonly Case[]}
 */
export function cases(library, closedForm, tridiagonal) {
  return [
    ...[60, 1000, 100_000].flatMap((intervals) => optima(intervals, library, closedForm, tridiagonal)),
    ...[20, 1000].map((count) => frontier(count, library)),
    paths(library),
    ranges(library),
    garch(library),
  ];
}

/**
 * @param {number} intervals
 * @param {typeof import("optimal-execution")} library
 * @param {typeof import("../dist/solve/closedForm.js")} closedForm
 * @param {typeof import("../dist/solve/tridiagonal.js")} tridiagonal
 * @returns {readonly Case[]}
 */
function optima(intervals, library, { fillRemaining }, { eliminationSpace, fillTridiagonal }) {
  const task = { ...order, intervals };
  const problem = library.defineProblem(task);
  const x = new Float64Array(intervals + 1);
  const space = eliminationSpace(intervals);
  const what = `optimum, N = ${intervals.toLocaleString("en")}`;
  const closed = {
    what,
    name: "closed form into a buffer",
    ours: () => fillRemaining(problem, x),
    answer: () => fractions(x),
    // At N = 100,000 `solveh_banded` itself is off by 1e-8.
    tolerance: 1e-6,
    task,
  };
  const solved = {
    ...closed,
    name: "tridiagonal into a buffer",
    ours: () => fillTridiagonal(problem, space, x),
  };
  const sinh = { peer: "sinh", peerName: "numpy `sinh`" };
  const banded = { peer: "banded", peerName: "scipy `solveh_banded`" };
  const dense = { peer: "dense", peerName: "`numpy.linalg.solve`, dense" };
  const lead = intervals === 60 ? 3 : 1;
  return [
    { ...closed, ...sinh, goal: lead },
    { ...closed, ...banded, goal: lead },
    ...(intervals <= 1000 ? [{ ...closed, ...dense, goal: lead }] : []),
    { ...solved, ...banded, goal: 1 },
    { what, name: "`optimalSchedule`", ours: () => library.optimalSchedule(problem) },
    { what, name: "`tridiagonalSchedule`", ours: () => library.tridiagonalSchedule(problem) },
  ];
}

/**
 * @param {Float64Array} x
 * @returns {readonly number[]}
 */
const fractions = (x) => [Number(x[x.length >> 2]), Number(x[x.length >> 1])];

/**
 * @param {number} count
 * @param {typeof import("optimal-execution")} library
 * @returns {Case}
 */
function frontier(count, { defineProblem, efficientFrontier }) {
  const problem = defineProblem({ ...order, intervals: 60 });
  const riskAversions = Array.from({ length: count }, (_, i) => 10 ** (-8 + (5 * i) / (count - 1)));
  return {
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
    peer: "frontier",
    peerName: "numpy, all paths at once",
    task: { ...order, intervals: 60, riskAversions },
    goal: 5,
  };
}

/**
 * @param {typeof import("optimal-execution")} library
 * @returns {Case}
 */
function paths({ defineProblem, optimalSchedule, simulateCosts }) {
  const task = { ...order, intervals: 60, paths: 100_000 };
  const problem = defineProblem({ ...order, intervals: 60 });
  const schedule = optimalSchedule(problem);
  const simulate = () => simulateCosts(problem, schedule, { paths: task.paths, seed: 1 });
  return {
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
}

/**
 * @param {typeof import("optimal-execution")} library
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
 * @param {typeof import("optimal-execution")} library
 * @returns {Case}
 */
function garch({ fitGarch, logReturns, simulateBars }) {
  const garch = { alpha: 0.08, beta: 0.9 };
  const { close } = simulateBars({ bars: 2501, volatility: 0.02, seed: 4, garch });
  // In per cent, as arch likes them.
  const returns = logReturns(close).map((r) => 100 * r);
  const run = () => fitGarch(returns);
  return {
    what: "GARCH(1,1), 2,500 returns",
    name: "`fitGarch`",
    ours: run,
    answer() {
      const { omega, alpha, beta, logLikelihood } = run();
      const all = [omega, alpha, beta];
      return [...all.map(({ value }) => value), ...all.map((one) => one.standardError), logLikelihood];
    },
    // arch stops a little before the maximum, takes second derivatives by differences and centres the scores.
    tolerance: 2e-3,
    peer: "garch",
    peerName: "arch, fit and robust errors",
    task: { returns: Array.from(returns) },
    goal: 10,
  };
}
