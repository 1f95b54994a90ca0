/**
 * Portfolios: the optimum against scipy's block-banded solve and against LAPACK's eigenvectors, and within caps against clarabel.
 *
 * @typedef {import("./cases.mjs").Case} Case
 * @typedef {typeof import("optimal-execution/portfolio")} Portfolios
 */

/**
 * @param {Portfolios} library
 * @returns {readonly Case[]}
 */
export function portfolios(library) {
  return [...[30, 100].flatMap((names) => optima(names, library)), capped(library)];
}

/** Numbers in [0, 1) from a seed. */
function generator(seed = 1) {
  let state = seed;
  return () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}

/**
 * Five factors and a risk of each name's own; temporary impact with a little of every name on every other.
 *
 * @param {number} names
 * @param {number} intervals
 */
function task(names, intervals) {
  const draw = generator();
  const list = (/** @type {(i: number) => number} */ make, length = names) =>
    Array.from({ length }, (_, i) => make(i));
  const factors = list(() => 0).map(() =>
    list((k) => (k === 0 ? 0.6 + 0.4 * draw() : 0.5 * (draw() - 0.5)), 5),
  );
  const covariance = factors.map((one, i) =>
    factors.map((other, j) =>
      one.reduce((sum, value, k) => sum + value * Number(other[k]), i === j ? 0.4 : 0),
    ),
  );
  const temporaryImpact = factors.map((_, i) =>
    factors.map((__, j) => (i === j ? 2e-6 * (0.5 + (i % 10) / 10) : 1e-7 / names)),
  );
  return {
    positions: list(() => Math.floor(2e5 * (draw() - 0.4))),
    covariance,
    temporaryImpact,
    permanentImpact: list((i) => 0.1 * Number(temporaryImpact[i]?.[i])),
    horizon: 1,
    intervals,
    riskAversion: 1e-6,
  };
}

/**
 * @param {number} names
 * @param {Portfolios} library
 * @returns {readonly Case[]}
 */
function optima(names, { definePortfolio, portfolioSchedule }) {
  const given = task(names, 50);
  const portfolio = definePortfolio(given);
  const ours = {
    what: `portfolio, ${names} names, N = 50`,
    name: "`portfolioSchedule`",
    ours: () => portfolioSchedule(portfolio),
    answer() {
      const { remaining } = portfolioSchedule(portfolio);
      return [Number(remaining[1]?.[0]), Number(remaining[25]?.[names - 1])];
    },
    tolerance: 1e-6,
    task: given,
  };
  return [
    { ...ours, peer: "portfolio-banded", peerName: "scipy `solveh_banded`, blocks", goal: 1 },
    {
      ...ours,
      peer: "portfolio-eigh",
      peerName: "LAPACK `eigh`, all paths at once",
      goal: names < 50 ? 0.25 : 0.125,
    },
  ];
}

/**
 * 60 names × 60 intervals, each name capped at 1.6 times its mean trade in proportion to a U-shaped volume.
 *
 * @param {Portfolios} library
 * @returns {Case}
 */
function capped({ boundedPortfolio, definePortfolio, portfolioCost }) {
  const given = task(60, 60);
  const portfolio = definePortfolio(given);
  const caps = Array.from({ length: 60 }, (_, k) =>
    given.positions.map((x) => (1.6 / 60) * Math.abs(x) * (0.6 + 1.2 * ((2 * k - 59) / 60) ** 2)),
  );
  const solve = () => boundedPortfolio(portfolio, { caps });
  return {
    what: "portfolio within caps, 60 names, N = 60",
    name: "`boundedPortfolio`, with certificate",
    ours: solve,
    answer() {
      const result = solve();
      return result.status === "optimal" ? [portfolioCost(portfolio, result.schedule).objective] : [];
    },
    tolerance: 1e-7,
    task: { ...given, caps },
    peer: "portfolio-clarabel",
    peerName: "clarabel, direct",
    goal: 10,
  };
}
