import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { times } from '../../src/model/money.ts';
import type { PlanMoney, PlanMoneyTotals } from '../../src/model/plan-money.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { type Home, openHome } from './home.ts';

/** Money through the whole program, at every vendor of the sandbox. */
let home: Home;
let rows: readonly Subscription[];
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 300 } });
  expect(await home.words('sync')).toMatchObject({ code: 0, stderr: '' });
  rows = (await home.words('subscription', 'list', '--json')).json();
}, 60_000);
afterAll(() => home.close());

function someRow(connection: string, is: (row: Subscription) => boolean = () => true): Subscription {
  const active = (row: Subscription) => row.status === 'active' && !row.isTrial && (row.quantity ?? 0) > 4;
  const found = rows.find((row) => row.connection === connection && active(row) && is(row));
  return found ?? expect.fail(`no such row on ${connection}`);
}

const show = async ({ ref }: Subscription) => (await home.words('subscription', 'show', ref, '--offline')).stdout;

async function moneyOf(...words: readonly string[]): Promise<PlanMoney | null> {
  const { stdout, stderr, json } = await home.words('subscription', ...words, '--dry-run', '--json');
  expect(stdout, stderr).toContain('"plan"');
  const [plan] = json<{ plan: readonly { money: PlanMoney | null }[] }>().plan;
  return plan === undefined ? expect.fail('nothing is planned') : plan.money;
}

test.each(['cloudmore-reseller', 'interworks'])('%s: a plan multiplies the price of one unit', async (connection) => {
  const row = someRow(connection, ({ prices }) => prices.length > 0);
  const [price = expect.fail('no price')] = row.prices;
  const seats = (row.quantity ?? 0) - 1;
  expect(await moneyOf('set-quantity', row.ref, String(seats))).toMatchObject({
    ...{ price, basis: 'unit', noPrice: null, charged: null },
    ...{ from: times(price.amount, seats + 1), to: times(price.amount, seats), change: times(price.amount, -1) },
  });
  expect(await show(row)).toMatch(/^Cost +[\d,.]+ [A-Z]{3}/m);
});

test('cloudcockpit: a plan shows the price until the connection says what it is for', async () => {
  const row = someRow('cloudcockpit', ({ prices }) => prices.some(({ kind }) => kind === 'list'));
  const words = ['set-quantity', row.ref, String((row.quantity ?? 0) - 1)];
  expect(await moneyOf(...words)).toMatchObject({ basis: 'unknown', from: null, to: null, change: null });
  const { stdout } = await home.words('subscription', ...words, '--dry-run');
  expect(stdout).toMatch(/The price is [\d,.≈]+ [A-Z]{3}.* \(list\); it may be per unit or in total\./);
  expect((await home.words('connection', 'set', 'cloudcockpit', 'assume.price-per-unit=unit')).code).toBe(0);
  const [price] = row.prices;
  expect(await moneyOf(...words)).toMatchObject({ basis: 'unit', change: times(price?.amount ?? '', -1) });
  expect((await home.words('connection', 'set', 'cloudcockpit', 'assume.price-per-unit=')).code).toBe(0);
});

test('lineworks: a plan says that the vendor gives no price', async () => {
  const row = someRow(
    'lineworks',
    ({ billing }) => billing?.endsWith('LICENSE') === true && !billing.startsWith('FREE'),
  );
  const words = ['set-quantity', row.ref, String((row.quantity ?? 0) - 1)];
  expect(await moneyOf(...words)).toMatchObject({ price: null, noPrice: 'LINE WORKS gives no price.' });
  expect((await home.words('subscription', ...words, '--dry-run')).stdout).toContain('  LINE WORKS gives no price.\n');
});

test('"are we charged if we cancel today?" is answered by the plan and by show', async () => {
  for (const connection of ['cloudmore-reseller', 'cloudcockpit', 'interworks']) {
    const row = someRow(connection);
    const planned = await moneyOf('cancel', row.ref);
    expect(planned?.charged?.sentence).toMatch(/charged/);
    expect(await show(row)).toMatch(/^If cancelled now +\S/m);
    expect(await show(row)).toContain(planned?.charged?.sentence);
    const plan = await home.words('subscription', 'cancel', row.ref, '--dry-run');
    expect(plan.stdout).toContain(planned?.charged?.sentence);
  }
  const paid = someRow('lineworks', ({ billing }) => billing?.startsWith('ANNUAL') === true);
  expect(await show(paid)).toMatch(/If cancelled now .*today/);
  const over = rows.find(({ status }) => status === 'cancelled');
  expect(over === undefined ? '' : await show(over)).not.toContain('If cancelled now');
});

test('a plan file adds up what it changes, for each currency and kind of price', async () => {
  const priced = rows.filter(({ connection, status, prices, quantity, isTrial, isAddon }) => {
    const isChanged = status === 'active' && (quantity ?? 0) > 4 && prices.length > 0 && !isTrial && !isAddon;
    return connection === 'cloudmore-reseller' && isChanged;
  });
  const chosen = [...priced.slice(0, 6), someRow('cloudcockpit', ({ prices }) => prices.length > 0)];
  const csv = join(home.path, 'seats.csv');
  const file = join(home.path, 'seats.plan');
  writeFileSync(
    csv,
    ['ref,quantity', ...chosen.map(({ ref, quantity }) => `${ref},${(quantity ?? 0) - 1}`)].join('\n'),
  );
  const made = await home.words('plan', 'create', file, '--from', csv, '--json');
  const { money } = made.json<{ money: PlanMoneyTotals }>();
  const currencies = new Set(chosen.slice(0, -1).map(({ prices: [price] }) => price?.currency));
  expect(money.sums.map(({ currency }) => currency).toSorted()).toEqual([...currencies].toSorted());
  expect(money.sums.reduce((sum, each) => sum + each.rows, 0)).toBe(chosen.length - 1);
  expect(money).toMatchObject({ uncounted: 1, withoutPrice: 0 });
  const shown = await home.words('plan', 'show', file);
  expect(shown.stderr).toMatch(/^Cost: −[\d,.]+ [A-Z]{3} \(unit, \d rows?\)\.$/m);
  expect(shown.stderr).toContain('Cost: 1 row: price not added up.');
  const listed = (await home.words('plan', 'show', file, '--json')).json<{
    money: PlanMoneyTotals;
    rows: readonly { money: PlanMoney }[];
  }>();
  expect(listed.money).toEqual(money);
  const [heads = '', first = ''] = (await home.words('plan', 'show', file, '--csv')).stdout.split('\r\n');
  expect(heads).toMatch(/,priceKind,price,currency,period,basis,from,to,change$/);
  expect(first).toMatch(/,unit,[\d.]+,[A-Z]{3},,unit,[\d.]+,[\d.]+,'?-[\d.]+$/);
  expect(listed.rows.map((row) => row.money.price?.amount)).toEqual(chosen.map(({ prices: [price] }) => price?.amount));
});
