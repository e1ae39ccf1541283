import { beforeEach, describe, expect, test } from 'vitest';
import { type Row, refusal, type Session, signedIn } from './lineworks-session.ts';
import { connected, given, json } from './running.ts';

let session: Session;
let rows: readonly Row[];
beforeEach(async () => {
  session = await signedIn(await connected('lineworks', { scale: 1500, today: '2026-11-21', rateLimits: false }));
  rows = await session.everything();
});

const renewal = (row: Row) => `${session.pathOf(row)}/renewal`;
const reservation = (row: Row) => `${session.pathOf(row)}/reservation`;

describe('a renewal', () => {
  test('can be changed to fewer licences, to a cancellation, and back', async () => {
    const row = licensed();
    const fewer = { type: 'CHANGE', licenseCount: given(row.licenseCount) - 1 };
    expect(await json(session.call('PATCH', renewal(row), fewer))).toMatchObject({ ...fewer, plan: row.plan });
    expect(await json(session.call('GET', renewal(row)))).toMatchObject(fewer);
    expect((await reread(row)).renewal).toMatchObject(fewer);
    expect((await reread(row)).licenseCount).toBe(row.licenseCount);
    await session.call('PATCH', renewal(row), { type: 'CANCEL' });
    expect((await reread(row)).renewal).toMatchObject({ type: 'CANCEL' });
    await session.call('PATCH', renewal(row), { type: 'STAY' });
    expect((await reread(row)).renewal).toMatchObject({ type: 'STAY', licenseCount: row.licenseCount });
  });

  test.each([
    ['no type', {}, '400 MISSING_PARAMETER'],
    ['an unknown type', { type: 'MAYBE' }, '400 INVALID_PARAMETER'],
    ['a change to nothing', { type: 'CHANGE' }, '400 MISSING_PARAMETER'],
    ['too many licences', { type: 'CHANGE', licenseCount: 1_000_001 }, '400 OUT_OF_RANGE'],
    ['licences on a plan without them', { type: 'CHANGE', plan: 'MONTHLY', licenseCount: 5 }, '400 INVALID_PARAMETER'],
    ['a product of another group', { type: 'CHANGE', productId: 'XYZ_1' }, '400 INVALID_PARAMETER'],
  ])('with %s is refused', async (_what, body, expected) => {
    expect(await refusal(session.call('PATCH', renewal(licensed()), body))).toBe(expected);
  });

  test('does not exist for a trial', async () => {
    const row = given(rows.find(({ plan, renewal: own }) => plan === 'TRIAL' && own === null));
    expect(await refusal(session.call('GET', renewal(row)))).toBe('404 NOT_FOUND');
    expect(await refusal(session.call('PATCH', renewal(row), { type: 'STAY' }))).toBe('400 BAD_REQUEST');
  });
});

