import { expect, test } from 'vitest';
import type { Abilities, No } from '../../src/api/contract.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { operationOf, operations, type WriteRequest } from '../../src/operations/registry.ts';
import { changeWords, shortChangeWords } from '../../src/operations/words.ts';
import { safe, subscription } from '../state/rows.ts';

const no: No = { no: 'This vendor only lowers.', because: 'vendor' };
const ability = () => Promise.reject(new Error('Nothing is drafted here.'));
const can = { lowerQuantity: ability, raiseQuantity: ability } as unknown as Abilities;
const ref = 'nordic/sub-1';
const request = {
  quantity: { verb: 'set-quantity', ref, quantity: 20 },
  renewal: { verb: 'renewal-set', ref, changes: { type: 'cancel' } },
  update: (changes: Readonly<Record<string, string>>) => ({ verb: 'update', ref, changes }) as const,
} as const;

function wayBack(
  of: WriteRequest,
  after: Readonly<Record<string, unknown>> = {},
  row: Partial<Subscription> = {},
  abilities: Abilities = can,
  before: Readonly<Record<string, unknown>> = {},
): string {
  const operation = operationOf(of);
  if (operation.kind === 'creation') return operation.noWayBack;
  const target = subscription({ id: 'sub-1', ...row });
  const found = operation.wayBack(of, { target, before: before as never, after: after as never }, abilities);
  return 'no' in found ? found.no : shortChangeWords(operationOf({ verb: found.operation }), found.given);
}

const renewal = (mode: 'auto' | 'cancel' | 'change' | 'none', more = {}) => ({
  renewal: { mode, quantity: null, productId: null, plan: null, ...more },
});

test.each([
  ['a lowered quantity', wayBack(request.quantity, { quantity: 20 }), 'set-quantity 25'],
  ['one at the renewal', wayBack(request.quantity, { renewal: {} }, renewal('auto')), 'renewal-set type=stay'],
  ['one by a reservation', wayBack(request.quantity, { reservation: {} }), 'reservation-withdraw'],
  ['an unknown quantity', wayBack(request.quantity, {}, { quantity: null }), 'The quantity before is not known.'],
  ['a vendor that cannot raise', wayBack(request.quantity, {}, {}, { ...can, raiseQuantity: no }), no.no],
  [
    'a raised one there',
    wayBack(request.quantity, {}, { quantity: 5 }, { ...can, raiseQuantity: no }),
    'set-quantity 5',
  ],
  ['an ended renewal', wayBack(request.renewal, {}, renewal('auto')), 'renewal-set type=stay'],
  [
    'a planned change',
    wayBack(request.renewal, {}, renewal('change', { quantity: 7, plan: 'ANNUAL' })),
    'renewal-set type=change plan=ANNUAL quantity=7',
  ],
  [
    'a first choice',
    wayBack(request.renewal, {}, renewal('none')),
    'No renewal was chosen before, and a choice cannot be withdrawn.',
  ],
  ['a new name', wayBack(request.update({ name: 'New' }), {}, { name: safe('Old 100') }), "update name='Old 100'"],
  ['no more renewal', wayBack(request.update({ autoRenew: 'false' })), 'update autoRenew=true'],
  ['another billing', wayBack(request.update({ billing: 'Annual' })), 'update billing=Monthly'],
  ['a strange key', wayBack(request.update({ colour: 'red' })), 'The value of colour before is not known.'],
  ['a suspension', wayBack({ verb: 'suspend', ref }), 'reactivate'],
  ['a reactivation', wayBack({ verb: 'reactivate', ref }), 'suspend'],
  ['a reservation', wayBack({ verb: 'reservation-create', ref, changes: { type: 'CANCEL' } }), 'reservation-withdraw'],
  [
    'another PO number',
    wayBack({ verb: 'set-po-number', ref, poNumber: 'B' }, {}, {}, can, { poNumber: 'A 1' }),
    "set-po-number 'A 1'",
  ],
  [
    'a first PO number',
    wayBack({ verb: 'set-po-number', ref, poNumber: 'B' }, {}, {}, can, { poNumber: null }),
    'There was no purchase order number before, and it cannot be removed.',
  ],
])('%s is taken back: %s', (_, found, expected) => {
  expect(found).toBe(expected);
});

test('what cannot be undone says why, in a sentence', () => {
  const target = subscription({ id: 'sub-1' });
  const final = operations.filter(
    (operation) => operation.irreversible({ verb: operation.id } as never, {} as never) === true,
  );
  expect(final.length).toBeGreaterThan(0);
  for (const operation of final) {
    if (operation.kind === 'creation') continue;
    const found = operation.wayBack({ verb: operation.id } as never, { target, before: {}, after: {} }, can);
    expect('no' in found ? found.no : '').toMatch(/^[A-Z].*\.$/);
  }
});

test('the command that takes it back is quoted for a shell', () => {
  const operation = operationOf({ verb: 'update' });
  expect(changeWords(operation, 'nordic/a b', { name: "It's 100%" })).toBe(
    "subdeck subscription update 'nordic/a b' name='It'\\''s 100%'",
  );
});
