/**
 * What columns a table may have, and the headers by which they are found.
 *
 * @module
 */

/** One column that a table has. */
export interface ColumnKind {
  /** Name in the result and in `options.columns`. */
  readonly name: string;
  /**
   * Headers by which it is found, in small letters, without the marks around them; a later group counts only where none of
   * an earlier one is there.
   */
  readonly headers: readonly (readonly string[])[];
  readonly holds: "price" | "quantity" | "symbol";
  readonly isOptional: boolean;
}

/** A header as it is compared: `<CLOSE>`, `1. close` and ` Close ` are all `close`. */
export function plainHeader(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^#|^\d+\.\s+/, "")
    .replace(/^[<[(]|[>\])]$/g, "")
    .replaceAll(/[\s_]+/g, " ")
    .replace(/[.:*]+$/, "")
    .trim();
}

const words = (text: string): readonly string[] => text.split(", ");

/** Headers of columns of times, or of days where the time of day has a column of its own. */
export const timeHeaders: readonly string[] = words(
  "date, time, datetime, timestamp, day, trade date, trading date, local date, local time, gmt time, date time, date-time, " +
    "time stamp, open time, window start, unix, observation date, exchange date, time utc, datum, data, fecha, uhrzeit, " +
    "zeit, czas, hora, heure",
);

const symbol: ColumnKind = {
  name: "symbol",
  headers: [
    words("symbol, ticker"),
    words("ric, instrument, pair, security, tic, asset, code, sym root"),
    words("name"),
  ],
  holds: "symbol",
  isOptional: true,
};

/** A column of prices. */
function price(name: string, ...headers: readonly string[]): ColumnKind {
  return { name, headers: headers.map(words), holds: "price", isOptional: false };
}

const volume: ColumnKind = {
  name: "volume",
  headers: [
    words("volume, vol, px volume, wolumen, volumen, volumes, stück"),
    words("tickvol, tick volume, base volume, share volume, volume traded"),
    words("volume btc"),
    words("volume eth"),
    words("volume usdt"),
    words("volume usd"),
  ],
  holds: "quantity",
  isOptional: true,
};

/** Columns of a table of bars. */
export const barKinds: readonly ColumnKind[] = [
  price("open", "open", "otwarcie, eröffnung, eröffn, erster, ouverture, apertura, open price, px open"),
  price("high", "high", "najwyzszy, najwyższy, hoch, +haut, haut, máximo, max, high price, px high"),
  price("low", "low", "najnizszy, najniższy, tief, +bas, bas, mínimo, min, low price, px low"),
  price(
    "close",
    "close",
    "last, latest, close/last, price, settle, settlement, zamkniecie, zamknięcie, schluss, schlusskurs, zuletzt, clôture, " +
      "cierre, último, close price, last price, px last",
  ),
  volume,
  symbol,
];

/** Columns of a table of prices. */
export const priceKinds: readonly ColumnKind[] = [
  price(
    "price",
    "price, close, last",
    "close/last, settle, settlement, value, rate, mid, kurs, zamkniecie, zamknięcie, schluss, schlusskurs, zuletzt, " +
      "clôture, cierre, último, close price, last price, px last",
  ),
  symbol,
];
