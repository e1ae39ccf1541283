import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import { visible, widthOf } from '../../src/screens/text/cells.ts';
import { journalScreen, requestsScreen } from '../../src/state/new-screens.ts';
import type { Screen } from '../../src/state/screen.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { type ConsoleFixture, makeFixture } from '../state/fixture.ts';
import { manyRows, noon, safe, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

function start(columns: number, fixture: ConsoleFixture = makeFixture(manyRows(120))): TestConsole {
  open = makeConsole(fixture, { columns, rows: 45 });
  return open;
}

/** The work area left and right of the rule; null where a line has none. */
function halves(console: TestConsole): readonly { readonly list: string; readonly pane: string }[] {
  return frameOf(console)
    .slice(1, -2)
    .map((line) => {
      const at = line.lastIndexOf('│');
      return { list: line.slice(0, at), pane: line.slice(at + 1).trim() };
    });
}

const paneOf = (console: TestConsole) => halves(console).map(({ pane }) => pane);

describe('the pane beside a list', () => {
  it('shows the row under the cursor from 160 columns on, and follows it', () => {
    const console = start(160);
    console.type('S');
    expect(paneOf(console)[0]).toMatch(/^Backup 0001 +Tab$/);
    expect(paneOf(console).join('\n')).toContain('Organization   Organization 1');
    console.type('jj');
    const screen = console.screen();
    const name = screen.kind === 'subscriptions' ? screen.list.rows[2]?.name : undefined;
    expect(paneOf(console)[0]).toMatch(new RegExp(`^${name} +Tab$`));
    console.type('G');
    expect(paneOf(console)[0]).toMatch(/^安全なメール \d+ +Tab$/);
  });

  it('leaves the list as much as a terminal of 120 columns has', () => {
    for (const columns of [160, 170, 180, 200]) {
      const console = start(columns);
      console.type('S');
      expect(halves(console)[1]?.list.length, `${columns}`).toBeGreaterThanOrEqual(120);
      console.stop();
    }
  });

  it('is not there below 160 columns', () => {
    const narrow = start(159);
    narrow.type('Sjj');
    expect(frameOf(narrow).join('\n')).not.toContain('│');
    expect(narrow.state().preview.record).toBeNull();
    narrow.type('<tab>');
    expect(narrow.state().status?.text).toContain('from 160 columns on; this terminal has 159');
  });

  it('scrolls after Tab with the keys that move, and gives them back to the list', () => {
    const console = start(160);
    console.store.update((state) => ({ ...state, rows: 20 }));
    console.type('Sj');
    const before = console.screen();
    console.type('<tab>');
    frameOf(console);
    console.store.update((state) => ({ ...state, preview: { ...state.preview, length: 40 } }));
    console.type('jj<pagedown>');
    expect(console.state().preview.scroll).toBeGreaterThan(2);
    expect(console.screen()).toBe(before);
    console.type('<escape>');
    expect(console.state().preview.isFocused).toBe(false);
    expect(console.screen().kind).toBe('subscriptions');
    console.type('j');
    expect(console.screen()).toMatchObject({ list: { index: 2 } });
    expect(console.state().preview.scroll).toBe(0);
  });

  it('leaves the keys of the list to the list', () => {
    const console = start(200);
    console.type('S<tab>');
    console.type('<space>');
    const screen = console.screen();
    expect(screen.kind === 'subscriptions' ? [...screen.marks] : []).toHaveLength(1);
    console.type('<enter>');
    expect(console.screen().kind).toBe('subscription');
    console.type('<escape>');
    expect(console.state().preview.isFocused).toBe(false);
  });

  it('shows a row that changed under the cursor as it is now, without asking a vendor', () => {
    const rows = [subscription({ id: 'a', name: safe('Backup') })];
    const fixture = makeFixture(rows);
    let asked = 0;
    const { vendor } = fixture.context.connections;
    Object.assign(fixture.context.connections, {
      vendor: (name: string) => {
        asked += 1;
        return vendor(name);
      },
    });
    const console = start(160, fixture);
    console.type('S');
    expect(paneOf(console).join('\n')).toMatch(/Seats +25/);
    fixture.cache.change(rows.map((row) => ({ ...row, quantity: 31 })));
    console.store.update((state) => ({ ...state }));
    expect(paneOf(console).join('\n')).toMatch(/Seats +31/);
    expect(asked).toBe(0);
  });

  it('is switched off and on by a key, and the list has the whole width then', () => {
    const console = start(160);
    console.type('S');
    console.type('P');
    expect(frameOf(console).join('\n')).not.toContain('│');
    expect(widthOf(frameOf(console)[3] ?? '')).toBeGreaterThan(110);
    console.type('P');
    expect(paneOf(console)[0]).toContain('Backup 0001');
  });

  const entry: JournalEntry = {
    ...{ reason: null, basis: null, corrects: null, vendor: null, account: null, before: {}, after: {} },
    ...{ id: 'j-1', at: new Date(noon).toISOString(), ref: 'nordic/a', verb: 'suspend', state: 'done', by: 'ada' },
    sentence: 'Suspend Backup.',
  };
  const request: Request = {
    ...{ id: 'r-1', ref: 'nordic/a', state: 'running', vendorState: null, vendorRequestId: null, from: 40, to: 32 },
    ...{ startedAt: '2026-11-21T11:59:18Z', checkedAt: null, nextCheckAt: null, answeredDone: false },
  };
  const lists: readonly (readonly [string, Screen | readonly string[], RegExp])[] = [
    ['sellers', [], /Nordic Cloud AB[\s\S]*Subscriptions +1, 25 seats/],
    ['subscriptions', ['S'], /安全なメール[\s\S]*Status +● active/],
    ['a customer', ['S', 'K'], /安全なメール[\s\S]*Status +● active/],
    ['requests', requestsScreen(), /安全なメール[\s\S]*Seats +40 → 32[\s\S]*Status +● active/],
    ['the journal', journalScreen(), /Suspend Backup\.[\s\S]*State +✓ done/],
    ['Today', ['T', '<enter>', 'j'], /安全なメール[\s\S]*Status +● active/],
  ];
  it.each(lists)('shows the record of a row of %s', async (_, way, expected) => {
    const rows = [subscription({ id: 'a', name: safe('安全なメール'), cancellableUntil: '2026-11-21T20:00:00Z' })];
    const fixture = makeFixture(rows);
    fixture.entries.push(entry);
    fixture.requests.push(request);
    const console = start(160, fixture);
    if ('length' in way) for (const key of way) console.type(key);
    else console.store.update((state) => push(state, way));
    await console.until(({ preview }) => preview.record !== null);
    expect(paneOf(console).join('\n')).toMatch(expected);
  });

  it.each([160, 200, 240])('keeps the rule in one column at %i columns, whatever the names', (columns) => {
    const names = ['e\u0301\u0301\u0301', '👩‍👩‍👧', '안녕하세요'.repeat(20), 'x'.repeat(300), 'مؤسسة الأندلس', ' '];
    const rows = names.map((name, index) => subscription({ id: `${index}`, name: safe(name) }));
    const console = start(columns, makeFixture(rows));
    console.type('S');
    for (const _ of names) {
      const lines = frameOf(console).slice(1, -2);
      const places = new Set(lines.map((line) => widthOf(visible(line.slice(0, line.indexOf('│'))))));
      expect(places).toEqual(new Set([Math.max(120, Math.floor((columns * 2) / 3))]));
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      console.type('j');
    }
  });
});
