import type { DatabaseSync } from 'node:sqlite';
import type { JournalStep } from '../journal.ts';
import { stepShape } from './row-shapes.ts';
import { type SealedLines, sealedLines } from './sealed-lines.ts';

type StepBody = Omit<JournalStep, 'index'>;

/** The `step` table: the calls of each entry, and their answers. */
export interface Steps extends Omit<SealedLines<StepBody>, 'of'> {
  of(entry: string): readonly JournalStep[];
}

export function stepsOf(database: DatabaseSync): Steps {
  const lines = sealedLines<StepBody>(database, 'step', stepShape);
  return { ...lines, of: (entry) => lines.of(entry).map(({ number, body }) => ({ index: number, ...body })) };
}
