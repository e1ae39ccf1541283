import { periodOf } from '../model/date-text.ts';
import { fault } from '../model/fault.ts';

export const untilHelp = '2h, 3d, tomorrow, monday, 2026-12-01';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const units = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const longestDays = 366;

/**
 * A future moment, in milliseconds: `2h`, `3d` and `1w` from now, `tomorrow` and a weekday (the next one) from local midnight
 * on, a local day, or a time, which is UTC where it names no zone. Throws `usage`. `what` names the input: `--until`.
 */
export function untilOf(what: string, text: string, now: number): number {
  const until = momentOf(text.trim().toLowerCase(), now);
  if (until === null)
    throw fault('usage', `${what}: "${text.slice(0, 40)}" is not a time.`, `Write it like ${untilHelp}.`);
  if (until <= now) throw fault('usage', `${what}: that time has passed.`, `Give a future time, like ${untilHelp}.`);
  if (until > now + longestDays * units.d) {
    throw fault('usage', `${what}: that is more than a year away.`, 'Give a nearer time, or mark it done.');
  }
  return until;
}

function momentOf(word: string, now: number): number | null {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(word) ?? [];
  if (count !== undefined) return now + Number(count) * units[unit as keyof typeof units];
  const date = new Date(now);
  const inDays = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  if (word === 'tomorrow') return inDays(1);
  const weekday = weekdays.indexOf(word);
  if (weekday !== -1) return inDays(((weekday - date.getDay() + 6) % 7) + 1);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word) ?? [];
  const period = periodOf(word);
  if (period === null) return null;
  return year === undefined ? period.from : new Date(Number(year), Number(month) - 1, Number(day)).getTime();
}
