import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { statuses } from '../../src/model/subscription.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { screenText } from '../../src/screens/screen-reader/screen-text.ts';
import { withFacts } from '../../src/state/projector.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows, safe, subscription } from '../state/rows.ts';
import { noProgress } from '../sync/traffic.ts';
import { frameOf } from './frame.tsx';

describe('the screen', () => {
  let open: TestConsole | null = null;
  afterEach(() => open?.stop());

  function start(rows = manyRows(120), size = { columns: 80, rows: 16 }) {
    const fixture = makeFixture(rows);
    open = makeConsole(fixture, size);
    return { fixture, console: open };
  }

  it('opens on the sellers of all connections', () => {
    expect(frameOf(start().console)).toEqual([
      ' subdeck  all connections                                    online · 2 min ago',
      ' Sellers 3',
      '   NAME                                   ORGS     SUBS      SEATS  ENDS < 30 D',
      '▌  BSS Athens                                7       40      6,768            0',
      '   LINE Tokyo                                7       40      7,175            0',
      '   Nordic Cloud AB                           7       40      7,542            0',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '                                                                         3/3 ok',
      ' Enter open   / filter   s sort   r refresh   : anything   ? help  ○ read-write',
    ]);
  });

  it('[fault 37] shows a running request as old and new number and keeps its columns', () => {
    const { fixture, console } = start([
      subscription({ id: 'a', name: safe('Backup 100'), cancellableUntil: '2026-11-23T16:30:00Z' }),
      subscription({ id: 'b', name: safe('安全なメール Pro'), quantity: 40 }),
      subscription({ id: 'c', name: safe('Connectivity'), status: 'suspended', quantity: 0, endsAt: null }),
    ]);
    fixture.requests.push({
      id: 'j',
      ref: 'nordic/b',
      state: 'running',
      vendorState: null,
      vendorRequestId: null,
      from: 40,
      to: 32,
      startedAt: '2026-11-21T11:59:18Z',
      checkedAt: null,
      nextCheckAt: null,
      answeredDone: false,
    });
    console.type('<enter><enter><enter><enter>');
    fixture.cache.change(fixture.cache.rows);
    console.store.update((state) => ({ ...state, requests: fixture.requests }));
    console.type('G');
    expect(frameOf(console).slice(0, 6)).toEqual([
      ' subdeck  Nordic ▸ … ▸ Helsinki IT Oy ▸ Acme Oy ▸ Mail       online · 2 min ago',
      ' Subscriptions 3',
      '   NAME                      STATUS         SEATS  ENDS (UTC)   DEADLINE',
      '   Backup 100                ● active          25  12 Dec 2026  2 d 4 h',
      '   Connectivity              ◐ suspended        0  –',
      '▌  安全なメール Pro          ● active     40 → 32  12 Dec 2026  ⟳ running 0:42',
    ]);
  });

  it('shows the filter prominently, and where it is wrong', () => {
    const { console } = start();
    console.type('S/qty<100');
    expect(frameOf(console)[1]).toMatch(/^ Subscriptions 40 {3}\/ qty<100 {4}\d+ shown/);
    console.type('<enter>');
    expect(frameOf(console)[1]).toMatch(/^ Subscriptions 40 {3}filter: qty<100 \(\d+ shown\) {3}Esc clears/);
    console.type('/ x<1');
    expect(frameOf(console).join('\n')).toContain('at 9: There is no field "x"');
  });

  it('gives a failed connection its own line and keeps the others', () => {
    const fixture = makeFixture(manyRows(120));
    const message = 'The vendor did not answer in time.';
    fixture.cache.noteFault('line', {
      kind: 'unreachable',
      message,
      next: 'Try again later.',
      connection: 'line',
      sent: false,
      vendor: null,
    });
    open = makeConsole(fixture, { columns: 80, rows: 16 });
    const frame = frameOf(open);
    expect(frame.slice(3, 6).map((line) => line.slice(3, 20).trim())).toEqual([
      'BSS Athens',
      'LINE Tokyo',
      'Nordic Cloud AB',
    ]);
    expect(frame.slice(-3, -1)).toEqual([
      ' ✗ line: The vendor did not answer in time.  Try again later.       r refreshes',
      '                                                                         2/3 ok',
    ]);
  });

  it('shows the progress and rate of a refresh and keeps the rows', () => {
    const { fixture, console } = start();
    fixture.syncing.push({
      ...noProgress,
      ...{ connection: 'nordic', done: 1204, total: 5000, rows: 1204, calls: 13, rowsPerSecond: 812, left: 4_700 },
    });
    console.store.update((state) => withFacts(state, fixture.context));
    const frame = frameOf(console);
    expect(frame.at(-2)).toBe(' ⟳ ━━━───────── reading nordic 1,204 of 5,000 · 812/s · 5 s left         3/3 ok');
    expect(frame[3]).toContain('BSS Athens');
  });

  it('says that nothing is urgent only once everything was read', () => {
    const { console } = start();
    const lineWith = (urgent: number, readAt: string | null) => {
      console.store.update((state) => ({
        ...state,
        today: {
          found: { at: '', items: [], leftOut: {}, missing: [] },
          at: 0,
          journal: 0,
          cache: 0,
          proposals: 0,
          urgent,
        },
        connections: state.connections.map((view, index) =>
          index === 0 ? { ...view, freshness: { ...view.freshness, readAt } } : view,
        ),
      }));
      return frameOf(console).at(-2);
    };
    expect(lineWith(0, '2026-11-21T11:58:00.000Z')).toContain('0 now (T)');
    expect(lineWith(0, null)).not.toContain('now (T)');
    expect(lineWith(2, null)).toContain('2 now (T)');
  });

  it('shows a wait for a limit, and on the Calls screen what each connection reads', () => {
    const { fixture, console } = start([], { columns: 120, rows: 24 });
    const wait = { why: 'limit', limit: { calls: 240, seconds: 60 } } as const;
    fixture.syncing.push(
      { ...noProgress, rows: 480, calls: 241, wait: { ...wait, until: console.state().now + 30_400 } },
      { ...noProgress, connection: 'line', rows: 12, calls: 3, expected: 40, left: 61_000 },
    );
    console.store.update((state) => withFacts(state, fixture.context));
    expect(frameOf(console).at(-2)).toContain(
      "reading 2 connections 492 rows · waits 31 s for the vendor's limit of 240 calls a minute",
    );
    console.type('L');
    const line = frameOf(console).find((one) => /^\W+line /.test(one));
    expect(line).toContain('12 of about 40 rows, 3 calls, 1 min left');
  });

  it('says why a list is empty and what to do', () => {
    const { console } = start();
    console.type('S/nobody<enter>');
    expect(frameOf(console).slice(2, 5)).toEqual([
      '',
      '   Nothing here matches “nobody”.',
      '   Esc clears the filter; / changes it.',
    ]);
  });

  it('[fault 71] shows a plan completely', async () => {
    const { console } = start([subscription({ id: 'sub-1', name: safe('Backup 100'), quantity: 40 })], {
      columns: 80,
      rows: 24,
    });
    console.type('S<enter>');
    console.type('a');
    await console.until(({ overlay }) => overlay?.kind === 'menu');
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(frameOf(console).slice(3, 16)).toEqual([
      '  ╭ Lower the quantity ──────────────────────────────────────────────────────╮',
      '  │ cloudmore · Nordic · nordic · Nordic Cloud AB · Helsinki IT Oy · Acme Oy │',
      '  │ Backup 100                                                               │',
      '  │ Mail Pro 1 year                                                          │',
      '  │ nordic/sub-1                                                             │',
      '  │                                                                          │',
      '  │ seats  40 → 32                                                           │',
      '  │ The vendor works on this for a while; Subdeck follows it until it        │',
      '  │ settles.                                                                 │',
      '  │                                                                          │',
      '  │ Reason  none; Tab adds one, such as a ticket number                      │',
      '  │ Press  y  to send, Esc to go back and edit.                              │',
      '  ╰──────────────────────────────────────────────────────────────────────────╯',
    ]);
  });

  it('says that the terminal is too small', () => {
    const { console } = start(manyRows(3), { columns: 50, rows: 10 });
    expect(frameOf(console).join(' ')).toBe('This terminal is too small: Subdeck needs 60×16, it has 50×10.');
  });

  it.each([
    [60, 16],
    [80, 24],
    [120, 40],
    [200, 60],
  ])('fills %i×%i exactly, on every screen, with every overlay', async (columns, rows) => {
    const { console } = start(manyRows(200), { columns, rows });
    const check = () => {
      const frame = frameOf(console);
      expect(frame).toHaveLength(rows);
      for (const line of frame) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    };
    for (const keys of ['j', 's', '<escape>', '?', '<escape>', ':', '<escape>', 'S', '/x', '<escape>', '<enter>']) {
      console.type(keys);
      check();
    }
    for (const keys of ['<tab>', '<tab>', '<tab>', 'R', 'J']) {
      console.type(keys);
      check();
    }
  });

  it('[fault 43] shows every status with the same word in colour, ASCII and plain lines', () => {
    const rows = statuses.map((status) => subscription({ id: status, name: safe(`Row of ${status}`), status }));
    const { console } = start(rows, { columns: 120, rows: 24 });
    console.type('S');
    const theme = makeTheme({ contrast: 'normal', marks: 'ascii', spinner: false, colour: false, background: 'dark' });
    const said = [
      frameOf(console),
      frameOf(console, 'unicode', false),
      frameOf(console, 'ascii', false),
      screenText(console.state(), theme),
    ];
    for (const lines of said) {
      const row = (status: string) => lines.filter((line) => line.includes(`Row of ${status}`));
      for (const status of statuses) {
        expect(row(status)).toHaveLength(1);
        expect(row(status)[0]?.replace(`Row of ${status}`, '')).toMatch(new RegExp(`\\b${status}\\b`));
      }
    }
  });

  it('[fault 43] uses ASCII marks', () => {
    const { console } = start();
    console.type('S');
    const frame = frameOf(console, 'ascii').slice(2, -1).join('\n');
    expect(frame).toMatch(/^> {2}Backup 0001/m);
    expect(frame.replaceAll(/[–席安全なメール]/gu, '')).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
