import { afterEach, describe, expect, it, test } from 'vitest';
import { type FaultKind, fault } from '../../src/model/fault.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { screenText, storeNews } from '../../src/screens/screen-reader/screen-text.ts';
import { withFacts } from '../../src/state/projector.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { type ConsoleFixture, makeFixture } from '../state/fixture.ts';
import { connections, manyRows, subscription } from '../state/rows.ts';
import { noProgress } from '../sync/traffic.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

/** A console on rows that were read two minutes ago. */
function start(columns: number, rows = manyRows(120)): { fixture: ConsoleFixture; console: TestConsole } {
  const fixture = makeFixture(rows);
  open = makeConsole(fixture, { columns, rows: 24 });
  return { fixture, console: open };
}

/** Waits until the screen shows what the vendors did. */
function look({ fixture, console }: ReturnType<typeof start>): void {
  const { clock } = fixture.context;
  console.store.update((state) => ({ ...withFacts(state, fixture.context), now: clock.now() }));
}

function header(console: TestConsole): string {
  return frameOf(console)[0] ?? '';
}

function failing(fixture: ConsoleFixture, names: readonly string[], kind: FaultKind): void {
  for (const name of names) fixture.cache.noteFault(name, fault(kind, 'It fails.', 'Mend it.').fault);
}

const theme = makeTheme({ contrast: 'normal', marks: 'ascii', spinner: false, colour: false, background: 'dark' });
const all = connections.map(({ name }) => name);

describe.each([60, 80, 120])('the header at %i columns', (columns) => {
  it('shows online and the age, and "stale" from freshFor on', () => {
    const started = start(columns);
    expect(header(started.console)).toMatch(/ online · 2 min ago$/);
    started.fixture.advance(180_000);
    look(started);
    expect(header(started.console)).toMatch(/ online · 5 min ago$/);
    started.fixture.advance(1_000);
    look(started);
    expect(header(started.console)).toMatch(/ online · 5 min ago, stale$/);
  });

  it('shows at the first failed call that no connection of this place answers', () => {
    const started = start(columns);
    const { fixture, console } = started;
    fixture.syncing.push(noProgress);
    Object.assign(fixture.context.calls, { answers: (name: string) => name !== 'nordic' });
    look(started);
    expect(header(console)).toMatch(/ online · /);
    expect(frameOf(console).at(-2)).toContain('2/3 ');
    console.type('G<enter>');
    expect(header(console)).toMatch(
      columns < 100 ? / offline: 0\/1 answer · / : / offline: 0\/1 connections answer · /,
    );
  });

  it('shows that none works if a password is wrong', () => {
    const started = start(columns);
    failing(started.fixture, all, 'signed-out');
    look(started);
    expect(header(started.console)).toMatch(
      columns < 100 ? / offline: 0\/3 work · / : / offline: 0\/3 connections work · /,
    );
    expect(frameOf(started.console).at(-2)).toContain('0/3 ');
  });

  it('stays online if rows are missing, and offline if a person chose that', () => {
    const started = start(columns);
    failing(started.fixture, all, 'partial');
    look(started);
    expect(header(started.console)).toMatch(/ online · 2 min ago$/);
    started.console.type('o');
    expect(header(started.console)).toMatch(/ offline · 2 min ago$/);
  });

  it('shows that nothing was read yet, or is being read', () => {
    const started = start(columns, []);
    expect(header(started.console)).toMatch(/ online · never read$/);
    started.fixture.syncing.push(noProgress);
    look(started);
    expect(header(started.console)).toMatch(/ online · being read$/);
  });

  it('has no age if no cached data is shown', () => {
    const { console } = start(columns);
    console.type('R');
    expect(header(console)).toMatch(/ Requests +online$/);
    console.type('o');
    expect(header(console)).toMatch(/ Requests +offline$/);
  });
});

/** As the journal says it while the team's store does not answer. */
function storeAway({ fixture }: ReturnType<typeof start>, since: number | null): void {
  const message = 'No server answers at db.example:5432.';
  Object.assign(fixture.context.journal, {
    outOfDate: () => ({ since, fault: fault('unreachable', message, 'Start PostgreSQL there.').fault }),
  });
}

