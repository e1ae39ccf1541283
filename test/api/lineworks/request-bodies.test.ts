import { describe, expect, it } from 'vitest';
import { tomorrowAt } from '../../../src/api/lineworks/assumptions.ts';
import { subscriptionOf } from '../../../src/api/lineworks/map.ts';
import { type RequestWords, renewalBody, reservationBody } from '../../../src/api/lineworks/request-bodies.ts';
import { subscriptionWire } from '../../../src/api/lineworks/wire.ts';
import { safeText } from '../../../src/api/text.ts';
import { readRow } from '../../../src/api/wire-row.ts';
import { FaultError } from '../../../src/model/fault.ts';
import type { Subscription } from '../../../src/model/subscription.ts';

function row(fields: object): Subscription {
  const object = {
    subscriptionId: 5,
    domainId: 7,
    productId: 'STD',
    plan: 'ANNUAL_LICENSE',
    licenseCount: 20,
    ...fields,
  };
  const wire = readRow(subscriptionWire, object);
  const organization = { id: '7', name: safeText('Acme') };
  const partner = { id: 'lw', name: safeText('LW') };
  const surroundings = {
    connection: 'lw',
    partner,
    customer: { organization, domain: null, externalIds: {} },
    readAt: '',
  };
  const made = wire && subscriptionOf(wire.row, wire.surprises, surroundings);
  if (!made) throw new Error('No row was read.');
  return made;
}

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FaultError) return error.fault.kind;
  }
  return 'none';
}

describe('the body of a renewal', () => {
  it.each<[RequestWords, object]>([
    [{ type: 'stay' }, { type: 'STAY' }],
    [{ type: 'CANCEL' }, { type: 'CANCEL' }],
    [
      { type: 'change', quantity: '15' },
      { type: 'CHANGE', plan: 'ANNUAL_LICENSE', licenseCount: 15 },
    ],
    [
      { type: 'change', plan: 'monthly' },
      { type: 'CHANGE', plan: 'MONTHLY' },
    ],
    [
      { type: 'change', product: 'adv' },
      { type: 'CHANGE', productId: 'ADV', plan: 'ANNUAL_LICENSE', licenseCount: 20 },
    ],
  ])('%j sends %j', (asked, body) => {
    expect(renewalBody(row({}), asked)).toEqual(body);
  });

  it('keeps the values of an earlier change', () => {
    const pending = row({
      renewal: { type: 'CHANGE', productId: 'ADV', plan: 'ANNUAL_PREPAY_LICENSE', licenseCount: 30 },
    });
    expect(renewalBody(pending, { type: 'change', quantity: '10' })).toEqual({
      type: 'CHANGE',
      productId: 'ADV',
      plan: 'ANNUAL_PREPAY_LICENSE',
      licenseCount: 10,
    });
  });

  it.each<[RequestWords, object, string]>([
    [{}, {}, 'usage'],
    [{ type: 'sleep' }, {}, 'usage'],
    [{ type: 'change' }, {}, 'usage'],
    [{ type: 'stay', quantity: '3' }, {}, 'usage'],
    [{ type: 'change', colour: 'red' }, {}, 'usage'],
    [{ type: 'change', quantity: '1000001' }, {}, 'usage'],
    [{ type: 'change', quantity: '-1' }, {}, 'usage'],
    [{ type: 'change', product: 'A\u200dDV' }, {}, 'usage'],
    [{ type: 'change', plan: ' ANNUAL' }, {}, 'usage'],
    [{ type: 'change', plan: 'ｍｏｎｔｈｌｙ' }, {}, 'usage'],
    [{ type: 'change', quantity: '3' }, { plan: 'MONTHLY' }, 'refused'],
    [{ type: 'stay' }, { plan: 'TRIAL', productId: 'STD_T' }, 'refused'],
    [{ type: 'cancel' }, { plan: 'FREE', productId: 'FR' }, 'refused'],
  ])('refuses %j of %j as %s', (asked, fields, kind) => {
    expect(faultOf(() => renewalBody(row(fields), asked))).toBe(kind);
  });
});

it('says which products and plans there are, and takes the present ones', () => {
  const nextOf = (asked: RequestWords, fields = {}) => {
    try {
      return renewalBody(row(fields), { type: 'change', ...asked });
    } catch (error) {
      return error instanceof FaultError ? [error.fault.kind, error.fault.message, error.fault.next] : error;
    }
  };
  expect(nextOf({ product: 'STDD' })).toEqual(['usage', 'LINE WORKS has no product "STDD".', 'There are: STD, ADV.']);
  expect(nextOf({ plan: 'yearly' })).toMatchObject([
    'usage',
    'LINE WORKS has no plan "yearly".',
    expect.stringContaining('ANNUAL_LICENSE'),
  ]);
  expect(nextOf({ product: 'new_x' }, { productId: 'NEW_X' })).toMatchObject({ productId: 'NEW_X' });
  const paid = { type: 'start_paid_service', plan: 'MONTHLY', product: 'nothing' };
  expect(faultOf(() => reservationBody(row({ plan: 'FREE', productId: 'FR' }), paid, '2026-11-22'))).toBe('usage');
});

