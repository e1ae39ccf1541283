import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Database } from '../postgres/database.ts';
import { checkStore } from './check-store.ts';

/** Ends a membership. Throws `refused` while writes of this member are open. A viewer has none. */
export async function leaveStore(database: Database, as: string): Promise<void> {
  const { role } = await checkStore(database);
  if (role === 'viewer') return;
  const { rows } = await database.query('SELECT subdeck.leave_member($1) AS open', [as]);
  const open = v.parse(v.array(v.object({ open: v.number() })), rows)[0]?.open ?? 0;
  if (open === 0) return;
  const message = `${open === 1 ? 'A write of yours is' : `${open} writes of yours are`} open in the team's journal.`;
  throw fault(
    'refused',
    message,
    'subdeck journal list --mine shows them. Wait for their end or settle them, then leave.',
  );
}

/** Declares a member gone for good, whose processes gave no sign for longer than a lease. Throws `missing`, or `refused` where one runs. */
export async function removeMember(database: Database, name: string): Promise<void> {
  await checkStore(database);
  const { rows } = await database.query('SELECT subdeck.remove_member($1) AS outcome', [name]);
  const outcome = v.parse(v.array(v.object({ outcome: v.picklist(['removed', 'running', 'unknown']) })), rows)[0]
    ?.outcome;
  if (outcome === 'removed') return;
  if (outcome === 'running') {
    const next = 'Wait half a minute after its last console has ended. It can also leave by itself: subdeck team leave';
    throw fault('refused', `${name} is running, so it is not removed.`, next);
  }
  throw fault('missing', `The team has no member ${shellWord(name)}.`, 'subdeck team status shows the members.');
}
