import { reference } from "./reference";

interface Variance {
  readonly daily_variance: number;
  readonly annualised_vol: number;
}

/** `test/reference/volatility.json`. */
export interface VolatilityReference {
  readonly ohlc: {
    readonly rows: readonly (readonly [number, number, number, number])[];
    readonly estimates: Readonly<Record<string, Variance>>;
  };
  readonly intraday: {
    readonly prices: readonly number[];
    readonly estimates: Readonly<Record<string, number>>;
  };
  readonly garch: {
    readonly returns: readonly number[];
    readonly backcast: number;
    readonly at_fixed: GarchReference;
    readonly mle: GarchReference & {
      readonly se_inverse_hessian: readonly number[];
      readonly long_run_variance: number;
    };
  };
}

interface GarchReference {
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
  readonly loglik: number;
  readonly next_variance: number;
}

export const figures: VolatilityReference = reference<VolatilityReference>("volatility");

const column = (k: 0 | 1 | 2 | 3): number[] => figures.ohlc.rows.map((row) => row[k]);

/** The reference's bars. */
export const bars = { open: column(0), high: column(1), low: column(2), close: column(3) };
