/**
 * The quadratic programme behind every schedule with bounds, in trades n_1 … n_N and holdings x_1 … x_{N−1}:
 *
 *     min  Σ a_k n_k² + p_k n_k + ε|n_k|  +  Σ b_k x_k² + q_k x_k
 *     x_0 = X,   x_k = x_{k−1} − n_k,   x_N = 0,   least_k ≤ n_k ≤ most_k
 *
 * With a price G_k for each x_k = x_{k−1} − n_k, the conditions of an optimum are that n_k is the cheapest answer to
 * its price, and that neighbouring prices differ by what the holding between them costs:
 *
 *     n_k = answer_k(G_k),      G_k = G_{k+1} + 2b_k x_k + q_k
 *
 * The answer is a line with bends: flat at the bounds, flat at 0 as wide as the spread, and rising with slope 1/2a_k
 * in between. On which piece each price lies is guessed; the conditions are then linear, and solved in O(N). A trade
 * that does not answer to its price moves to the piece next to its own, and so on. Where that does not settle, prices
 * choose the pieces: Newton's method on the dual, which is concave, so that a line search can make it climb.
 *
 * @module
 */

/** The data of a bounded programme. Every array of N, those of holdings of N − 1, for x_1 … x_{N−1}. */
export interface BoundedProgram {
  /** X, above 0 (shares). */
  readonly shares: number;
  /** a_k, above 0 (currency/share²). */
  readonly tradeCurvatures: Float64Array;
  /** p_k (currency/share). */
  readonly tradePrices: Float64Array;
  /** b_k, 0 or above (currency/share²). */
  readonly holdingCurvatures: Float64Array;
  /** q_k (currency/share). */
  readonly holdingPrices: Float64Array;
  /** ε, 0 or above (currency/share). */
  readonly halfSpread: number;
  /** least_k, −Infinity where there is none (shares). */
  readonly least: Float64Array;
  /** most_k, Infinity where there is none (shares). */
  readonly most: Float64Array;
}

/** The optimum of a bounded programme, with its prices. */
export interface ProgramOptimum {
  /** n_1 … n_N (shares). */
  readonly trades: Float64Array;
  /** x_0 … x_N (shares). */
  readonly remaining: Float64Array;
  /**
   * G_1 … G_N less the half spread, which a trade along the order pays anyway: a large one would cost them digits
   * (currency/share). G_1 is what one share more to trade would add to the minimum.
   */
  readonly prices: Float64Array;
  /** How many linear systems were solved. */
  readonly iterations: number;
}

/** Pieces of an answer, in rising order of the price. */
const atLeast = 0;
const against = 1;
const none = 2;
const along = 3;
const atMost = 4;

/** Steps from piece to piece, which nearly always settle, before the line search. */
const plainSteps = 20;

/**
 * Minimises a programme. Trusts its data, and that Σ least ≤ X ≤ Σ most up to rounding.
 *
 * @throws RangeError when the iteration does not settle: costs of trades and holdings then lie too far apart
 */
