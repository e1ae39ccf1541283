import { afterEach, describe, expect, it } from 'vitest';
import { destinationOf } from '../../src/commands/keys/effects/jumps.ts';
import { suggestions } from '../../src/commands/keys/effects/suggestions.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { frameOf } from '../screens/frame.tsx';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, safe, subscription } from './rows.ts';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

function of(customer: string, product: string, id: string): Subscription {
  const node = { id: `p-${product}`, name: safe(product) };
  const organization = { id: `c-${customer.slice(0, 4).toLowerCase()}`, name: safe(customer) };
  return subscription({
    id,
    name: safe(product),
    product: node,
    organization,
    services: [{ id: 'v1', name: safe('Cloud') }],
  });
}

const rows = [
  of('Lindqvist Bakeri AB', 'Mail Pro', 'a-1'),
  of('Lindqvist Bakeri AB', 'Backup Plus', 'a-2'),
  of('Lindqvist Bakeri AB', 'Mail Basic', 'a-3'),
  of('Northwind Traders', 'Mail Pro', 'b-1'),
  of('Northwind Traders', 'Mail Basic', 'b-2'),
];

function start(list: readonly Subscription[] = rows): TestConsole {
  open = makeConsole(makeFixture(list));
  return open;
}

const offered = (console: TestConsole) => suggestions(console.store, console.deps);

describe('the palette', () => {
  it('combines words: a customer and a product, in any order', () => {
    const console = start();
    for (const words of ['lindq mail pro', 'mail pro lindqvist', 'pro bakeri mail']) {
      console.type(`:${words}`);
      const [first] = offered(console);
      expect(first, words).toMatchObject({ does: 'hit', hit: { target: { ref: 'nordic/a-1' } } });
      console.type('<escape>');
    }
  });

  it('counts short words too: a customer is told from others by its number', () => {
    const console = start([of('Customer 3', 'Mail Pro', 'c3'), of('Customer 4', 'Mail Pro', 'c4')]);
    console.type(':mail customer 4');
    expect(offered(console).map(({ hit }) => hit?.target)).toEqual([{ kind: 'subscription', ref: 'nordic/c4' }]);
  });

  it('puts first the row where the words of a pasted ticket meet', () => {
    const console = start();
    console.type(':');
    console.paste(
      'Hi,\nNorthwind Traders called. They want 5 fewer seats of their Mail Basic\nas soon as possible. Thanks, Ada',
    );
    const [first] = offered(console);
    expect(first).toMatchObject({ hit: { target: { ref: 'nordic/b-2' } } });
    expect(first?.summary).toContain('“Northwind Traders” and “mail basic”');
    console.type('<enter>');
    expect(console.screen()).toMatchObject({ kind: 'subscription', ref: 'nordic/b-2' });
  });

  it('still puts a very id of a ticket before what is named', () => {
    const console = start();
    console.type(':');
    console.paste('Northwind Traders, Mail Basic:\nplease cancel nordic/a-2');
    expect(offered(console)[0]).toMatchObject({ hit: { target: { ref: 'nordic/a-2' } } });
  });

  it('finds a customer by its id, in any case and without a connection', () => {
    const console = start();
    console.type(':C-NORT');
    expect(offered(console)[0]).toMatchObject({ text: 'Northwind Traders', hit: { exact: true } });
  });

  it.each<[string, object]>([
    ['subscriptions /qty>5', { kind: 'subscriptions', filterText: 'qty>5' }],
    ['subscriptions qty>5', { kind: 'subscriptions', filterText: 'qty>5' }],
    ['orgs seats>5', { kind: 'level', level: 'organization', filterText: 'seats>5' }],
    ['subs/bakeri', { kind: 'subscriptions', filterText: 'bakeri' }],
    ['/bakeri', { kind: 'subscriptions', filterText: 'bakeri' }],
    ['orgs', { kind: 'level', level: 'organization', filterText: '' }],
    ['orgs /seats>5', { kind: 'level', level: 'organization', filterText: 'seats>5' }],
    ['svc', { kind: 'level', level: 'service' }],
    ['sellers /nordic', { kind: 'level', level: 'seller', filterText: 'nordic' }],
    ['@nordic /mail', { kind: 'subscriptions', filterText: 'connection=nordic mail' }],
    ['journal /state:done', { kind: 'journal', filterText: 'state:done' }],
    ['today /bakeri', { kind: 'today', view: { filterText: 'bakeri' } }],
    ['changes', { kind: 'changes', since: { text: '7d' } }],
  ])('opens a list as people of k9s type it: %s', (line, screen) => {
    const console = start();
    console.type(`:${line}`);
    console.type('<enter>');
    expect(console.screen()).toMatchObject(screen);
    expect(console.overlay()).toBeNull();
  });

  it('says what is wrong with the filter behind a list, and stays open', () => {
    const console = start();
    expect(destinationOf('subscription list --filter status:active', [], 0)).toBeNull();
    console.type(':subs colour:red');
    expect(frameOf(console).join('\n')).toContain('There is no field "colour"');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'palette' });
  });
});

describe('the help', () => {
  it.each([
    [80, 24],
    [120, 40],
  ])('is searched by words, over keys of every screen and commands, at %i×%i', (columns, rows) => {
    open = makeConsole(makeFixture(manyRows(12)), { columns, rows });
    open.type('?/');
    open.type('cancel quit');
    expect(frameOf(open).join('\n')).toContain('Nothing in the help has these words.');
    open.type('<ctrl+u>snooze');
    const found = frameOf(open).join('\n');
    expect(found).toMatch(/\/ snooze/);
    expect(found).toMatch(/z +hide the item/);
    expect(found).toContain(':today snooze');
    open.type('<escape>');
    expect(open.overlay()).toMatchObject({ kind: 'help', find: null });
    expect(frameOf(open).join('\n')).toContain('On this screen');
    open.type('<escape>');
    expect(open.overlay()).toBeNull();
  });
});
