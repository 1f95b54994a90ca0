/**
 * The terms whose means are the range estimates, one a bar, in the bar's logarithms from its open: u = ln(H/O),
 * d = ln(L/O), c = ln(C/O), and o = ln(O/C_previous).
 *
 * @module
 */
import type { PriceBars } from "../support/bars";
import { type BarLogs, emptyLogs, fillLogs, meanMoves } from "./barLogs";
import { blockLength, Moments } from "./moments";
import { type VarianceEstimate, type VarianceSettings, varianceEstimate } from "./variance";

/** The estimators, by the names that a table shows. */
export const rangeMethods = {
  parkinson: "Parkinson",
  garmanKlass: "Garman–Klass",
  garmanKlass1980: "Garman–Klass 1980",
  rogersSatchell: "Rogers–Satchell",
  yangZhang: "Yang–Zhang",
} as const;
export type RangeMethod = keyof typeof rangeMethods;

/** What Yang and Zhang's terms need to know of all bars: weights of night, day and range, and the two means. */
interface YangZhangWeights {
  readonly night: number;
  readonly day: number;
  readonly range: number;
  readonly meanNight: number;
  readonly meanDay: number;
}

/** Their estimate written as one mean too: of deviations from known means, times m/(m − 1). */
function yangZhangWeights(bars: PriceBars): YangZhangWeights {
  const m = bars.close.length - 1;
  const k = 0.34 / (1.34 + (m + 1) / (m - 1));
  const ofSample = m / (m - 1);
  const { overnight, move } = meanMoves(bars);
  return { night: ofSample, day: ofSample * k, range: 1 - k, meanNight: overnight, meanDay: move };
}

/** Where nobody asks for Yang and Zhang's estimate, whose means and weights cost another pass. */
const noWeights: YangZhangWeights = { night: 0, day: 0, range: 0, meanNight: 0, meanDay: 0 };

/**
 * Fills the terms of all five means for the first `count` bars of a block. One loop for all is hardly dearer than one
 * for each: what takes time is to fetch the logarithms.
 */
function fillTerms(
  { overnight, up, down, move }: BarLogs,
  count: number,
  weights: YangZhangWeights,
  { parkinson, garmanKlass, garmanKlass1980, rogersSatchell, yangZhang }: Record<RangeMethod, Float64Array>,
): void {
  // Locals: what a loop takes from outside is looked up again in every turn.
  const [ofRange, ofMove] = [1 / (4 * Math.LN2), 2 * Math.LN2 - 1];
  const { night, day, range, meanNight, meanDay } = weights;
  for (let i = 0; i < count; i++) {
    const u = up[i];
    const d = down[i];
    const c = move[i];
    const squaredRange = (u - d) * (u - d);
    const squaredMove = c * c;
    const free = u * (u - c) + d * (d - c);
    const ofNight = overnight[i] - meanNight;
    const ofDay = c - meanDay;
    parkinson[i] = ofRange * squaredRange;
    garmanKlass[i] = 0.5 * squaredRange - ofMove * squaredMove;
    garmanKlass1980[i] = 0.511 * squaredRange - 0.019 * (c * (u + d) - 2 * u * d) - 0.383 * squaredMove;
    rogersSatchell[i] = free;
    yangZhang[i] = night * ofNight * ofNight + day * ofDay * ofDay + range * free;
  }
}

/** Estimates by several methods in one pass over the bars, block by block. */
export function estimateRanges(
  bars: PriceBars,
  asked: readonly RangeMethod[],
  settings: VarianceSettings,
): VarianceEstimate[] {
  const logs = emptyLogs();
  const column = (): Float64Array => new Float64Array(blockLength);
  const terms: Record<RangeMethod, Float64Array> = {
    parkinson: column(),
    garmanKlass: column(),
    garmanKlass1980: column(),
    rogersSatchell: column(),
    yangZhang: column(),
  };
  const weights = asked.includes("yangZhang") ? yangZhangWeights(bars) : noWeights;
  const moments = asked.map(() => new Moments(settings.lags));
  const n = bars.open.length;
  for (let first = 0; first < n; first += blockLength) {
    const count = Math.min(blockLength, n - first);
    fillLogs(bars, first, count, logs);
    fillTerms(logs, count, weights, terms);
    asked.forEach((method, i) => {
      // The first bar of all has no close before it, and so no term of Yang and Zhang's.
      const skipped = method === "yangZhang" && first === 0 ? 1 : 0;
      const column = terms[method];
      moments[i].add(skipped === 0 ? column : column.subarray(skipped), count - skipped);
    });
  }
  return asked.map((method, i) => {
    const { mean, standardError, observations } = moments[i];
    return varianceEstimate(rangeMethods[method], mean, standardError, observations, settings);
  });
}
