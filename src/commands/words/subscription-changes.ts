import type { Change } from '../../cache/book.ts';
import { fault } from '../../model/fault.ts';
import { instantOf } from '../../model/filter-date.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { wellEnded } from '../ending.ts';
import { findSubscription, scopeOf } from '../find.ts';
import { flag } from '../given.ts';
import type { Column, Reply } from '../reply.ts';
import { connectionFlag } from './flags.ts';

export const subscriptionChanges: Command = {
  id: 'subscription changes',
  summary: 'what differed between one reading and the next, from the cache',
  words: {
    kind: 'list',
    args: [{ name: 'REF', help: 'connection/subscriptionId; or --since in its place', optional: true }],
    flags: [{ name: 'since', value: 'WHEN', help: 'a date such as 2026-11-20, or 7d or 12h ago' }, connectionFlag],
    examples: ['subscription changes nordic/sub-1', 'subscription changes --since 7d'],
    run,
  },
};

async function run(context: Context, input: Input): Promise<Reply> {
  const ref = input.args.REF;
  const since = flag(input, 'since');
  if ((ref === undefined) === (since === null)) {
    throw fault('usage', 'changes takes either a REF or --since WHEN.', 'See subdeck help subscription changes');
  }
  const changes = await (ref === undefined ? allSince(context, input, since ?? '') : ofOne(context, input, ref));
  return {
    kind: 'list',
    columns,
    rows: changes.map(({ seenAt, ref: changed, name, field, from, to }) => ({
      json: { at: seenAt, ref: changed, name, field, from, to },
      cells: [seenAt, changed, name, field, from, to],
    })),
    empty: 'Nothing differed.',
    ...wellEnded,
  };
}

const columns: readonly Column[] = (['at', 'ref', 'name', 'field', 'from', 'to'] as const).map((id) => ({
  id,
  title: id,
  align: 'left',
}));

async function ofOne(context: Context, input: Input, ref: string): Promise<readonly Change[]> {
  const { connection, id } = await findSubscription(context, input, ref);
  return context.book.changes({ connection, id });
}

async function allSince(context: Context, input: Input, since: string): Promise<readonly Change[]> {
  const connections = scopeOf(context, input).names;
  return context.book.changes({ since: new Date(beginningOf(since, context.clock.now())).toISOString(), connections });
}

/** Milliseconds since the epoch. A date is midnight UTC of that day. */
function beginningOf(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,6})([dh])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (unit === 'd' ? 86_400_000 : 3_600_000);
  const beginning = instantOf(text);
  if (beginning !== null) return beginning;
  throw fault('usage', `--since ${text} is no date.`, 'Write it like 2026-11-20, 2026-11-20T08:00:00Z, 7d or 12h.');
}
