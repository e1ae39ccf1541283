import type { Subscription } from '../../../model/subscription.ts';
import type { VendorId } from '../../../model/vendor.ts';
import type { Field } from '../../../state/form.ts';
import { choice, text } from './fields.ts';

const yesOrNo = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

const name = (row: Subscription) => text('name', 'Name', row.name, null);

/** The keys of an update that each vendor takes (contract §2); the quantity has a form of its own. */
const byVendor: Partial<Record<VendorId, (row: Subscription) => readonly [Field, ...Field[]]>> = {
  cloudmore: (row) => [name(row)],
  cloudcockpit: (row) => [
    name(row),
    text('billing', 'Billing', row.billing ?? '', 'the vendor’s word, such as Monthly or Annual'),
    choice('autoRenew', 'Renew by itself', yesOrNo, false),
  ],
};

/** What an update can change, by the names of its fields. */
export function updateLabel({ vendor }: Subscription): string {
  return vendor === 'cloudcockpit' ? 'Change name, billing or automatic renewal' : 'Change the name';
}

export function updateFields(row: Subscription): readonly [Field, ...Field[]] {
  return byVendor[row.vendor]?.(row) ?? [name(row)];
}
