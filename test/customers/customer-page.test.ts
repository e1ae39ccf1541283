import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { addonsOf, hasText } from '../../src/customers/customer-addons.ts';
import { customerPage } from '../../src/customers/customer-page.ts';
import { moneyOfRows } from '../../src/customers/customer-rows.ts';
import { moneyLines } from '../../src/customers/customer-words.ts';
import { organizationAt } from '../../src/customers/organization.ts';
import type { Addon } from '../../src/model/subscription.ts';
import { groupsOf } from '../../src/today/groups.ts';
import { fill, named, noon, row } from '../store/rows.ts';
import { openToday } from '../today/fixture.ts';

const accounts = [
  { name: 'nordic', vendor: 'cloudmore', account: 'cloudmore https://n' },
  { name: 'bss', vendor: 'interworks', account: 'interworks https://b' },
] as const;
const acme = { nordic: named('o-1', 'Acme Oy'), bss: named('7', 'Acme Oy') };
const zed = named('o-2', 'Zed');

function openPage() {
  const fixture = openToday();
  const { cache, journal } = fixture;
  cache.declareConnections(accounts.map((each) => ({ ...each, title: '', impliedLevels: [] })));
  const deps = { cache, journal, connections: accounts };
  const organizations = () =>
    [organizationAt(deps, 'nordic', 'o-1'), organizationAt(deps, 'bss', '7')].filter((each) => each !== null);
  const accountOf = (connection: string) => accounts.find(({ name }) => name === connection)?.account ?? null;
  const page = () =>
    customerPage({ ...fixture, accountOf, asksAddons: () => true }, { organizations: organizations() }, noon);
  return { ...fixture, organizations, page };
}

const price = (amount: string, currency: string) => [{ kind: 'list', amount, currency: safeText(currency) }] as const;

test('shows the rows, deadlines, requests, journal and changes of its organizations', async () => {
  const fixture = openPage();
  const { cache, page } = fixture;
  const closing = { cancellableUntil: '2026-11-22T00:00:00Z' };
  const own = row({ id: 'a', organization: acme.nordic, ...closing });
  const others = row({ id: 'z', organization: zed, ...closing });
  const rows = [own, row({ id: 'b', organization: acme.nordic, quantity: 5 }), others];
  fill(cache, rows);
  fill(cache, [row({ id: 'a', connection: 'bss', vendor: 'interworks', organization: acme.bss })], {}, 'bss');
  fill(cache, [...rows.filter(({ id }) => id !== 'b'), row({ id: 'b', organization: acme.nordic, quantity: 9 })]);
  const request = await fixture.requested(own);
  await fixture.requested(others);
  const gone = row({ id: 'gone', organization: acme.nordic });
  const earlier = await fixture.wrote('done', { ref: gone.ref, target: gone, account: accounts[0].account });
  const creation = await fixture.wrote('done', { ref: 'nordic/new:o-1/s-1/p-1', target: null });
  await fixture.wrote('done', { ref: 'nordic/new:o-12/s-1/p-1', target: null });
  await fixture.wrote('done', { ref: 'nordic/gone-too', target: row({ id: 'gone-too', organization: zed }) });
  const shown = page();
  expect(shown.rows.map(({ ref }) => ref)).toEqual(['nordic/a', 'bss/a', 'nordic/b']);
  expect(shown.items.map(({ ref, kind }) => [ref, kind])).toEqual([['nordic/a', 'cancellation']]);
  expect(shown.requests.map(({ id }) => id)).toEqual([request]);
  expect(shown.entries.map(({ id }) => id)).toEqual([creation, earlier, request]);
  expect(shown.changes.map(({ ref, field, from, to }) => [ref, field, from, to])).toEqual([
    ['nordic/b', 'quantity', '5', '9'],
  ]);
  expect(shown.readAt).toBe('2026-11-21T11:00:00.000Z');
});

