import { type Fault, fault } from '../../model/fault.ts';
import type { HistoryEntry } from '../../model/subscription.ts';
import type { Change } from '../../query/cache-reader.ts';
import { type Attributed, bySubscription, whoChanged, withoutVendorStatus } from '../../today/who-changed.ts';
import type { Command, Input } from '../command.ts';
import type { Context, ReadContext } from '../context.ts';
import { findSubscription, requestedScope } from '../find.ts';
import { flag, isOn } from '../given-values.ts';
import { readOrKept } from '../kept-reads.ts';
import type { Column, Reply, Row } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { sinceHelp, sinceOf } from '../since.ts';
import { connectionFlag } from './flags.ts';

export const subscriptionChanges: Command = {
  id: 'subscription changes',
  summary: 'what changed between syncs, from the cache, and by whom if known',
  words: {
    kind: 'list',
    args: [
      { name: 'REF', help: 'connection/subscriptionId; or give --since instead', completes: 'ref', optional: true },
    ],
    flags: [
      { name: 'since', value: 'WHEN', help: `${sinceHelp}; by subscription` },
      { name: 'history', help: "with a REF: also read the vendor's history for who made the change" },
      connectionFlag,
    ],
    examples: ['subscription changes nordic/sub-1', 'subscription changes --since monday'],
    run,
  },
};

async function run(context: ReadContext & Pick<Context, 'journal'>, input: Input): Promise<Reply> {
  const ref = input.args.REF;
  const since = flag(input, 'since');
  if ((ref === undefined) === (since === null)) {
    throw fault('usage', 'Give either a REF or --since WHEN.', 'See subdeck help subscription changes');
  }
  const { changes, faults } = await (ref === undefined
    ? allSince(context, input, since ?? '')
    : ofOne(context, input, ref));
  const isForPrograms = ['json', 'csv', 'excel', 'ndjson'].some((format) => isOn(input, format));
  const rows = isForPrograms ? changes : withoutVendorStatus(changes);
  return { kind: 'list', columns, rows: rows.map(rowOf), empty: 'Nothing changed.', ...ending(faults, true) };
}

interface Found {
  readonly changes: readonly Attributed[];
  /** Why the history is not as the vendor has it now. */
  readonly faults: readonly Fault[];
}

const columns: readonly Column[] = (['at', 'ref', 'name', 'field', 'from', 'to', 'by', 'journalId'] as const).map(
  (id) => ({ id, title: id, align: 'left', hidden: id === 'journalId' }),
);

function rowOf({ seenAt, ref, name, field, from, to, by, journalId }: Attributed): Row {
  return {
    json: { at: seenAt, ref, name, field, from, to, by, journalId },
    cells: [seenAt, ref, name, field, from, to, by, journalId],
  };
}

async function ofOne(context: ReadContext & Pick<Context, 'journal'>, input: Input, ref: string): Promise<Found> {
  const target = await findSubscription(context, input, ref, []);
  const { connection, id } = target;
  const changes: readonly Change[] = context.cache.changes({ connection, id });
  let history: readonly HistoryEntry[] = [];
  let faults: readonly Fault[] = [];
  if (isOn(input, 'history')) {
    ({ value: history, faults } = await readOrKept(context, input, target, 'history'));
  }
  return { changes: whoChanged(changes, context, history), faults };
}

async function allSince(
  context: Pick<Context, 'cache' | 'clock' | 'connections' | 'journal'>,
  input: Input,
  since: string,
): Promise<Found> {
  if (isOn(input, 'history')) throw fault('usage', '--history needs one subscription.', 'Give a REF with it.');
  const connections = requestedScope(context, input).names;
  const beginning = new Date(sinceOf(since, context.clock.now())).toISOString();
  const changes = context.cache.changes({ since: beginning, connections });
  return { changes: bySubscription(whoChanged(changes, context, [])), faults: [] };
}
