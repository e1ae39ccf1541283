import { expect, test } from 'vitest';
import { positionIn, todayLines, usualView } from '../../src/state/today-lines.ts';
import { today } from '../../src/today/today.ts';
import { fill, named, noon, row } from '../store/rows.ts';
import { openToday } from '../today/fixture.ts';

const inHours = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();

/** `customers` with two dates each within a week, and as many with time. */
function items(customers: number) {
  const fixture = openToday();
  const of = (index: number, hours: number) => ({
    organization: named(`o-${index}`, `Customer ${index}`),
    endsAt: inHours(hours),
  });
  const near = Array.from({ length: customers }, (_, index) => [
    row({ id: `a${index}`, ...of(index, 30 + index) }),
    row({ id: `b${index}`, ...of(index, 32 + index) }),
  ]).flat();
  const late = Array.from({ length: customers }, (_, index) =>
    row({ id: `c${index}`, ...of(customers + index, 20 * 24) }),
  );
  fill(fixture.cache, [...near, ...late]);
  return today(fixture, { now: noon, zone: 'UTC', limit: 500 }).items;
}

test('a list of hundreds opens with at most 40 lines, and says what it folds', () => {
  const found = items(100);
  const lines = todayLines(found, usualView, noon);
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.slice(0, -2).every((line) => line.kind === 'group' && line.group.count === 2)).toBe(true);
  expect(lines.slice(-2)).toMatchObject([
    { kind: 'fold', isLater: false, groups: 64, group: { count: 128 } },
    { kind: 'fold', isLater: true, groups: 100, group: { count: 100 } },
  ]);
  const all = todayLines(found, { ...usualView, opened: new Set(['more', 'later']) }, noon);
  expect(all).toHaveLength(100 + 100 + 2);
});

test('a group unfolds into its items; a single item or group is not folded', () => {
  const found = items(1);
  const [group] = todayLines(found, usualView, noon);
  const opened = todayLines(found, { ...usualView, opened: new Set([group?.id ?? '']) }, noon);
  expect(opened.map((line) => [line.kind, line.kind === 'item' && line.isInside])).toEqual([
    ['group', false],
    ['item', true],
    ['item', true],
    ['item', false],
  ]);
});

test('a line is found again when its group gets or loses items, or is folded', () => {
  const [first, second] = items(1);
  if (first === undefined || second === undefined) throw new Error('Two items were expected.');
  const alone = todayLines([first], usualView, noon);
  const both = todayLines([first, second], usualView, noon);
  expect([alone[0]?.kind, both[0]?.kind]).toEqual(['item', 'group']);
  expect(positionIn(both, alone[0]?.id ?? '')).toBe(0);
  expect(positionIn(alone, both[0]?.id ?? '')).toBe(0);
  const opened = todayLines([first, second], { ...usualView, opened: new Set([both[0]?.id ?? '']) }, noon);
  expect(positionIn(opened, second.key)).toBe(2);
  expect(positionIn(both, second.key)).toBe(0);
  expect(positionIn(alone, second.key)).toBeNull();
});

test('whoever filters sees every group that is left', () => {
  const filter = [{ kind: 'word', text: 'customer', negated: false }] as const;
  const lines = todayLines(items(50), { ...usualView, filterText: 'customer', filter }, noon);
  expect(lines.filter(({ kind }) => kind === 'fold')).toEqual([]);
  expect(lines).toHaveLength(100);
});
