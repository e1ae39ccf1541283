import { dateWords, exactWords } from '../../model/date-words.ts';
import { printable } from '../../model/printable.ts';
import type { TeamStatus } from '../../team/contract.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { roleText } from './team-role.ts';

const statusShape = object({
  store: object({ ...texts('url'), schema: 'number', roundTripMs: 'number', reachable: 'switch' }),
  me: object(texts('as', 'host', 'role')),
  members: listOf(object({ ...texts('as', 'host', 'version', 'seenAt'), running: 'switch' })),
  leases: listOf(object(texts('connection', 'holder', 'until'))),
  budgets: listOf(object({ ...texts('connection', 'resetsAt'), left: 'number' })),
});

export const teamStatus: Command = {
  id: 'team status',
  summary: "the team's store, its members, and who reads and writes now",
  words: {
    effect: 'reads',
    output: statusShape,
    kind: 'object',
    needsNetwork: true,
    args: [],
    flags: [],
    run: status,
  },
};

async function status({
  team,
  connections,
}: {
  readonly team: Pick<Context['team'], 'status'>;
  readonly connections: Pick<Context['connections'], 'list'>;
}): Promise<Reply> {
  const found = await team.status();
  const activity = activityOf(found.store, connections.list);
  const { url, as, host, store } = found;
  const json = {
    store: { url, schema: store?.schema ?? null, roundTripMs: store?.roundTripMs ?? null, reachable: store !== null },
    me: { as, host, role: store?.role ?? null },
    members: store?.members ?? [],
    ...activity,
  };
  return {
    kind: 'object',
    json,
    sections: statusSections(found, activity),
    ...ending(found.fault ? [found.fault] : [], false),
  };
}

/** What the team does at the vendors, under this member's names: accounts that it has no connection for are not shown. */
function activityOf(store: TeamStatus['store'], connections: Context['connections']['list']) {
  const named = (account: string) => connections.filter((each) => each.account === account).map(({ name }) => name);
  return {
    leases: (store?.leases ?? []).flatMap(({ account, ...lease }) =>
      named(account).map((connection) => ({ connection, ...lease })),
    ),
    budgets: (store?.budgets ?? []).flatMap(({ account, ...budget }) =>
      named(account).map((connection) => ({ connection, ...budget })),
    ),
  };
}

function statusSections(
  { url, as, host, store }: TeamStatus,
  { leases, budgets }: ReturnType<typeof activityOf>,
): readonly Section[] {
  const me = { label: 'Me', value: `${as} (${host})${store === null ? '' : `, ${roleText(store.role)}`}` };
  if (store === null) return [{ title: null, fields: [{ label: 'Store', value: `${url}, not reachable` }, me] }];
  const shared = store.sharedLogins.map((login) => ({
    label: 'Shared login',
    value: `${login}: names are not proven`,
  }));
  return [
    {
      title: null,
      fields: [
        { label: 'Store', value: url },
        { label: 'Schema', value: `version ${store.schema}` },
        { label: 'Round trip', value: `${store.roundTripMs} ms` },
        me,
        ...shared,
      ],
    },
    {
      title: 'Members',
      fields: store.members.map(({ as: name, host: from, version, seenAt, running }) => ({
        label: name,
        value:
          seenAt === null
            ? 'has not written yet'
            : `${from}, Subdeck ${version}, ${running ? 'running, ' : ''}seen ${dateWords(seenAt)}`,
      })),
    },
    ...(leases.length === 0 ? [] : [{ title: 'Syncs', fields: leases.map(leaseField) }]),
    ...(budgets.length === 0 ? [] : [{ title: 'Calls', fields: budgets.map(budgetField) }]),
  ];
}

function leaseField({ connection, holder, until }: { readonly [Name in 'connection' | 'holder' | 'until']: string }) {
  return { label: connection, value: `read by ${printable(holder)} until ${exactWords(until)}` };
}

function budgetField({
  connection,
  operation,
  left,
  resetsAt,
}: ReturnType<typeof activityOf>['budgets'][number]): Section['fields'][number] {
  const what = operation === null ? '' : `${printable(operation)}: `;
  return { label: connection, value: `${what}${left} left until ${exactWords(resetsAt)}` };
}
