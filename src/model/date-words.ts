import { months, weekdays } from './calendar.ts';
import { readDate } from './date-text.ts';

/** A vendor's date in a sentence: `Fri 11 Aug 2028 17:54 UTC`, `Fri 11 Aug 2028` for a day. What is no date stays as it is. */
export function dateWords(written: string): string {
  const read = readDate(written);
  if (read === null) return written;
  const date = new Date(read.from);
  const day = `${weekdays[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
  return read.isDay ? day : `${day} ${date.toISOString().slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length)} UTC`;
}