export function minimize(program: BoundedProgram): ProgramOptimum {
  const { shares: X, tradeCurvatures: a, tradePrices: p, halfSpread: ε, least, most } = program;
  const { holdingCurvatures: b, holdingPrices: q } = program;
  const N = a.length;
  const pieces = new Int8Array(N);
  const slopes = new Float64Array(N);
  const intercepts = new Float64Array(N);
  // x_{k−1} = s_{k−1} − Q_{k−1} G_k: what the trades before k make of their price.
  const Q = new Float64Array(N);
  const s = new Float64Array(N);
  // Prices are counted from the half spread. Where the iteration stands, and where the linear system would put it.
  const G = new Float64Array(N);
  const x = new Float64Array(N + 1);
  const nextG = new Float64Array(N);
  const nextX = new Float64Array(N + 1);
  const nextN = new Float64Array(N);
  // Which trades answer to their prices, up to rounding.
  const isSettled = new Uint8Array(N);

  const within = (k: number, n: number): number => (n >= most[k] ? most[k] : n <= least[k] ? least[k] : n);
  /** The price from which on a trade rises from 0 on its piece. */
  const firstPrice = (k: number): number => p[k] - (pieces[k] === against ? 2 * ε : 0);
  /** The cheapest trade at a price: the minimum of a n² + p n + ε|n| − (ε + price) n between the bounds. */
  const answer = (k: number, price: number): number => {
    const excess = price - p[k];
    const pull = excess > 0 ? excess : excess < -2 * ε ? excess + 2 * ε : 0;
    return within(k, pull / (2 * a[k]));
  };
  const pieceOf = (k: number, n: number): number =>
    n >= most[k] ? atMost : n <= least[k] ? atLeast : n > 0 ? along : n < 0 ? against : none;
  const linearize = (): void => {
    for (let k = 0; k < N; k++) {
      const piece = pieces[k];
      if (piece === along || piece === against) {
        const slope = 0.5 / a[k];
        slopes[k] = slope;
        intercepts[k] = -firstPrice(k) * slope;
      } else {
        slopes[k] = 0;
        intercepts[k] = piece === atMost ? most[k] : piece === atLeast ? least[k] : 0;
      }
    }
  };
  /** How far a price lies outside of those to which a trade on its piece is the answer (currency/share). */
  const violation = (k: number): number => {
    const n = nextN[k];
    const price = nextG[k];
    if (answer(k, price) === n) return 0;
    const edge = (isAgainst: boolean): number => p[k] + 2 * a[k] * n - (isAgainst ? 2 * ε : 0);
    const piece = pieces[k];
    if (piece === atMost) return Math.max(0, edge(n <= 0) - price);
    if (piece === atLeast) return Math.max(0, price - edge(n < 0));
    if (piece === none) return Math.max(0, edge(true) - price, price - edge(false));
    const low = piece === along ? Math.max(0, least[k]) : least[k];
    const high = piece === along ? most[k] : Math.min(0, most[k]);
    return 2 * a[k] * Math.max(0, low - n, n - high);
  };
  /** The piece next to that of a trade which does not answer to its price. */
  const neighbour = (k: number): number => {
    const n = nextN[k];
    const piece = pieces[k];
    if (piece === along || piece === against) return pieceOf(k, n > 0 === (piece === along) ? n : 0);
    if (piece === none) return nextG[k] > p[k] ? along : against;
    return n > 0 || (n === 0 && piece === atLeast) ? along : against;
  };
  const optimum = (iterations: number): ProgramOptimum => {
    const trades = nextN.map((n, k) => within(k, n));
    return { trades, remaining: nextX, prices: nextG, iterations };
  };

  for (let k = 0; k < N; k++) pieces[k] = most[k] > 0 ? along : against;
  const limit = 100 + 10 * N;
  for (let iteration = 1; iteration <= limit; iteration++) {
    linearize();
    // All terms are positive: Q loses no digit to cancellation, however urgent the order.
    let ahead = 0;
    let offset = X;
    let error = Number.EPSILON * X;
    for (let k = 0; k < N; k++) {
      Q[k] = ahead;
      s[k] = offset;
      ahead += slopes[k];
      offset -= intercepts[k];
      error += Number.EPSILON * (Math.abs(intercepts[k]) + Math.abs(offset));
      if (k < N - 1) {
        const share = 1 / (1 + 2 * ahead * b[k]);
        offset = (offset - ahead * q[k]) * share;
        error = (error + Number.EPSILON * ahead * Math.abs(q[k])) * share;
        ahead *= share;
      }
    }
    if (ahead === 0) {
      // Every trade lies on a flat piece: the holdings are known, and the prices up to a common shift.
      if (shiftPrices(offset)) return optimum(iteration);
      continue;
    }
    let price = offset / ahead;
    // What rounding has made of the price.
    let blur = error / ahead;
    let isOptimal = true;
    nextX[0] = X;
    nextX[N] = 0;
    for (let k = N - 1; k >= 0; k--) {
      const slope = slopes[k];
      const after = nextX[k + 1];
      // Between what the trades before bring and what the trades after leave, weighted: no digit is lost.
      if (k > 0) {
        const weight = Q[k] + slope;
        nextX[k] = weight === 0 ? s[k] : (s[k] * slope + Q[k] * (after + intercepts[k])) / weight;
      }
      const holding = nextX[k];
      nextN[k] = intercepts[k];
      if (slope > 0) {
        nextN[k] = slope * (price - firstPrice(k));
        // Where holdings cost much more than trades, they tell a trade, and so its price, better than a sum of costs.
        const curvature = 2 * a[k];
        const roughness = 4 * Number.EPSILON * curvature * Math.max(Math.abs(holding), Math.abs(after));
        if (roughness < blur) {
          blur = roughness;
          nextN[k] = holding - after;
          price = firstPrice(k) + curvature * nextN[k];
        }
      }
      nextG[k] = price;
      const tolerance = Math.max(2 * blur, 4e-14 * a[k] * X);
      isSettled[k] = violation(k) <= tolerance ? 1 : 0;
      if (!isSettled[k]) isOptimal = false;
      if (k === 0) break;
      const rise = 2 * b[k - 1] * holding;
      price += rise + q[k - 1];
      blur += Number.EPSILON * (Math.abs(rise) + Math.abs(q[k - 1]) + Math.abs(price));
    }
    if (isOptimal) return optimum(iteration);

    if (iteration === 1) {
      followWithinBounds();
      continue;
    }
    const step = iteration > plainSteps ? stepLength() : 1;
    for (let k = 0; k < N; k++) {
      G[k] = step === 1 ? nextG[k] : G[k] + step * (nextG[k] - G[k]);
      x[k] = step === 1 ? nextX[k] : x[k] + step * (nextX[k] - x[k]);
      if (iteration > plainSteps) pieces[k] = pieceOf(k, answer(k, G[k]));
      else if (!isSettled[k]) pieces[k] = neighbour(k);
    }
  }
  throw new RangeError(
    `A bounded programme of ${N} trades has not settled after ${limit} iterations: its numbers lie too far apart for ` +
      "floating-point arithmetic. State it in other units, or weaken what is out of proportion.",
  );

  /** The second guess: the trades that follow the path without bounds as closely as the bounds allow. */
  function followWithinBounds(): void {
    let left = X;
    for (let k = 0; k < N; k++) {
      const wanted = left - (k === N - 1 ? 0 : nextX[k + 1]);
      const n = within(k, wanted);
      pieces[k] = pieceOf(k, n);
      left -= n;
    }
  }

  /**
   * Where all trades lie on flat pieces: true when one common shift of the prices makes each the answer to its price;
   * else the trade that answers first to a rising price (a falling one, where too much is traded) is set free.
   */
  function shiftPrices(missing: number): boolean {
    let price = 0;
    for (let k = N - 1; k >= 0; k--) {
      nextG[k] = price;
      nextN[k] = intercepts[k];
      nextX[k] = s[k];
      if (k > 0) price += 2 * b[k - 1] * s[k] + q[k - 1];
    }
    // The shifts at which the first trade begins to rise, and to fall.
    let [rising, falling] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let [riser, faller] = [-1, -1];
    for (let k = 0; k < N; k++) {
      const n = intercepts[k];
      const smooth = p[k] + 2 * a[k] * n - nextG[k];
      if (pieces[k] !== atMost && smooth - (n < 0 ? 2 * ε : 0) < rising) {
        rising = smooth - (n < 0 ? 2 * ε : 0);
        riser = k;
      }
      if (pieces[k] !== atLeast && smooth - (n > 0 ? 0 : 2 * ε) > falling) {
        falling = smooth - (n > 0 ? 0 : 2 * ε);
        faller = k;
      }
    }
    const isStuck = missing > 0 ? riser === -1 : faller === -1;
    if (Math.abs(missing) <= 1e-14 * X ? falling <= rising : isStuck) {
      const shift =
        falling === Number.NEGATIVE_INFINITY
          ? rising
          : rising === Number.POSITIVE_INFINITY
            ? falling
            : 0.5 * (falling + rising);
      if (Number.isFinite(shift)) for (let k = 0; k < N; k++) nextG[k] = nextG[k] + shift;
      return true;
    }
    if (missing > 0 || (missing === 0 && riser !== -1))
      pieces[riser] = intercepts[riser] < 0 ? against : along;
    else pieces[faller] = intercepts[faller] > 0 ? along : against;
    return false;
  }

  /** How far to go towards the next prices: to the top of the dual along that line, or all the way. */
  function stepLength(): number {
    const rise = (t: number): number => {
      let sum = (nextG[0] - G[0]) * X;
      for (let k = 0; k < N; k++) {
        const from = G[k];
        const change = nextG[k] - from;
        sum -= answer(k, from + t * change) * change;
        if (k === N - 1) break;
        const holding = x[k + 1];
        const moved = nextX[k + 1] - holding;
        sum -= 2 * b[k] * (holding + t * moved) * moved;
      }
      return sum;
    };
    let [low, high] = [0, 1];
    let [riseLow, riseHigh] = [rise(0), rise(1)];
    if (!(riseLow > 0 && riseHigh < 0)) return 1;
    const enough = 0.1 * riseLow;
    for (let i = 0; i < 40 && riseLow > enough; i++) {
      // False position, kept away from both ends so that the bracket shrinks.
      const guess = (riseLow / (riseLow - riseHigh)) * (high - low);
      const middle = low + Math.max(0.1 * (high - low), Math.min(0.9 * (high - low), guess));
      const there = rise(middle);
      if (there >= 0) [low, riseLow] = [middle, there];
      else [high, riseHigh] = [middle, there];
    }
    return low > 0 ? low : high;
  }
}
