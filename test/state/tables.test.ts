import { afterEach, describe, expect, it } from 'vitest';
import { fieldNamed, offeredSorts } from '../../src/model/field-names.ts';
import { sortBy } from '../../src/state/updates/sort.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, safe, subscription } from './rows.ts';

describe('a customised table', () => {
  let open: TestConsole | null = null;
  afterEach(() => open?.stop());

  function start(rows = manyRows(120)) {
    const fixture = makeFixture(rows);
    open = makeConsole(fixture);
    open.type('S');
    return { fixture, console: open };
  }

  function list(console: TestConsole) {
    const screen = console.screen();
    if (screen.kind !== 'subscriptions') throw new Error(`The screen is ${screen.kind}.`);
    return screen;
  }

  it('sorts by several fields, each reversible and removable', () => {
    const { console } = start();
    console.type('s<home>j<enter>');
    expect(list(console).sort).toEqual([{ field: 'status', descending: false }]);
    console.type('s<home>jj<space>j<space><space>');
    const sorted = () => list(console).sort.map(({ field, descending }) => `${field}${descending ? ' down' : ''}`);
    expect(sorted()).toEqual(['status', 'org', 'service down']);
    console.type('k<space><space>');
    expect(sorted()).toEqual(['status', 'service down']);
    expect(console.overlay()).toMatchObject({ kind: 'menu', cursor: 'org' });
  });

  it('offers no order by the vendor’s own status, unless it is in use', () => {
    const { console } = start();
    const offered = () => {
      const overlay = console.overlay();
      return overlay?.kind === 'menu' ? overlay.entries.map(({ id }) => id) : [];
    };
    console.type('s');
    expect(offered()).toContain('status');
    expect(offered()).not.toContain('vendorStatus');
    expect(offeredSorts).not.toContain('vendorStatus');
    console.type('<escape>');
    expect(fieldNamed('vendorStatus')?.use).toContain('sort');
    console.store.update((state) => sortBy(state, 'vendorStatus'));
    console.type('s');
    expect(offered()).toContain('vendorStatus');
  });

  it('shows the chosen columns in their order, or the default ones', () => {
    const { console } = start();
    console.type('C');
    expect(console.overlay()).toMatchObject({ kind: 'menu', purpose: 'columns', cursor: 'org' });
    console.type('<space>');
    console.type('<right>');
    expect(console.state().looks.subscriptions?.columns).not.toContain('org');
    console.type('<home><right>');
    expect(console.state().looks.subscriptions?.columns?.slice(0, 2)).toEqual(['service', 'connection']);
    console.type('0');
    expect(console.state().looks.subscriptions?.columns).toBeNull();
  });

  it('filters by the value under the cursor, or by everything else', () => {
    const { console } = start([
      subscription({ id: 'a', organization: { id: 'o1', name: safe('Acme "East" Oy') } }),
      subscription({ id: 'b', organization: { id: 'o1', name: safe('Acme "East" Oy') }, status: 'suspended' }),
      subscription({ id: 'c', organization: { id: 'o2', name: safe('Zed') } }),
    ]);
    console.type('fj<enter>');
    expect(list(console)).toMatchObject({ unfiltered: 3, list: { total: 2 } });
    console.type('f<home>-');
    expect(list(console).list.rows.map(({ id }) => id)).toEqual(['b']);
    console.type('<escape>');
    expect(list(console).list.total).toBe(3);
  });

  it('sums the marked rows, to the last digit', () => {
    const price = (amount: string, currency: string) => [{ kind: 'list' as const, amount, currency: safe(currency) }];
    const { console } = start([
      subscription({ id: 'a', quantity: 2, prices: price('0.10', 'EUR') }),
      subscription({ id: 'b', quantity: null, prices: price('1999.225', 'EUR') }),
      subscription({ id: 'c', quantity: 5, prices: price('7', 'USD') }),
    ]);
    console.type('   ');
    expect(list(console).marked?.totals).toEqual({
      subscriptions: 3,
      seats: 7,
      costs: [
        { ...{ kind: 'list', period: 'month', covers: 'all', subscriptions: 1 }, currency: 'EUR', amount: '0.20' },
        { ...{ kind: 'list', period: 'month', covers: 'all', subscriptions: 1 }, currency: 'USD', amount: '35' },
        { ...{ kind: 'list', period: 'month', covers: 'unit', subscriptions: 1 }, currency: 'EUR', amount: '1999.225' },
      ],
      withoutPrice: 0,
    });
    console.type('u');
    expect(list(console).marked).toBeNull();
  });

  it('reads a marked row once, and unmarks one that is gone', () => {
    const rows = manyRows(300);
    const { console, fixture } = start(rows);
    console.type('*');
    let read = 0;
    const { subscription: answer } = fixture.cache;
    fixture.cache.subscription = (connection, id) => {
      read += 1;
      return answer(connection, id);
    };
    console.type('<space>/acme<escape>j<space>');
    expect(read).toBeLessThan(10);
    const { marks } = list(console);
    const [gone] = marks;
    fixture.cache.change(rows.filter(({ ref }) => ref !== gone));
    console.type('j');
    expect(list(console).marks).toEqual(new Set([...marks].slice(1)));
    expect(list(console).marked?.rows.size).toBe(marks.size - 1);
  });

  it('marks only the rows shown, and at most as many as a person can review', () => {
    const { console } = start(manyRows(3_100));
    console.type('*');
    expect(list(console).marks.size).toBe(0);
    expect(console.state().status?.text).toBe('At most 1,000 rows can be marked at once: filter them first.');
    console.type('/qty<100');
    console.type('<enter>*');
    expect(list(console).marks.size).toBe(list(console).list.total);
    console.type('<escape>');
    expect(list(console).marks.size).toBeLessThan(list(console).list.total);
    console.type('u');
    expect(list(console).marks.size).toBe(0);
  });

  it('is saved as a view and opens again unchanged', () => {
    const { console } = start();
    console.type('/qty<100');
    console.type('<enter>');
    console.type('s<home><enter>');
    console.type('v<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'prompt' });
    expect(console.overlay()).toMatchObject({ line: { text: 'qty<100', isSelected: true } });
    console.type('<ctrl+u><enter>');
    expect(console.overlay()).toMatchObject({ kind: 'prompt', problem: 'Enter a name.' });
    console.type('<escape>v<enter>');
    console.type('small');
    console.type('<enter>');
    expect(console.state().views.map(({ name, filter }) => [name, filter])).toEqual([['small', 'qty<100']]);
    console.type('<escape><escape>');
    expect(console.screen().kind).toBe('level');
    console.type('v<enter>');
    expect(list(console)).toMatchObject({ filterText: 'qty<100', sort: [{ field: 'name', descending: false }] });
    console.type('v<delete><escape>');
    expect(console.state().views).toEqual([]);
  });

  it('opens in the sort order in which it was left', () => {
    const { console } = start();
    console.type('s<home>j<enter><escape>S');
    expect(list(console).sort).toEqual([{ field: 'status', descending: false }]);
  });
});

describe('back and forward', () => {
  it('visits the earlier places as they were left', () => {
    const fixture = makeFixture(manyRows(120));
    const console = makeConsole(fixture);
    console.type('S');
    console.type('jjj');
    console.type('<enter><escape>R<escape><escape>');
    expect(console.screen().kind).toBe('level');
    const kinds = () => console.screen().kind;
    const way: string[] = [];
    for (const key of ['[', '[', '[', '[', ']', ']']) {
      console.type(key);
      way.push(kinds());
    }
    expect(way).toEqual(['subscriptions', 'requests', 'subscriptions', 'subscription', 'subscriptions', 'requests']);
    console.type('[');
    expect(console.screen()).toMatchObject({ list: { index: 3 } });
    console.type('J');
    expect(console.state().future).toEqual([]);
    console.stop();
  });

  it('says that there is nothing before', () => {
    const console = makeConsole(makeFixture(manyRows(3)));
    console.type('[');
    expect(console.state().status?.text).toBe('There is no previous screen.');
    console.stop();
  });
});