describe('the body of a reservation', () => {
  const trial = { plan: 'TRIAL', productId: 'STD_T', planEndDate: '2026-12-10' };
  const free = { plan: 'FREE', productId: 'FR' };
  it.each<[RequestWords, object, object?]>([
    [{ type: 'cancel' }, { type: 'CANCEL', applyDate: '2026-11-22' }],
    [
      { type: 'cancel', date: '2027-02-28' },
      { type: 'CANCEL', applyDate: '2027-02-28' },
    ],
    [
      { type: 'add_license', quantity: '5' },
      { type: 'ADD_LICENSE', applyDate: '2026-11-22', licenseCount: 5 },
    ],
    [
      { type: 'start-paid-service', plan: 'annual_license', quantity: '9', product: 'STD' },
      {
        type: 'START_PAID_SERVICE',
        applyDate: '2026-11-22',
        plan: 'ANNUAL_LICENSE',
        productId: 'STD',
        licenseCount: 9,
      },
      free,
    ],
    [
      { type: 'start-paid-service', plan: 'monthly' },
      { type: 'START_PAID_SERVICE', applyDate: '2026-11-22', plan: 'MONTHLY' },
      trial,
    ],
    [
      { type: 'add_license', quantity: '5', date: '2026-12-31' },
      { type: 'ADD_LICENSE', applyDate: '2026-12-31', licenseCount: 5 },
      { planEndDate: '2026-12-31' },
    ],
    [
      { type: 'cancel', date: '2027-01-01' },
      { type: 'CANCEL', applyDate: '2027-01-01' },
      { planEndDate: '2026-12-31' },
    ],
    // In the vendor's time zone the date may still be tomorrow.
    [
      { type: 'cancel', date: '2026-11-21' },
      { type: 'CANCEL', applyDate: '2026-11-21' },
    ],
  ])('%j sends %j', (asked, body, fields = {}) => {
    expect(reservationBody(row(fields), asked, '2026-11-22')).toEqual(body);
  });

  it.each<[RequestWords, object, string]>([
    [{ type: 'add_license' }, {}, 'usage'],
    [{ type: 'add_license', quantity: '0' }, {}, 'usage'],
    [{ type: 'add_license', quantity: '5' }, { plan: 'MONTHLY' }, 'refused'],
    [{ type: 'add_license', quantity: '5', plan: 'MONTHLY' }, {}, 'usage'],
    [{ type: 'cancel', date: '2027-02-30' }, {}, 'usage'],
    [{ type: 'cancel', date: 'tomorrow' }, {}, 'usage'],
    [{ type: 'start_paid_service' }, trial, 'usage'],
    [{ type: 'start_paid_service', plan: 'stra\u00dfe' }, trial, 'usage'],
    [{ type: 'start_paid_service', plan: 'TRIAL' }, trial, 'usage'],
    [{ type: 'start_paid_service', plan: 'MONTHLY', product: 'STD' }, trial, 'usage'],
    [{ type: 'start_paid_service', plan: 'ANNUAL_LICENSE' }, trial, 'usage'],
    [{ type: 'start_paid_service', plan: 'MONTHLY' }, free, 'usage'],
    [{ type: 'start_paid_service', plan: 'MONTHLY' }, {}, 'refused'],
    [{ type: 'start_paid_service', plan: 'MONTHLY' }, { plan: null }, 'refused'],
    [{ type: 'cancel' }, trial, 'refused'],
    [{ type: 'cancel' }, free, 'refused'],
    [{ type: 'cancel' }, { plan: null }, 'refused'],
    [{ type: 'cancel', date: '2026-11-20' }, {}, 'usage'],
    [{ type: 'cancel', date: '2027-01-02' }, { planEndDate: '2026-12-31' }, 'usage'],
    [{ type: 'add_license', quantity: '5', date: '2027-01-01' }, { planEndDate: '2026-12-31' }, 'usage'],
  ])('refuses %j of %j as %s', (asked, fields, kind) => {
    expect(faultOf(() => reservationBody(row(fields), asked, '2026-11-22'))).toBe(kind);
  });
});

it.each([
  ['2026-11-21T12:00:00Z', 'tokyo', '2026-11-22'],
  ['2026-11-21T15:00:00Z', 'tokyo', '2026-11-23'],
  ['2026-11-21T15:00:00Z', 'utc', '2026-11-22'],
  ['2026-12-31T14:59:59Z', 'tokyo', '2027-01-01'],
] as const)('at %s in %s tomorrow is %s', (now, where, day) => {
  expect(tomorrowAt(Date.parse(now), where)).toBe(day);
});
