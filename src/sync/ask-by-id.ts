import { type Abilities, can, type Reading } from '../api/contract.ts';
import { readAhead } from '../api/read-ahead.ts';
import { FaultError, type FaultKind } from '../model/fault.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { ByIdAnswer } from './removals.ts';

/** What the vendor said of rows that its list left out, and the readings of those that are there. */
export interface ByIdAnswers {
  readonly answers: ReadonlyMap<string, ByIdAnswer>;
  readonly readings: readonly Reading[];
}

/** Asked at once, at the most. */
const width = 4;
/** After so many refusals in a row nobody else is asked for. */
const mostRefusals = 3;
/** No word of the vendor about the row: the others would get none either. */
const silences: readonly FaultKind[] = ['unreachable', 'signed-out', 'interrupted', 'broken'];

/**
 * Asks the vendor for rows by their ids. A fault is an answer, too, but never that a row is gone: a row whose address cannot be
 * made is `missing` as well.
 */
export async function askById(
  read: Abilities['read'],
  ids: readonly string[],
  known: (id: string) => CachedSubscription | null,
  signal: AbortSignal | undefined,
): Promise<ByIdAnswers> {
  const answers = new Map<string, ByIdAnswer>();
  const readings: Reading[] = [];
  if (!can(read)) return { answers: new Map(ids.map((id) => [id, 'unaskable'])), readings };
  let isOver = false;
  let refusals = 0;
  const ask = async (id: string): Promise<{ readonly id: string; readonly found: Reading | null | ByIdAnswer }> => {
    if (isOver) return { id, found: 'silent' };
    try {
      const found = await read({ id, known: known(id) }, signal);
      refusals = 0;
      return { id, found };
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      const { kind } = error.fault;
      const isSilence = silences.includes(kind);
      isOver ||= isSilence || ++refusals >= mostRefusals;
      return { id, found: isSilence ? 'silent' : 'unaskable' };
    }
  };
  for await (const { id, found } of readAhead(ids, () => width, ask)) {
    if (found === null) answers.set(id, 'gone');
    else if (typeof found === 'string') answers.set(id, found);
    else {
      answers.set(id, 'there');
      readings.push(found);
    }
  }
  return { answers, readings };
}