describe('a reservation', () => {
  test('is created, read, moved and withdrawn; only one exists at a time', async () => {
    const row = await unreserved(licensed);
    const wanted = { type: 'ADD_LICENSE', applyDate: '2026-11-22', licenseCount: 3 };
    const made = await session.call('POST', reservation(row), wanted);
    expect(made.status).toBe(201);
    expect(await made.text()).toContain(`"subscriptionId":${row.subscriptionId},`);
    expect(await refusal(session.call('POST', reservation(row), wanted))).toBe('409 ALREADY_EXIST');
    const moved = given(row.planEndDate);
    expect(await json(session.call('PATCH', reservation(row), { applyDate: moved }))).toMatchObject({
      ...wanted,
      applyDate: moved,
    });
    expect(await refusal(session.call('PATCH', reservation(row), { licenseCount: 9 }))).toBe('400 INVALID_PARAMETER');
    expect((await session.call('DELETE', reservation(row))).status).toBe(204);
    expect(await refusal(session.call('GET', reservation(row)))).toBe('404 NOT_FOUND');
  });

  test.each([
    ['for today', { type: 'CANCEL', applyDate: '2026-11-21' }, '400 OUT_OF_RANGE'],
    ['two days after the contract', { type: 'CANCEL', applyDate: '2031-01-01' }, '400 OUT_OF_RANGE'],
    ['without a day', { type: 'CANCEL' }, '400 MISSING_PARAMETER'],
    ['with an invalid day', { type: 'CANCEL', applyDate: 'soon' }, '400 INVALID_PARAMETER'],
    ['of an unknown type', { type: 'GROW', applyDate: '2026-11-22' }, '400 INVALID_PARAMETER'],
    [
      'of paid service for a paid plan',
      { type: 'START_PAID_SERVICE', applyDate: '2026-11-22', plan: 'MONTHLY' },
      '400 BAD_REQUEST',
    ],
  ])('%s is refused', async (_what, body, expected) => {
    expect(await refusal(session.call('POST', reservation(await unreserved(licensed)), body))).toBe(expected);
  });

  test('of paid service keeps a trial from being deleted until it starts', async () => {
    const row = await unreserved(() => rows.find(({ plan, status }) => plan === 'TRIAL' && status === 'ACTIVE'));
    const wanted = { type: 'START_PAID_SERVICE', applyDate: '2026-11-22', plan: 'ANNUAL_LICENSE', licenseCount: 4 };
    expect((await session.call('POST', reservation(row), wanted)).status).toBe(201);
    expect(await refusal(session.call('DELETE', session.pathOf(row)))).toBe('409 CONFLICT');
    const paid = await session.call('POST', `${session.pathOf(row)}/paid-service`, {
      plan: 'ANNUAL_LICENSE',
      licenseCount: 4,
    });
    expect(paid.status).toBe(200);
    expect(await reread(row)).toMatchObject({ plan: 'ANNUAL_LICENSE', licenseCount: 4, renewal: { type: 'STAY' } });
    expect(await refusal(session.call('GET', reservation(row)))).toBe('404 NOT_FOUND');
  });
});

test('a deleted subscription is missing from the list and by id', async () => {
  const row = await unreserved(licensed);
  expect((await session.call('DELETE', session.pathOf(row))).status).toBe(204);
  expect((await session.rowsOf(row.domainId)).map(({ subscriptionId }) => subscriptionId)).not.toContain(
    row.subscriptionId,
  );
  expect((await session.call('GET', session.pathOf(row))).status).toBe(404);
});

test('a product can be ordered once', async () => {
  const { domainId } = given(rows[0]);
  const list = `/partners/customers/${domainId}/subscriptions`;
  const wanted = { productId: 'XYZ_1', plan: 'ANNUAL_LICENSE', licenseCount: 2 };
  expect((await session.call('POST', list, wanted)).status).toBe(201);
  expect((await session.rowsOf(domainId)).map(({ productId }) => productId)).toContain('XYZ_1');
  expect(await refusal(session.call('POST', list, wanted))).toBe('409 ALREADY_EXIST');
});

test('an order in advance is for tomorrow at the earliest, 31 days at the latest', async () => {
  const list = `/partners/customers/${given(rows[0]).domainId}/subscriptions/pre-orders`;
  const order = (applyDate: string) => session.call('POST', list, { applyDate, productId: 'STD', plan: 'MONTHLY' });
  expect(await refusal(order('2026-11-21'))).toBe('400 OUT_OF_RANGE');
  expect(await refusal(order('2026-12-23'))).toBe('400 OUT_OF_RANGE');
  const answer = await order('2026-12-22');
  expect(answer.status).toBe(201);
  expect(await json(answer)).toMatchObject({ subscriptionPreOrders: [{ productId: 'STD', applyDate: '2026-12-22' }] });
});

function licensed(): Row {
  return given(
    rows.find(
      ({ plan, licenseCount, planEndDate }) =>
        plan.endsWith('_LICENSE') && (licenseCount ?? 0) > 1 && (planEndDate ?? '') > '2026-12-01',
    ),
  );
}

/** A row that matches and has no reservation, whatever the dataset contained. */
async function unreserved(find: () => Row | undefined): Promise<Row> {
  const row = given(find());
  await session.call('DELETE', reservation(row));
  return row;
}

async function reread(row: Row): Promise<Row> {
  return given(
    (await session.rowsOf(row.domainId)).find(({ subscriptionId }) => subscriptionId === row.subscriptionId),
  );
}
