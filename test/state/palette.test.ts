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

function of(customer: string, product: string, id: string, owner = customer.slice(0, 4)): Subscription {
  const node = { id: `p-${product}`, name: safe(product) };
  const organization = { id: `c-${owner.toLowerCase()}`, name: safe(customer) };
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

const ticketRows = [
  of('Northern Files AB', 'Archive Files', 'n-1', 'north'),
  of('Helsinki IT Oy', 'Archive Files', 'h-1', 'hel'),
  of('Kuusela Logistics Oy', 'Archive Mailbox', 'k-2', 'kl'),
  of('Kuusela Logistics Oy', 'Archive Files', 'k-1', 'kl'),
  of('Kuusela Foods Oy', 'Archive Mailbox', 'f-1', 'kf'),
  of('Aalto Logistics Oy', 'Archive Files', 'a-1', 'aal'),
  of('株式会社青葉商事', 'LINE WORKS Standard', 'j-1', 'ao'),
  of('株式会社青葉商事', 'LINE WORKS Advanced', 'j-2', 'ao'),
  of('株式会社若葉商事', 'LINE WORKS Standard', 'j-3', 'wa'),
  of('Müller & Söhne GmbH', 'Büro Grün', 'd-1', 'ms'),
  of('Müller Technik GmbH', 'Büro Grün', 'd-2', 'mt'),
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

  it.each<[string, string, string]>([
    [
      'in one sentence',
      'Kuusela Logistics needs two seats of Archive Files less. Our ticket is T-4711.',
      '“Kuusela Logistics” and “archive files”',
    ],
    [
      'by a part of a name',
      'Hi, Kuusela needs 2 seats less of Archive Files. Ref T-4711',
      '“Kuusela” and “archive files”',
    ],
    ['in small letters', 'please take two seats of kuusela’s archive files!', '“Kuusela” and “archive files”'],
    [
      'in several lines, with the signature of the reseller',
      'Hello all,\nwe talked to Kuusela: 2 seats less of\nArchive Files, please.\n\nBest regards\nAda Berg\nHelsinki IT Oy',
      '“Kuusela” and “archive files”',
    ],
  ])('finds the row of a ticket without an id: %s', (_, ticket, words) => {
    for (const how of ['pasted', 'typed'] as const) {
      if (how === 'typed' && ticket.includes('\n')) continue;
      const console = start(ticketRows);
      console.type(how === 'typed' ? `:${ticket}` : ':');
      if (how === 'pasted') console.paste(ticket);
      const [first] = offered(console);
      expect(first, how).toMatchObject({ does: 'hit', hit: { target: { ref: 'nordic/k-1' } } });
      expect(first?.summary, how).toContain(words);
      console.stop();
    }
  });

  it.each([
    [
      '青葉商事様よりご連絡です。\nLINE WORKS Standardを5ライセンス減らしてください。',
      'nordic/j-1',
      '“青葉商事” and “line works standard”',
    ],
    [
      'Guten Tag,\ndie Müller Söhne möchten zwei Plätze weniger für „Büro Grün“.',
      'nordic/d-1',
      '“Müller & Söhne” and “buro grun”',
    ],
    [
      'die MUELLER nicht, aber müller & söhne: büro grün kündigen bitte',
      'nordic/d-1',
      '“Müller & Söhne” and “buro grun”',
    ],
  ])('finds the row of a ticket in other languages: %j', (ticket, ref, words) => {
    const console = start(ticketRows);
    console.type(':');
    console.paste(ticket);
    const [first] = offered(console);
    expect(first).toMatchObject({ hit: { target: { ref } } });
    expect(first?.summary).toContain(words);
  });

  it('finds the row where customer and product meet among many customers of one name', () => {
    const named = Array.from({ length: 60 }, (_, index) =>
      of(`Miller Works ${index} GmbH`, index === 41 ? 'Archive Files' : 'Mail Basic', `m-${index}`, `m${index}`),
    );
    const console = start([...ticketRows, ...named]);
    for (const name of ['Miller', 'Miller Works', 'miller gmbh']) {
      console.type(':');
      console.paste(`Hello,\n${name} called: two seats less of Archive Files, please.\nRegards`);
      expect(offered(console)[0], name).toMatchObject({ hit: { target: { ref: 'nordic/m-41' } } });
      console.type('<escape>');
    }
  });

  it('offers a customer alone where no product is named, nothing for unknown words', () => {
    const console = start(ticketRows);
    console.type(':Hello, Kuusela called, please call back');
    expect(offered(console).map(({ text }) => text)).toEqual(['Kuusela Logistics Oy', 'Kuusela Foods Oy']);
    console.type('<escape>:nobody wants anything from us');
    expect(offered(console)).toEqual([]);
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
