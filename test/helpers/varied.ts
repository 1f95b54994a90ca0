import {
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  kernelImpact,
  type ProblemInput,
  powerDecayImpact,
  powerImpact,
} from "../../src/index";

const timings = ["start", "mid", "end"] as const;

/**
 * Problems with a random profile, all timings, both sides and all parts of their own impact in turn. The market of each
 * interval lies within a factor of e of the whole day's; the cost is convex wherever the timing allows.
 */
export function variedProblem(
  random: () => number,
  i: number,
  change: Partial<ProblemInput> = {},
): ExecutionProblem {
  const N = 1 + Math.floor(40 * random());
  const horizon = 5;
  const raw = Array.from({ length: N }, () => 0.2 + random());
  const whole = raw.reduce((sum, length) => sum + length, 0);
  const lengths = raw.map((length) => (horizon * length) / whole);
  const τ = Math.max(...lengths);
  const η = 2.5e-6;
  const each = (size: number): number[] => Array.from({ length: N }, () => size * Math.exp(random() - 0.5));
  const open = Array.from({ length: N }, () => random() > 0.15);
  open[Math.floor(N * random())] = true;
  // The largest of these stays a tenth of what would make the cost concave.
  const γ = random() < 0.2 ? 0 : (0.1 * η) / τ;
  const ownImpact =
    random() < 0.2 ? (["none", "half", "full"] as const)[Math.floor(3 * random())] : undefined;
  return defineProblem({
    side: i % 2 === 0 ? "sell" : "buy",
    timing: timings[i % 3],
    shares: 1e6,
    horizon,
    intervals: N,
    volatility: 0.95,
    temporaryImpact: η,
    permanentImpact: γ,
    halfSpread: 0.0625,
    drift: 0.1,
    riskAversion: random() < 0.2 ? 0 : 10 ** (-8 + 3 * random()),
    ownImpact,
    arrivalPrice: 50,
    ...change,
    profile: {
      lengths,
      volatility: each(0.95),
      temporaryImpact: each(η),
      permanentImpact: random() < 0.5 ? each(γ) : undefined,
      halfSpread: random() < 0.5 ? each(0.0625) : undefined,
      drift: random() < 0.5 ? each(random() - 0.5) : undefined,
      open: random() < 0.5 ? open : undefined,
      ...change.profile,
    },
  });
}

/** The same problem under a power law that concedes as much at the rate of trading evenly. */
export function asPower(problem: ExecutionProblem, exponent: number): ExecutionProblem {
  const factor = (problem.shares / problem.horizon) ** (1 - exponent);
  const { temporaryImpact, permanentImpact, profile } = problem;
  return defineProblem({
    ...problem,
    temporaryImpact: undefined,
    permanentImpact: undefined,
    impact: powerImpact({ coefficient: temporaryImpact * factor, exponent, permanent: permanentImpact }),
    profile:
      profile === undefined
        ? undefined
        : { ...profile, temporaryImpact: profile.temporaryImpact?.map((η) => η * factor) },
  });
}

/** The same problem under impact that fades, as large as its permanent impact was, or some of its temporary one. */
export function asTransient(
  problem: ExecutionProblem,
  kind: "decay" | "powerDecay" | "kernel",
): ExecutionProblem {
  const { horizon: T, intervals: N, temporaryImpact: temporary, profile } = problem;
  const g = 2 * problem.permanentImpact + (0.3 * temporary) / T;
  const permanent = 0.2 * problem.permanentImpact;
  const impact =
    kind === "decay"
      ? decayImpact({
          exponentials: [
            { impact: 0.7 * g, rate: 3 / T },
            { impact: 0.3 * g, rate: 20 / T },
          ],
          ...{ permanent, temporary },
        })
      : kind === "powerDecay"
        ? powerDecayImpact({
            ...{ impact: g, timescale: 0.1 * T, exponent: 0.4 },
            ...{ permanent, temporary },
          })
        : kernelImpact({ values: Array.from({ length: N }, (_, k) => g / (1 + (5 * k) / N)), temporary });
  const lengths = kind === "kernel" ? undefined : profile?.lengths;
  return defineProblem({
    ...problem,
    ...{ temporaryImpact: undefined, permanentImpact: undefined, impact },
    profile: profile === undefined ? undefined : { ...profile, permanentImpact: undefined, lengths },
  });
}

/** The intervals in which a problem may trade, counted from 0. */
export function openIntervals({ intervals, profile }: ExecutionProblem): number[] {
  return Array.from({ length: intervals }, (_, k) => k).filter((k) => profile?.open?.[k] !== false);
}

/** Trades that sum to the order, with some against it, none where the problem is closed. */
export function variedTrades(problem: ExecutionProblem, random: () => number): number[] {
  const { intervals: N, shares: X } = problem;
  const places = openIntervals(problem);
  const trades = new Array<number>(N).fill(0);
  for (const k of places) trades[k] = random() - 0.2;
  const last = places.at(-1) ?? 0;
  const scaled = trades.map((n) => (2 * X * n) / N);
  scaled[last] += X - scaled.reduce((sum, n) => sum + n, 0);
  return scaled;
}
