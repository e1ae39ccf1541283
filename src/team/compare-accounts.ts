import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import type { Database } from '../postgres/database.ts';
import { checkStore } from './check-store.ts';
import { beginProcess, type ProcessIdentity } from './process-membership.ts';

interface Comparison {
  readonly one: string;
  readonly other: string;
  readonly areSame: boolean;
}

const outcomes = ['settled', 'unknown', 'open', 'no-member'] as const;

/** Says for the whole team whether two accounts are one. Throws `missing`, `refused` or `denied`. */
export async function compareAccounts(
  database: Database,
  identity: ProcessIdentity,
  { one, other, areSame }: Comparison,
): Promise<void> {
  await checkStore(database);
  const process = await beginProcess(database, identity);
  try {
    const values = [process.id, one, other, areSame];
    const { rows } = await database.query('SELECT subdeck.compare_accounts($1, $2, $3, $4) AS outcome', values);
    const outcome = v.parse(v.array(v.object({ outcome: v.picklist(outcomes) })), rows)[0]?.outcome;
    if (outcome === 'settled') return;
    if (outcome === 'open') {
      const next = 'subdeck journal list shows them. Wait for the end of one, or settle it, then say it again.';
      throw fault('refused', 'Both accounts have an open write on the same subscription. Nothing was changed.', next);
    }
    const message = `The team does not know two accounts ${printable(one)} and ${printable(other)}.`;
    throw fault('missing', message, 'A write that is refused names them; give each as one word, in quotes.');
  } finally {
    await process.end();
  }
}
