import type { Row } from './entry-row.ts';
import type { JournalStep } from './journal.ts';
import { withoutControls } from './kept-text.ts';
import { seal } from './seal.ts';

export type StepBody = Omit<JournalStep, 'index'>;

export function packStep(entry: string, number: number, body: StepBody): readonly [string, number, string, string] {
  const text = JSON.stringify(body);
  return [entry, number, text, seal(entry, String(number), text)];
}

/** The step as it was written, or null when the row is not what was written any more. */
export function unpackStep(row: Row): JournalStep | null {
  const { entry, number, body } = row;
  if (typeof entry !== 'string' || typeof number !== 'number' || typeof body !== 'string') return null;
  if (seal(entry, String(number), body) !== row.seal) return null;
  const content: StepBody = JSON.parse(body, withoutControls);
  return { index: number, ...content };
}
