import { beforeEach, describe, expect, test } from 'vitest';
import { assumptions, dropsChanges, sidesDiffer } from '../../src/sandbox/cloudcockpit/assumptions.ts';
import { type Detail, type Page, type Refusal, type Row, type Session, signedIn } from './cloudcockpit-session.ts';
import { connected, given, heldClock, json } from './running.ts';

let clock: ReturnType<typeof heldClock>;
let session: Session;
let rows: readonly Row[];
beforeEach(async () => {
  clock = heldClock();
  session = await signedIn(await connected('cloudcockpit', { scale: 3000, speed: 2 }, clock));
  rows = await session.everything();
});

const changed = { name: 'Renamed', quantity: 7, nextBillingFrequency: { name: 'Annual' } };

describe('a change', () => {
  test('is accepted at once and visible when processed, sooner at a higher speed', async () => {
    const row = plain('Active', ({ billingFrequency }) => billingFrequency.name === 'Monthly');
    const before = await session.detail(row);
    const answer = await session.call('PATCH', session.pathOf(row), { ...changed, autoRenewEnabled: false });
    expect([answer.status, await answer.text()]).toEqual([202, '']);
    clock.move(assumptions.changeDelay / 2 - 1);
    expect(await session.detail(row)).toEqual(before);
    clock.move(1);
    expect(await session.detail(row)).toMatchObject({
      name: 'Renamed',
      quantity: 7,
      autoRenewEnabled: false,
      nextBillingFrequency: { billingFrequency: { name: 'Annual' } },
    });
    const listed = given((await session.everything()).find(({ id }) => id === row.id));
    expect(listed).toMatchObject({ subscriptionName: 'Renamed', quantity: 7 });
  });

  test.each([
    ['without a name', { ...changed, name: undefined }, ['Name']],
    ['with a name too long', { ...changed, name: 'x'.repeat(256) }, ['Name']],
    ['without a quantity', { ...changed, quantity: undefined }, ['Quantity']],
    ['to zero seats', { ...changed, quantity: 0 }, ['Quantity']],
    ['without any required field', {}, ['Name', 'Quantity', 'NextBillingFrequency']],
    ['with a renewal that lacks its term', { ...changed, autoRenewSettings: {} }, ['AutoRenewSettings']],
  ])('%s is refused, and the error names the properties', async (_what, body, properties) => {
    const answer = await session.call('PATCH', session.pathOf(plain('Active')), body);
    expect(answer.status).toBe(400);
    const { errors } = await json<Refusal>(answer);
    expect(errors.map(({ propertyName }) => propertyName)).toEqual(properties);
  });

  test('of some rows is accepted and never becomes visible', async () => {
    const row = given(rows.find((one, index) => dropsChanges(index) && one.subscriptionStatus.name === 'Active'));
    expect((await session.call('POST', `${session.pathOf(row)}/suspend`)).status).toBe(202);
    clock.move(60_000);
    expect((await session.detail(row)).status.name).toBe('Active');
  });
});

describe('a cancellation', () => {
  test('is accepted within its window, and the subscription stays listed as deleted', async () => {
    const row = plain('Active', isOpen);
    expect((await session.call('DELETE', session.pathOf(row))).status).toBe(202);
    clock.move(assumptions.changeDelay);
    expect((await session.detail(row)).status.name).toBe('Deleted');
    expect((await session.everything()).map(({ id }) => id)).toContain(row.id);
    expect((await session.call('DELETE', session.pathOf(row))).status).toBe(400);
  });

  test('is refused after its window', async () => {
    const row = plain('Active', ({ cancellationAllowedUntil: until }) => until !== null && until < '2026-11-20');
    const answer = await session.call('DELETE', session.pathOf(row));
    expect(answer.status).toBe(400);
    expect(await json(answer)).toMatchObject({ errors: [{ propertyName: 'CancellationAllowedUntil' }] });
  });

  test('is a 409 with both sides where portal and provider differ', async () => {
    const row = given(rows.find((one, index) => sidesDiffer(index) && one.subscriptionStatus.name === 'Active'));
    const answer = await session.call('DELETE', session.pathOf(row));
    expect(answer.status).toBe(409);
    const sides = await json<{ portalSubscription: Detail; providerSubscription: Detail }>(answer);
    expect(sides.portalSubscription.quantity).toBe(row.quantity);
    expect(sides.providerSubscription.quantity).toBe(row.quantity + 1);
    clock.move(60_000);
    expect((await session.detail(row)).status.name).toBe('Active');
  });
});

