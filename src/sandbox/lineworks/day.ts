import { assumptions } from './assumptions.ts';

/** A calendar day `YYYY-MM-DD`; days compare as text. */
export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function addDays(from: string, days: number): string {
  return day(Date.parse(from) + days * assumptions.dayMilliseconds);
}

export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
}
