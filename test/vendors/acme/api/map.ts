import * as v from 'valibot';
import type { Reading } from '../../../../src/api/contract.ts';
import { ExactValues, exactText } from '../../../../src/api/exact-values.ts';
import { safeJsonObject } from '../../../../src/api/json.ts';
import { showId } from '../../../../src/api/text.ts';
import { dateField, idField, numberField, textField } from '../../../../src/api/wire-fields.ts';
import { readRow } from '../../../../src/api/wire-row.ts';
import { meaningOf } from '../../../../src/api/word-meaning.ts';
import { subscriptionFrom } from '../../../../src/model/mapped-subscription.ts';
import { formatReference } from '../../../../src/model/reference.ts';
import type { Named, Status } from '../../../../src/model/subscription.ts';

const wire = v.object({
  id: idField,
  name: textField,
  state: textField,
  seats: numberField,
  customerId: idField,
  customerName: textField,
  plan: textField,
  ends: dateField,
});

const statusOf: Readonly<Record<string, Status>> = { on: 'active', off: 'cancelled' };

export function readingOf(
  object: unknown,
  { connection, self, now }: { readonly connection: string; readonly self: Named; readonly now: number },
): Reading | null {
  const read = readRow(wire, object);
  if (read === null || read.row.id === null) return null;
  const { id, name, state, seats, customerId, customerName, plan, ends } = read.row;
  const subscription = subscriptionFrom({
    ref: formatReference({ connection, id }),
    connection,
    vendor: 'acme',
    id,
    name: name ?? showId(id),
    status: (state !== null && meaningOf(statusOf, state)) || 'unknown',
    vendorStatus: state,
    seller: self,
    reseller: self,
    organization: customerId === null ? null : { id: customerId, name: customerName ?? showId(customerId) },
    services: plan === null ? [] : [{ id: plan, name: plan }],
    isAddon: false,
    isTrial: false,
    quantity: seats,
    endsAt: ends,
    prices: [],
    hasLicenseKey: false,
    externalIds: {},
    readAt: new Date(now).toISOString(),
    surprises: read.surprises,
  });
  const exact = new ExactValues(() => ({ name: exactText(object, ['name']) }));
  return { subscription, raw: safeJsonObject(object), exact };
}
