import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import { unicodeMarks } from '../../../src/screens/parts/marks.ts';
import { placeColumns } from '../../../src/screens/table/columns.ts';
import { journalColumns } from '../../../src/screens/table/journal-columns.ts';
import { noon } from '../../store/rows.ts';

const entryBy = (by: string) => ({ by, sentence: 'Lower the quantity', ref: 'a/b' }) as JournalEntry;
/** What is left of 79 columns, half of two consoles side by side, beside the cursor. */
const room = 76;

test('the journal of a team says on 80 columns whose a change is', () => {
  const shown = (...authors: string[]) =>
    placeColumns(journalColumns(noon, unicodeMarks, null, authors.map(entryBy)), room, 2).map(({ column }) => column);
  const [team, alone] = [shown('omar (root@vm)', 'nina (ann@desk)'), shown('ann')];
  expect(team.map(({ title }) => title)).toEqual(['WHAT', 'STATE', 'WHEN (UTC)', 'BY']);
  expect(team.at(-1)?.value(entryBy('omar (root@vm)'))).toBe('omar');
  expect(alone.map(({ title }) => title)).toEqual(['WHAT', 'STATE', 'WHEN (UTC)']);
});
