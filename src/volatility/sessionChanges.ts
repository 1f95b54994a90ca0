/**
 * Price changes within sessions and between them.
 *
 * @module
 */
import { anyFinite, checkEach, checkNumber, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { PricePath, SessionPrices } from "../support/sessions";

/** The price changes of a session, and the trading time that each took. */
export interface SessionChanges {
  readonly moves: readonly number[];
  readonly times: readonly number[];
}

/** Changes within the stretches of each session between prices at least `sampling` apart. */
export function changesBySession(
  sessions: readonly SessionPrices[],
  sampling: number,
): readonly SessionChanges[] {
  return sessions.map(({ stretches }, s) => {
    const [moves, times]: [number[], number[]] = [[], []];
    const name = `split.sessions[${s}].stretches`;
    checkEach(name, stretches, ["times", "prices"], "stretch with times and prices");
    stretches.forEach((path, i) => {
      addChanges(checkPath(`${name}[${i}]`, path), sampling, moves, times);
    });
    return { moves, times };
  });
}

function addChanges({ times, prices }: PricePath, sampling: number, moves: number[], spans: number[]): void {
  // A grid of minutes must not lose every other point to rounding.
  const least = sampling * (1 - 1e-9);
  let from = 0;
  for (let i = 1; i < times.length; i++) {
    const span = times[i] - times[from];
    if (span < least) continue;
    moves.push(prices[i] - prices[from]);
    spans.push(span);
    from = i;
  }
}

function checkPath(name: string, path: PricePath): PricePath {
  const { times, prices } = path;
  if (!isList(times) || !isList(prices) || times.length !== prices.length || times.length === 0) {
    throw new InputError(name, path, "an object with times and prices of one length");
  }
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i])) checkNumber(`${name}.times[${i}]`, times[i], anyFinite, "");
    if (!Number.isFinite(prices[i]))
      checkNumber(`${name}.prices[${i}]`, prices[i], anyFinite, "currency/share");
    if (i > 0 && times[i] < times[i - 1]) {
      throw new InputError(`${name}.times[${i}]`, times[i], `at least the time before it, ${times[i - 1]}`);
    }
  }
  return path;
}

/** Longest time from one session to the next that is a night: a weekend with a holiday. More is a hole in the series. */
const longestNight = 4 * 86_400_000;

/** Moves from the last price of a session to the first of the next one. */
export function nightMoves(sessions: readonly SessionPrices[]): readonly number[] {
  const moves: number[] = [];
  for (let s = 1; s < sessions.length; s++) {
    const [before, after] = [sessions[s - 1], sessions[s]];
    if (!(Date.parse(after.date) - Date.parse(before.date) <= longestNight)) continue;
    const last = before.stretches[before.stretches.length - 1].prices;
    moves.push(after.stretches[0].prices[0] - last[last.length - 1]);
  }
  return moves;
}
