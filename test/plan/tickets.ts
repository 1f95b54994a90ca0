import type { Ticket } from "../../src/index";

/** A sell in the morning of a stock, to which tests add what they are about. */
export const stock = {
  symbol: "ACME",
  side: "sell",
  shares: 200_000,
  price: 50,
  averageDailyVolume: 3_900_000,
  dailyVolatility: 0.02,
  start: "10:00",
  end: "12:00",
  sliceLength: "10 min",
  session: { open: "09:30", close: "16:00" },
  spread: 0.01,
  impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15 },
  riskAversion: 1e-6,
} as const satisfies Ticket;
