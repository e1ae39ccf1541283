import * as fc from 'fast-check';
import { safeText } from '../../src/api/text.ts';
import { priceKinds, renewalModes, type Subscription, statuses } from '../../src/model/subscription.ts';
import { named, row } from './rows.ts';

const words = [
  'Acme',
  'acme oy',
  'Backup 9',
  'Backup 10',
  'Ünïcode ß',
  '安全メール',
  '席',
  'Σίσυφος',
  'mail pro',
  'x"y',
  'a',
  'Ab',
  'trial',
  '%',
  '_',
];
const word = fc.constantFrom(...words);
/** Several decimals that round to one float, one decimal in several spellings, and texts that are not decimals. */
const amounts = [
  ...['42.00', '9.99', '10', '1000000', '0.123456', '-5.5', '0.1', '0.10', '0.10000000000000001', '-0.00', '1e2'],
  ...['9007199254740992', '9007199254740993', '9007199254740993.0', 'on request', ''],
];
const dates = [
  '2026-11-21',
  '2026-11-21T12:00:00Z',
  '2026-12-21T11:59:59.999Z',
  '2026-12-21T12:00:00Z',
  '2026-12-21T12:00:00.001Z',
  '2027-01-31T23:59:59',
  '2027-02',
  '2025-06-01T00:00:00+03:00',
  'soon',
];

function node(kind: string) {
  return fc.integer({ min: 0, max: 3 }).map((number) => named(`${kind}-${number}`, `${words[number]} ${kind}`));
}

const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null, freq: 3 });

/** Subscriptions with many edge cases; ids repeat, so that lists contain updates too. */
export function someRow(connections: readonly string[]): fc.Arbitrary<Subscription> {
  return fc
    .record({
      connection: fc.constantFrom(...connections),
      id: fc.integer({ min: 0, max: 40 }).map((number) => `s/${number}`),
      name: word,
      status: fc.constantFrom(...statuses),
      seller: maybe(node('seller')),
      reseller: maybe(node('reseller')),
      organization: maybe(node('org')),
      services: fc.uniqueArray(node('service'), { maxLength: 3, selector: ({ id }) => id }),
      product: maybe(node('product')),
      isAddon: fc.boolean(),
      isTrial: fc.boolean(),
      quantity: maybe(fc.constantFrom(0, 1, 9, 10, 25, 1_000_000)),
      billing: maybe(word.map((text) => safeText(text))),
      term: maybe(word.map((text) => safeText(text))),
      segment: maybe(word.map((text) => safeText(text))),
      startsAt: maybe(fc.constantFrom(...dates)),
      endsAt: maybe(fc.constantFrom(...dates)),
      cancellableUntil: maybe(fc.constantFrom(...dates)),
      renewal: maybe(
        fc.constantFrom(...renewalModes).map((mode) => ({ mode, quantity: null, productId: null, plan: null })),
      ),
      prices: fc.array(
        fc.record({
          kind: fc.constantFrom(...priceKinds),
          amount: fc.constantFrom(...amounts),
          currency: maybe(fc.constantFrom(safeText('EUR'), safeText('JPY'))),
        }),
        { maxLength: 3 },
      ),
      hasLicenseKey: fc.boolean(),
      vendorStatus: maybe(word.map((text) => safeText(text))),
      parentId: maybe(fc.constantFrom('s/1', 's/2')),
      externalIds: fc.constantFrom({}, { engine: 'M131' }),
      readAt: fc.constantFrom('2026-11-21T11:00:00.000Z', '2026-11-20T11:00:00.000Z', '2026-11-21T12:30:00.000Z'),
    })
    .map((fields) => row({ ...fields, vendor: fields.connection === 'adria' ? 'interworks' : 'cloudmore' }));
}
