import type { JournalEntry, JournalState } from '../../model/journal-entry.ts';
import { memberName } from '../../today/colleagues.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { inUtc, shortTimeOf } from '../text/dates.ts';
import { readAlike, withColumn } from './alike.ts';
import type { Column } from './columns.ts';
import { columnsToShow } from './columns-to-show.ts';

export const journalWords: Readonly<Record<JournalState, string>> = {
  intent: 'not sent yet',
  sent: 'sent',
  done: 'done',
  refused: 'refused',
  unknown: 'unknown',
  'settled-applied': 'applied',
  'settled-not-applied': 'not applied',
  'needs-person': 'needs attention',
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

export function journalColumns(
  now: number,
  marks: Marks,
  chosen: readonly string[] | null = null,
  rows: readonly JournalEntry[] = [],
  areAlike = entriesReadAlike(rows),
): readonly Column<JournalEntry>[] {
  const name: Column<JournalEntry> = {
    id: 'name',
    title: 'WHAT',
    rank: 0,
    min: 36,
    good: 44,
    grow: 3,
    max: 96,
    value: (entry) => entry.sentence,
  };
  const columns: readonly Column<JournalEntry>[] = [
    {
      id: 'state',
      title: 'STATE',
      rank: 1,
      min: 14,
      value: ({ state, corrects }) =>
        `${journalMark(state, marks)} ${corrects === null ? journalWords[state] : 'corrected'}`,
      tone: (entry) => journalTones[entry.state],
    },
    {
      id: 'when',
      title: inUtc('WHEN'),
      rank: 2,
      min: 13,
      value: (entry) => shortTimeOf(entry.at, now),
      tone: () => 'dim',
    },
    ref,
    rows.some(({ by }) => memberName(by) !== by) ? member : author,
  ];
  const shown = [name, ...columnsToShow('journal', chosen, columns)];
  return areAlike ? withColumn(shown, ref) : shown;
}

/** Whether two entries of different subscriptions say the same. */
export function entriesReadAlike(rows: readonly JournalEntry[]): boolean {
  return readAlike(rows, ({ sentence }) => sentence, ref.value);
}

const author: Column<JournalEntry> = {
  ...{ id: 'by', title: 'BY', rank: 6, min: 10, max: 16 },
  value: (entry) => entry.by,
  tone: () => 'dim',
};

/** In a team's journal the first question is whose a change is: there on a screen of 80 columns too. */
const member: Column<JournalEntry> = { ...author, rank: 3, min: 6, grow: 1, value: ({ by }) => memberName(by) };

const ref: Column<JournalEntry> = {
  id: 'ref',
  title: 'REF',
  rank: 5,
  min: 18,
  grow: 1,
  max: 36,
  value: (entry) => entry.ref,
  tone: () => 'dim',
};
