import { periodOf } from '../model/date-text.ts';
import { dateWords } from '../model/date-words.ts';
import { fault } from '../model/fault.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export const sinceHelp = 'yesterday, monday, month, 2026-11-20, 7d or 12h ago';

/** The period in a sentence: `in the last 7 days`, `since yesterday`, `this month`, `since 20 Nov 2026`. */
export function sinceWords(text: string): string {
  const word = text.trim().toLowerCase();
  const [, count, unit] = /^(\d{1,6})([dh])$/.exec(word) ?? [];
  if (count !== undefined) {
    const one = unit === 'd' ? 'day' : 'hour';
    return Number(count) === 1 ? `in the last ${one}` : `in the last ${Number(count)} ${one}s`;
  }
  if (word === 'today') return word;
  if (['week', 'month', 'year'].includes(word)) return `this ${word}`;
  if (weekdays.includes(word)) return `since ${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
  return `since ${dateWords(word.toUpperCase())
    .replace(/^\w{3} (?=\d)/, '')
    .replace('YESTERDAY', 'yesterday')}`;
}

/**
 * The start of a period, in milliseconds: `today`, `yesterday`, a weekday (the last one, today included), `week` (its
 * Monday), `month` and `year` (their first day) at local midnight; `7d` and `12h` ago, to the minute. A date is in UTC, as
 * dates are in lists. Throws `usage`.
 */
export function sinceOf(text: string, now: number): number {
  const word = text.trim().toLowerCase();
  const [, count, unit] = /^(\d{1,6})([dh])$/.exec(word) ?? [];
  if (count !== undefined) return now - Number(count) * (unit === 'd' ? 86_400_000 : 3_600_000);
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const daysAgo = (days: number) => new Date(year, month, day - days).getTime();
  const weekday = weekdays.indexOf(word === 'week' ? 'monday' : word);
  if (weekday !== -1) return daysAgo((date.getDay() - weekday + 7) % 7);
  if (word === 'today') return daysAgo(0);
  if (word === 'yesterday') return daysAgo(1);
  if (word === 'month') return new Date(year, month, 1).getTime();
  if (word === 'year') return new Date(year, 0, 1).getTime();
  const period = periodOf(word);
  if (period === null) throw fault('usage', `--since ${text} is not a date.`, `Write it like ${sinceHelp}.`);
  return period.from;
}
