import { expect, test } from 'vitest';
import { type MarkAction, unmarked, withMark } from '../../src/model/today-mark.ts';
import { groupsOf } from '../../src/today/groups.ts';
import { handover, handoverMarkdown } from '../../src/today/handover.ts';
import { shownItems } from '../../src/today/shown-items.ts';
import { countNow, today } from '../../src/today/today.ts';
import { todayTitle } from '../../src/today/today-words.ts';
import { fill, named, noon, row } from '../store/rows.ts';
import { openToday } from './fixture.ts';

const reader = { now: noon, zone: 'UTC', limit: 50 };
const everything = { filter: [], isRestingShown: false, owner: null };
const said = { at: new Date(noon).toISOString(), by: 'anna', until: null, text: null } as const;
const inHours = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();

function twoDue() {
  const fixture = openToday();
  const acme = { organization: named('o-1', 'Acme Oy'), vendor: 'cloudcockpit' } as const;
  fill(fixture.cache, [
    row({ id: 'a', ...acme, name: 'Mail', cancellableUntil: inHours(3) }),
    row({ id: 'b', ...acme, name: 'Backup', cancellableUntil: inHours(4) }),
  ]);
  const read = (now = noon) => today(fixture, { ...reader, now }).items;
  const [first, second] = read();
  if (first === undefined || second === undefined) throw new Error('Two items were expected.');
  return { fixture, read, first, second };
}

test('a snoozed item leaves the list and its count, and returns by itself', async () => {
  const { fixture, read, first } = twoDue();
  await fixture.journal.mark([first.key], { ...said, action: 'snooze', until: inHours(2) });
  expect(shownItems(read(), everything, noon).map(({ ref }) => ref)).toEqual(['nordic/b']);
  expect(countNow({ items: read() }, noon)).toBe(1);
  expect(todayTitle({ items: read(), leftOut: {} }, noon)).toBe('1 now · 0 this week · 1 snoozed or done');
  expect(shownItems(read(), { ...everything, isRestingShown: true }, noon)).toHaveLength(2);
  const later = noon + 2 * 3_600_000;
  expect(shownItems(read(later), everything, later).map(({ ref }) => ref)).toEqual(['nordic/a', 'nordic/b']);
  expect(countNow({ items: read(later) }, later)).toBe(2);
});

test('a done item stays done until its date or state changes', async () => {
  const { fixture, read, first, second } = twoDue();
  await fixture.journal.mark([first.key, second.key], { ...said, action: 'done', text: 'they keep it' });
  expect(countNow({ items: read() }, noon)).toBe(0);
  expect(read()[0]?.marks.done).toEqual({ by: 'anna', at: said.at, reason: 'they keep it' });
  fill(fixture.cache, [row({ id: 'a', vendor: 'cloudcockpit', cancellableUntil: inHours(5) })]);
  expect(shownItems(read(), everything, noon).map(({ ref }) => ref)).toEqual(['nordic/a']);
});

test('a release returns an item for everybody', async () => {
  const { fixture, read, first } = twoDue();
  await fixture.journal.mark([first.key], { ...said, action: 'take' });
  await fixture.journal.mark([first.key], { ...said, action: 'done' });
  expect(shownItems(read(), { ...everything, owner: 'anna' }, noon)).toEqual([]);
  await fixture.journal.mark([first.key], { ...said, action: 'release', by: 'ben' });
  expect(read()[0]?.marks).toMatchObject({ owner: null, done: null });
  expect(shownItems(read(), everything, noon)).toHaveLength(2);
});

test.each<[MarkAction, boolean]>([
  ['snooze', false],
  ['done', false],
  ['release', false],
  ['note', true],
  ['take', true],
])('a damaged mark before a %s still counts: %s', (action, isDamaged) => {
  expect(withMark(withMark(unmarked, null), { ...said, action }).isDamaged).toBe(isDamaged);
});

test('the handover includes notes and owners, which cannot format it', async () => {
  const { fixture, first } = twoDue();
  await fixture.journal.mark([first.key], { ...said, action: 'take' });
  await fixture.journal.mark([first.key], { ...said, action: 'note', text: 'called *twice* `x`' });
  const handed = handover(fixture, { ...reader, since: 0, by: 'anna' });
  expect(handed.marked.map(({ ref }) => ref)).toEqual(['nordic/a']);
  const lines = handoverMarkdown(handed, reader).split('\n');
  const title = lines.indexOf('## Taken or noted');
  expect(lines[title + 2]).toContain('Taken by anna. anna noted: called \\*twice\\* \\`x\\`.');
});

test('a group counts a subscription once and sums exactly what it costs, by currency', () => {
  const fixture = openToday();
  const eur = (amount: string) => [{ kind: 'list', amount, currency: 'EUR' }] as never;
  const rowOf = (id: string, amount: string, quantity: number, more = {}) =>
    row({ id, organization: named('o-1', 'Acme Oy'), quantity, prices: eur(amount), ...more });
  fill(fixture.cache, [
    rowOf('a', '0.10', 1, { cancellableUntil: inHours(3), endsAt: inHours(60) }),
    rowOf('b', '0.2', 2, { endsAt: inHours(50) }),
    row({ id: 'c', organization: named('o-2', 'Zed GmbH'), quantity: 500, endsAt: inHours(2) }),
    row({ id: 'd', organization: named('o-3', 'Acme Oy'), endsAt: inHours(100), quantity: null }),
  ]);
  const { items } = today(fixture, reader);
  const groups = groupsOf(items, 'organization', 'due');
  const euros = { ...{ kind: 'list', currency: 'EUR', amount: '0.50', period: null }, covers: 'all', subscriptions: 2 };
  expect(groups.map(({ label, count, seats, money, due }) => [label, count, seats, money, due?.remaining])).toEqual([
    ['Zed GmbH', 1, 500, [], '2 h 0 min'],
    ['Acme Oy (nordic/o-1)', 3, 3, [euros], '3 h 0 min'],
    ['Acme Oy (nordic/o-3)', 1, null, [], '4 d 4 h'],
  ]);
  expect(groupsOf(items, 'kind', 'seats').map(({ name, count }) => [name, count])).toEqual([
    ['renewal', 4],
    ['cancellation', 1],
  ]);
  expect(groupsOf(items, 'organization', 'money')[0]?.money).toEqual([euros]);
});
