import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { bulkScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import type { BulkPlan } from '../../src/writes/bulk/plan-file.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, subscription } from './rows.ts';

describe('walking the levels', () => {
  let open: TestConsole | null = null;
  afterEach(() => open?.stop());

  function start(rows = manyRows(120)) {
    const fixture = makeFixture(rows);
    open = makeConsole(fixture);
    return { fixture, console: open };
  }

  function where(console: TestConsole): string {
    const screen = console.screen();
    const level = screen.kind === 'level' ? screen.level : screen.kind;
    const names = 'trail' in screen ? screen.trail.filter(({ implied }) => !implied).map(({ name }) => name) : [];
    return [level, ...names].join(' / ');
  }

  it('starts with the sellers of all connections', () => {
    const { console } = start();
    const screen = console.screen();
    expect(screen.kind === 'level' && screen.list.rows.map(({ name }) => name)).toEqual([
      'BSS Athens',
      'LINE Tokyo',
      'Nordic Cloud AB',
    ]);
  });

  it('skips levels that a vendor does not have, in both directions', () => {
    const { console } = start();
    console.type('<enter>');
    expect(where(console)).toBe('organization');
    console.type('<escape>');
    expect(where(console)).toBe('seller');
  });

  it('goes down level by level and back to the same cursors', () => {
    const { console } = start();
    console.type('G<enter>');
    expect(where(console)).toBe('reseller / Nordic Cloud AB');
    console.type('j<enter>jj<enter><enter>');
    expect(where(console)).toBe('subscriptions / Nordic Cloud AB / Reseller 1 / Organization 2 / Mail');
    console.type('<escape><escape>');
    const screen = console.screen();
    expect(screen.kind === 'level' && screen.list.cursor).toBe('["nordic","o2"]');
  });

  it('keeps the first and the last screens, however many were opened', () => {
    const { console } = start();
    for (let times = 0; times < 30; times += 1) console.type(':subscriptions<enter>');
    expect(console.state().stack).toHaveLength(20);
    expect(where(console)).toBe('subscriptions');
    for (let times = 0; times < 18; times += 1) console.type('<escape>');
    expect(console.state().stack).toHaveLength(2);
    console.type('<escape>');
    expect(where(console)).toBe('seller');
  });

  it('keeps a plan of many changes, however many screens were opened above it', () => {
    const { console } = start();
    const plan: BulkPlan = {
      format: 'subdeck-plan',
      version: 1,
      id: 'plan-0001',
      createdAt: '2026-01-01T00:00:00Z',
      by: 'ada',
      source: 'marked rows',
      rows: [],
      unknownRows: [],
    };
    console.store.update((state) => push(state, bulkScreen(plan, { leftOut: [], outside: new Set() })));
    for (let times = 0; times < 30; times += 1) console.type(':subscriptions<enter>');
    expect(console.state().stack).toHaveLength(20);
    expect(
      console
        .state()
        .stack.map(({ kind }) => kind)
        .slice(0, 3),
    ).toEqual(['level', 'bulk', 'subscriptions']);
  });

  it('handles each key of a burst', () => {
    const { console } = start();
    console.type('SGkk');
    const screen = console.screen();
    expect(screen.kind === 'subscriptions' && screen.list.index).toBe(37);
  });

  it('keeps the cursor on its row through sort, filter and refresh', () => {
    const { console, fixture } = start();
    console.type('Sjjj');
    const first = console.screen();
    const ref = first.kind === 'subscriptions' ? first.list.cursor : null;
    console.type('s<home>j<enter>');
    expect(console.screen()).toMatchObject({ list: { cursor: ref }, sort: [{ field: 'status' }] });
    console.type('/backup<enter>');
    expect(console.screen()).toMatchObject({ list: { cursor: ref }, filterText: 'backup' });
    fixture.cache.change([subscription({ id: 'first', connection: 'bss' }), ...fixture.cache.rows]);
    console.type('<escape>');
    expect(console.screen()).toMatchObject({ list: { cursor: ref }, filterText: '', filter: [] });
  });

  it('filters live; an invalid text keeps the last filter and shows the position', () => {
    const { console } = start();
    console.type('S/qty<100');
    const before = console.screen();
    console.type(' end');
    console.type('s<');
    expect(console.overlay()).toMatchObject({ kind: 'filter', problem: { position: 13 } });
    expect(console.screen()).toMatchObject({ kind: 'subscriptions' });
    expect(before.kind === 'subscriptions' && before.list.total).toBeGreaterThan(0);
  });

  it('Escape restores the earlier filter and cursor', () => {
    const { console } = start();
    console.type('Sjjjj');
    const before = console.screen();
    console.type('/zzz');
    expect(console.screen()).toMatchObject({ list: { total: 0, cursor: null } });
    console.type('<escape>');
    expect(console.screen()).toMatchObject({
      filterText: '',
      list: { cursor: before.kind === 'subscriptions' ? before.list.cursor : '' },
    });
  });

  it('marks by ref and drops marks of rows that are gone', () => {
    const { console, fixture } = start();
    console.type('S  ');
    const marked = console.screen();
    const refs = marked.kind === 'subscriptions' ? [...marked.marks] : [];
    expect(refs).toHaveLength(2);
    fixture.cache.change(fixture.cache.rows.filter((row) => row.ref !== refs[0]));
    console.type('j');
    const after = console.screen();
    expect(after.kind === 'subscriptions' && [...after.marks]).toEqual([refs[1]]);
  });

  it('copies the id under the cursor and reports it', async () => {
    const { console } = start([subscription({ id: 'a/b 席' })]);
    console.type('S');
    console.type('c<enter>');
    await console.until(({ status }) => status !== null);
    expect(console.sentBytes).toEqual([`\u001b]52;c;${Buffer.from('a/b 席').toString('base64')}\u0007`]);
    expect(console.state().status?.text).toContain('clipboard');
  });

  it('says why a key does nothing here', () => {
    const { console } = start();
    console.type('o');
    console.type('r');
    expect(console.state().status?.text).toBe('The console is offline; press o to go online.');
  });

  it('splits the details into one tab each once they are loaded', async () => {
    const { console } = start();
    console.type('S<enter>');
    console.type('4');
    await console.until((state) => {
      const top = state.stack.at(-1);
      return top?.kind === 'subscription' && top.details.kind === 'ready';
    });
    console.type('<tab>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', tab: 4 });
  });

  it('rings once when a request settles and reports it on any screen', () => {
    const { console, fixture } = start();
    console.type('S');
    fixture.emit({
      kind: 'settled',
      request: {
        id: 'j-1',
        ref: 'bss/sub-1',
        state: 'done',
        vendorState: null,
        vendorRequestId: null,
        from: 40,
        to: 32,
        startedAt: '2026-11-21T11:59:00Z',
        checkedAt: null,
        nextCheckAt: null,
        answeredDone: false,
      },
      entry: settledEntry,
    });
    expect(console.sentBytes).toEqual(['bell']);
    expect(console.state().status?.text).toBe('Backup 0001: 40 → 32 done. R shows requests.');
    expect(console.state().settled).toBe(1);
  });

  it('reports a found outcome, but not one that a person just gave', () => {
    const { console, fixture } = start();
    const state = 'settled-applied' as const;
    fixture.emit({ kind: 'reconciled', entry: { ...settledEntry, state, basis: 'person' } });
    expect(console.state().status).toBeNull();
    fixture.emit({ kind: 'reconciled', entry: { ...settledEntry, state, basis: 'evidence' } });
    expect(console.state().status?.text).toBe('Backup 0001: it was applied. J shows the journal.');
  });
});

const settledEntry: JournalEntry = {
  id: 'j-1',
  at: '2026-11-21T11:59:00Z',
  ref: 'bss/sub-1',
  account: null,
  verb: 'set-quantity',
  sentence: '',
  state: 'done',
  reason: null,
  basis: null,
  corrects: null,
  before: {},
  after: {},
  vendor: null,
  by: 'me',
};
