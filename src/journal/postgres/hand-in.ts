import * as v from 'valibot';
import { openStates } from '../journal.ts';
import type { Lease } from './lease.ts';
import type { StoreCalls } from './store-calls.ts';
import { subjectOf } from './subject.ts';
import type { TeamCopy } from './team-copy.ts';

/**
 * Gives the open writes that this machine knows of to the store: after a failover, or from a backup, it may lack what it had acknowledged.
 * The store takes them while its writes are shut.
 */
export async function handInOpen(copy: TeamCopy, calls: StoreCalls, lease: Lease): Promise<void> {
  const { entries, steps, verdicts } = copy.file;
  const process = await lease.ready();
  const states = openStates.map((state) => `'${state}'`).join(', ');
  for (const { columns } of [...entries.select(`WHERE state IN (${states}) ORDER BY id`, [])]) {
    if (columns === null) continue;
    const { id, connection, target, account, state, body, request } = columns;
    const sent = steps.of(id);
    const more = JSON.stringify({ isWhole: true, steps: sent, verdicts: verdicts.of(columns) });
    const hasLeft = sent.some(({ answer }) => answer?.outcome !== 'unsent');
    await calls.change('hand_in_entry', { process, epoch: copy.position().epoch }, [
      ...[id, copy.versionOf(id), connection, JSON.stringify(target), account],
      ...[...subjectOf(target, body.target), state, body.basis ?? null],
      ...[JSON.stringify(body), request === null ? null : JSON.stringify(request), more, hasLeft],
    ]);
  }
  await calls.ask('subdeck.handed_in($1)', [process], v.boolean());
}
