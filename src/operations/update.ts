import * as v from 'valibot';
import { can, type ExactValues, type Vendor } from '../api/contract.ts';
import type { Subscription } from '../model/subscription.ts';
import { changesFault, changesTexts } from './changes.ts';
import { hinted, type Input, noHint } from './input.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  type Marked,
  neverPointless,
  noSecret,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied, impossible } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { readQuantity } from './quantity.ts';
import { changes, ref } from './request-shapes.ts';

const schema = v.object({ verb: v.literal('update'), ref, changes });
type Request = Readonly<v.InferOutput<typeof schema>>;

const pair = { words: 'pair', placeholder: '…', isRequired: false } as const;

/** The update keys of all vendors; a vendor declares its own as `updates`. */
const inputs: readonly Input[] = [
  {
    ...pair,
    name: 'name',
    kind: 'text',
    help: 'name',
    label: 'Name',
    hint: noHint,
    list: null,
    present: ({ name }) => name,
  },
  { ...pair, name: 'quantity', kind: 'quantity', help: 'quantity', label: 'Quantity', hint: noHint },
  {
    ...{ ...pair, name: 'billing', kind: 'text', help: 'billing', label: 'Billing', list: 'billing' },
    hint: hinted('the vendor’s word, such as Monthly or Annual'),
    present: ({ billing }) => billing ?? '',
  },
  {
    ...{ ...pair, name: 'autoRenew', kind: 'choice', help: 'automatic renewal', label: 'Automatic renewal' },
    choices: [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ],
    isClosed: false,
    hint: noHint,
  },
];

export const update: ChangeOperation<'update', Request, 'update'> = {
  kind: 'change',
  id: 'update',
  summary: 'change fields that the vendor allows to change',
  command: 'subscription update',
  examples: ['subscription update nordic/sub-1 name="Backup 200"'],
  title: () => 'Change the subscription',
  irreversible: asTheVendorSays,
  abilities: { update: 'update' },
  needs: ['update'],
  pointless: neverPointless,
  inputs,
  otherInputs: 'for the vendor',
  schema,
  request: (target, given) => ({ verb: 'update', ref: target, changes: given }),
  texts: (request) => changesTexts(request.changes),
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: (_, vendor) => labelOf(asked(vendor)), short: 'change', asks: (_, vendor) => asked(vendor) },
  marked: [switched('on', 'true'), switched('off', 'false')],
  shows: 'fields',
  labels: { autoRenew: 'Automatic renewal' },
  seatsAfter: seatsOfDraft,
  ending: ({ changes: { autoRenew = '' } }) => (/^(?:false|no|off)$/i.test(autoRenew) ? 'renewal' : null),
  changes: ['renewal', 'vendorStatus'],
  wayBack({ changes: asked }, { target }) {
    const before = Object.keys(asked).map((name) => [name, presentText(target, name)] as const);
    const unknown = before.find(([, text]) => text === null);
    if (unknown !== undefined) return { no: `The value of ${unknown[0]} before is not known.` };
    return { operation: 'update', given: Object.fromEntries(before.map(([name, text]) => [name, text ?? ''])) };
  },
  proof: provedByFields('each changed field of the subscription'),
  prepare(vendor, request) {
    const ability = vendor.abilities.update;
    if (!can(ability)) return denied(ability, vendor);
    const wrong = changesFault(request.changes);
    if (wrong !== null) return impossible(wrong);
    return {
      kind: 'ready',
      draft: (target, _signal, { exact }) =>
        Object.entries(request.changes).every(([key, value]) => holds(target, exact, key, value))
          ? { kind: 'nothing', sentence: `${target.name} already has these values.` }
          : { kind: 'draft', verb: 'update', draft: ability(target, { changes: request.changes }) },
    };
  },
};

/** The inputs of its form: the quantity has a form of its own. */
function asked({ updates }: Pick<Vendor, 'updates'>): readonly Input[] {
  return inputs.filter(({ name, kind }) => updates.includes(name) && kind !== 'quantity');
}

function labelOf(fields: readonly Input[]): string {
  const names = fields.map(({ help }) => help);
  const last = names.at(-1) ?? 'subscription';
  return names.length > 1 ? `Change ${names.slice(0, -1).join(', ')} or ${last}` : `Change the ${last}`;
}

/**
 * Only a field that the row shows by the same name can be known to be unchanged. Texts are equal letter for letter, or
 * in display form, as in an unchanged exported row.
 */
function holds(target: Subscription, exact: ExactValues | undefined, key: string, value: string): boolean {
  if (key === 'quantity') return target.quantity === readQuantity(value);
  if (key === 'autoRenew') return presentText(target, key) === value;
  if (key === 'name') return exact?.compare('name', value) === 'same' || target.name === value;
  return key === 'billing' && target.billing === value;
}

/** The value of an update key before the update, as it would be given; null: not known. */
function presentText({ name, quantity, billing, renewal }: Subscription, key: string): string | null {
  const automatic = { auto: 'true', manual: 'false' } as const;
  const mode = renewal?.mode;
  switch (key) {
    case 'name':
      return name;
    case 'quantity':
      return quantity === null ? null : String(quantity);
    case 'billing':
      return billing;
    case 'autoRenew':
      return mode === 'auto' || mode === 'manual' ? automatic[mode] : null;
    default:
      return null;
  }
}

/** The automatic renewal of all marked rows. */
function switched(id: 'on' | 'off', autoRenew: string): Marked<Request> {
  return {
    id,
    label: `Auto-renewal of each: ${id}`,
    asks: null,
    unable: ({ updates }) =>
      updates.includes('autoRenew') ? null : 'The updates of this vendor do not include the automatic renewal.',
    request: (row) => ({ verb: 'update', ref: row.ref, changes: { autoRenew } }),
  };
}
