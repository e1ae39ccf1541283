import type { JournalReader, JournalWriter } from '../journal/journal.ts';
import { FaultError } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { connectionOf } from './account-vendor.ts';
import type { News } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { lease } from './follower.ts';
import { pollOnce, postpone } from './poll.ts';

/** What settled since the last report, from the journal alone. Reported once. */
export async function news(journal: Pick<JournalWriter, 'takeNews'>): Promise<News> {
  const entries = await journal.takeNews();
  const rejected = entries.filter(({ state }) => state === 'refused');
  const settled = entries.filter(({ state }) => state !== 'refused');
  return { settled, rejected, sentence: sentenceOf(settled.length, rejected.length) };
}

function sentenceOf(settled: number, rejected: number): string | null {
  if (settled === 0 && rejected === 0) return null;
  if (settled === 0) return `${rejected} refused or not sent while you were away`;
  return `${settled} settled while you were away${rejected === 0 ? '' : `, ${rejected} refused or not sent`}`;
}

/**
 * Polls every open request and unknown write once, then returns the news. Entries that another process is polling are
 * left to it; a vendor that cannot be read leaves its entries open.
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
          // Other records of this account would fail the same way; the follower continues later.
          return;
        }
      }
    }),
  );
  return news(journal);
}

/** Unknown writes, newest first, without reading the whole journal. */
export function unknownWrites(journal: Pick<JournalReader, 'recordsIn'>): readonly JournalEntry[] {
  return journal
    .recordsIn(['unknown', 'needs-person'])
    .map(({ entry }) => entry)
    .reverse();
}
