import { afterEach, describe, expect, it } from 'vitest';
import type { Vendor } from '../../src/api/contract.ts';
import { wordRunner } from '../../src/cli/word-runner.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { HistoryEntry } from '../../src/model/subscription.ts';
import { frameOf } from '../screens/frame.tsx';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { noon, safe, subscription } from './rows.ts';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const hour = 3_600_000;
const iso = (ago: number) => new Date(noon - ago).toISOString();

function entry(id: string, at: string): JournalEntry {
  const nothing = { reason: null, basis: null, corrects: null, vendor: null, account: null };
  const what = { verb: 'set-quantity', sentence: 'Lower Mail Pro from 40 to 32.', state: 'done' } as const;
  return {
    ...nothing,
    ...what,
    id,
    at,
    ref: 'nordic/mail',
    before: { quantity: 40 },
    after: { quantity: 32 },
    by: 'ada',
  };
}

const told: HistoryEntry = {
  ...{ at: iso(3 * hour), action: safe('Updated'), by: safe('maria@acme.example') },
  ...{ field: safe('Quantity'), from: safe('50'), to: safe('40') },
};

/** A subscription with a change between two syncs, a write of this installation, and a line of the vendor's history. */
function start(size = { columns: 80, rows: 24 }) {
  const rows = (quantity: number) => [
    subscription({ id: 'mail', name: safe('Mail Pro'), quantity }),
    subscription({
      id: 'other',
      name: safe('Backup'),
      quantity: 3,
      organization: { id: 'o2', name: safe('Zed GmbH') },
    }),
  ];
  const fixture = makeFixture(rows(32));
  const { context, cache, entries } = fixture;
  cache.change(rows(31));
  entries.push(entry('j1', iso(2 * hour)));
  const vendorOf = context.connections.vendor;
  Object.assign(context.connections, {
    vendor: async (name: string): Promise<Vendor> => {
      const vendor = await vendorOf(name);
      return { ...vendor, abilities: { ...vendor.abilities, history: async () => [told] } };
    },
  });
  const console = makeConsole(fixture, size);
  Object.assign(console.deps, { runWords: wordRunner(context) });
  open = console;
  return { console, fixture };
}

const lines = (console: TestConsole) => frameOf(console).join('\n');

async function onTimeline(size?: { columns: number; rows: number }) {
  const { console, fixture } = start(size);
  console.type('S/name="Mail Pro"<enter><enter>3');
  await console.until(() => {
    const screen = console.screen();
    return screen.kind === 'subscription' && screen.history.kind === 'ready' && screen.timeline.total === 3;
  });
  return { console, fixture };
}

describe('the timeline of a subscription', () => {
  it.each([
    [80, 24],
    [120, 40],
  ])('has every source by time at %i×%i, each line with its source', async (columns, rows) => {
    const { console } = await onTimeline({ columns, rows });
    const [head, ...body] = frameOf(console).slice(4, 8);
    expect(head).toMatch(/TIME \(.+\) +SOURCE +WHAT +FROM → TO +BY/);
    expect(body[0]).toMatch(/sync +Seats +32 → 31 +–/);
    expect(body[1]).toMatch(/journal +✓ set-quantity +40 → 32 +ada/);
    expect(body[2]).toMatch(/vendor +Updated: Quanti.* +50 → 40 +maria@/);
    expect(lines(console)).toContain('The vendor’s history, read 0 s ago');
    expect(frameOf(console).every((line) => line.length <= columns)).toBe(true);
  });

  it('is filtered, opens writes and lines with Enter, and scrolls sideways', async () => {
    const { console } = await onTimeline();
    console.type('/source:jour<tab><enter>');
    expect(console.screen()).toMatchObject({ timeline: { total: 1 }, filterText: 'source:journal' });
    console.type('<enter>');
    expect(console.screen()).toMatchObject({ kind: 'entry', id: 'j1' });
    console.type('<escape><escape>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', timeline: { total: 3 }, filterText: '' });
    console.type('<end><enter>');
    expect(lines(console).replace(/[│\s]+/g, ' ')).toContain('Quantity: 50 → 40. By maria@acme.example');
    console.type('<escape>');
    console.type('>>');
    expect(frameOf(console)[4]).toMatch(/^ +WHAT +FROM → TO +BY/);
    console.type('<<<');
  });

  it('offline shows what was kept, with its age', async () => {
    const { console, fixture } = start();
    const kept = { connection: 'nordic', id: 'mail', read: 'history', account: 'nordic' } as const;
    fixture.cache.keepAnswer({ ...kept, askedAt: noon - 2 * hour, value: [told] });
    console.type('oS/name="Mail Pro"<enter><enter>3');
    expect(lines(console)).toContain('The vendor’s history, read 2 h ago');
    expect(lines(console)).toMatch(/vendor +Updated/);
  });
});

