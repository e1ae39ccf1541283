import { openStates } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import { fault } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { FlagSpec, Input } from './command.ts';
import type { Context } from './context.ts';
import { isOn } from './given-values.ts';

export const leavingFlag: FlagSpec = { name: 'yes', help: 'even if writes are open on its current account' };

/** A connection whose account changes. `to` is null if it is removed. */
interface Leaving {
  readonly name: string;
  readonly from: AccountKey;
  readonly to: AccountKey | null;
  /** Connections that remain on the account. */
  readonly others: readonly string[];
  readonly open: readonly JournalEntry[];
}

/**
 * Asks for confirmation before a connection leaves its account while open writes went through it, or could not be
 * followed by another connection. Throws a `usage` fault unless the answer is yes; then nothing may be changed.
 */
export async function confirmLeaving(
  context: Pick<Context, 'connections' | 'journal' | 'writes'>,
  input: Input,
  name: string,
  to: AccountKey | null,
): Promise<void> {
  const { list } = context.connections;
  const from = list.find((one) => one.name === name)?.account ?? to;
  if (from === null || from === to) return;
  const others = list.filter((one) => one.name !== name && one.account === from).map((one) => one.name);
  const open = await openWrites(context, name, from, others.length > 0);
  if (open.length === 0) return;
  await agreed(input, { name, from, to, others, open });
  // Entries of Subdeck 0.1.0 name no account: from here on the connection's name would refer to another one.
  for (const { id, account } of open) if (account === null) await context.journal.noteAccount(id, from);
}

async function openWrites(
  { journal, writes }: Pick<Context, 'journal' | 'writes'>,
  name: string,
  from: AccountKey,
  followed: boolean,
) {
  await writes.recover();
  const entries = (await journal.storedIn(openStates)).map(({ entry }) => entry);
  return entries.filter(({ ref, account }) => {
    if (account !== null && account !== from) return false;
    return ref.startsWith(`${name}/`) || (account !== null && !followed);
  });
}

async function agreed(input: Input, leaving: Leaving): Promise<void> {
  const { name, from, to, others, open } = leaving;
  if (isOn(input, 'yes')) return;
  const what = to === null ? `${name} would be removed` : `${name} would go to ${to}`;
  const count = open.length === 1 ? '1 write is' : `${open.length} writes are`;
  const follow =
    others.length === 0 ? 'no other connection can follow them' : `only ${others.join(', ')} can follow them`;
  const message = `${count} open on ${from}; ${what}, and ${follow}: ${named(open)}.`;
  if (input.ask === null) {
    throw fault('usage', message, 'Settle them first (subdeck journal settle ID), or add --yes. Nothing was changed.');
  }
  input.say(message);
  for (const { id, state, sentence } of open) input.say(`  ${id}  ${state}  ${sentence}`);
  const answer = (await input.ask('Continue anyway? [y/N] ')).trim();
  if (!/^y(?:es)?$/i.test(answer)) throw fault('usage', 'Not confirmed.', 'Nothing was changed.');
}

function named(open: readonly JournalEntry[]): string {
  const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
  const ids = open.slice(0, 5).map(({ id, ref }) => `${id} (${ref})`);
  return `${ids.join(', ')}${more}`;
}
