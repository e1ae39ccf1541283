import { expect, test } from 'vitest';
import { makeTheme } from '../../../src/screens/parts/theme.ts';
import { todayColumns } from '../../../src/screens/table/today-columns.ts';
import { todayLines, usualView } from '../../../src/state/today-lines.ts';
import type { TodayScreen } from '../../../src/state/today-screens.ts';
import { today } from '../../../src/today/today.ts';
import { fill, named, noon, row } from '../../store/rows.ts';
import { openToday } from '../../today/fixture.ts';

const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });

test('who took an item stands before WHAT where there is no room for WHO', () => {
  const fixture = openToday();
  const of = { organization: named('o', 'Hollenstein & Söhne Maschinenbau AG'), endsAt: '2026-11-22T12:00:00Z' };
  fill(fixture.cache, [
    row({ id: 'a', ...of, name: 'Office for quite some people', quantity: 3 }),
    row({ id: 'b', ...of, quantity: 1 }),
  ]);
  const { items } = today(fixture, { now: noon, zone: 'UTC', limit: 10 });
  const marked = items.map((item) => ({ ...item, marks: { ...item.marks, owner: 'omar (root@vm)' } }));
  const [group] = todayLines(marked, usualView, noon);
  const opened = { ...usualView, opened: new Set([group?.id ?? '']) };
  const lines = todayLines(marked, opened, noon);
  const cells = (columns: number, id: string) => {
    const found = todayColumns({ lines, view: opened } as unknown as TodayScreen, columns, theme).find(
      (column) => column.id === id,
    );
    return lines.map((line) => found?.value(line as never));
  };
  expect(cells(160, 'owner')).toEqual(['omar', 'omar', 'omar']);
  expect(cells(160, 'what').join()).not.toContain('omar');
  expect(cells(60, 'owner')).toEqual([undefined, undefined, undefined]);
  for (const what of cells(60, 'what')) expect(what).toMatch(/^omar · /);
});
