import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { checkedCommands } from '../cli/fitting-output.ts';
import { type CommandResult, type Home, openHome } from '../vendors/home.ts';

/** Every run of a command through `home` is checked against the command's schema (fitting-output.ts). */
let home: Home;
let rows: readonly Subscription[];
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 150, rateLimits: false, speed: 1000, seed: 1 } });
  await ok('sync');
  rows = (await ok('subscription', 'list')).json();
});
afterAll(() => home.close());

/** A run that succeeds, or says that something is missing, or that the vendor has no such thing. */
async function ok(...argv: string[]): Promise<CommandResult> {
  const result = await home.words(...argv, '--json');
  expect(result.code, `${argv.join(' ')}: ${result.stderr}`).toBe(0);
  return result;
}

const rowOf = (connection: string, fits: (row: Subscription) => boolean = () => true): Subscription =>
  rows.find((row) => row.connection === connection && row.status === 'active' && !row.isAddon && fits(row)) ??
  expect.fail(`${connection} has no such row`);

test('what is read fits its schema at every vendor', async () => {
  for (const { name } of home.sandbox.connections) {
    const { ref } = rowOf(name);
    await ok('subscription', 'show', ref);
    for (const words of ['history', 'details', 'timeline']) await home.words('subscription', words, ref, '--json');
    for (const words of ['renewal show', 'reservation show', 'addon list']) {
      await home.words(...words.split(' '), ref, '--json');
    }
  }
  const { organization, services } = rowOf('cloudmore-reseller');
  const place = ['--organization', organization?.id ?? '', '--service', services[0]?.id ?? ''];
  await ok('product', 'list', '--connection', 'cloudmore-reseller', ...place);
  await ok('subscription', 'show', rowOf('interworks').ref, '--raw');
  await ok('subscription', 'changes', '--since', 'year');
  for (const level of ['seller', 'reseller', 'organization', 'service']) await ok(level, 'list');
  await ok(
    'sync',
    'cloudcockpit',
    '--within',
    `organization=cloudcockpit/${rowOf('cloudcockpit').organization?.id}`,
    '--details',
  );
});

test('what is changed, planned and marked fits its schema', async () => {
  const [lowered, raised] = [rowOf('interworks', seats), rowOf('cloudcockpit', seats)];
  const ordered = rowOf('interworks', (row) => seats(row) && row.ref !== lowered.ref);
  await ok('subscription', 'set-quantity', ordered.ref, String((ordered.quantity ?? 0) + 1), '--yes');
  await ok('subscription', 'set-quantity', lowered.ref, String((lowered.quantity ?? 0) - 1), '--yes');
  await ok('subscription', 'set-quantity', raised.ref, String((raised.quantity ?? 0) + 1), '--yes', '--reason', 'T-1');
  await ok('request', 'list');
  const [entry] = (await ok('journal', 'list')).json<readonly { readonly id: string }[]>();
  const id = entry?.id ?? '';
  for (const words of [
    ['show', id],
    ['show', id, '--receipt'],
    ['settle', id, '--as', 'applied'],
  ])
    await ok('journal', ...words);
  const [request] = (await ok('journal', 'list', '--ref', lowered.ref)).json<readonly { readonly id: string }[]>();
  await ok('request', 'show', request?.id ?? '');
  await ok('request', 'watch', request?.id ?? '');
  const orders = (await ok('order', 'list')).json<readonly { readonly id: string }[]>();
  for (const order of orders.slice(0, 1)) await ok('order', 'show', order.id);

  const other = rowOf('cloudcockpit', (row) => seats(row) && row.ref !== raised.ref);
  await dryRuns(other);
  const [csv, plan] = [join(home.path, 'seats.csv'), join(home.path, 'seats.plan')];
  writeFileSync(csv, `ref,quantity\n${other.ref},${(other.quantity ?? 0) + 1}\n`);
  const { digest } = (await ok('plan', 'create', plan, '--from', csv)).json<{ readonly digest: string }>();
  await ok('plan', 'show', plan);
  await ok('plan', 'run', plan, '--dry-run');
  await ok('plan', 'run', plan, '--yes', '--confirm', digest);
  const { id: planId } = (await ok('plan', 'show', plan)).json<{ readonly id: string }>();
  await ok('journal', 'show', planId, '--receipt');

  const { items } = (await ok('today')).json<{ readonly items: readonly { readonly key: string }[] }>();
  const key = items[0]?.key ?? expect.fail('Nothing is on Today.');
  await ok('today', '--group', 'organization');
  await ok('today', 'note', key, 'called');
  await ok('today', 'take', key);
  await ok('today', 'snooze', key, '--until', '3d');
  await ok('today', 'release', key);
  await ok('today', 'done', key);
  await ok('handover');
});

