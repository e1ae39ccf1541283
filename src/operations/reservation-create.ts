import * as v from 'valibot';
import { can } from '../api/contract.ts';
import { changesFault, changesTexts } from './changes.ts';
import { hinted, type Input, startsEmpty } from './input.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  neverPointless,
  noSecret,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied, impossible } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { changes, ref } from './request-shapes.ts';

const schema = v.object({ verb: v.literal('reservation-create'), ref, changes });
type Request = Readonly<v.InferOutput<typeof schema>>;

const onlyToStart = hinted('to start paid service');
const pair = { words: 'pair', placeholder: '…', isRequired: false, present: startsEmpty } as const;
const inputs: readonly Input[] = [
  {
    ...{
      ...pair,
      name: 'type',
      kind: 'text',
      help: 'the kind of change',
      isRequired: true,
      label: 'Type',
      list: 'reservationType',
    },
    hint: hinted("the vendor's word, such as ADD_LICENSE"),
  },
  {
    ...{ ...pair, name: 'date', kind: 'text', help: 'a day, YYYY-MM-DD', label: 'Date', list: null },
    hint: hinted('YYYY-MM-DD; if empty, the first possible day'),
  },
  {
    ...pair,
    name: 'quantity',
    kind: 'quantity',
    help: 'seats to add',
    label: 'Quantity',
    hint: hinted('seats to add, or to start with'),
  },
  { ...pair, name: 'plan', kind: 'text', help: 'a plan', label: 'Plan', hint: onlyToStart, list: 'reservationPlan' },
  {
    ...pair,
    name: 'product',
    kind: 'text',
    help: "a product's id",
    label: 'Product',
    hint: onlyToStart,
    list: 'reservationProduct',
  },
];

export const reservationCreate: ChangeOperation<'reservation-create', Request, 'createReservation'> = {
  kind: 'change',
  id: 'reservation-create',
  summary: 'reserve a change for a future day',
  command: 'reservation create',
  examples: ['reservation create line/123 type=ADD_LICENSE quantity=5'],
  title: () => 'Make a reservation',
  irreversible: asTheVendorSays,
  abilities: { createReservation: 'reserve a change' },
  needs: ['createReservation'],
  pointless: neverPointless,
  inputs,
  otherInputs: 'for the vendor',
  schema,
  request: (target, given) => ({ verb: 'reservation-create', ref: target, changes: given }),
  texts: (request) => changesTexts(request.changes),
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Reserve: add licences, cancel, start paid', short: 'reserve', asks: () => inputs },
  marked: [],
  shows: 'sentence',
  labels: { reservation: 'Reservation' },
  seatsAfter: seatsOfDraft,
  ending: ({ changes: { type = '' } }) => (type.trim().toLowerCase() === 'cancel' ? 'reserved' : null),
  changes: [],
  wayBack: () => ({ operation: 'reservation-withdraw', given: {} }),
  proof: provedByFields('the reservation'),
  prepare(vendor, request) {
    const { createReservation } = vendor.abilities;
    if (!can(createReservation)) return denied(createReservation, vendor);
    const wrong = changesFault(request.changes);
    if (wrong !== null) return impossible(wrong);
    return {
      kind: 'ready',
      draft: (target) => ({
        kind: 'draft',
        verb: 'reservation-create',
        draft: createReservation(target, { changes: request.changes }),
      }),
    };
  },
};
