/**
 * Almgren and Chriss, "Optimal execution of portfolio transactions" (J. Risk 3(2), 2001, 5–39): every number of its tables, its
 * examples and the captions of its figures, as printed in the version of December 2000. The journal's may have mended some of the
 * faults. The figures have no coordinates to read off.
 *
 * @module
 */
import { signOfCorrelation, staticHoldings } from "./almgrenChriss2001Errata";
import { figuresOf, type PublishedFigure } from "./figures";

const figure = figuresOf("Almgren and Chriss 2001");
const assumption = { kind: "assumption" } as const;

const table1: readonly PublishedFigure[] = [
  figure("Table 1", "initial stock price S₀ (USD/share)", "50", assumption),
  figure("Table 1", "initial holdings X (shares)", "1e6", assumption),
  figure("Table 1", "liquidation time T (days)", "5", assumption),
  figure("Table 1", "number of time periods N", "5", assumption),
  figure("Table 1", "annual volatility", "0.30", assumption),
  figure("Table 1", "volatility σ (USD/share/√day)", "0.95"),
  figure("Table 1", "annual growth", "0.10", assumption),
  figure("Table 1", "drift α (USD/share/day)", "0.02"),
  figure("Table 1", "bid-ask spread (USD/share)", "0.125", assumption),
  figure("Table 1", "half-spread ε (USD/share)", "0.0625"),
  figure("Table 1", "daily volume (shares)", "5e6", assumption),
  figure("Table 1", "permanent impact γ (USD/share²)", "2.5e-7"),
  figure("Table 1", "fraction of the market's volume that costs one spread", "0.01", assumption),
  figure("Table 1", "temporary impact η (USD·day/share²)", "2.5e-6"),
  figure("Table 1", "static holdings x̄ (shares)", "11,000", { digits: 2 }),
  figure("Table 1", "risk aversion λ_u (1/USD)", "1e-6", assumption),
  figure("Table 1", "confidence p", "0.95", assumption),
  figure("Table 1", "standard deviations λ_v at that confidence", "1.645"),
];

const section3: readonly PublishedFigure[] = [
  figure("§ 3.4", "value of the holdings (USD)", "50e6"),
  figure("§ 3.4", "trading days in a year", "250", assumption),
  figure("§ 3.4", "daily volatility", "0.019"),
  figure("§ 3.4", "expected daily return", "4e-4"),
  figure("§ 3.4", "volatility σ (USD/share/√day)", "0.95"),
  figure("§ 3.4", "drift α (USD/share/day)", "0.02"),
  figure("§ 3.4", "standard deviation σ√T of the price (USD/share)", "2.12"),
  figure("§ 3.4", "standard deviation of the value held over T (USD)", "2.12e6"),
  figure("§ 3.4", "that standard deviation over √V of equal trades", "2", {
    // "Precisely", the text says.
    digits: 17,
    fault: "“precisely twice”: it is √(6N²/((N − 1)(2N − 1))), which no N makes 2",
  }),
  figure("§ 3.4", "half-spread ε (USD/share)", "0.0625"),
  figure("§ 3.4", "temporary impact at 5% of the market's volume (USD/share)", "0.625"),
  figure("§ 3.4", "temporary impact η (USD·day/share²)", "2.5e-6"),
  figure("§ 3.4", "fraction of the market's volume that moves the price one spread", "0.1", assumption),
  figure("§ 3.4", "permanent impact γ (USD/share²)", "2.5e-7"),
  figure("§ 3.4", "risk aversion λ_u (1/USD)", "1e-6", assumption),
  figure("§ 3.4", "κ (1/day)", "0.6"),
  figure("§ 3.4", "κT", "3"),
  figure("§ 3.4", "confidence p", "0.95", assumption),
  figure("§ 3.4", "standard deviations λ_v at that confidence", "1.645"),
];

const figures1To3: readonly PublishedFigure[] = [
  figure("Figure 1, caption", "λ of the tangent (1/USD)", "1e-6", assumption),
  figure("Figure 2, caption", "λ of A (1/USD)", "2e-6", assumption),
  figure("Figure 2, caption", "λ of B (1/USD)", "0", assumption),
  figure("Figure 2, caption", "λ of C (1/USD)", "-2e-7", assumption),
  figure("Figure 3, caption", "confidence p", "0.95", assumption),
  figure("Figure 3, caption", "slope λ_v of the tangent", "1.645"),
];

const section41: readonly PublishedFigure[] = [
  figure("§ 4.1", "static holdings x̄ (shares)", "1,100", { digits: 2, fault: staticHoldings }),
  figure("§ 4.1", "static holdings x̄ as a fraction of X", "0.0011", { fault: staticHoldings }),
];

const fractions = ["0.01", "0.02", "0.05", "0.10"];
const impacts = ["2.5e-6", "1.25e-6", "0.5e-6", "0.25e-6"];
const correlations = ["0.1", "0.2", "0.5"];
const gains = [
  ["19", "38", "96", "192"],
  ["64", "129", "321", "643"],
  ["257", "514", "1,286", "2,571"],
];
const roundedUp = "rounded up from 191.25: the other eleven cells are rounded to the nearest dollar";

