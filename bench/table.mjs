import { arch, availableParallelism, cpus, platform } from "node:os";
import { rounds } from "./rounds.mjs";

/** @typedef {import("./rounds.mjs").Measurement} Measurement */

/**
 * The results as a page in Markdown: machine and versions, no date, and for every goal whether it is reached.
 *
 * @param {readonly Measurement[]} measurements
 * @param {import("./python.mjs").Peers["about"]} about
 */
export function page(measurements, about) {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const header = ["what", "ours", "ours, µs", "peer", "peer, µs", "ahead by [rounds]", "goal", "verdict"];
  const rows = measurements.map(row);
  return `# How fast it is

Written by \`npm run bench\`. The times are this machine's; the ratios, peer's time over ours, are what to compare. Both
sides take turns for ${rounds} rounds, one core each; a ratio is formed within each round; the table gives medians, and in
brackets the lowest and the highest ratio. That both sides compute the same is checked as well.

- Machine: ${availableParallelism()} cores (${model}), ${platform()} ${arch()}
- Ours: Node ${process.versions.node}
- Peers: Python ${about.python}, numpy ${about.numpy} (SIMD: ${about.simd.join(", ") || "baseline"}), scipy ${about.scipy}, arch ${about.arch}, clarabel ${about.clarabel}, osqp ${about.osqp}, numba ${about.numba}, slippage-tca ${about.slippage}, BLAS on one thread

${table(header, rows)}

The order is one million shares over an hour, with κT from 11 at N = 60 to 29 at N = 100,000. Calls are public ones, with all
that they check. Beyond 2,000 intervals rates and times are made when they are read; the row that reads them says so, and the rows of
zeros how long the engine takes to make four arrays with nothing in them. The times of
an even grid are kept from one call to the next, and copied. The data of a row is made when its turn comes, so that no row is slowed
by what others keep in memory. The dense peer is timed without filling its matrix. \`costReport\` also checks that trades and holdings agree. Rows whose peer is a call
of ours compare two of them: a certificate with a cost report, a bounded schedule with its program, all cores with one. A batch
plans each order from the bounds that held the one before: where orders resemble one another it gains more than the cores alone
do, where no two are alike nothing. The
frontier's λ run evenly in their logarithm from 1e-8 to 1e-3; numpy and numba compute every path by \`sinh\` and sum it,
\`efficientFrontier\` knows the sums in closed form, as the last numba row does. Both
simulations walk every price of every path. The linear program has 390 rows, 7,790 columns and 11,680 coefficients; scipy
calls HiGHS compiled for this machine, ours is the same solver as WebAssembly, and the time includes scaling and the
certificate. There the goal is to be behind by no more than a factor of 1.5.

Under impact that fades the problem is defined anew for every solution, as the peers fill their matrix or kernel anew.
\`solve_toeplitz\` and slippage-tca know no risk: those rows have none. slippage-tca looks for round trips that make money first, by
eigenvalues; ours by the shape of the decay.

Portfolios have a covariance of five factors and impact between all names; the banded solve is timed without filling its
matrix, \`portfolioSchedule\` and \`boundedPortfolio\` make the whole schedule, the latter with its certificate.

The range estimates are Parkinson, Garman–Klass in both forms, Rogers–Satchell and Yang–Zhang, each with its standard error;
ours also checks every bar. GARCH is fitted to simulated returns; both sides give parameters, robust standard errors and
likelihood.
`;
}

/**
 * @param {Measurement} measurement
 * @returns {readonly string[]}
 */
function row({ case: { what, name, peerName = "", goal }, ours, peer }) {
  if (peer === undefined) return [what, name, microseconds(ours), "", "", "", "", ""];
  const ratio = `**${digits(peer.ratio)}** [${digits(peer.least)}–${digits(peer.most)}]`;
  return [
    what,
    name,
    microseconds(ours),
    peerName,
    microseconds(peer.microseconds),
    ratio,
    goal ? `≥ ${goal}` : "",
    goal ? verdict(peer, goal) : "",
  ];
}

/**
 * @param {NonNullable<Measurement["peer"]>} peer
 * @param {number} goal
 */
export function verdict({ ratio, least, agrees }, goal) {
  if (!agrees) return "the answers differ";
  if (ratio < goal) return "behind";
  return least < goal ? "PASS, not in every round" : "PASS";
}

/** @param {number} value */
const digits = (value) => (value < 10 ? value.toFixed(1) : grouped(value));

/** @param {number} value */
const microseconds = (value) =>
  value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : grouped(value);

/** @param {number} value */
const grouped = (value) => Math.round(value).toLocaleString("en");

/**
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 */
function table(header, rows) {
  const rule = header.map((title) => (/µs|ahead|goal/.test(title) ? "---:" : "---"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
