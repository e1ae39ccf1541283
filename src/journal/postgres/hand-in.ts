import * as v from 'valibot';
import { isOver } from '../../model/journal-entry.ts';
import type { Lease } from './lease.ts';
import type { StoreCalls } from './store-calls.ts';
import { partName, subjectOf } from './subject.ts';
import type { TeamCopy } from './team-copy.ts';

/** Entries that the store is asked for at once. */
const most = 1000;

/**
 * Gives the entries that this machine knows of to the store where that lacks them: after a failover, or from a backup, it may not have what it had
 * acknowledged. Those that have their end too: nobody runs their rows of a plan again. `only`: once the team writes there again, what is open is
 * all that counts, since a store may also have been emptied on purpose.
 */
export async function handIn(copy: TeamCopy, calls: StoreCalls, lease: Lease, only: 'open' | null): Promise<void> {
  const { entries, steps, verdicts } = copy.file;
  const process = await lease.ready();
  const { epoch } = copy.position();
  const versions = copy.versions();
  for (let first = 0; first < versions.length; first += most) {
    const part = versions.slice(first, first + most);
    const asked = [part.map(({ entry }) => entry), part.map(({ number }) => number)];
    for (const id of await calls.ask('subdeck.lacking_entries($1, $2)', asked, v.string())) {
      const columns = entries.find(id)?.columns ?? null;
      if (columns === null || (only === 'open' && isOver(columns))) continue;
      const { connection, target, account, state, body, request } = columns;
      const sent = steps.of(id);
      const more = JSON.stringify({ isWhole: true, steps: sent, verdicts: verdicts.of(columns) });
      const hasLeft = sent.some(({ answer }) => answer?.outcome !== 'unsent');
      await calls.change(
        'hand_in_entry',
        { process, epoch },
        [
          ...[id, copy.versionOf(id), connection, JSON.stringify(target), account],
          ...[...subjectOf(target, body.target), partName(body.part), state, body.basis ?? null],
          ...[JSON.stringify(body), request === null ? null : JSON.stringify(request), more, hasLeft],
        ],
        { what: `journal entry ${id}`, hasLeft },
      );
    }
  }
  await calls.ask('subdeck.handed_in($1)', [process], v.boolean());
}
