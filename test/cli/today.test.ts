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
  readonly urgency: string | number;
  readonly ref: string | null;
}
interface Today {
  readonly at: string;
  readonly items: readonly Item[];
  readonly leftOut: Readonly<Record<string, number>>;
  readonly missing: readonly { readonly connection: string }[];
}

const today = async (...more: string[]) => {
  const { code, stderr, json } = await fixture.words('today', '--json', ...more);
  return { code, stderr, ...json<Today>() };
};

test('today asks no vendor and reports what was never read as missing', async () => {
  const { code, stderr, items, missing } = await today();
  expect(code).toBe(9);
  expect(items).toEqual([]);
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
    ...['kind', 'urgency', 'connection', 'ref', 'organization', 'name', 'why', 'deadline', 'next', 'cost', 'journalId'],
  ]);
  const order = items.map(({ urgency }) => ['now', 7, 30, 60, 90].indexOf(urgency));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  const all = await today('--limit', '100000');
  for (const kind of ['renewal', 'trial', 'cancellation', 'suspended']) {
    const [shown, whole] = [items, all.items].map((list) => list.filter((item) => item.kind === kind).length);
    expect([kind, (shown ?? 0) + (leftOut[kind] ?? 0)]).toEqual([kind, whole]);
    expect(shown).toBeLessThanOrEqual(2);
  }
  expect(all.leftOut).toEqual({});
  const text = (await fixture.words('today')).stdout;
  expect(text).toMatch(/^Today: \d+ urgent · \d+ soon/);
});

test('a change appears in the journal, the handover, and the changes with its author', async () => {
  const [row] = (
    await fixture.words('subscription', 'list', '--connection', 'cloudmore-reseller', '--filter', 'qty>3', '--json')
  ).json<readonly { ref: string; name: string }[]>();
  const ref = row?.ref ?? '';
  const written = await fixture.words('subscription', 'set-quantity', ref, '2', '--yes', '--json');
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
