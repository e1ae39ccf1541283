import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describedBy, topicPage } from '../../docs/pages/topic.ts';
import { vendorsOf } from '../../src/api/vendor-kind.ts';
import { assumptionsTopic } from '../../src/commands/reference/assumptions.ts';
import { vendorsTopic } from '../../src/commands/reference/vendors.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { topScreen } from '../../src/state/console-state.ts';
import { frameOf } from '../screens/frame.tsx';
import { makeConsole } from '../state/console.ts';
import { acme } from './acme/api/vendor.ts';
import { sandboxVendorsAndAcme, vendorsAndAcme } from './acme/registered.ts';
import { type Home, openHome } from './home.ts';

/** A vendor unknown to `src`: it is passed to the registries, and everything else follows from its declarations. */
let home: Home;
let rows: readonly Subscription[];
beforeAll(async () => {
  home = await openHome({
    sandbox: { scale: 200 },
    vendors: { adapters: vendorsAndAcme, sandbox: sandboxVendorsAndAcme },
  });
  expect(await home.words('sync')).toMatchObject({ code: 0, stderr: '' });
  rows = (await home.words('subscription', 'list', '--connection', 'acme', '--json')).json();
}, 60_000);
afterAll(() => home.close());

const active = () => rows.find(({ status }) => status === 'active') ?? expect.fail('acme has no active row');

test('the command line lists its subscriptions and filters by it', async () => {
  expect(rows.length).toBeGreaterThan(5);
  const filtered = await home.words('subscription', 'list', '--filter', 'vendor=acme', '--json');
  expect(filtered.json<readonly Subscription[]>().map(({ ref }) => ref)).toEqual(rows.map(({ ref }) => ref));
});

test('the ability matrix has it, with its reasons and what is not implemented', async () => {
  const { stdout } = await home.words('vendors');
  expect(stdout.split('\n')[0]).toContain('ACME');
  expect(stdout).toContain('Acme cannot suspend anything.');
  expect(stdout).toContain('Subdeck cannot paint yet; use the Acme portal.');
});

test('a connection takes its own settings, in the schema too', async () => {
  const lacking = await home.words('connection', 'add', 'more', '--vendor', 'acme', 'baseUrl=https://acme.example');
  expect(lacking).toMatchObject({ code: 2 });
  expect(lacking.stderr).toContain('Acme Cloud also needs partner=');
  const added = await home.words(
    'connection',
    'add',
    'more',
    '--vendor',
    'acme',
    'baseUrl=https://a.example',
    'partner=2',
  );
  expect(added.code).toBe(0);
  expect(readFileSync(join(home.path, 'settings.schema.json'), 'utf8')).toContain('Number of the partner.');
  const unknown = await home.words('connection', 'add', 'other', '--vendor', 'nobody');
  expect(unknown.stderr).toContain('cloudcockpit, acme');
  expect((await home.words('connection', 'remove', 'more')).code).toBe(0);
});

test('a change of it is planned, sent once and proved', async () => {
  const row = active();
  await home.served('acme');
  const changed = await home.words(
    'subscription',
    'set-quantity',
    row.ref,
    String((row.quantity ?? 0) + 1),
    '--yes',
    '--json',
  );
  expect(changed.json()).toMatchObject({ outcome: 'done' });
  const sent = (await home.served('acme')).filter(({ method }) => method !== 'GET');
  expect(sent).toMatchObject([{ method: 'PATCH', body: { seats: (row.quantity ?? 0) + 1 } }]);
  const denied = await home.words('subscription', 'suspend', row.ref, '--yes');
  expect(denied).toMatchObject({ code: 5 });
  expect(denied.stderr).toContain('Acme cannot suspend anything.');
});

test('its account key decides which rows are the same', async () => {
  const [shown] = (await home.words('connection', 'list', '--json'))
    .json<readonly { name: string }[]>()
    .filter(({ name }) => name === 'acme');
  expect(shown).toMatchObject({ vendor: 'acme' });
  const app = home.openApp();
  expect(app.context.connections.list.find(({ name }) => name === 'acme')?.account).toMatch(
    /^acme http:\/\/127\.0\.0\.1:\d+ p-1$/,
  );
  app.close();
});

test('the console lists it and opens its levels', async () => {
  const app = home.openApp();
  const console = makeConsole({ context: app.context }, { columns: 100, rows: 30 });
  try {
    expect(frameOf(console).join('\n')).toMatch(/^ *▌? *acme /m);
    console.type('/acme<enter><enter>');
    await console.until((state) => topScreen(state).kind === 'level');
    expect(frameOf(console).join('\n')).toMatch(/subdeck {2}acme .*\n Organizations 5/);
  } finally {
    console.stop();
    app.close();
  }
});

test('the documentation has a section on it', async () => {
  const about = describedBy(vendorsAndAcme);
  const page = await topicPage(vendorsTopic, about);
  expect(page).toContain('## Acme Cloud');
  expect(page).toContain('Acme cannot suspend anything.');
  expect(page).toContain('Number of the partner.');
  expect(await topicPage(assumptionsTopic, about)).toContain('### acme-names-unique');
  expect(page).toContain('| Acme Cloud | no evidence |  | Acme has no documents. |');
});

test('two vendors with one id cannot be registered', () => {
  expect(() => vendorsOf([acme, acme])).toThrow('Two vendors have the same id.');
});
