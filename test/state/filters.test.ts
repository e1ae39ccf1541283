import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { filterTextOf } from '../../src/state/screen-filter.ts';
import { bulkScreen, chartsScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { frameOf } from '../screens/frame.tsx';
import { makeConsole, type TestConsole } from './console.ts';
import { type ConsoleFixture, makeFixture } from './fixture.ts';
import { manyRows, noon } from './rows.ts';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

function start(fixture: ConsoleFixture = makeFixture(manyRows(60)), size = { columns: 80, rows: 24 }): TestConsole {
  open = makeConsole(fixture, size);
  return open;
}

const total = (console: TestConsole) => {
  const screen = console.screen();
  return 'list' in screen ? screen.list.total : -1;
};

function entry(id: string, sentence: string, state: JournalEntry['state']): JournalEntry {
  const nothing = { reason: null, basis: null, corrects: null, vendor: null, account: null };
  const at = new Date(noon).toISOString();
  return {
    ...nothing,
    id,
    at,
    ref: `nordic/${id}`,
    verb: 'set-quantity',
    sentence,
    state,
    before: {},
    after: {},
    by: 'ada',
  };
}

describe('a filter', () => {
  it('offers fields and values, and Tab puts them in, one after the other', () => {
    const console = start();
    console.type('S/sta');
    expect(frameOf(console).join('\n')).toContain('Tab: status:  starts<');
    console.type('<tab>');
    expect(console.overlay()).toMatchObject({ line: { text: 'status:' }, picked: 0 });
    console.type('<tab>');
    expect(console.overlay()).toMatchObject({ line: { text: 'starts<' }, picked: 1 });
    console.type('<shift+tab>s<tab>');
    expect(console.overlay()).toMatchObject({ line: { text: 'status:suspended' }, problem: null });
    expect(total(console)).toBeGreaterThan(0);
    console.type(' org:Organization<tab><tab>');
    expect(console.overlay()).toMatchObject({ line: { text: expect.stringMatching(/org:"Organization \d"$/) } });
    console.type('<enter>');
    expect(console.screen()).toMatchObject({ filterText: expect.stringContaining('status:suspended org:"Org') });
  });

  it('shows the whole list of fields where one is unknown, at 80 columns', () => {
    const console = start();
    console.type('S/colour:red');
    const said = frameOf(console)
      .map((line) => line.trim())
      .join(' ');
    for (const field of ['at 1: There is no field "colour"', 'externalIds', 'erpCurrency', ' and is.']) {
      expect(said).toContain(field);
    }
  });

  it('brings back earlier ones with up and down, by the kind of list', () => {
    const console = start();
    console.type('S/qty=10<enter>/<ctrl+u>qty=25<enter>/<ctrl+u>mine<up>');
    expect(console.overlay()).toMatchObject({ line: { text: 'qty=10' } });
    console.type('<down>');
    expect(console.overlay()).toMatchObject({ line: { text: 'mine' } });
    console.type('<escape><escape><escape>');
    expect(console.state().filters).toEqual({ subscriptions: ['qty=25', 'qty=10'] });
    console.type('/<up>');
    expect(console.overlay()).toMatchObject({ line: { text: '' } });
  });

  it('reads the journal once, not with each letter', () => {
    const fixture = makeFixture(manyRows(3));
    open = makeConsole(fixture);
    let read = 0;
    const { entries } = fixture.context.journal;
    Object.assign(fixture.context.journal, {
      entries: (query: Parameters<typeof entries>[0]) => {
        read += 1;
        return entries(query);
      },
    });
    open.type('J/state:unknown<escape>');
    expect(read).toBe(1);
  });

  it('works on the journal, requests, calls, an entry, a tab and a reply', () => {
    const fixture = makeFixture(manyRows(60));
    fixture.entries.push(entry('a', 'Lower Mail to 5', 'done'), entry('b', 'Cancel Backup', 'unknown'));
    const console = start(fixture);
    console.type('J/state:unk<tab><enter>');
    expect(console.screen()).toMatchObject({ filterText: 'state:unknown', list: { total: 1, cursor: 'b' } });
    expect(frameOf(console)[1]).toContain('filter: state:unknown');
    console.type('/<ctrl+u>mail|cancel -backup<enter>');
    expect(console.screen()).toMatchObject({ list: { total: 1, cursor: 'a' } });
    console.type('<enter>/journal id<enter>');
    expect(frameOf(console).join('\n')).toMatch(/Journal id +a/);
    expect(frameOf(console).join('\n')).not.toContain('Lower Mail');
    console.type('<escape>');
    expect(frameOf(console).join('\n')).toContain('Lower Mail');
    console.type('R/state:done<enter>');
    expect(console.screen()).toMatchObject({ kind: 'requests', filterText: 'state:done' });
    console.type('L/status>=400 path:token<enter>');
    expect(console.screen()).toMatchObject({ kind: 'calls', filterText: 'status>=400 path:token' });
    console.type(':subscriptions<enter><enter>/seats<enter>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', filterText: 'seats' });
    expect(frameOf(console).join('\n')).toMatch(/filter: seats/);
    console.type('<tab>');
    expect(filterTextOf(console.screen())).toBe('');
  });

  it('where there is none says so, and letters typed then run no keys', () => {
    const console = start();
    const plan = {
      format: 'subdeck-plan',
      version: 1,
      id: 'p',
      createdAt: '',
      by: '',
      source: '',
      rows: [],
      unknownRows: [],
    } as const;
    for (const screen of [
      chartsScreen({ trail: [], frame: null }, '', []),
      bulkScreen(plan, { leftOut: [], outside: new Set() }),
    ]) {
      console.store.update((state) => push(state, screen));
      console.type('/qoW');
      expect(console.exits).toEqual([]);
      expect(console.state().offline).toBe(false);
      expect(frameOf(console).join('\n')).toMatch(/no filter/);
      console.type('<enter>');
      expect(console.overlay()).toBeNull();
    }
  });
});
