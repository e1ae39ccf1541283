import { afterEach, describe, expect, it } from 'vitest';
import { fitParts, inForms, nameOf, optional, titleRanks } from '../../src/screens/parts/title-line.ts';
import { widthOf } from '../../src/screens/text/cells.ts';
import { customerScreen, withCustomerTab } from '../../src/state/customer-screen.ts';
import {
  changesScreen,
  journalScreen,
  requestsScreen,
  subscriptionScreen,
  subscriptionsScreen,
} from '../../src/state/new-screens.ts';
import type { Screen } from '../../src/state/screen.ts';
import { callsScreen, todayScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { showTab } from '../../src/state/updates/tabs.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows, noon } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const long = 'a title that was typed by a person and goes on and on until it is as wide as two screens, or three';
const first = manyRows(1)[0]?.ref ?? '';
const customer = () => customerScreen('nordic/acme');

/** Each screen with a filter: its title, the line of that, and the count of what the filter leaves. */
const screens: readonly {
  readonly name: string;
  readonly title: string;
  readonly screen: Screen | null;
  readonly tab?: number;
  readonly line?: number;
  readonly count: RegExp;
}[] = [
  { name: 'sellers', title: 'Sellers', screen: null, count: /\(0( shown)?\)/ },
  { name: 'subscriptions', title: 'Subscriptions', screen: subscriptionsScreen([]), count: /\(0( shown)?\)/ },
  { name: 'a customer', title: 'Subscriptions', screen: customer(), line: 2, count: /\(0( shown)?\)/ },
  {
    ...{ name: 'the changes of a customer', title: 'Changes', line: 2, count: /\(0( shown)?\)/ },
    screen: withCustomerTab(customer(), 'changes'),
  },
  { name: 'requests', title: 'Requests', screen: requestsScreen(), count: /\(0( shown)?\)/ },
  { name: 'the journal', title: 'Journal', screen: journalScreen(), count: /\(0( shown)?\)/ },
  {
    ...{ name: 'changes', title: 'Changes', count: /\(0( shown)?\)/ },
    screen: changesScreen({ at: new Date(noon).toISOString(), text: '7d' }, null),
  },
  { name: 'calls', title: 'Calls', screen: callsScreen(), line: 6, count: /Calls 0/ },
  { name: 'today', title: 'Today', screen: todayScreen(), count: /\d+ now/ },
  {
    name: 'an overview',
    title: 'Overview',
    screen: subscriptionScreen([], first),
    count: /\(\d+( of \d+ lines)?\)/,
  },
  {
    ...{ name: 'a timeline', title: 'Timeline', tab: 2, count: /\(0( shown)?\)/ },
    screen: subscriptionScreen([], first),
  },
  {
    ...{ name: 'a reply', title: 'a title that was', count: /\(\d+( of \d+ lines)?\)/ },
    screen: {
      kind: 'reply',
      title: long,
      lines: ['one', 'two'],
      isData: false,
      faults: [],
      filterText: '',
      scroll: 0,
      hiddenCells: 0,
    },
  },
];

const filters = ['zebra', 'zebra '.repeat(40).trim(), '非常に長い名前のお客様'.repeat(12)];

describe('the title of a list', () => {
  it.each(screens)('$name: title, filter and counts stay at every width', ({ title, screen, tab, line = 1, count }) => {
    const console = makeConsole(makeFixture(manyRows(60)), { columns: 200, rows: 40 });
    open = console;
    if (screen !== null) console.store.update((state) => push(state, screen));
    if (tab !== undefined) console.store.update((state) => showTab(state, tab));
    for (const filter of filters) {
      for (const columns of [60, 80, 120, 160, 200]) {
        console.store.update((state) => ({ ...state, columns }));
        console.type('/');
        console.type('<ctrl+u>');
        console.paste(filter);
        const typed = frameOf(console)[line] ?? '';
        console.type('<enter>');
        const shown = frameOf(console)[line] ?? '';
        const where = `${columns} columns, ${filter.slice(0, 8)}: ${shown}`;
        for (const text of [typed, shown]) expect(widthOf(text), where).toBeLessThan(columns);
        expect(typed, where).toContain(title);
        expect(shown, where).toContain(title);
        expect(shown, where).toContain(filter.slice(0, 5));
        expect(shown, where).toMatch(count);
        if (!shown.includes(filter)) expect(shown, where).toMatch(/(zebra|名前のお客様|非常に)[^(]*…/);
      }
    }
  });

  it('keeps the filter where hidden rows, order and warnings also want the room', () => {
    const console = makeConsole(makeFixture(manyRows(3_000)), { columns: 60, rows: 24 });
    open = console;
    console.type('S/status:active|suspended|cancelled qty>=1 ends<2031-01-01');
    console.type('<enter>s<home><enter>G');
    expect(frameOf(console)[1]).toMatch(/^ Subscriptions [\d,]+ {3}.*status:acti.*….*\([\d,]+( shown)?\)/);
    console.store.update((state) => ({ ...state, columns: 240 }));
    expect(frameOf(console)[1]).toMatch(/ends<2031-01-01 \([\d,]+ shown\) {3}Esc clears {3}by name/);
  });
});

describe('the parts of a line', () => {
  const parts = [
    nameOf('Subscriptions'),
    inForms(titleRanks.count, [{ text: ' 2,412 in 3,000 rows' }], [{ text: ' 2,412' }]),
    optional(titleRanks.hint, { text: '   Esc clears' }),
  ];
  it.each([
    [60, 'Subscriptions 2,412 in 3,000 rows   Esc clears'],
    [40, 'Subscriptions 2,412 in 3,000 rows'],
    [30, 'Subscriptions 2,412'],
    [10, 'Subscriptions 2,412'],
  ])('in %i cells shrink from the least important on', (width, expected) => {
    expect(
      fitParts(parts, width)
        .flat()
        .map(({ text }) => text)
        .join(''),
    ).toBe(expected);
  });
});
