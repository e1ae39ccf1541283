import * as v from 'valibot';
import { can } from '../api/contract.ts';
import { fault } from '../model/fault.ts';
import { grouped } from '../model/numbers.ts';
import { shellWord } from '../model/shell-word.ts';
import type { QuantityInput } from './input.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  endsNothing,
  neverUnable,
  noSecret,
  noTexts,
  wholeSubscription,
} from './operation.ts';
import { denied, deniedByVendor, impossible } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { quantityFault, readQuantity } from './quantity.ts';
import { quantity, ref } from './request-shapes.ts';
import { renewalBefore } from './way-back.ts';

const schema = v.object({ verb: v.literal('set-quantity'), ref, quantity });
type Request = Readonly<v.InferOutput<typeof schema>>;

const newQuantity: QuantityInput = {
  name: 'quantity',
  kind: 'quantity',
  words: 'argument',
  placeholder: 'N',
  help: 'the new quantity',
  isRequired: true,
  label: 'New quantity',
  hint: (row) => `now ${row === null || row.quantity === null ? 'unknown' : grouped(row.quantity)}`,
};

/** Lowering and raising are two abilities: each vendor does each in its own way. */
export const setQuantity: ChangeOperation<'set-quantity', Request, 'lowerQuantity' | 'raiseQuantity'> = {
  kind: 'change',
  id: 'set-quantity',
  summary: "lower or raise the quantity in the vendor's own way",
  command: 'subscription set-quantity',
  examples: ['subscription set-quantity nordic/sub-1 20 --wait=120'],
  title({ before, after }) {
    if (typeof before.quantity !== 'number' || typeof after.quantity !== 'number') return 'Change the quantity';
    return after.quantity < before.quantity ? 'Lower the quantity' : 'Raise the quantity';
  },
  irreversible: asTheVendorSays,
  abilities: { lowerQuantity: 'lower the quantity', raiseQuantity: 'raise the quantity' },
  needs: ['lowerQuantity', 'raiseQuantity'],
  pointless: (row) => (row.quantity === null ? 'The vendor does not count seats for it.' : null),
  inputs: [newQuantity],
  otherInputs: 'refused',
  schema,
  request: (target, given) => ({ verb: 'set-quantity', ref: target, quantity: Number(given.quantity) }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Change the quantity', short: 'change the quantity', asks: () => [newQuantity] },
  marked: [
    {
      id: 'set',
      unable: neverUnable,
      label: 'Change the quantity of each',
      asks: { title: 'New quantity of each marked row', label: 'Seats, or +N, or -N' },
      request(row, typed) {
        const seats = seatsFor(row.quantity ?? 0, typed);
        return seats === null
          ? { problem: 'Type a whole number, +N or -N.' }
          : { verb: 'set-quantity', ref: row.ref, quantity: seats };
      },
    },
  ],
  shows: 'seats',
  labels: {},
  seatsAfter: (request, { after }) => (typeof after.quantity === 'number' ? after.quantity : request.quantity),
  ending: endsNothing,
  changes: [],
  wayBack(request, { target, after }, { raiseQuantity, lowerQuantity }) {
    // The vendor does it later: until then its own setting is put back.
    if ('renewal' in after) return renewalBefore(target);
    if ('reservation' in after) return { operation: 'reservation-withdraw', given: {} };
    if (target.quantity === null) return { no: 'The quantity before is not known.' };
    const ability = target.quantity > request.quantity ? raiseQuantity : lowerQuantity;
    return can(ability) ? { operation: 'set-quantity', given: { quantity: `${target.quantity}` } } : { no: ability.no };
  },
  proof: provedByFields('the quantity, or the renewal or reservation that the vendor uses for it'),
  prepare(vendor, request) {
    const { connection, abilities } = vendor;
    const { lowerQuantity: lower, raiseQuantity: raise } = abilities;
    const wrong = quantityFault(request.quantity);
    if (wrong !== null) return impossible(wrong);
    if (!can(lower) && !can(raise)) return denied(lower, vendor);
    return {
      kind: 'ready',
      draft(target) {
        if (target.quantity === request.quantity)
          return { kind: 'nothing', sentence: `${target.name} already has ${request.quantity} seats.` };
        if (target.quantity === null) {
          const message = `${target.name} has no seat count, so its quantity cannot be set.`;
          const next = `To see its fields: subdeck subscription show ${shellWord(target.ref)}`;
          return { kind: 'fault', fault: fault('denied', message, next, { connection }).fault };
        }
        const ability = request.quantity < target.quantity ? lower : raise;
        if (!can(ability)) return { kind: 'fault', fault: deniedByVendor(ability, connection) };
        return { kind: 'draft', verb: 'set-quantity', draft: ability(target, { quantity: request.quantity }) };
      },
    };
  },
};

/** A number, or a difference with a sign. */
function seatsFor(present: number, typed: string): number | null {
  const [, sign, digits = ''] = /^\s*([+-]?)(\d{1,15})\s*$/.exec(typed) ?? [];
  const number = readQuantity(digits);
  if (sign === undefined || number === null) return null;
  if (sign === '') return number;
  return sign === '+' ? present + number : present - number;
}
