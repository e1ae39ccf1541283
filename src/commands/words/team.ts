import { openStates } from '../../journal/journal.ts';
import { dateWords, exactWords } from '../../model/date-words.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Joined, TeamStatus } from '../../team/contract.ts';
import type { StoreInit } from '../../team/init-store.ts';
import type { ServerWait } from '../../team/journal-standing.ts';
import type { ArgumentSpec, Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, flag, isOn } from '../given-values.ts';
import { type OfferRow, offerRows } from '../offered-connections.ts';
import { either, listOf, mapOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending, wellEnded } from '../reply-ending.ts';
import { givenPassword, passwordFlag } from '../team-password.ts';

const urlArgument: ArgumentSpec = { name: 'URL', help: 'postgres://user@host:port/database?sslmode=…' };
const outsideConsole =
  'It changes where the console keeps its journal: leave the console with q, and run it in the shell.';

const statusShape = object({
  store: object({ ...texts('url'), schema: 'number', roundTripMs: 'number', reachable: 'switch' }),
  me: object(texts('as', 'host', 'role')),
  members: listOf(object({ ...texts('as', 'host', 'version', 'seenAt'), running: 'switch' })),
  leases: listOf(object(texts('connection', 'holder', 'until'))),
  budgets: listOf(object({ ...texts('connection', 'resetsAt'), left: 'number' })),
});

export const teamCommands: readonly Command[] = [
  {
    id: 'team init',
    summary: "create or upgrade a team's store in a PostgreSQL database",
    words: {
      effect: 'local',
      output: either(
        object({
          ...texts('what', 'server'),
          schema: 'number',
          made: listOf('text'),
          byHand: listOf('text'),
          cutOff: listOf('text'),
          waits: object({ seconds: 'number', members: listOf('text') }),
        }),
        object({ sql: 'text' }),
      ),
      kind: 'object',
      takesSecrets: true,
      needsNetwork: true,
      notInConsole: outsideConsole,
      args: [urlArgument],
      flags: [
        { name: 'print', help: 'print the SQL and make no connection' },
        {
          name: 'force',
          help: 'go on without members that are connected with an older Subdeck, or that did not hand in; they are named',
        },
        {
          name: 'accept-server',
          help: 'allow writes again after a failover or a restore, once members have handed in (docs/guides/team.md)',
        },
        passwordFlag,
      ],
      examples: [
        'team init postgres://postgres@localhost/subdeck',
        'team init postgres://admin@db.example/subdeck --print',
      ],
      run: init,
    },
  },
  {
    id: 'team join',
    summary: "use a team's store from now on; without a known password it asks for one",
    words: {
      effect: 'local',
      output: object({
        ...texts('url', 'as', 'role', 'team'),
        schema: 'number',
        connections: listOf(object({ ...texts('name', 'vendor', 'member', 'command'), settings: mapOf('text') })),
      }),
      kind: 'object',
      takesSecrets: true,
      needsNetwork: true,
      notInConsole: outsideConsole,
      args: [urlArgument],
      flags: [{ name: 'as', value: 'NAME', help: "the member's name; without it that of the login" }, passwordFlag],
      examples: ['team join postgres://anna@db.example/subdeck --as anna'],
      run: join,
    },
  },
  {
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
  },
  {
    id: 'team account',
    summary: 'say whether two accounts that show the same subscription are one',
    words: {
      effect: 'local',
      output: object({ ...texts('account', 'other'), same: 'switch' }),
      kind: 'object',
      needsNetwork: true,
      args: [
        { name: 'ACCOUNT', help: 'an account, as a refused write names it' },
        { name: 'OTHER', help: 'the other one' },
      ],
      flags: [
        { name: 'same', help: 'they are one: an open write on one blocks the subscription on both' },
        { name: 'different', help: 'they only look alike: each takes writes by itself' },
      ],
      examples: ["team account 'acme https://api.acme.example' 'acme https://gateway.example' --same"],
      run: account,
    },
  },
  {
    id: 'team leave',
    summary: "go back to this machine's own journal; refused while writes of yours are open",
    words: {
      effect: 'local',
      output: object({ left: 'switch', url: 'text' }),
      kind: 'object',
      needsNetwork: true,
      notInConsole: outsideConsole,
      args: [],
      flags: [],
      run: leave,
    },
  },
  {
    id: 'team remove',
    summary: 'remove a member that is gone for good; its entries stay, its name is free',
    words: {
      effect: 'local',
      output: object({ as: 'text', removed: 'switch' }),
      kind: 'object',
      needsNetwork: true,
      args: [{ name: 'NAME', help: "the member's name" }],
      flags: [],
      run: remove,
    },
  },
];

