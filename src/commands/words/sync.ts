import { fault } from '../../model/fault.ts';
import type { SyncEnd } from '../../sync/sync-run.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { findConnection, requestedScope } from '../find.ts';
import { isOn } from '../given-values.ts';
import { readConnections } from '../read-connections.ts';
import type { Reply, Row } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { withinFlag } from './flags.ts';

export const sync: Command = {
  id: 'sync',
  summary: 'read connections from the vendors into the cache',
  words: {
    kind: 'list',
    args: [{ name: 'NAME', help: 'connections; all if none is named', rest: true, optional: true }],
    flags: [
      withinFlag,
      { name: 'accept-removals', help: 'remove what the vendor no longer lists, however many rows that is' },
    ],
    needsNetwork: true,
    examples: ['sync', 'sync nordic', 'sync --within organization=nordic/acme', 'sync nordic --accept-removals'],
    run,
  },
};

async function run(context: Pick<Context, 'clock' | 'connections' | 'mode' | 'sync'>, input: Input): Promise<Reply> {
  if (context.mode.offline) throw fault('denied', 'Offline mode reads nothing.', 'Leave out --offline.');
  const { names, within } = input.rest.length
    ? {
        names: input.rest.map((name) => findConnection(context, name).name),
        within: requestedScope(context, input).within,
      }
    : requestedScope(context, input);
  if (within && !names.includes(within.connection)) {
    throw fault('usage', `--within names ${within.connection}, which is not among the given connections.`, 'Add it.');
  }
  const about = within ? [within.connection] : [...new Set(names)];
  const outcomes = await readConnections(context, input, about, {
    ...(within && { within }),
    acceptRemovals: isOn(input, 'accept-removals'),
  });
  const faults = outcomes.flatMap((outcome) => [...outcome.missing, ...(outcome.fault ? [outcome.fault] : [])]);
  return {
    kind: 'list',
    columns: [
      { id: 'connection', title: 'connection', align: 'left' },
      { id: 'rows', title: 'subscriptions', align: 'right' },
      { id: 'complete', title: 'complete', align: 'left' },
    ],
    rows: outcomes.map(row),
    empty: '',
    notes: outcomes.flatMap(({ notes }) => notes),
    ...ending(
      faults,
      outcomes.some(({ rows, fault: failed }) => rows > 0 || failed === null),
    ),
  };
}

function row({ connection, rows, complete }: SyncEnd): Row {
  return { json: { connection, rows, complete }, cells: [connection, String(rows), complete ? 'yes' : 'no'] };
}