describe('changes of many subscriptions', () => {
  const settle = (console: TestConsole, kind: string) => console.until(() => console.screen().kind === kind);

  it('is a list with customers, is filtered, and opens the timeline of a row', async () => {
    const { console } = start();
    console.type(':subscription changes --since month<enter>');
    await settle(console, 'changes');
    expect(frameOf(console)[2]).toMatch(/TIME \(.+\) +CUSTOMER +WHAT +FROM → TO +BY/);
    expect(frameOf(console)[3]).toMatch(/Acme Oy +Mail Pro: Seats +32 → 31 +–/);
    console.type('/customer:zed<enter>');
    expect(lines(console)).toContain('Nothing here matches');
    console.type('<escape><enter>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', ref: 'nordic/mail', tab: 2 });
  });

  it('from an open subscription --since opens its timeline since then', async () => {
    const { console } = start();
    console.type('S/name="Mail Pro"<enter><enter>:subscription changes --since 1d<enter>');
    await console.until(() => {
      const screen = console.screen();
      return screen.kind === 'subscription' && screen.timeline.total === 3;
    });
    expect(console.screen()).toMatchObject({ ref: 'nordic/mail', filterText: 'at>=2026-11-20T12:00:00Z' });
  });

  it('says what is wrong with a filter or a date', async () => {
    const { console } = start();
    console.type(':subscription changes --since soon<enter>');
    await settle(console, 'reply');
    expect(lines(console)).toContain('--since soon is not a date');
  });
});

describe('by words', () => {
  it('tells of all three sources in 80 columns', async () => {
    const { fixture } = start();
    const run = wordRunner(fixture.context);
    const { lines: text } = await run(
      ['subscription', 'timeline', 'nordic/mail', '--json'],
      new AbortController().signal,
    );
    expect(JSON.parse(text.join('\n'))).toMatchObject([
      { source: 'sync', what: 'quantity', from: '32', to: '31' },
      { source: 'journal', what: 'set-quantity', state: 'done', by: 'ada', journalId: 'j1' },
      { source: 'vendor', from: '50', to: '40', by: 'maria@acme.example' },
    ]);
  });
});

describe('journal list and request list by words', () => {
  it('take the filter of the console', async () => {
    const { fixture } = start();
    Object.assign(fixture.context.writes, { recover: async () => undefined });
    fixture.entries.push({ ...entry('j2', iso(hour)), state: 'unknown', by: 'eve' });
    const run = wordRunner(fixture.context);
    const ids = async (...words: string[]) => {
      const { lines: text, faults } = await run(words, new AbortController().signal);
      return faults.length > 0 ? faults.map(({ message }) => message) : JSON.parse(text.join('\n'));
    };
    expect(await ids('journal', 'list', '--filter', 'state:unknown|refused', '--json')).toMatchObject([{ id: 'j2' }]);
    expect(await ids('journal', 'list', '--filter', '-by:eve', '--limit', '1', '--json')).toMatchObject([{ id: 'j1' }]);
    expect(await ids('request', 'list', '--filter', 'state:done', '--json')).toEqual([]);
    expect(await ids('request', 'list', '--filter', 'colour:red')).toEqual([
      expect.stringContaining('no field "colour"'),
    ]);
  });
});
