/**
 * Bars in the making, from the rows of a series.
 *
 * @module
 */
import type { PriceBars } from "../support/bars";
import { stampText } from "../support/wallTime";
import type { Zone } from "../support/zone";
import type { CheckedSeries } from "./series";

/** Bars in columns. */
export interface BarTable extends PriceBars<readonly number[]> {
  /** When each bar begins, by the market's clock, with its offset from UTC. */
  readonly times: readonly string[];
  /** Traded volume (shares), where the series has it. */
  readonly volume: readonly number[] | undefined;
  /**
   * Volume-weighted average price (currency/share), where the series has volumes: of trades exactly, of bars by the mean of
   * high, low and close of each. The close where nothing was traded.
   */
  readonly vwap: readonly number[] | undefined;
  /** Number of rows that went into each bar; 0 for one that was carried forward. */
  readonly rows: readonly number[];
}

/** What became of empty intervals. */
export interface EmptyCounts {
  /** Empty intervals that got the last price before them. */
  readonly carried: number;
  /** Empty intervals without a bar. */
  readonly leftOut: number;
}

/** Collects bars one by one. */
export class BarBuilder {
  private readonly times: string[] = [];
  private readonly prices = { open: [], high: [], low: [], close: [] } as Record<keyof PriceBars, number[]>;
  private readonly volume: number[] = [];
  private readonly vwap: number[] = [];
  private readonly rows: number[] = [];
  private session = -1;
  /** The last price of the session so far; none at its beginning, since no price is carried across a night. */
  private last: number | undefined;
  private carried = 0;
  private leftOut = 0;

  constructor(
    private readonly series: CheckedSeries,
    private readonly zone: Zone,
  ) {}

  /** Begins a stretch of a session. */
  begin(session: number): void {
    if (session !== this.session) this.last = undefined;
    this.session = session;
  }

  /** Adds the bar of some rows, of which there is at least one. */
  add(instant: number, first: number, end: number): void {
    const { open, high, low, close, volume } = this.series;
    let [highest, lowest, traded, value] = [high[first], low[first], 0, 0];
    for (let i = first; i < end; i++) {
      highest = Math.max(highest, high[i]);
      lowest = Math.min(lowest, low[i]);
      if (volume === undefined) continue;
      traded += volume[i];
      value += volume[i] * this.typical(i);
    }
    const last = close[end - 1];
    this.push(instant, [open[first], highest, lowest, last], end - first);
    this.addVolume(traded, traded > 0 ? value / traded : last);
    this.last = last;
  }

  /** Passes over an empty interval, or fills it with the last price before it. */
  skip(instant: number, isCarried: boolean): void {
    const { last } = this;
    if (!isCarried || last === undefined) {
      this.leftOut += 1;
      return;
    }
    this.carried += 1;
    this.push(instant, [last, last, last, last], 0);
    this.addVolume(0, last);
  }

  result(): { readonly bars: BarTable; readonly counts: EmptyCounts } {
    const { times, prices, volume, vwap, rows, carried, leftOut } = this;
    const hasVolume = this.series.volume !== undefined;
    const volumes = { volume: hasVolume ? volume : undefined, vwap: hasVolume ? vwap : undefined };
    return { bars: { times, ...prices, ...volumes, rows }, counts: { carried, leftOut } };
  }

  private typical(i: number): number {
    const { stamp, high, low, close } = this.series;
    return stamp === "price" ? close[i] : (high[i] + low[i] + close[i]) / 3;
  }

  private push(instant: number, bar: readonly [number, number, number, number], rows: number): void {
    const { open, high, low, close } = this.prices;
    this.times.push(stampText(instant, this.zone));
    open.push(bar[0]);
    high.push(bar[1]);
    low.push(bar[2]);
    close.push(bar[3]);
    this.rows.push(rows);
  }

  private addVolume(traded: number, vwap: number): void {
    if (this.series.volume === undefined) return;
    this.volume.push(traded);
    this.vwap.push(vwap);
  }
}