test('Today groups the organizations of a linked customer as one', async () => {
  const fixture = openPage();
  const { cache, journal, page } = fixture;
  const closing = { cancellableUntil: '2026-11-22T00:00:00Z', quantity: 5 };
  fill(cache, [row({ id: 'a', organization: acme.nordic, ...closing })]);
  fill(
    cache,
    [row({ id: 'b', connection: 'bss', vendor: 'interworks', organization: acme.bss, ...closing })],
    {},
    'bss',
  );
  const groups = () =>
    groupsOf(page().items, 'organization', 'due').map(({ label, count, seats }) => [label, count, seats]);
  expect(groups()).toEqual([
    ['Acme Oy (nordic)', 1, 5],
    ['Acme Oy (bss)', 1, 5],
  ]);
  const organizations = fixture.organizations().map(({ key, name }) => ({ key, name }));
  await journal.link({ action: 'link', customer: 'Acme Group', organizations, at: '2026-11-21T12:00:00Z', by: 'anna' });
  expect(groups()).toEqual([['Acme Group', 2, 10]]);
});

test('adds prices up by kind, currency and period, exactly, without what is over', () => {
  const billed = (id: string, billing: string | null, amount: string, currency = 'EUR') =>
    row({ id, billing: billing === null ? null : safeText(billing), prices: price(amount, currency) });
  const money = moneyOfRows(
    [
      billed('a', 'Monthly', '0.10'),
      billed('b', 'Monthly', '0.20'),
      billed('c', 'Annual', '12'),
      billed('d', 'Monthly', '5', 'USD'),
      billed('e', null, '7.50'),
      row({ id: 'f' }),
      { ...billed('g', 'Monthly', '1000'), status: 'cancelled' },
    ],
    () => 'total',
  );
  expect(money.unpriced).toBe(1);
  expect(
    money.sums.map(({ amount, currency, period, subscriptions }) => [amount, currency, period, subscriptions]),
  ).toEqual([
    ['0.30', 'EUR', 'month', 2],
    ['12', 'EUR', 'year', 1],
    ['5', 'USD', 'month', 1],
    ['7.50', 'EUR', null, 1],
  ]);
  expect(moneyLines(money).map(({ amount, about }) => `${amount} | ${about}`)).toEqual([
    '0.30 EUR a month | the list prices of 2 subscriptions',
    '12 EUR a year | the list prices of one subscription',
    '5 USD a month | the list prices of one subscription',
    '7.50 EUR | the list prices of one subscription',
    '– | one subscription without a price',
  ]);
});

test('finds add-ons in what was kept, and says what was never read and how to read it', () => {
  const { cache } = openPage();
  const rows = [
    row({ id: 'a', name: 'Mail', organization: acme.nordic }),
    row({ id: 'b', organization: named('o 1;x', 'Acme Oy') }),
    row({ id: 'extra', name: 'Extra space', isAddon: true, parentId: 'a', organization: acme.nordic }),
    row({ id: 'v', connection: 'vm', organization: acme.nordic }),
  ];
  fill(
    cache,
    rows.filter(({ connection }) => connection === 'nordic'),
  );
  const addon: Addon = {
    ...{ id: 'AO-1', name: safeText('Archive 50 GB'), quantity: 3, status: 'active', cancelAtPeriodEnd: false },
    endsAt: null,
  };
  const kept = { connection: 'nordic', id: 'a', read: 'addons', account: accounts[0].account, askedAt: noon } as const;
  expect(cache.keepAnswer({ ...kept, value: [addon, { ...addon, id: 'extra' }] }).isKept).toBe(true);
  const cached = rows.map((each) => ({ ...each, sameAs: [], missingSince: null }));
  const found = addonsOf(cache, cached, (connection) => connection === 'nordic');
  expect(found.addons.map(({ id, ref, of, readAt }) => [id, ref, of, readAt])).toEqual([
    ['AO-1', 'nordic/a', 'Mail', '2026-11-21T12:00:00.000Z'],
    ['extra', 'nordic/extra', 'Extra space', '2026-11-21T11:00:00.000Z'],
  ]);
  expect([found.unread, found.commands]).toEqual([1, [`subdeck sync --details --within 'organization=nordic/o 1;x'`]]);
  expect(
    ['archive', 'ao-1', ' EXTRA', 'mail'].map((text) => found.addons.filter((one) => hasText(one, text)).length),
  ).toEqual([1, 1, 1, 0]);
  cache.outdateAnswers('nordic', 'a');
  expect(addonsOf(cache, cached, () => true).addons.map(({ isOutdated }) => isOutdated)).toEqual([true, false]);
});