const section42: readonly PublishedFigure[] = [
  figure("§ 4.2", "bid-ask spread as a fraction of the price", "0.0025"),
  figure("§ 4.2", "ten minutes τ (days)", "0.0256"),
  figure("§ 4.2", "ten-minute periods in a day", "39", assumption),
  ...correlations.map((ρ) =>
    figure("§ 4.2", `serial correlation ρ of ten-minute changes: ${ρ}`, ρ, {
      ...assumption,
      fault: signOfCorrelation,
    }),
  ),
  ...fractions.map((fraction) =>
    figure(
      "Table 2",
      `fraction of the market's volume that costs one spread: ${fraction}`,
      fraction,
      assumption,
    ),
  ),
  ...impacts.map((η, column) =>
    figure("Table 2", `temporary impact η (USD·day/share²) at ${fractions[column]} of the volume`, η),
  ),
  ...correlations.map((ρ) => figure("Table 2", `serial correlation ρ: −${ρ}`, `-${ρ}`, assumption)),
  ...gains.flatMap((row, i) =>
    row.map((gain, column) =>
      figure(
        "Table 2",
        `gain (USD/day), ρ = −${correlations[i]}, η = ${impacts[column]}`,
        gain,
        gain === "192" ? { fault: roundedUp } : {},
      ),
    ),
  ),
];

const section43: readonly PublishedFigure[] = [
  figure("Figure 4, caption", "annual volatility at first", "0.10", assumption),
  figure("Figure 4, caption", "day of the announcement, after its close", "2", assumption),
  figure("Figure 4, caption", "annual volatility after it, case 1", "0.05", assumption),
  figure("Figure 4, caption", "annual volatility after it, case 2", "0.40", assumption),
];

const asVolatilities =
  "headed “annual variance”: the diagonal is of volatilities, and 10% the root of the covariance";

const appendixA: readonly PublishedFigure[] = [
  figure("Table 3", "share price of security 1 (USD)", "50", assumption),
  figure("Table 3", "share price of security 2 (USD)", "100", assumption),
  figure("Table 3", "daily volume of security 1 (shares)", "5e6", assumption),
  figure("Table 3", "daily volume of security 2 (shares)", "20e6", assumption),
  figure("Table 3", "annual variance, security 1", "0.30", { ...assumption, fault: asVolatilities }),
  figure("Table 3", "annual variance, securities 1 and 2", "0.10", { ...assumption, fault: asVolatilities }),
  figure("Table 3", "annual variance, security 2", "0.15", { ...assumption, fault: asVolatilities }),
  figure("Appendix A.4", "initial holdings of each security (shares)", "10e6", {
    ...assumption,
    fault: "the axes of Figures 5 and 6 are those of 1 million shares each",
  }),
  figure("Appendix A.4", "liquidation time T (days)", "5", assumption),
  figure("Appendix A.4", "number of time periods N", "5", assumption),
  figure("Figure 5, caption", "λ of the tangent (1/USD)", "1e-6", assumption),
  figure("Figure 6, caption", "λ of A (1/USD)", "2e-6", assumption),
  figure("Figure 6, caption", "λ of B (1/USD)", "0", assumption),
  figure("Figure 6, caption", "λ of C (1/USD)", "-5e-8", assumption),
];

/** Every number of the paper's tables, examples and captions, in the order of its sections; its equations have none. */
export const almgrenChriss2001: readonly PublishedFigure[] = Object.freeze([
  ...[...figures1To3, ...section3, ...table1, ...section41, ...section42, ...section43, ...appendixA],
]);

/** The paper's test case in a desk's words, from which it derives the model's parameters. */
export const almgrenChriss2001Case: {
  /** Price on arrival (USD/share). */
  readonly price: number;
  /** Shares to sell. */
  readonly shares: number;
  /** Time for it (days). */
  readonly horizon: number;
  /** Number of trades. */
  readonly intervals: number;
  /** Standard deviation of a year's return. */
  readonly annualVolatility: number;
  /** Expected return of a year. */
  readonly annualGrowth: number;
  /** Trading days in a year. */
  readonly tradingDays: number;
  /** Bid to ask (USD/share). */
  readonly spread: number;
  /** What the market trades (shares/day). */
  readonly dailyVolume: number;
  /** The fraction of the market's volume whose trading concedes one spread. */
  readonly costsOneSpread: number;
  /** The fraction of a day's volume whose sale lowers the price by one spread for good. */
  readonly movesOneSpread: number;
  /** λ (1/USD). */
  readonly riskAversion: number;
  /** Confidence of the value at risk. */
  readonly confidence: number;
} = Object.freeze({
  ...{ price: 50, shares: 1e6, horizon: 5, intervals: 5 },
  ...{ annualVolatility: 0.3, annualGrowth: 0.1, tradingDays: 250, spread: 0.125, dailyVolume: 5e6 },
  ...{ costsOneSpread: 0.01, movesOneSpread: 0.1, riskAversion: 1e-6, confidence: 0.95 },
});
