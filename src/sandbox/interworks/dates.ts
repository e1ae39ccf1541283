const offset = 2 * 3_600_000;

/** Dates carry the offset of the distributor's country: `2026-07-01T23:59:00+02:00`. */
export function dateText(milliseconds: number): string {
  return `${new Date(milliseconds + offset).toISOString().slice(0, 19)}+02:00`;
}