interface Addon {
  readonly id: string;
  readonly status: string;
  readonly cancelAtPeriodEnd: boolean;
}

const seats = ({ quantity }: Subscription) => quantity !== null && quantity > 5;

/** Each change as a plan; what is sent has the same form for all. */
async function dryRuns(row: Subscription): Promise<void> {
  const dry = (words: string, ...more: readonly string[]) =>
    home.words(...words.split(' '), ...more, '--dry-run', '--json');
  await dry('subscription update', row.ref, 'name=Other');
  await dry('subscription set-po-number', row.ref, 'PO-1');
  await dry('subscription suspend', row.ref);
  await dry('subscription cancel', row.ref);
  const suspended = rows.find(({ connection, status }) => connection === 'cloudcockpit' && status === 'suspended');
  await dry('subscription reactivate', suspended?.ref ?? '');
  await home.wordsWith('KEY-1', 'subscription', 'set-license', rowOf('cloudmore-seller').ref, '--dry-run', '--json');
  const { organization, services, product } = rowOf('cloudmore-reseller', (one) => seats(one) && one.product !== null);
  const at = ['--organization', organization?.id ?? '', '--service', services[0]?.id ?? ''];
  const created = [`product=${product?.id}`, 'quantity=5', 'name=New'];
  await dry('subscription create', '--connection', 'cloudmore-reseller', ...at, ...created);
  for (const { ref } of rows.filter(({ connection, status }) => connection === 'interworks' && status === 'active')) {
    if (checkedCommands.has('addon cancel')) break;
    const addons = (await ok('addon', 'list', ref)).json<readonly Addon[]>();
    const addon = addons.find(({ status, cancelAtPeriodEnd }) => status === 'active' && !cancelAtPeriodEnd);
    if (addon !== undefined) await dry('addon cancel', ref, addon.id);
  }
  const { ref } = rowOf('lineworks', seats);
  await dry('renewal set', ref, 'type=cancel');
  await dry('reservation create', ref, 'type=ADD_LICENSE', 'quantity=1');
  await dry('reservation withdraw', ref);
}

test('what only this machine knows fits its schema', async () => {
  await ok('connection', 'list');
  for (const words of ['show', 'test', 'probe']) await ok('connection', words, 'vmware');
  await ok('connection', 'set', 'vmware', 'title=Other');
  const { settings } = home.sandbox.connections.find(({ name }) => name === 'vmware') ?? expect.fail('no vmware');
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  home.give('more', { apiToken: 'x' });
  await ok('connection', 'add', 'more', '--vendor', 'vmware', ...pairs);
  await ok('connection', 'remove', 'more');
  const [one, two] = [rowOf('vmware').organization, rowOf('lineworks').organization];
  const places = [`vmware/${one?.id}`, `lineworks/${two?.id}`];
  await ok('customer', 'list');
  await ok('customer', 'link', 'Acme', ...places);
  await ok('customer', 'show', 'Acme');
  await ok('customer', 'unlink', 'Acme', places[1] ?? '');
  await ok('vendors');
  await ok('cache', 'info');
  await home.words('doctor', '--json');
  await ok('mcp', 'log');
  await ok('completion', 'bash');
  await ok('completion', 'values', 'ref', 'vmware/');
  await ok('version');
  await ok('help', 'filter');
  await ok('team', 'init', 'postgres://anna@localhost/subdeck', '--print');
  await ok('cache', 'purge');
});

test('no command was left out', () => {
  const ids = commands.flatMap(({ id, words }) => (words === undefined ? [] : [id]));
  // These need a server, which test/team/team-words.test.ts has, with the same check.
  const elsewhere = /^team (?:join|status|account|leave|remove)$/;
  expect(ids.filter((id) => !checkedCommands.has(id) && !elsewhere.test(id))).toEqual([]);
});
