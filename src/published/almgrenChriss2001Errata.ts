/**
 * What is wrong in the text of Almgren and Chriss 2001, in its version of December 2000.
 *
 * @module
 */

import type { Erratum } from "./figures";

/** Two figures have this fault. */
export const staticHoldings = "a tenth of α/(2λσ²) = 11,080 shares, which Table 1 rounds to 11,000";

/** Three figures have this fault. */
export const signOfCorrelation =
  "positive in the text; the gains of Table 2, which prints −, are those of negative ρ";

/** The statements that are wrong in Almgren and Chriss 2001, in the order of its pages. */
export const almgrenChriss2001Errata: readonly Erratum[] = Object.freeze(
  [
    {
      place: "§ 2.3",
      printed: "the half-life 1/κ",
      correct: "a time constant; half of the order is done earlier, near ln 2/κ",
      reason: "after 1/κ a fraction 1/e is left, as the same paragraph says",
    },
    {
      place: "§ 3.1",
      printed: "λ_u = −u″/u′ in E + λ_u V",
      correct: "E + ½ λ_u V",
      reason: "u expanded to second order has ½u″V; for normal costs and constant λ_u this is exact",
    },
    {
      place: "§ 3.1, proof",
      printed: "a re-planned list of trades proportional to X",
      correct: "proportional to x_k",
      reason: "only x_k is left at t_k, as the line above it says of the holdings",
    },
    {
      place: "§ 3.3",
      printed: "for small increases in variance, much larger reductions in cost",
      correct: "for small increases in cost, much larger reductions in variance",
      reason:
        "near equal trades, whose cost is the least, the variance changes to first order and the cost to second",
    },
    {
      place: "§ 3.4",
      printed: "holding X is precisely twice as risky as selling it in equal trades",
      correct: "√(6N²/((N − 1)(2N − 1))) times: 2.0412 at N = 5, √3 in the limit",
      reason: "equation 11 beside V = σ²TX²",
    },
    {
      place: "§ 4.1",
      printed: "x̄ ≈ 1,100 shares, 0.11% of the order",
      correct: "11,080 shares, 1.1%",
      reason: "equation 25; Table 1 has 11,000",
    },
    {
      place: "§ 4.2",
      printed: "ρ = 0.5, 0.2 or 0.1",
      correct: "ρ = −0.5, −0.2 or −0.1, as Table 2 prints",
      reason: "the gain is that of equation 28 over (1 − ρ)², and only negative ρ gives the printed cells",
    },
    {
      place: "Table 2",
      printed: "192 at ρ = −0.1, η = 0.25e-6",
      correct: "191",
      reason: "191.25: the other eleven cells are rounded to the nearest dollar",
    },
    {
      place: "§ 4.3",
      printed: "given X_*, each leg minimizes E_j + λV_j",
      correct:
        "E_j + λ_j V_j with λ_j = λ/(1 + 2λ(E_j − E)), or the legs of whoever re-plans after the event",
      reason: "V contains the variance between the outcomes, which the legs change too",
    },
    {
      place: "Table 3",
      printed: "annual variance 30%, 10%, 15%",
      correct: "annual volatilities 30% and 15%, covariance (10%)²",
      reason: "security 1 is that of Table 1, whose volatility is 30%",
    },
    {
      place: "Appendix A.4",
      printed: "10 million shares of each security",
      correct: "1 million",
      reason: "the axes of Figures 5 and 6, and security 1 is that of § 3.4",
    },
    {
      place: "Figures 5 and 6",
      printed: "security 2 is held below 0 and bought back, at the spread of the positions alone",
      correct: "with the spread paid on each trade it is held at 0 from the third on",
      reason:
        "a simplification, exact where no name is held beyond 0: E + λV is 1,845,804.80 with that spread and 1,845,031.97 at the optimum that knows it: notebook 06",
    },
  ].map((erratum) => Object.freeze(erratum)),
);
