import { leftText } from '../../model/calendar.ts';
import { fault } from '../../model/fault.ts';
import { grouped } from '../../model/numbers.ts';
import { waitedText } from '../../model/sync-progress.ts';
import type { SyncReport } from '../../sync/sync-scheduler.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { type ReadAhead, readDetailsAhead } from '../details-ahead.ts';
import { findConnection, requestedScope } from '../find.ts';
import { isOn } from '../given-values.ts';
import { object } from '../output-shape.ts';
import { readConnections } from '../read-connections.ts';
import type { Column, Reply, Row } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { withinFlag } from './flags.ts';

export const sync: Command = {
  id: 'sync',
  summary: 'read connections from the vendors into the cache',
  words: {
    effect: 'local',
    output: object(
      { connection: 'text', rows: 'number', complete: 'switch' },
      { details: object({ read: 'number', fresh: 'number', failed: 'number' }) },
    ),
    kind: 'list',
    args: [
      { name: 'NAME', help: 'connections; all if none is named', completes: 'connection', rest: true, optional: true },
    ],
    flags: [
      withinFlag,
      {
        name: 'details',
        help: 'also read history, details, add-ons, renewals and price lists, for offline use',
      },
      { name: 'accept-removals', help: 'remove what the vendor no longer lists, however many rows that is' },
    ],
    needsNetwork: true,
    examples: [
      'sync',
      'sync nordic',
      'sync --within organization=nordic/acme --details',
      'sync nordic --accept-removals',
    ],
    run,
  },
};

async function run(context: Needed, input: Input): Promise<Reply> {
  if (context.mode.offline) throw fault('denied', 'Offline mode does not read from vendors.', 'Leave out --offline.');
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
  const began = context.clock.monotonic();
  const outcomes = await readConnections(context, input, about, {
    ...(within && { within }),
    acceptRemovals: isOn(input, 'accept-removals'),
  });
  const milliseconds = context.clock.monotonic() - began;
  const details = isOn(input, 'details') ? await readDetailsAhead(context, input, about, within) : null;
  const faults = [
    ...outcomes.flatMap((outcome) => [...outcome.missing, ...(outcome.fault ? [outcome.fault] : [])]),
    ...(details ?? []).flatMap((each) => each.faults),
  ];
  return {
    kind: 'list',
    columns: [
      { id: 'connection', title: 'connection', align: 'left' },
      { id: 'rows', title: 'subscriptions', align: 'right' },
      { id: 'complete', title: 'complete', align: 'left' },
      { id: 'calls', title: 'calls', align: 'right' },
      { id: 'milliseconds', title: 'took', align: 'right' },
      { id: 'waited', title: 'waited', align: 'left' },
      ...(details === null ? [] : detailColumns),
    ],
    rows: outcomes.map((end) => row(end, details?.find(({ connection }) => connection === end.connection) ?? null)),
    empty: '',
    notes: [...outcomes.flatMap(({ notes }) => notes), ...summaryOf(outcomes, milliseconds)],
    ...ending(
      faults,
      outcomes.some(({ rows, fault: failed }) => rows > 0 || failed === null),
    ),
  };
}

type Needed = Pick<Context, 'cache' | 'clock' | 'connections' | 'mode' | 'settings' | 'sync'>;

const detailColumns: readonly Column[] = [
  { id: 'details.read', title: 'details', align: 'right' },
  { id: 'details.fresh', title: 'fresh', align: 'right' },
  { id: 'details.failed', title: 'failed', align: 'right' },
];

function row({ connection, rows, complete, took }: SyncReport, details: ReadAhead | null): Row {
  const { calls, milliseconds, waited } = took;
  const cells = [
    connection,
    String(rows),
    complete ? 'yes' : 'no',
    String(calls),
    leftText(milliseconds),
    waitedText(waited),
  ];
  if (details === null) return { json: { connection, rows, complete }, cells };
  const { read, fresh, failed } = details;
  return {
    json: { connection, rows, complete, details: { read, fresh, failed } },
    cells: [...cells, ...[read, fresh, failed].map(String)],
  };
}

/** The sum of several connections, which were read side by side. */
function summaryOf(outcomes: readonly SyncReport[], milliseconds: number): readonly string[] {
  if (outcomes.length < 2) return [];
  const sum = (of: (outcome: SyncReport) => number) => outcomes.reduce((all, outcome) => all + of(outcome), 0);
  const rows = grouped(sum((outcome) => outcome.rows));
  const calls = grouped(sum(({ took }) => took.calls));
  return [`${outcomes.length} connections: ${rows} subscriptions in ${calls} calls and ${leftText(milliseconds)}.`];
}