describe.each([
  [60, 'store away'],
  [80, 'store away · 4 min'],
  [120, 'team store away · 4 min'],
])("the team's store that is away, at %i columns", (columns, said) => {
  test('is in the header of each screen with its time, until it is back', () => {
    const started = start(columns);
    const { fixture, console } = started;
    const before = frameOf(console);
    storeAway(started, fixture.context.clock.now() - 250_000);
    look(started);
    expect(header(console)).toMatch(new RegExp(`all connections +online · 2 min ago · ${said}$`));
    expect(frameOf(console).slice(1)).toEqual(before.slice(1));
    expect(screenText(console.state(), theme)[0]).toContain(`Online, 2 min ago, ${said.replace(' ·', ',')}.`);
    console.type('R');
    expect(header(console)).toMatch(new RegExp(` Requests +online · ${said}$`));
    console.type('<escape>o');
    expect(header(console)).toMatch(/ offline · 2 min ago$/);
    console.type('o');
    Object.assign(fixture.context.journal, { outOfDate: () => null });
    look(started);
    expect(frameOf(console)[0]).toBe(before[0]);
  });
});

test("a screen reader is told once that the team's store is away, and that it is back", () => {
  const started = start(80);
  storeAway(started, Date.parse('2026-11-30T06:31:40Z'));
  look(started);
  const { console, fixture } = started;
  expect(storeNews(console.state(), false)).toEqual([
    "Team store away. No server answers at db.example:5432. Shown is what this machine had of the team's store on Mon 30 Nov 2026 06:31 UTC.",
  ]);
  expect(storeNews(console.state(), true)).toEqual([]);
  Object.assign(fixture.context.journal, { outOfDate: () => null });
  look(started);
  expect([storeNews(console.state(), true), storeNews(console.state(), false)]).toEqual([
    ["The team's store is back."],
    [],
  ]);
});

test('a viewer is told so by the footer and by each key that writes', async () => {
  const started = start(120, [subscription({ id: 'sub-1' })]);
  const { fixture, console } = started;
  expect(frameOf(console).at(-1)).toContain('read-write');
  const message = "Your role in the team's store only reads (subdeck_viewer).";
  Object.assign(fixture.context.mode, { readOnly: { message, next: 'Ask its administrator.' } });
  look(started);
  expect(frameOf(console).at(-1)).toMatch(/read-only$/);
  console.type('W');
  expect(console.state().status?.text).toBe(message);
  console.type('Sa');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  const overlay = console.overlay();
  const reasons = overlay?.kind === 'menu' ? overlay.entries.map(({ unavailable }) => unavailable) : [];
  expect(reasons).toContain(message);
});

test.each([80, 120])('names keep their position while the age grows, at %i columns', (columns) => {
  const started = start(columns);
  started.console.store.update((state) => ({ ...state, freshFor: 3_600_000 }));
  started.console.type('<enter><enter><enter><enter>');
  const names = () => header(started.console).split(/ {2,}(?=online)/)[0];
  const first = names();
  for (const passed of [1_000, 60_000, 600_000, 2_700_000]) {
    started.fixture.advance(passed);
    look(started);
    expect(names()).toBe(first);
  }
});

test('a branch that was read alone has its own age', () => {
  const started = start(120);
  const { fixture, console } = started;
  const readAt = new Date(fixture.context.clock.now() - 1_000).toISOString();
  const within = { level: 'organization', connection: 'bss', id: 'o1' } as const;
  const read = { connection: 'bss', within, endedAt: 0, took: 1, readAt, fault: null };
  Object.assign(fixture.context.sync, { lastReads: () => [read] });
  look(started);
  console.type('<enter>');
  expect(header(console)).toMatch(/BSS Athens +online · 2 min ago$/);
  console.type('j<enter>');
  expect(header(console)).toMatch(/Organization 1 +online · 1 s ago$/);
});

test('data that was read since the last tick is 0 s old, and not stale', () => {
  const started = start(80);
  const { fixture, console } = started;
  const within = { level: 'organization', connection: 'bss', id: 'o1' } as const;
  const readAt = new Date(fixture.context.clock.now() + 9_000).toISOString();
  const read = { connection: 'bss', within, endedAt: 0, took: 1, readAt, fault: null };
  Object.assign(fixture.context.sync, { lastReads: () => [read] });
  look(started);
  console.type('<enter>j<enter>');
  expect(header(console)).toMatch(/Organization 1 +online · 0 s ago$/);
});

test('plain lines show the same for a screen reader', () => {
  const started = start(80);
  failing(started.fixture, all, 'unreachable');
  started.fixture.advance(240_000);
  look(started);
  expect(screenText(started.console.state(), theme)[0]).toBe('all connections. Offline: 0/3 answer, 6 min ago, stale.');
});
