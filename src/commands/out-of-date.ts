import type { OutOfDate } from '../journal/journal.ts';
import { dateWords } from '../model/date-words.ts';

/** Says that the team's store is not heard from, and of when what is shown of it is. */
export function outOfDateText({ fault, since }: OutOfDate): string {
  const shown =
    since === null
      ? "Nothing of the team's store is on this machine yet."
      : `Shown is what this machine had of the team's store on ${dateWords(new Date(since).toISOString())}.`;
  return `${fault.message} ${shown}`;
}

/** Says that what is read stays on this machine, since the team's store is not heard from. */
export function readAloneText({ fault }: OutOfDate): string {
  return `${fault.message} What is read meanwhile stays on this machine.`;
}
