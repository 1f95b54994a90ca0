/**
 * Rows of days on which the market was closed, as some vendors write them: without volume, all four prices that of the day
 * before. They are no periods of the market, and an estimate that counts them is too low.
 *
 * @module
 */
import { barColumns, checkBars, type PriceBars } from "../support/bars";
import { isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { Series } from "../support/numbers";
import { intradayPair } from "./barClock";
import { checkSeries } from "./variance";

/** Daily bars with the volume of each day. */
export interface VolumeBars extends PriceBars {
  /** Traded volume of each day, 0 or above. */
  readonly volume: Series;
  /** Their dates, as `/data` gives them. */
  readonly times?: readonly string[] | Series | undefined;
}

/** Bars of the days on which something was traded. Frozen. */
export interface TradedBars extends PriceBars<readonly number[]> {
  /** Traded volume of each of these days, 0 or above. */
  readonly volume: readonly number[];
  /** Their dates, where the bars had some. */
  readonly times?: readonly (string | number)[] | undefined;
  /** How many rows were left out. */
  readonly leftOut: number;
}

/**
 * Leaves out the rows of closed days: volume 0, and open, high, low and close all the same. A row without volume in which the
 * price moves stays, and where no row has volume, as with indices, all of them stay.
 *
 * @param bars - daily bars with `volume`, and `times` where there are some
 * @returns the other rows, and how many were left out
 * @throws InputError when an argument is not what it should be, or the times are within days: a minute without a trade is a
 *   part of the market's time
 *
 * @example
 * ```ts
 * const bars = { open: [10, 11, 11], high: [11, 11, 12], low: [9, 11, 11], close: [11, 11, 12], volume: [5, 0, 7] };
 * tradedBars(bars).close; // → [11, 12]
 * tradedBars(bars).leftOut; // → 1
 * ```
 */
export function tradedBars(bars: VolumeBars): TradedBars {
  const { length } = checkBars(bars, 1).open;
  const { volume, times } = bars;
  checkSeries("bars.volume", volume, length, notNegative, "shares");
  if (volume.length !== length)
    throw new InputError("bars.volume", volume, `an array of ${length} numbers, as bars.open has`);
  const hasTimes = times !== undefined;
  if (hasTimes && !(isList(times) && times.length === length))
    throw new InputError("bars.times", times, `left out, or an array of ${length} times, as bars.open has`);
  const pair = intradayPair(times);
  if (pair !== undefined) {
    throw new InputError(
      "bars.times",
      times,
      "days",
      `These bars are intraday (${pair}), and a minute without a trade is a part of the market's time.`,
    );
  }
  const isClosed = closedRows(bars);
  const kept = <T>(column: ArrayLike<T>): readonly T[] =>
    Object.freeze(Array.from(column).filter((_, i) => !isClosed[i]));
  const [open, high, low, close] = barColumns.map((name) => kept(bars[name]));
  return Object.freeze({
    ...{ open, high, low, close, volume: kept(volume) },
    ...(hasTimes ? { times: kept<string | number>(times) } : {}),
    leftOut: isClosed.filter((isLeftOut) => isLeftOut).length,
  });
}

/** For each row whether it is that of a closed day; for none where no row has volume. */
function closedRows({ open, high, low, close, volume }: VolumeBars): readonly boolean[] {
  const hasVolume = volume.some((shares) => shares > 0);
  return Array.from(
    open,
    (price, i) => hasVolume && volume[i] === 0 && high[i] === price && low[i] === price && close[i] === price,
  );
}

/** The warning that days on which the market was closed are among checked bars, where their volume tells. */
export function closedWarnings(
  bars: PriceBars & { readonly volume?: unknown },
  period: string,
): readonly string[] {
  const { volume, times } = bars as Partial<VolumeBars>;
  const isOfDays = /^(day|session)s?$/.test(period) && intradayPair(times) === undefined;
  if (!isOfDays || !isList(volume)) return [];
  const count = bars.open.length;
  const closed = closedRows(bars as VolumeBars).filter((isClosed) => isClosed).length;
  if (closed === 0) return [];
  const missing = 100 * (1 - Math.sqrt(1 - closed / count));
  return [
    `${closed} of ${count} rows look like days on which the market was closed (volume 0; open, high, low and close the ` +
      `same): counted as days they make σ about ${formatSignificant(missing, 2)}% too low. Leave them out: tradedBars(bars).`,
  ];
}
