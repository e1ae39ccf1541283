/** Prices of the catalogues are in euros; in another currency so many units are asked for one euro. */
const perEuro: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.1,
  GBP: 0.9,
  CHF: 1,
  NOK: 11.5,
  SEK: 11,
  DKK: 7.5,
  PLN: 4.3,
  JPY: 160,
};

/** Currencies without a smaller unit. */
const whole: ReadonlySet<string> = new Set(['JPY']);

/** Yen as cents of a euro. */
export function centsOfYen(yen: number): number {
  return (yen / (perEuro.JPY ?? 1)) * 100;
}

/** A price in euros, in cents, as digits of another currency. An unknown currency counts as euros. */
export function priceIn(currency: string, cents: number): string {
  const amount = (cents / 100) * (perEuro[currency] ?? 1);
  return whole.has(currency) ? String(Math.round(amount)) : amount.toFixed(2);
}
