import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-reseller', 'interworks', 'lineworks'] });
});
afterAll(() => fixture.close());

const keysOfASubscription = [
  ...['ref', 'connection', 'vendor', 'id', 'name', 'status', 'vendorStatus', 'seller', 'reseller', 'organization'],
  ...['services', 'product', 'parentId', 'isAddon', 'isTrial', 'quantity', 'billing', 'term', 'startsAt', 'endsAt'],
  ...[
    'cancellableUntil',
    'renewal',
    'prices',
    'sameAs',
    'hasLicenseKey',
    'externalIds',
    'segment',
    'missingSince',
    'readAt',
  ],
];

interface Row {
  readonly ref: string;
  readonly connection: string;
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly quantity: number | null;
}

const list = async (...more: string[]) => {
  const { code, stderr, json } = await fixture.words('subscription', 'list', '--json', ...more);
  return { code, stderr, rows: code === 0 ? json<readonly Row[]>() : [] };
};

test('the first list reads every connection; the second comes from the cache', async () => {
  const first = await list();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(new Set(first.rows.map(({ connection }) => connection)).size).toBe(3);
  for (const row of first.rows) expect(Object.keys(row).sort()).toEqual([...keysOfASubscription].sort());
  const calls = await fixture.served('interworks');
  expect((await list()).rows.length).toBe(first.rows.length);
  expect(await fixture.served('interworks')).toEqual(calls);
});

test('filter, sort, limit and connection narrow the list', async () => {
  const { rows } = await list('--connection', 'interworks', '--filter', 'status:active qty>=1', '--sort', 'qty:desc');
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.every(({ connection, status }) => connection === 'interworks' && status === 'active')).toBe(true);
  const quantities = rows.map(({ quantity }) => quantity ?? 0);
  expect(quantities).toEqual([...quantities].sort((a, b) => b - a));
  expect((await list('--limit', '2')).rows).toHaveLength(2);
  expect((await list('--limit', '0')).rows).toHaveLength(0);
});

test('an empty list of a filter that can match nothing says which term on stderr', async () => {
  const found = await list('--filter', 'acme status:foo vendor:acme');
  expect(found).toMatchObject({ code: 0, rows: [] });
  expect(found.stderr.split('\n')).toEqual([
    'Nothing matches status:foo: "status" is active, pending, suspended, cancelled, expired, error or unknown.',
    'Nothing matches vendor:acme: "vendor" is cloudmore, interworks or lineworks.',
    '',
  ]);
  for (const words of [['journal'], ['request'], ['organization']]) {
    const term = words[0] === 'organization' ? 'connection=Interworks' : 'state:foo';
    const { code, stderr } = await fixture.words(...words, 'list', '--filter', term);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(`^Nothing matches ${term}: `) });
  }
});

test('each level lists its nodes, and --within narrows a list', async () => {
  const { code, json } = await fixture.words('organization', 'list', '--connection', 'interworks', '--json');
  const nodes = json<readonly { id: string; counts: { subscriptions: number } }[]>();
  expect(code).toBe(0);
  const node = nodes.find(({ counts }) => counts.subscriptions > 0);
  expect(Object.keys(node ?? {})).toEqual(['id', 'name', 'connection', 'vendor', 'level', 'counts', 'readAt']);
  const below = await list('--within', `organization=interworks/${node?.id}`);
  expect(below.rows).toHaveLength(node?.counts.subscriptions ?? -1);
  const implied = await fixture.words('seller', 'list', '--connection', 'interworks', '--json');
  expect(implied.json()).toMatchObject([{ id: 'interworks', level: 'seller' }]);
});

test('shows one subscription as one object, with --raw the vendor’s too', async () => {
  const [row] = (await list('--connection', 'lineworks', '--limit', '1')).rows;
  const shown = await fixture.words('subscription', 'show', row?.ref ?? '', '--json');
  expect(shown.json()).toEqual(row);
  const raw = await fixture.words('subscription', 'show', row?.ref ?? '', '--json', '--raw');
  expect(raw.json()).toMatchObject({ ref: row?.ref, raw: { subscriptionId: expect.anything() } });
  const id = row?.ref.split('/')[1] ?? '';
  const text = await fixture.words('subscription', 'show', `{${id}},`);
  expect(text.stdout).toContain(row?.ref);
  expect(text.stderr).toContain(`{${id}}, is ${row?.ref}.`);
});

