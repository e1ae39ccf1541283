import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { FaultOrder, RunningSandbox } from '../../src/sandbox/start.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { oldJournal } from '../journal/old-journal.ts';
import { type CommandResult, type Home, openHome } from './home.ts';

const scale = 200;

/** Production, with an installation on it, and staging on other ports: the same rows under the same ids. */
let home: Home;
let staging: RunningSandbox;

beforeEach(async () => {
  home = await openHome({ sandbox: { scale } });
  staging = await startSandbox({ scale, rateLimits: false, speed: 1000 });
});
afterEach(async () => {
  await home.close();
  await staging.stop();
});

const settingsOf = (sandbox: RunningSandbox, name: string): readonly string[] => {
  const { settings = {} } = sandbox.connections.find((one) => one.name === name) ?? {};
  return Object.entries(settings).map(([key, value]) => `${key}=${value}`);
};

async function pointAt(sandbox: RunningSandbox, name: string, ...flags: readonly string[]): Promise<CommandResult> {
  return home.words('connection', 'set', name, ...settingsOf(sandbox, name), ...flags, '--json');
}

async function active(connection: string, is: (row: Subscription) => boolean = () => true): Promise<Subscription> {
  const list = await home.words('subscription', 'list', '--connection', connection, '--json');
  const row = list.json<readonly Subscription[]>().find((one) => one.status === 'active' && is(one));
  if (row === undefined) throw new Error(`${connection} has no such row.`);
  return row;
}

const journal = async (): Promise<readonly JournalEntry[]> => (await home.words('journal', 'list', '--json')).json();

/** Writes that reached staging. */
async function stagingWrites(): Promise<readonly string[]> {
  const texts = await Promise.all(
    Object.values(staging.origins).map(async (origin) => (await fetch(`${origin}/_sandbox/requests`)).text()),
  );
  const served = texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line));
  return served.filter(({ method, path }) => method !== 'GET' && !/token/i.test(path)).map(({ path }) => path);
}

it('a plan made on production does not run on staging and names both', async () => {
  const row = await active('cloudcockpit', ({ quantity }) => (quantity ?? 0) > 3);
  const csv = join(home.path, 'seats.csv');
  const plan = join(home.path, 'seats.plan');
  writeFileSync(csv, `ref,quantity\n${row.ref},${(row.quantity ?? 0) - 1}\n`);
  expect((await home.words('plan', 'create', plan, '--from', csv, '--json')).code).toBe(0);
  const shown = await home.words('plan', 'show', plan, '--json');
  const { account } = shown.json<{ readonly account: string }>();
  expect(account).toContain(`cloudcockpit ${home.sandbox.origins.cloudcockpit} `);
  expect(shown.stderr).toContain(`Account: ${account}`);

  expect((await pointAt(staging, 'cloudcockpit')).code).toBe(0);
  // Rows read from production are not shown as those of staging.
  const listed = await home.words('subscription', 'list', '--connection', 'cloudcockpit', '--offline', '--json');
  expect(listed.json()).toEqual([]);
  const ran = await home.words('plan', 'run', plan, '--yes', '--json');
  expect(ran.code).toBe(6);
  expect(ran.stderr).toContain(`planned for the account ${account}`);
  expect(ran.stderr).toContain(`now uses cloudcockpit ${staging.origins.cloudcockpit} `);
  expect(await stagingWrites()).toEqual([]);
  expect(await journal()).toEqual([]);
});

const lost: FaultOrder = { method: 'PATCH', vendor: 'cloudcockpit', do: 'drop-after', nth: 1 };

it('a write lost on production is settled through production, not staging', async () => {
  const row = await active('cloudcockpit', ({ quantity }) => (quantity ?? 0) > 3);
  await home.sandbox.addFaults([lost]);
  const wanted = String((row.quantity ?? 0) - 1);
  const sent = await home.words('subscription', 'set-quantity', row.ref, wanted, '--yes', '--json');
  expect(sent.code).toBe(8);
  const [entry] = await journal();
  expect(entry).toMatchObject({
    state: 'unknown',
    account: expect.stringContaining(home.sandbox.origins.cloudcockpit ?? '-'),
  });

  // The change is confirmed before the connection leaves, and nothing changes without a yes.
  const refused = await pointAt(staging, 'cloudcockpit');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`1 write is open on ${entry?.account}`);
  expect(refused.stderr).toContain(entry?.id);
  const before = await home.words('connection', 'show', 'cloudcockpit', '--json');
  expect(before.json<{ readonly settings: { readonly baseUrl: string } }>().settings.baseUrl).toBe(
    home.sandbox.origins.cloudcockpit,
  );
  expect((await pointAt(staging, 'cloudcockpit', '--yes')).code).toBe(0);

  const settled = await home.words('journal', 'settle', entry?.id ?? '', '--json');
  expect(settled.code).toBe(6);
  expect(settled.stderr).toContain(`sent on the account ${entry?.account}`);
  expect(settled.stderr).toContain(`now uses cloudcockpit ${staging.origins.cloudcockpit} `);
  expect((await journal())[0]?.state).toBe('unknown');

  // A subscription with the same name and id on staging is not blocked by it.
  const other = await home.words('subscription', 'set-quantity', row.ref, wanted, '--dry-run', '--json');
  expect(other.code).toBe(0);

  // Any connection on the account may settle it, under any name.
  const secrets = home.sandbox.connections.find(({ name }) => name === 'cloudcockpit')?.secrets ?? {};
  home.give('production', secrets);
  const added = await home.words(
    'connection',
    'add',
    'production',
    '--vendor',
    'cloudcockpit',
    ...settingsOf(home.sandbox, 'cloudcockpit'),
    '--json',
  );
  expect(added.code, added.stderr).toBe(0);
  const found = await home.words('journal', 'settle', entry?.id ?? '', '--json');
  expect(found.json()).toMatchObject({ state: 'settled-applied', account: entry?.account });
});

