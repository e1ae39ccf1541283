import type { JournalReader, JournalWriter } from '../journal/journal.ts';
import { FaultError } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { connectionOf } from './account-vendor.ts';
import type { News } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { lease } from './follower.ts';
import { pollOnce, postpone } from './poll.ts';

/** What settled since a person was last told, from the journal alone. Told once. */
export async function news(journal: Pick<JournalWriter, 'takeNews'>): Promise<News> {
  const entries = await journal.takeNews();
  const rejected = entries.filter(({ state }) => state === 'refused');
  const settled = entries.filter(({ state }) => state !== 'refused');
  return { settled, rejected, sentence: sentenceOf(settled.length, rejected.length) };
}

function sentenceOf(settled: number, rejected: number): string | null {
  if (settled === 0 && rejected === 0) return null;
  if (settled === 0) return `${rejected} rejected while you were away`;
  return `${settled} settled while you were away${rejected === 0 ? '' : `, ${rejected} rejected`}`;
}

/**
 * One look at every open request and every write whose answer was lost, then the news. What another console looks at
 * just now is left to it; a vendor that cannot be asked leaves its entries open.
 */
export async function pollOpenRequests(deps: WriteDeps, signal?: AbortSignal): Promise<News> {
  const { journal, mode } = deps;
  const open = mode.offline ? [] : await journal.storedIn(['sent', 'unknown']);
  const waiting = open.filter(({ entry, request }) => entry.state === 'unknown' || request !== null);
  const lanes = Map.groupBy(waiting, (record) => record.entry.account ?? connectionOf(record));
  await Promise.all(
    [...lanes.values()].map(async (records) => {
      for (const { entry } of records) {
        if (signal?.aborted === true) return;
        const { id } = entry;
        try {
          if (!(await journal.claim(id, lease))) continue;
          const stored = await journal.stored(id);
          if (stored?.record) await pollOnce(deps, { record: stored.record, steps: stored.steps }, signal);
        } catch (error) {
          if (!(error instanceof FaultError)) throw error;
          if (journal.health() === null) await postpone(deps, id);
          // The next record of this account would fail the same way; the follower goes on later.
          return;
        }
      }
    }),
  );
  return news(journal);
}

/** Writes whose end nobody knows, newest first, found without reading the whole journal. */
export function unknownWrites(journal: Pick<JournalReader, 'recordsIn'>): readonly JournalEntry[] {
  return journal
    .recordsIn(['unknown', 'needs-person'])
    .map(({ entry }) => entry)
    .reverse();
}
