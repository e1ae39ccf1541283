import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-reseller', 'cloudcockpit'] });
});
afterAll(() => fixture.close());

interface Item {
  readonly kind: string;
  readonly key: string;
  readonly urgency: string;
  readonly ref: string | null;
  readonly owner: string | null;
  readonly note: string | null;
}
interface Today {
  readonly at: string;
  readonly items: readonly Item[];
  readonly leftOut?: Readonly<Record<string, number>>;
  readonly missing: readonly { readonly connection: string }[];
}

const today = async (...more: string[]) => {
  const { code, stderr, json } = await fixture.words('today', '--json', ...more);
  return { code, stderr, ...json<Today>() };
};

test('today asks no vendor and reports what was never read as missing', async () => {
  const { code, stderr, items, missing } = await today();
  expect(code).toBe(9);
  expect(items.map(({ kind, urgency }) => [kind, urgency])).toEqual([
    ['unread', 'soon'],
    ['unread', 'soon'],
  ]);
  expect(missing.map(({ connection }) => connection)).toEqual(['cloudmore-reseller', 'cloudcockpit']);
  expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({ error: { kind: 'missing' } });
  expect(await fixture.served('cloudcockpit')).toEqual([]);
});

test('today lists what needs action with its next step, and counts the rest', async () => {
  expect((await fixture.words('sync')).code).toBe(0);
  const { code, items, leftOut, missing } = await today('--limit', '2');
  expect({ code, missing }).toEqual({ code: 0, missing: [] });
  expect(items.length).toBeGreaterThan(0);
  expect(Object.keys(items[0] ?? {})).toEqual([
    ...['key', 'kind', 'due', 'urgency', 'ref', 'connection', 'name', 'organization', 'journalId', 'count', 'seats'],
    ...['money', 'why', 'next', 'owner', 'note', 'snoozedUntil'],
  ]);
  const order = items.map(({ urgency }) => ['now', 'soon', 'later'].indexOf(urgency));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  const all = await today();
  for (const kind of ['renewal', 'trial', 'cancellation', 'suspended']) {
    const [shown, whole] = [items, all.items].map((list) => list.filter((item) => item.kind === kind).length);
    expect([kind, (shown ?? 0) + (leftOut?.[kind] ?? 0)]).toEqual([kind, whole]);
    expect(shown).toBeLessThanOrEqual(2);
  }
  expect(all.leftOut).toBeUndefined();
  const text = (await fixture.words('today')).stdout;
  const now = all.items.filter(({ urgency }) => urgency === 'now').length;
  expect(text).toMatch(new RegExp(`^Today: ${now} now · \\d+ this week`));
});

test('groups contain every item with exact sums, and CSV has as many lines', async () => {
  const { items } = await today();
  const { groups } = (await fixture.words('today', '--group', 'organization', '--sort', 'seats', '--json')).json<{
    groups: readonly { group: string | null; items: readonly Item[]; count: number; seats: number | null }[];
  }>();
  expect(groups.flatMap((group) => group.items.map(({ key }) => key)).sort()).toEqual(
    items.map(({ key }) => key).sort(),
  );
  for (const { count, items: inside } of groups) expect(count).toBe(inside.length);
  const seats = groups.map((group) => group.seats ?? -1);
  expect(seats).toEqual(seats.toSorted((one, other) => other - one));
  const [head = '', ...lines] = (await fixture.words('today', '--csv')).stdout.trimEnd().split('\r\n');
  expect(head.split(',').slice(0, 4)).toEqual(['key', 'kind', 'due', 'urgency']);
  expect(lines).toHaveLength(items.length);
  expect((await fixture.words('today', '--filter', 'org:')).code).toBe(2);
});

test('stores marks; an item that cannot be marked changes nothing', async () => {
  const [first, second] = (await today()).items;
  if (first === undefined || second === undefined) throw new Error('Today has no two items.');
  const before = await today('--snoozed');
  const fails = async (code: number, words: RegExp, ...argv: string[]) => {
    const failed = await fixture.words('today', ...argv);
    expect([argv, failed.code, failed.stdout]).toEqual([argv, code, '']);
    expect(failed.stderr).toMatch(words);
    expect(failed.stderr.trimEnd().split('\n')).toHaveLength(1);
  };
  await fails(2, /has passed/, 'snooze', first.key, '--until', '2020-01-01');
  await fails(2, /is not a time/, 'snooze', first.key, '--until', 'soon');
  await fails(2, /100,000 characters/, 'note', first.key, 'x'.repeat(100_000));
  await fails(2, /control character/, 'note', first.key, 'a\u001b[2Jb');
  await fails(3, /has the KEY/, 'done', first.key, 'nosuchkey0');
  expect((await today('--snoozed')).items).toEqual(before.items);

  const ok = async (...argv: string[]) => expect((await fixture.words('today', ...argv)).code).toBe(0);
  await ok('take', first.key.toUpperCase());
  await ok('note', first.key, 'waits for their order');
  expect((await today('--mine')).items).toMatchObject([
    { key: first.key, owner: userInfo().username, note: 'waits for their order' },
  ]);
  await ok('snooze', second.key, '--until', '2d');
  await ok('done', first.key, '--reason', 'they keep it');
  expect((await today()).items).toHaveLength(before.items.length - 2);
  expect((await fixture.words('handover')).stdout).not.toContain('## Taken or noted');
  await ok('release', first.key, second.key);
  expect((await today()).items).toHaveLength(before.items.length);
  await ok('take', first.key);
  expect((await fixture.words('handover')).stdout).toMatch(/## Taken or noted[\s\S]*waits for their order/);
});

test('a change appears in the journal, the handover, and the changes with its author', async () => {
  const [row] = (
    await fixture.words('subscription', 'list', '--connection', 'cloudmore-reseller', '--filter', 'qty>3', '--json')
  ).json<readonly { ref: string; name: string }[]>();
  const ref = row?.ref ?? '';
  const written = await fixture.words('subscription', 'set-quantity', ref, '2', '--yes', '--confirm=2', '--json');
  expect(written.code, written.stderr).toBe(0);
  const { journalId } = written.json<{ journalId: string }>();

  const listed = async (...more: string[]) => {
    const { code, stderr, stdout } = await fixture.words('journal', 'list', '--json', ...more);
    expect(code, stderr).toBe(0);
    return (JSON.parse(stdout) as readonly { id: string }[]).map(({ id }) => id);
  };
  const me = userInfo().username;
  const hits = ['--ref', ref, '--verb', 'set-quantity', '--by', me, '--since', '1h', '--limit', '1', '--state', 'done'];
  expect(await listed(...hits)).toEqual([journalId]);
  for (const miss of [
    ['--ref', 'cloudmore-reseller/no'],
    ['--verb', 'cancel'],
    ['--by', 'nobody'],
    ['--state', 'unknown'],
    ['--limit', '0'],
  ]) {
    expect(await listed(...miss)).toEqual([]);
  }
  expect((await fixture.words('journal', 'list', '--state', 'wrong')).code).toBe(2);
  expect((await fixture.words('journal', 'list', '--csv', '--ref', ref)).stdout.split('\n')[1]).toContain(journalId);

  const handover = await fixture.words('handover');
  expect(handover.stdout).toContain(`Journal \`${journalId}\``);
  expect(handover.stdout).toContain(`## Changes by ${me.replaceAll('_', '\\_')} since`);
  const changes = await fixture.words('subscription', 'changes', '--since', 'today', '--json');
  expect(changes.json()).toMatchObject([{ ref, field: 'quantity', to: '2', by: me, journalId }]);
});
