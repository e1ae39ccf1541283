import { afterEach, describe, expect, it } from 'vitest';
import type { Addon } from '../../src/model/subscription.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { screenText } from '../../src/screens/screen-reader/screen-text.ts';
import { frameOf } from '../../src/state/customer-screen.ts';
import { frameOf as screenOf } from '../screens/frame.tsx';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { noon, safe, subscription } from './rows.ts';

const acme = [
  subscription({ id: 'n-1', name: safe('Mail Pro'), cancellableUntil: '2026-11-22T00:00:00Z' }),
  subscription({ id: 'n-2', name: safe('Backup 100'), quantity: 10 }),
  subscription({ id: 'b-1', connection: 'bss', name: safe('Voice'), organization: { id: '7', name: safe('ACME oy') } }),
  subscription({ id: 'l-1', connection: 'line', organization: { id: '9', name: safe('Zed') }, name: safe('Chat') }),
  subscription({ id: 'n-3', organization: { id: 'o2', name: safe('Omega') }, name: safe('Fax') }),
];

describe('a customer on one page', () => {
  let open: TestConsole | null = null;
  afterEach(() => open?.stop());

  async function start() {
    const fixture = makeFixture(acme);
    const console = makeConsole(fixture);
    open = console;
    return { fixture, console };
  }

  /** Puts the cursor on a row of a list of all subscriptions. */
  function goTo(console: TestConsole, name: string) {
    const screen = console.screen();
    if (screen.kind !== 'subscriptions') throw new Error(screen.kind);
    const at = screen.list.rows.findIndex((row) => row.name === name);
    for (let step = 0; step < at; step += 1) console.type('j');
  }

  const names = (console: TestConsole) => {
    const screen = console.screen();
    return screen.kind === 'subscriptions' ? screen.list.rows.map(({ name }) => name) : [];
  };

  it('opens from a row, suggests organizations of its name, and links them once', async () => {
    const { fixture, console } = await start();
    console.type(':subscriptions<enter>');
    goTo(console, 'Mail Pro');
    console.type('K');
    expect(names(console)).toEqual(['Backup 100', 'Mail Pro']);
    expect(frameOf(console.screen())?.customer).toMatchObject({
      isLinked: false,
      suggestion: { customer: 'Acme Oy', organizations: [{ id: 'o1' }, { id: '7' }] },
    });
    console.type('=');
    await console.until((state) => state.status?.text.includes('2 organizations are one customer') === true);
    expect(names(console)).toEqual(['Backup 100', 'Mail Pro', 'Voice']);
    expect(frameOf(console.screen())?.customer).toMatchObject({ isLinked: true, suggestion: null });
    expect([...fixture.context.journal.links().values()].map((link) => link?.customer)).toEqual(['Acme Oy', 'Acme Oy']);
    console.type('=');
    expect(fixture.context.journal.links().size).toBe(2);
    expect(console.state().status?.text).toContain('No other organization has exactly this name or domain.');
  });

  it('marks, filters and plans only rows of the customer', async () => {
    const { console } = await start();
    console.type(':subscriptions<enter>');
    goTo(console, 'Mail Pro');
    console.type('K*');
    const screen = console.screen();
    expect(screen.kind === 'subscriptions' && [...screen.marks].toSorted()).toEqual(['nordic/n-1', 'nordic/n-2']);
    console.type('/backup<enter>');
    expect(names(console)).toEqual(['Backup 100']);
    console.type('<escape>');
    expect(names(console)).toEqual(['Backup 100', 'Mail Pro']);
    console.type('<escape>');
    expect(frameOf(console.screen())).toBeNull();
  });

  it('keeps its tabs, opens what a row is about, and returns with Esc', async () => {
    const { fixture, console } = await start();
    const addon: Addon = {
      ...{ id: 'AO-1', name: safe('Archive'), quantity: 3, status: 'active', cancelAtPeriodEnd: false, endsAt: null },
    };
    const kept = { connection: 'nordic', read: 'addons', account: 'nordic', askedAt: noon } as const;
    fixture.cache.keepAnswer({ ...kept, id: 'n-2', value: [addon, { ...addon, id: 'AO-2', name: safe('Journal') }] });
    console.type(':subscriptions<enter>');
    goTo(console, 'Backup 100');
    console.type('K<tab>');
    await console.until((state) => frameOf(state.stack.at(-1) ?? console.screen())?.page?.unread === 1);
    const screen = () => {
      const top = console.screen();
      if (top.kind !== 'customer') throw new Error(top.kind);
      return top;
    };
    expect(screen().list.rows.map(({ id }) => id)).toEqual(['["nordic/n-2","AO-1"]', '["nordic/n-2","AO-2"]']);
    console.type('/ao-2<enter>');
    expect([screen().list.total, screen().unfiltered]).toEqual([1, 2]);
    console.type('<enter>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', ref: 'nordic/n-2' });
    console.type('<escape>4');
    expect(screen()).toMatchObject({ tab: 'deadlines', filterText: '' });
    expect(screen().list.rows.map(({ id: _, ...row }) => (row.kind === 'item' ? row.item.ref : null))).toContain(
      'nordic/n-1',
    );
    console.type('A');
    expect(console.overlay()).toMatchObject({
      kind: 'palette',
      line: { text: 'sync --details --within organization=nordic/o1' },
    });
    console.type('<escape>1');
    expect(names(console)).toEqual(['Backup 100', 'Mail Pro']);
    console.type('<shift+tab>');
    expect(screen().tab).toBe('journal');
  });

  it('is found by its name in the palette, linked or not', async () => {
    const { console } = await start();
    const hits = () => {
      const overlay = console.overlay();
      return overlay?.kind === 'palette' ? overlay.hits.filter(({ target }) => target.kind === 'customer') : [];
    };
    console.type(':acme oy');
    expect(hits().map(({ name, about }) => [name, about])).toEqual([
      ['Acme Oy', 'customer? · 2 organizations with this name'],
    ]);
    console.type('<escape>:subscriptions<enter>');
    goTo(console, 'Voice');
    console.type('K=');
    await console.until((state) => state.status?.text.includes('one customer') === true);
    console.type(':acme');
    expect(hits().map(({ name, about }) => [name, about])).toEqual([['ACME oy', 'customer · 2 organizations']]);
    console.type('<enter>');
    expect(names(console)).toEqual(['Backup 100', 'Mail Pro', 'Voice']);
  });

  it('draws a hostile name of a customer without its controls', async () => {
    const { fixture, console } = await start();
    const name = 'Ac\u001b[31mme\u202e\u0007\n';
    const organizations = ['o1', 'o2'].map((id) => ({ key: JSON.stringify(['nordic', id]), name }));
    await fixture.context.journal.link({ action: 'link', customer: name, organizations, at: '2026-11-21', by: name });
    console.type(':subscriptions<enter>');
    goTo(console, 'Fax');
    console.type('K');
    const frames = [screenOf(console).join('\n')];
    console.type(':ac');
    frames.push(screenOf(console).join('\n'));
    const theme = makeTheme({
      contrast: 'normal',
      marks: 'unicode',
      spinner: false,
      colour: false,
      background: 'dark',
    });
    console.type('<escape>');
    frames.push(screenText(console.state(), theme).join('\n'));
    for (const frame of frames) {
      expect(frame).toContain('Ac▯[31mme▯▯▯');
      expect(frame).not.toMatch(/[\u001b\u202e\u0007]/u);
    }
  });

  it('says why a key does nothing, and links nothing by another key', async () => {
    const { fixture, console } = await start();
    console.type(':subscriptions<enter>');
    goTo(console, 'Chat');
    console.type('K');
    expect(frameOf(console.screen())?.customer).toMatchObject({ name: 'Zed', suggestion: null });
    console.type('=');
    console.type('-');
    expect(fixture.context.journal.links().size).toBe(0);
    console.type('<escape>');
    console.type('<escape>');
    console.type('K');
    expect(console.state().status?.text).toContain('Put the cursor on an organization');
  });
});
