import type { JournalEntry, JournalState } from '../../model/journal-entry.ts';
import type { Column } from '../parts/columns.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { timeOf } from '../text/dates.ts';

export const journalWords: Readonly<Record<JournalState, string>> = {
  intent: 'not sent yet',
  sent: 'sent',
  done: 'done',
  refused: 'refused',
  unknown: 'unknown',
  'settled-applied': 'it happened',
  'settled-not-applied': 'it did not',
  'needs-person': 'needs you',
};

export const journalTones: Readonly<Record<JournalState, Tone>> = {
  intent: 'dim',
  sent: 'accent',
  done: 'good',
  refused: 'bad',
  unknown: 'warn',
  'settled-applied': 'good',
  'settled-not-applied': 'dim',
  'needs-person': 'warn',
};

export function journalMark(state: JournalState, marks: Marks): string {
  switch (state) {
    case 'done':
    case 'settled-applied':
      return marks.good;
    case 'refused':
    case 'settled-not-applied':
      return marks.bad;
    case 'intent':
    case 'sent':
      return marks.running;
    case 'unknown':
    case 'needs-person':
      return marks.question;
  }
}

export function journalColumns(now: number, marks: Marks): readonly Column<JournalEntry>[] {
  return [
    { title: 'WHEN', rank: 2, min: 18, value: (entry) => timeOf(entry.at, now), tone: () => 'dim' },
    {
      title: 'STATE',
      rank: 1,
      min: 14,
      value: (entry) => `${journalMark(entry.state, marks)} ${journalWords[entry.state]}`,
      tone: (entry) => journalTones[entry.state],
    },
    { title: 'WHAT', rank: 0, min: 40, grow: 3, value: (entry) => entry.sentence },
    { title: 'REF', rank: 4, min: 18, grow: 1, max: 36, value: (entry) => entry.ref, tone: () => 'dim' },
    { title: 'BY', rank: 5, min: 10, max: 16, value: (entry) => entry.by, tone: () => 'dim' },
  ];
}
