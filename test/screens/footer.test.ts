import { afterEach, expect, test } from 'vitest';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

function hintsOf(keys: string, columns: number): readonly string[] {
  open?.stop();
  open = makeConsole(makeFixture(manyRows(3)), { columns, rows: 24 });
  open.type(keys);
  const footer = frameOf(open).at(-1) ?? '';
  return footer.trim().split(/ {2,}/).slice(0, -1);
}

const screens = {
  levels: '',
  subscriptions: 'S',
  subscription: 'S<enter>',
  journal: 'J',
  requests: 'R',
  today: 'T',
  calls: 'L',
  charts: 'B',
};

const ofAll = ['T today', 'R requests', 'J journal', 'q quit'];
const layout = ['f same value', 'C columns', 'v views', 'm mine', 'p group by', 'Z snoozed too'];

test.each(Object.entries(screens))('the footer of %s drops the least important hints first', (_, keys) => {
  const later = keys === screens.today ? [...layout, 's sort'] : layout;
  const all = hintsOf(keys, 400);
  for (const columns of [80, 100, 120, 160]) {
    const shown = hintsOf(keys, columns);
    expect(shown.slice(-2)).toEqual([': anything', '? help']);
    const lacking = all.filter((hint) => !shown.includes(hint) && !ofAll.includes(hint));
    if (shown.some((hint) => ofAll.includes(hint))) expect(lacking).toEqual([]);
    if (shown.some((hint) => later.includes(hint))) expect(lacking.filter((hint) => !later.includes(hint))).toEqual([]);
  }
});

test('the key of a few screens stays longer than those of all', () => {
  for (const keys of [screens.journal, screens.requests]) expect(hintsOf(keys, 100)).toContain('u take back');
  expect(hintsOf(screens.today, 100)).toContain('z snooze');
  expect(hintsOf(screens.calls, 80)).toContain('f failed only');
});