test('suspend and reactivate alternate', async () => {
  const row = plain('Active');
  const path = session.pathOf(row);
  expect((await session.call('POST', `${path}/reactivate`)).status).toBe(400);
  expect((await session.call('POST', `${path}/suspend`)).status).toBe(202);
  const suspended = () =>
    json<Page<Row>>(
      session.call('GET', `/v1/customers/${row.customerId}/subscriptions?subscriptionStatuses=Suspended`),
    );
  const { totalCount } = await suspended();
  clock.move(assumptions.changeDelay);
  expect((await session.detail(row)).status.name).toBe('Suspended');
  expect((await suspended()).totalCount).toBe(totalCount + 1);
  expect((await session.call('POST', `${path}/suspend`)).status).toBe(400);
  expect(
    (
      await session.call(
        'POST',
        `${path.toUpperCase().replace(row.customerId.toUpperCase(), row.customerId).replace(row.id.toUpperCase(), row.id)}/REACTIVATE`,
      )
    ).status,
  ).toBe(202);
  clock.move(assumptions.changeDelay);
  expect((await session.detail(row)).status.name).toBe('Active');
});

test('an expired subscription can be neither changed nor reactivated', async () => {
  const row = plain('Expired');
  expect((await session.call('PATCH', session.pathOf(row), changed)).status).toBe(400);
  expect((await session.call('POST', `${session.pathOf(row)}/reactivate`)).status).toBe(400);
});

test('a purchase order number is a bare JSON string', async () => {
  const path = `${session.pathOf(plain('Active'))}/po-number`;
  expect((await session.call('PATCH', path, 'PO 2026/7')).status).toBe(204);
  expect((await session.call('PATCH', path, { number: 1 })).status).toBe(400);
});

test('an order is open until it is provisioned; then its subscription exists', async () => {
  const row = plain('Active');
  const order = {
    offerId: row.offerId,
    customerId: row.customerId,
    providerInstanceId: await providerOf(row),
    subscriptionName: 'Ordered here',
    termDuration: { name: 'OneYear' },
    billingFrequency: { name: 'Monthly' },
    segment: { name: 'Commercial' },
    operation: 'CreateSubscription',
    quantity: 3,
    autoRenewEnabled: true,
  };
  const { id } = await json<{ id: string }>(session.call('POST', '/v1/Orders', order));
  const open = () =>
    json<readonly { id: string; status: { name: string } }[]>(
      session.call('GET', `/v1/Orders/customers/${row.customerId}`),
    );
  expect(await open()).toMatchObject([{ id, status: { name: 'Processing' } }]);
  clock.move(assumptions.orderDelay / 2);
  expect(await open()).toMatchObject([{ id, status: { name: 'Provisioning' } }]);
  clock.move(assumptions.orderDelay / 2);
  expect(await open()).toEqual([]);
  const list = await json<Page<Row>>(
    session.call('GET', `/v1/customers/${row.customerId}/subscriptions?pageSize=2000`),
  );
  const ordered = given(given(list.items).find(({ subscriptionName }) => subscriptionName === 'Ordered here'));
  expect(await session.detail(ordered)).toMatchObject({ quantity: 3, status: { name: 'Active' } });
});

/** A row with this status and no special behaviour. The list is sorted by start date, like the dataset. */
function plain(status: string, also: (row: Row) => boolean = () => true): Row {
  return given(
    rows.find(
      (row, index) =>
        row.subscriptionStatus.name === status && !dropsChanges(index) && !sidesDiffer(index) && also(row),
    ),
  );
}

function isOpen({ cancellationAllowedUntil }: Row): boolean {
  return cancellationAllowedUntil !== null && cancellationAllowedUntil > '2026-11-22';
}

async function providerOf(row: Row): Promise<string> {
  const { providerInstanceId } = await json<{ providerInstanceId: string }>(session.call('GET', session.pathOf(row)));
  return providerInstanceId;
}
