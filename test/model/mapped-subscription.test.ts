import { expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { allFields } from '../../src/model/field-names.ts';
import { prices } from '../../src/model/field-value.ts';
import { subscriptionFrom } from '../../src/model/mapped-subscription.ts';

const mapped = {
  ...{ ref: 'nordic/a', connection: 'nordic', id: 'a', name: safeText('A') },
  vendor: 'cloudmore',
  status: 'active',
  ...{ services: [], isAddon: false, isTrial: false, prices: [], hasLicenseKey: false, externalIds: {} },
  ...{ readAt: '2026-11-21T11:00:00.000Z', surprises: [] },
} as const;

it('an unmapped field is null, and no field is missing', () => {
  const made = subscriptionFrom({ ...mapped, quantity: 3 });
  // Of these a row has no property of its own.
  const elsewhere: readonly string[] = ['sameAs', 'missingSince', ...prices.csv];
  for (const { property, nullable } of allFields.filter((field) => !elsewhere.includes(field.property))) {
    expect(Object.hasOwn(made, property), property).toBe(true);
    expect(made[property as keyof typeof made] === null, property).toBe(nullable && property !== 'quantity');
  }
  expect(made.quantity).toBe(3);
});

it('an unknown field or a missing required one does not compile', () => {
  // @ts-expect-error There is no such field.
  expect(subscriptionFrom({ ...mapped, colour: 'red' })).toHaveProperty('colour');
  const { status: _, ...lacking } = mapped;
  // @ts-expect-error Every vendor maps a status, even if only to `unknown`.
  expect(subscriptionFrom(lacking).status).toBeUndefined();
});
