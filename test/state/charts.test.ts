import { afterEach, describe, expect, it } from 'vitest';
import { barsOf, rowsOfBar } from '../../src/state/chart-bars.ts';
import { createChartsLookup } from '../../src/state/charts-lookup.ts';
import { type ConsoleState, topScreen } from '../../src/state/console-state.ts';
import type { ChartsScreen } from '../../src/state/today-screens.ts';
import { openCharts } from '../../src/state/updates/today.ts';
import { scaleOf } from '../../src/today/charts/scale.ts';
import { frameOf } from '../screens/frame.tsx';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, safe, subscription } from './rows.ts';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

function start(rows = manyRows(120)): TestConsole {
  open = makeConsole(makeFixture(rows), { columns: 100, rows: 40 });
  open.type(':subscriptions<enter>');
  open.type('B');
  return open;
}

function charts(console: TestConsole): ChartsScreen {
  const screen = console.screen();
  if (screen.kind !== 'charts') throw new Error(`The screen is ${screen.kind}.`);
  return screen;
}

describe('the scale of a chart', () => {
  it.each([
    [[900, 80, 40, 1], 120, [900]],
    [[900, 800, 10, 8], 15, [900, 800]],
    [[90, 80, 40], 90, []],
    [[900, 80], 900, []],
    [[900, 0, 0, 0], 900, []],
    [[], 0, []],
  ])('of %j is %d, and cuts %j', (sizes, whole, cut) => {
    const scale = scaleOf(sizes);
    expect(scale.whole).toBe(whole);
    expect(sizes.filter((size) => scale.isCut(size))).toEqual(cut);
  });
});

describe('the bars of the charts', () => {
  it('each opens exactly the rows that it counts', () => {
    const console = start();
    const screen = charts(console);
    const bars = barsOf(screen);
    expect(new Set(bars.map(({ chart }) => chart))).toEqual(new Set(['weeks', 'statuses', 'products']));
    const { weeks = [], statuses = [], products = [] } = screen.charts ?? {};
    const counts = bars.map(({ chart, id }) => {
      const share =
        chart === 'weeks'
          ? weeks.find(({ from }) => id === `week ${from}`)
          : (chart === 'statuses' ? statuses : products).find(({ name }) => id.endsWith(` ${name}`));
      return share?.subscriptions;
    });
    const listed = bars.map((bar) => {
      const rows = rowsOfBar(screen, bar);
      if (rows === null) throw new Error(bar.id);
      console.store.update((state) => ({ ...state, stack: [...state.stack, rows] }));
      const list = console.screen();
      console.store.update((state) => ({ ...state, stack: state.stack.slice(0, -1) }));
      return list.kind === 'subscriptions' ? list.subscriptions.shown : null;
    });
    expect(listed).toEqual(counts);
  });

  it('are chosen by the arrow keys, and Enter lists their rows', () => {
    const console = start();
    console.type('<right>');
    expect(charts(console).bar).toMatch(/^week /);
    expect(frameOf(console).join('\n')).toMatch(/▲[\s\S]*week of .*: [\d,]+ seats, \d+ subscriptions/);
    console.type('j');
    const bar = charts(console).bar ?? '';
    expect(bar).toMatch(/^status /);
    console.type('<enter>');
    expect(console.screen()).toMatchObject({
      kind: 'subscriptions',
      filterText: `status=${bar.replace('status ', '')}`,
    });
    console.type('<escape><escape>');
    console.type('G');
    expect(console.state().stack.at(-1)).toMatchObject({ kind: 'charts' });
    expect(charts(console).bar).toMatch(/^product /);
    console.type('g');
    expect(charts(console).bar).toMatch(/^week /);
  });

  it('keep the filter of their list, and one without a filter of its own says so', () => {
    const console = start([
      subscription({ id: 'a', product: null, quantity: 9 }),
      subscription({ id: 'b', product: { id: 'p', name: safe('Mail "Pro" | 1') }, status: 'suspended' }),
    ]);
    console.type('<escape>/status:suspended');
    console.type('<enter>B');
    console.type('G<enter>');
    expect(console.screen()).toMatchObject({ kind: 'subscriptions', list: { total: 1 } });
    expect(console.screen()).toMatchObject({ filterText: expect.stringContaining('status:suspended product=') });
    console.type('<escape><escape><escape><escape>B');
    console.type('G<enter>');
    expect(console.state().status?.text).toBe('No filter finds subscriptions without a product.');
  });

  it('keeps the numbers of bars where more lines are below', () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      subscription({ id: `${index}`, quantity: 1_000 + index, product: { id: `p${index}`, name: safe(`P ${index}`) } }),
    );
    const bars = frameOf(start(rows)).filter((line) => /^ +P \d+/.test(line));
    expect(bars.length).toBeGreaterThan(3);
    for (const line of bars) expect(line).toMatch(/ 1,0\d\d$/);
    expect(frameOf(start(rows)).join('\n')).toMatch(/↓ \d+ more/);
  });

  it('says that a bar is cut, and marks where', () => {
    const rows = [4_000, 30, 20, 10].map((quantity, index) =>
      subscription({ id: `${index}`, quantity, product: { id: `p${index}`, name: safe(`Product ${index}`) } }),
    );
    const lines = frameOf(start(rows)).join('\n');
    expect(lines).toMatch(/By product {3}╱ a cut bar: longer than it is drawn/);
    expect(lines).toMatch(/Product 0 +█+╱╱█ +4,000/);
    expect(lines).toMatch(/Product 1 +█{10,}\S* +30/);
  });
});

it('adds the charts up in slices, and shows the earlier ones until others are there', () => {
  const rows = manyRows(3_000);
  const fixture = makeFixture(rows);
  const console = makeConsole(fixture, { columns: 100, rows: 40 });
  console.type(':subscriptions<enter>');
  console.stop();
  const { shares } = fixture.cache;
  fixture.cache.shares = function* (...of) {
    for (const steps = shares(...of); ; ) {
      fixture.advance(5);
      const step = steps.next();
      if (step.done === true) return step.value;
      yield;
    }
  };
  const lookup = createChartsLookup(fixture.context);
  const chartsOf = (state: ConsoleState) => (topScreen(state) as ChartsScreen).charts;
  let state = openCharts(console.state());
  let slices = 0;
  const proceed = () => {
    do {
      state = lookup.withCharts(state);
      slices += 1;
    } while (lookup.isInProgress());
  };
  proceed();
  expect(slices).toBeGreaterThan(2);
  const before = chartsOf(state);
  expect(before?.products.length).toBeGreaterThan(0);
  expect(lookup.withCharts(state)).toBe(state);
  fixture.advance(60_000);
  fixture.cache.change(rows.slice(1));
  state = lookup.withCharts(state);
  expect(chartsOf(state)).toBe(before);
  proceed();
  const sum = chartsOf(state)?.statuses.reduce((all, each) => all + each.subscriptions, 0);
  expect(sum).toBe(2_999);
});