it('a request of production is not followed on staging', async () => {
  const row = await active('interworks', ({ quantity, isAddon }) => (quantity ?? 0) > 3 && !isAddon);
  const wanted = String((row.quantity ?? 0) - 1);
  const sent = await home.words('subscription', 'set-quantity', row.ref, wanted, '--yes', '--json');
  expect(sent.json()).toMatchObject({ outcome: 'accepted' });
  const { request } = sent.json<{ readonly request: Request }>();
  const [entry] = await journal();
  // The other connection on this account could follow it; without that one, leaving needs a confirmation.
  expect((await home.words('connection', 'remove', 'interworks-free', '--json')).code).toBe(0);
  expect((await pointAt(staging, 'interworks', '--yes')).code).toBe(0);
  const shown = await home.words('request', 'show', request.id, '--json');
  expect(shown.stderr).toContain(`sent on the account ${entry?.account}`);
  expect((await journal())[0]?.state).toBe('sent');
  expect((await pointAt(home.sandbox, 'interworks')).code).toBe(0);
  const followed = await home.words('request', 'show', request.id, '--json');
  expect([followed.json<Request>().state, followed.stderr]).toEqual(['done', '']);
});

it('removing a connection with open writes asks; they then name what they need', async () => {
  const row = await active('cloudcockpit', ({ quantity }) => (quantity ?? 0) > 3);
  await home.sandbox.addFaults([lost]);
  await home.words('subscription', 'set-quantity', row.ref, String((row.quantity ?? 0) - 1), '--yes', '--json');
  const [entry] = await journal();
  const inConsole = await home.inConsole('connection', 'remove', 'cloudcockpit');
  expect(inConsole.faults).toMatchObject([
    { kind: 'usage', message: expect.stringContaining(entry?.id ?? '-'), next: expect.stringContaining('--yes') },
  ]);
  const refused = await home.words('connection', 'remove', 'cloudcockpit', '--json');
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(entry?.id ?? '-')]);
  expect((await home.words('connection', 'show', 'cloudcockpit', '--json')).code).toBe(0);
  expect((await home.words('connection', 'remove', 'cloudcockpit', '--yes', '--json')).code).toBe(0);
  const settled = await home.words('journal', 'settle', entry?.id ?? '', '--json');
  expect([settled.code, settled.stderr]).toEqual([
    6,
    expect.stringContaining('the connection cloudcockpit no longer exists'),
  ]);
});

it('an open write of 0.1.0 keeps its account when the connection changes', async () => {
  oldJournal(join(home.path, 'journal.db'));
  const gone = (await journal()).find(({ ref }) => ref === 'cloudmore-seller/gone-1');
  expect(gone).toMatchObject({ state: 'unknown', account: null });
  const shown = await home.words('journal', 'show', gone?.id ?? '');
  expect(shown.stdout).toContain('not recorded (sent by Subdeck 0.1.0)');
  // Its connection is read on its current account: absence there proves nothing about a write of an unknown account.
  const asked = await home.words('journal', 'settle', gone?.id ?? '', '--json');
  expect([asked.code, asked.json<JournalEntry>().state]).toEqual([8, 'unknown']);

  const refused = await pointAt(staging, 'cloudmore-seller');
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(`${gone?.id} (cloudmore-seller/gone-1)`)]);
  expect((await pointAt(staging, 'cloudmore-seller', '--yes')).code).toBe(0);
  expect((await home.words('connection', 'remove', 'cloudmore-reseller', '--yes', '--json')).code).toBe(0);
  const settled = await home.words('journal', 'settle', gone?.id ?? '', '--json');
  expect([settled.code, settled.stderr]).toEqual([6, expect.stringContaining(home.sandbox.origins.cloudmore ?? '-')]);
});
