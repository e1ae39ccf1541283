import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type StoryFixture, type StoryOptions } from '../stories/fixture.ts';

let fixture: StoryFixture | null = null;
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-failing-'));
});
afterEach(async () => {
  await fixture?.close();
  fixture = null;
  rmSync(home, { recursive: true });
});

async function open(options: StoryOptions): Promise<StoryFixture> {
  fixture = await openStory(options);
  return fixture;
}

/** Writes a faults file for the sandbox. */
function faults(name: string, orders: readonly object[]): readonly string[] {
  const path = join(home, `${name}.json`);
  writeFileSync(path, JSON.stringify(orders));
  return ['--faults', path];
}

/** Points a connection at an unused port and makes every list refresh. */
function breakConnection({ home }: StoryFixture, name: string): void {
  const path = join(home, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  settings.freshFor = 0;
  settings.connections[name].settings.baseUrl = 'http://127.0.0.1:9';
  writeFileSync(path, JSON.stringify(settings));
}

/** Makes a vendor close every connection, at its real address, and makes every list refresh. */
async function hangUp({ home, connections }: StoryFixture, vendor: string): Promise<void> {
  const path = join(home, 'settings.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), freshFor: 0 }));
  const { origin } = new URL(connections.find((one) => one.vendor === vendor)?.settings.baseUrl ?? '');
  const body = JSON.stringify([{ vendor, do: 'drop-before' }]);
  expect((await fetch(`${origin}/_sandbox/faults`, { method: 'POST', body })).status).toBe(204);
}

interface Row {
  readonly ref: string;
  readonly connection: string;
}

test('[fault 59] a failed refresh shows cached rows, names what is missing and exits 9', async () => {
  const at = await open({ connections: ['interworks', 'vmware'] });
  const whole = (await at.words('subscription', 'list', '--json')).json<readonly Row[]>();
  await hangUp(at, 'vmware');
  const { code, stderr, json } = await at.words('subscription', 'list', '--json');
  expect(code).toBe(9);
  expect(json<readonly Row[]>()).toHaveLength(whole.length);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).error);
  expect(lines).toMatchObject([{ kind: 'unreachable', connection: 'vmware', sent: false }]);
});

test('exits 9 if one of two uncached connections fails, 7 if it is the only one', async () => {
  const at = await open({ connections: ['interworks', 'vmware'] });
  breakConnection(at, 'vmware');
  const some = await at.words('subscription', 'list', '--json');
  expect(some.code).toBe(9);
  expect(new Set(some.json<readonly Row[]>().map(({ connection }) => connection))).toEqual(new Set(['interworks']));
  const none = await at.words('subscription', 'list', '--connection', 'vmware', '--json');
  expect(none.code).toBe(7);
  expect(none.json()).toEqual([]);
  expect((await at.words('subscription', 'show', 'vmware/x')).code).toBe(7);
  expect((await at.words('connection', 'test', 'vmware')).code).toBe(7);
});

test('exits 4 for wrong secrets', async () => {
  const at = await open({ connections: ['vmware'], env: { SUBDECK_SECRETS_VMWARE: '{"apiToken":"wrong"}' } });
  expect((await at.words('sync')).code).toBe(4);
});

test('exits 4 for secrets that are not a JSON object, and does not show them', async () => {
  const at = await open({ connections: ['vmware'], env: { SUBDECK_SECRETS_VMWARE: 'hunter2' } });
  const { code, stderr } = await at.words('sync', '--verbose');
  expect(code).toBe(4);
  expect(stderr).toContain('SUBDECK_SECRETS_VMWARE is not a JSON object');
  expect(stderr).not.toContain('hunter2');
});

test('[fault 60] a lost answer exits 8, is unknown in the journal and can be settled', async () => {
  const order = faults('lost', [{ vendor: 'cloudmore', method: 'PUT', path: '/api/resellers/*', do: 'drop-after' }]);
  const at = await open({ connections: ['cloudmore-reseller'], sandbox: order });
  const [row] = (await at.words('subscription', 'list', '--json', '--filter', 'status:active qty>3')).json<
    readonly Row[]
  >();
  const result = await at.words('subscription', 'set-quantity', row?.ref ?? '', '2', '--yes', '--confirm=2', '--json');
  expect(result.code, result.stderr).toBe(8);
  expect(result.json()).toMatchObject({ outcome: 'unknown' });
  expect(JSON.parse(result.stderr).error).toMatchObject({ kind: 'unknown', sent: true });
  const { journalId } = result.json<{ journalId: string }>();
  const again = await at.words('subscription', 'set-quantity', row?.ref ?? '', '1', '--yes');
  expect(again.code).toBe(6);
  const settled = await at.words('journal', 'settle', journalId, '--as', 'applied', '--json');
  expect(settled.code, settled.stderr).toBe(0);
  expect(settled.json()).toMatchObject({ state: 'settled-applied' });
  expect((await at.served('cloudmore-reseller')).filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('Ctrl-C ends a hanging read with exit code 130', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const silent = createServer(() => resolve());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : null;
  const env = { PATH: process.env.PATH ?? '', SUBDECK_HOME: home, SUBDECK_SECRETS_HUNG: '{"accessToken":"t"}' };
  const start = (...args: readonly string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, '../../bin/subdeck.js'), ...args], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  await once(
    start('connection', 'add', 'hung', '--vendor', 'vmware', `baseUrl=http://127.0.0.1:${port}`, 'orgId=o'),
    'exit',
  );
  const child = start('sync');
  await asked;
  child.kill('SIGINT');
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  silent.closeAllConnections();
  silent.close();
  expect(stderr).toBe('subdeck: Interrupted.\n');
  expect(code).toBe(130);
});
