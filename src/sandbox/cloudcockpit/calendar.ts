/** ISO 8601 with an offset, as the vendor writes it; `hours` is the offset from UTC. */
export function instant(milliseconds: number, hours = 0): string {
  const local = new Date(milliseconds + hours * 3_600_000).toISOString().slice(0, 19);
  return `${local}+${String(hours).padStart(2, '0')}:00`;
}

/** The same day some months later, or the month's last day. */
export function addMonths(milliseconds: number, months: number): number {
  const date = new Date(milliseconds);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

const months: Readonly<Record<string, number>> = { OneMonth: 1, OneYear: 12, ThreeYears: 36, FiveYears: 60 };

/** Null for a term without an end. */
export function monthsOf(term: string): number | null {
  return months[term] ?? null;
}
