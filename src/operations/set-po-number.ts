import * as v from 'valibot';
import { can } from '../api/contract.ts';
import { noHint, startsEmpty, type TextInput } from './input.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  endsNothing,
  neverPointless,
  neverUnable,
  noSecret,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { ref } from './request-shapes.ts';

const schema = v.object({ verb: v.literal('set-po-number'), ref, poNumber: v.string() });
type Request = Readonly<v.InferOutput<typeof schema>>;

const poNumber: TextInput = {
  name: 'poNumber',
  kind: 'text',
  words: 'argument',
  placeholder: 'NUMBER',
  help: 'the purchase order number',
  isRequired: true,
  label: 'Purchase order number',
  hint: noHint,
  present: startsEmpty,
  list: null,
};

export const setPoNumber: ChangeOperation<'set-po-number', Request, 'setPoNumber'> = {
  kind: 'change',
  id: 'set-po-number',
  summary: "set the customer's purchase order number",
  command: 'subscription set-po-number',
  examples: ['subscription set-po-number cockpit/sub-1 PO-4711'],
  title: () => 'Set the purchase order number',
  irreversible: asTheVendorSays,
  abilities: { setPoNumber: 'set the purchase order number' },
  needs: ['setPoNumber'],
  pointless: neverPointless,
  inputs: [poNumber],
  otherInputs: 'refused',
  schema,
  request: (target, given) => ({ verb: 'set-po-number', ref: target, poNumber: given.poNumber ?? '' }),
  texts: (request) => [{ what: 'The purchase order number', text: request.poNumber, isTrimmed: false }],
  part: wholeSubscription,
  secret: noSecret,
  menu: {
    label: () => 'Set the purchase order number',
    short: 'set the purchase order number',
    asks: () => [poNumber],
  },
  marked: [
    {
      id: 'set',
      unable: neverUnable,
      label: 'Set the purchase order number of each',
      asks: { title: 'Purchase order number of each marked row', label: 'Number' },
      request: (row, typed) => ({ verb: 'set-po-number', ref: row.ref, poNumber: typed }),
    },
  ],
  shows: 'fields',
  labels: { poNumber: 'PO number' },
  seatsAfter: seatsOfDraft,
  ending: endsNothing,
  changes: [],
  wayBack: (_, { before: { poNumber: text } }) =>
    typeof text === 'string' && text.trim() !== ''
      ? { operation: 'set-po-number', given: { poNumber: text } }
      : { no: 'There was no purchase order number before, and it cannot be removed.' },
  proof: provedByFields('the purchase order number'),
  prepare(vendor, request) {
    const ability = vendor.abilities.setPoNumber;
    if (!can(ability)) return denied(ability, vendor);
    return {
      kind: 'ready',
      draft: (target, _signal, { raw, exact }) =>
        exact?.compare('poNumber', request.poNumber) === 'same'
          ? { kind: 'nothing', sentence: `${target.name} already has this purchase order number.` }
          : {
              kind: 'draft',
              verb: 'set-po-number',
              draft: ability(target, { poNumber: request.poNumber, present: raw.poNumber ?? null }),
            },
    };
  },
};