describe('exit codes', () => {
  test.each<[string, readonly string[], number, string]>([
    ['unknown word', ['frobnicate'], 2, 'There is no command "frobnicate".'],
    ['bad filter', ['subscription', 'list', '--filter', 'foo:x'], 2, '--filter, position 1'],
    ['bad sort', ['subscription', 'list', '--sort', 'foo'], 2, '--sort foo is not FIELD'],
    ['several values', ['subscription', 'list', '--sort', 'externalIds'], 2, 'several other ids, in no order'],
    ['bad limit', ['subscription', 'list', '--limit', '-1'], 2, '--limit must be a whole number'],
    ['no such connection', ['subscription', 'list', '--connection', 'nope'], 3, 'There is no connection "nope".'],
    ['no such subscription', ['subscription', 'show', 'interworks/no/such id'], 3, 'has no subscription "no/such id"'],
    ['no such branch', ['subscription', 'list', '--within', 'organization=interworks/nope'], 3, 'has no organization'],
    ['no such request', ['request', 'show', 'nope'], 3, 'There is no request'],
    ['no such entry', ['journal', 'show', 'nope'], 3, 'There is no journal entry'],
    ['no such id', ['subscription', 'show', 'justaname'], 3, 'has the id "justaname"'],
    ['what the vendor cannot', ['subscription', 'suspend', 'interworks/x', '--offline'], 5, 'offline'],
    ['--json with --csv', ['subscription', 'list', '--json', '--csv'], 2, 'cannot be combined'],
  ])('%s', async (_what, line, code, message) => {
    const result = await fixture.words(...line);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stdout).toBe('');
    if (line.includes('--json')) expect(result.stderr).toContain(message);
    else expect(result.stderr).toMatch(/^subdeck: [^\n]+\n$/);
    expect(result.stderr).toContain(message);
  });
});

test('errors are JSON lines with --json', async () => {
  const { stderr } = await fixture.words('subscription', 'show', 'nope/x', '--json');
  expect(Object.keys(JSON.parse(stderr).error)).toEqual(['kind', 'message', 'next', 'connection', 'sent', 'vendor']);
});

test('changes between syncs come from the cache, by REF or since a day', async () => {
  const [row] = (await list('--connection', 'interworks', '--limit', '1')).rows;
  const one = await fixture.words('subscription', 'changes', row?.ref ?? '', '--json');
  expect({ code: one.code, changes: one.json() }).toEqual({ code: 0, changes: [] });
  expect((await fixture.words('subscription', 'changes', '--since', '7d', '--json')).json()).toEqual([]);
  const since = await fixture.words('subscription', 'changes', row?.ref ?? '', '--since', '7d', '--json');
  expect({ code: since.code, changes: since.json() }).toEqual({ code: 0, changes: [] });
  for (const wrong of [[], ['--since', 'soon'], ['--since', '7d', '--filter', 'colour:red']]) {
    expect((await fixture.words('subscription', 'changes', ...wrong)).code).toBe(2);
  }
});

test('--live asks the vendor and returns what the cache would after a sync', async () => {
  const line = ['--filter', 'status:active qty>3', '--sort', 'id'];
  const before = (await fixture.served('interworks')).length;
  const live = await list('--connection', 'interworks', '--live', ...line);
  expect((await fixture.served('interworks')).length).toBeGreaterThan(before);
  const cached = await list('--connection', 'interworks', '--offline', ...line);
  expect(live.rows.map(({ ref }) => ref)).toEqual(cached.rows.map(({ ref }) => ref));
  expect(live.rows.length).toBeGreaterThan(0);
});

test('offline answers from the cache without a call', async () => {
  const before = await fixture.served('interworks');
  expect((await list('--offline', '--connection', 'interworks')).rows.length).toBeGreaterThan(0);
  expect((await fixture.words('sync', '--offline')).code).toBe(5);
  expect(await fixture.served('interworks')).toEqual(before);
});

test('CSV and NDJSON have as many rows as JSON', async () => {
  const { rows } = await list();
  const csv = await fixture.words('subscription', 'list', '--csv');
  const ndjson = await fixture.words('subscription', 'list', '--ndjson');
  expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
  expect(ndjson.stdout.trimEnd().split('\n')).toHaveLength(rows.length);
});

test('files are private and contain no secret', async () => {
  chmodSync(join(fixture.home, 'settings.json'), 0o644);
  const { code } = await fixture.words('connection', 'set', 'lineworks', 'title=LINE WORKS');
  expect(code).toBe(0);
  for (const name of ['settings.json', 'cache.db']) expect(statSync(join(fixture.home, name)).mode & 0o777).toBe(0o600);
  const all = ['settings.json', 'settings.schema.json', 'cache.db'].map((name) =>
    readFileSync(join(fixture.home, name)),
  );
  for (const { secrets } of fixture.connections) {
    for (const secret of Object.values(secrets)) expect(all.some((file) => file.includes(secret))).toBe(false);
  }
});

test('the ability matrix gives a reason for every missing ability', async () => {
  const { code, json } = await fixture.words('vendors', '--json');
  expect(code).toBe(0);
  for (const { vendors } of json<readonly { vendors: readonly { can: boolean; reason: string | null }[] }[]>()) {
    for (const { can, reason } of vendors) expect(can).toBe(reason === null);
  }
});

test('without any connection a list is missing and says how to begin', async () => {
  const empty = await openStory({ connections: [] });
  const { code, stderr } = await empty.words('subscription', 'list');
  await empty.close();
  expect(code).toBe(3);
  expect(stderr).toContain('subdeck connection add');
});