/** Which of the two is set decides; both or none is no answer. */
async function account({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const [one, other] = [argument(input, 'ACCOUNT'), argument(input, 'OTHER')];
  const [same, different] = [isOn(input, 'same'), isOn(input, 'different')];
  if (same === different) {
    throw fault('usage', 'Say whether they are one account.', 'Give one of --same and --different.');
  }
  await team.compareAccounts(one, other, same);
  return {
    kind: 'object',
    json: { account: one, other, same },
    sections: [{ title: null, fields: [{ label: same ? 'One account' : 'Two accounts', value: `${one}; ${other}` }] }],
    ...wellEnded,
  };
}

async function init({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const url = argument(input, 'URL');
  if (isOn(input, 'print')) {
    const sql = await team.initScript(url);
    return { kind: 'text', text: sql, json: { sql }, ...wellEnded };
  }
  const options = { force: isOn(input, 'force'), acceptServer: isOn(input, 'accept-server') };
  const done = await withPassword(team, input, url, (password) => team.init(url, { password, ...options }));
  const waits = options.acceptServer ? done.waits : null;
  return {
    kind: 'object',
    json: done,
    sections: initSections(done),
    ...ending(waits === null ? [] : [notYetAccepted(waits)], false),
  };
}

function notYetAccepted({ seconds, members }: ServerWait): Fault {
  const reasons = [
    ...(seconds > 0 ? [`for ${seconds} s more in any case`] : []),
    ...(members.length > 0 ? [`until these have opened Subdeck once: ${members.map(printable).join(', ')}`] : []),
  ];
  const message = `Writes stay shut on this server, ${reasons.join(', and ')}.`;
  const next = 'Run it again then. With --force it is not waited for: what those members had open may be sent twice.';
  return fault('refused', message, next).fault;
}

function initSections({ what, schema, server, made, byHand, cutOff }: StoreInit): readonly Section[] {
  const words = { created: 'created', upgraded: 'upgraded', unchanged: 'nothing to change' };
  const lines = (title: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ title, fields: values.map((value) => ({ label: '-', value })) }];
  return [
    {
      title: null,
      fields: [
        { label: 'Store', value: words[what] },
        { label: 'Schema', value: `subdeck, version ${schema}` },
        ...(server === 'same' ? [] : [{ label: 'Server', value: serverText[server] }]),
      ],
    },
    ...lines('Cut off', cutOff),
    ...lines('Made', made),
    ...lines('To run by hand', byHand),
    {
      title: 'For each member, then run this command again',
      fields: [{ label: '-', value: 'createuser --pwprompt --connection-limit=20 --role=subdeck_member NAME' }],
    },
  ];
}

const serverText = {
  other:
    'Not the one that the journal was written on (a failover, or a restored backup), so writes are refused. --accept-server allows them.',
  accepted: 'Writes are allowed again.',
};

async function join(
  context: Pick<Context, 'journal' | 'settings' | 'setup' | 'team' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const { team } = context;
  const url = argument(input, 'URL');
  if (team.current !== null && !team.isCurrent(url)) {
    throw fault(
      'usage',
      `This installation is in the team of ${team.current.url}.`,
      'Leave it first: subdeck team leave',
    );
  }
  if (team.current === null) await demandNothingOpen(context);
  const as = flag(input, 'as');
  const wasAlone = team.current === null;
  const joined = await withPassword(team, input, url, (password) => team.join(url, { as, password }));
  if (wasAlone) await demandNothingBegan(context);
  const offers = offerRows(context, joined.offered);
  const added = await addOffered(context, input, offers);
  const { team: id, schema, role, notKept } = joined;
  return {
    kind: 'object',
    json: { url: joined.url, as: joined.as, role, team: id, schema, connections: offers },
    sections: joinSections(joined, offers, added),
    ...ending(notKept === null ? [] : [notKept], true),
  };
}

/** What the private journal has open would be forgotten by everybody. */
async function demandNothingOpen({ journal, writes }: Pick<Context, 'journal' | 'writes'>): Promise<void> {
  await writes.recover();
  const open = await journal.storedIn(openStates);
  if (open.length === 0) return;
  const message = `${open.length === 1 ? 'A write is' : `${open.length} writes are`} open in the journal of this machine.`;
  throw fault('refused', message, 'subdeck journal list shows them. Wait for their end or settle them, then join.');
}

/** A console that is open here may have begun a write before it saw that there is a team. */
async function demandNothingBegan({ journal, team }: Pick<Context, 'journal' | 'team'>): Promise<void> {
  const open = await journal.storedIn(openStates);
  if (open.length === 0) return;
  await team.leave();
  const message = 'Another Subdeck of this computer began a write in the meantime, so the team was left again.';
  throw fault('refused', message, 'subdeck journal list shows it. Wait for its end or settle it, then join.');
}

/** The names of those that a person at a terminal wants here. Their secrets are not the team's. */
async function addOffered(
  { setup }: Pick<Context, 'setup'>,
  input: Input,
  offers: readonly OfferRow[],
): Promise<readonly string[]> {
  const { ask } = input;
  if (ask === null || isOn(input, 'json') || offers.length === 0) return [];
  const added: string[] = [];
  input.say('The team has these connections. Check their addresses: they are other members’ words.');
  for (const { name, vendor, settings, member } of offers) {
    const pairs = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    input.say(`  ${name} (${vendor}), of ${member}: ${pairs.join(' ')}`);
    if (!/^y(es)?$/i.test((await ask(`Add ${name}? [y/N] `)).trim())) continue;
    await setup.save(name, ({ connections }) => {
      if (!Object.hasOwn(connections, name)) return { vendor, values: settings };
      throw fault('usage', `The connection ${name} already exists.`, 'Run subdeck team join once more.');
    });
    added.push(name);
  }
  return added;
}

function joinSections(
  { url, as, role }: Joined,
  offers: readonly OfferRow[],
  added: readonly string[],
): readonly Section[] {
  const secrets = added.map((name) => ({ label: name, value: `subdeck connection set ${shellWord(name)}` }));
  const offered = offers
    .filter(({ name }) => !added.includes(name))
    .map(({ command, member }) => ({ label: member, value: command }));
  return [
    {
      title: null,
      fields: [
        { label: 'Team', value: url },
        { label: 'Member', value: as },
        { label: 'Role', value: roleText(role) },
        {
          label: 'Now',
          value: 'Restart the other consoles of this user: until then they only read.',
        },
      ],
    },
    ...(secrets.length === 0 ? [] : [{ title: 'Added; to give their secrets', fields: secrets }]),
    ...(offered.length === 0
      ? []
      : [{ title: 'Connections of the team; check the addresses before you give a secret', fields: offered }]),
  ];
}

async function leave({ team }: Pick<Context, 'team'>): Promise<Reply> {
  const { current } = team;
  await team.leave();
  return {
    kind: 'object',
    json: { left: true, url: current?.url ?? null },
    sections: [{ title: null, fields: [{ label: 'Left', value: current?.url ?? null }] }],
    ...wellEnded,
  };
}

async function remove({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const name = argument(input, 'NAME');
  await team.remove(name);
  return {
    kind: 'object',
    json: { as: name, removed: true },
    sections: [{ title: null, fields: [{ label: 'Removed', value: name }] }],
    ...wellEnded,
  };
}

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

function roleText(role: 'member' | 'viewer'): string {
  return role === 'member' ? 'member' : 'viewer: reads only';
}

/** Runs with the password on stdin, or with a known one; at a terminal it is asked for where there is none, or another one is needed. */
async function withPassword<Result>(
  team: Pick<Context['team'], 'knowsPassword'>,
  input: Input,
  url: string,
  run: (password: string | null) => Promise<Result>,
): Promise<Result> {
  const given = await givenPassword(input);
  const canAsk = given === null && input.ask !== null && !isOn(input, 'json');
  if (given !== null || !canAsk) return run(given);
  if (!(await team.knowsPassword(url))) return run(await askPassword(input, url));
  try {
    return await run(null);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'signed-out') throw error;
    input.say(error.fault.message);
    return run(await askPassword(input, url));
  }
}

async function askPassword(input: Input, url: string): Promise<string | null> {
  input.say(`Password for ${shellWord(url)}:`);
  const typed = (await input.stdin()).replace(/\r?\n$/, '');
  return typed === '' ? null : typed;
}
