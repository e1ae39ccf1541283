import { afterEach, describe, expect, it } from 'vitest';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, safe, subscription } from './rows.ts';

describe('a table of one’s own', () => {
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

  it('is sorted by several fields, each turned round and taken out again', () => {
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

  it('shows the columns chosen, in their order, and the standard ones again', () => {
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

  it('is filtered by a value under the cursor, or by everything else', () => {
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

  it('adds up what is marked, to the last digit', () => {
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
      money: [
        { currency: 'EUR', amount: '1,999.325' },
        { currency: 'USD', amount: '7' },
      ],
    });
    console.type('u');
    expect(list(console).marked).toBeNull();
  });

  it('is marked as far as it is shown, and no further than a person reviews', () => {
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

  it('is kept under a name, and opens again as it was', () => {
    const { console } = start();
    console.type('/qty<100');
    console.type('<enter>');
    console.type('s<home><enter>');
    console.type('v<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'prompt' });
    console.type('<ctrl+u><enter>');
    expect(console.overlay()).toMatchObject({ kind: 'prompt', problem: 'Type a name.' });
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

  it('opens in the order in which it was left', () => {
    const { console } = start();
    console.type('s<home>j<enter><escape>S');
    expect(list(console).sort).toEqual([{ field: 'status', descending: false }]);
  });
});

describe('back and forward', () => {
  it('goes through the places that were on screen, as they were left', () => {
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
