import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProblemInput, TradeBounds } from "../../src/index";

/** A schedule under a power law, from `test/reference/power_law.json`. */
export interface PowerCase {
  readonly name: string;
  readonly input: ProblemInput;
  readonly bounds: TradeBounds;
  readonly trades: readonly number[];
  readonly expectedCost: number;
  readonly costVariance: number;
  readonly objective: number;
  readonly upperPrices: readonly number[];
  readonly lowerPrices: readonly number[];
}

interface PowerReference {
  readonly bounded: readonly PowerCase[];
  readonly ownHalf: readonly Omit<PowerCase, "name" | "bounds" | "upperPrices" | "lowerPrices">[];
  readonly counterexample: {
    readonly n_star: number;
    readonly E_equal: number;
    readonly E_immediate: number;
    readonly E_90_10: number;
    readonly envelope_tangent: number;
    readonly envelope_lower_bound: number;
  };
  readonly almgren2003: {
    readonly rows: readonly {
      readonly inverse_lambda_thousand: number;
      readonly k: number;
      readonly T_star: number;
      readonly E: number;
      readonly sd: number;
    }[];
  };
  readonly athl: {
    readonly rows: readonly {
      readonly name: string;
      readonly V: number;
      readonly Theta: number;
      readonly sigma_bp: number;
      readonly T: number;
      readonly J: number;
      readonly sd_I: number;
      readonly sd_K: number;
      readonly sd_J: number;
      readonly J_95: readonly number[];
      readonly sd_J_with_beta_error: number;
    }[];
  };
}

/** `test/reference/power_law.json`. */
export const powerReference = JSON.parse(
  readFileSync(join(__dirname, "..", "reference", "power_law.json"), "utf8"),
) as PowerReference;
