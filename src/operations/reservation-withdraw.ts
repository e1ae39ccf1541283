import * as v from 'valibot';
import { can } from '../api/contract.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  endsNothing,
  neverPointless,
  noSecret,
  noTexts,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { ref } from './request-shapes.ts';
import { noWayBack } from './way-back.ts';

const schema = v.object({ verb: v.literal('reservation-withdraw'), ref });
type Request = Readonly<v.InferOutput<typeof schema>>;

export const reservationWithdraw: ChangeOperation<'reservation-withdraw', Request, 'withdrawReservation'> = {
  kind: 'change',
  id: 'reservation-withdraw',
  summary: 'withdraw a reservation',
  command: 'reservation withdraw',
  examples: [],
  title: () => 'Withdraw the reservation',
  irreversible: asTheVendorSays,
  abilities: { withdrawReservation: 'withdraw a reservation' },
  needs: ['withdrawReservation'],
  pointless: neverPointless,
  inputs: [],
  otherInputs: 'refused',
  schema,
  request: (target) => ({ verb: 'reservation-withdraw', ref: target }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Withdraw the reservation', short: 'withdraw', asks: () => [] },
  marked: [],
  shows: 'sentence',
  labels: { reservation: 'Reservation' },
  seatsAfter: seatsOfDraft,
  ending: endsNothing,
  changes: [],
  wayBack: noWayBack('What was reserved is not kept: reserve it again.'),
  proof: provedByFields('the reservation: none'),
  prepare(vendor) {
    const { withdrawReservation, reservation } = vendor.abilities;
    if (!can(withdrawReservation)) return denied(withdrawReservation, vendor);
    return {
      kind: 'ready',
      async draft(target, signal) {
        if (can(reservation) && (await reservation(target, signal)) === null) {
          return { kind: 'nothing', sentence: `${target.name} has no reservation.` };
        }
        return { kind: 'draft', verb: 'reservation-withdraw', draft: withdrawReservation(target, {}) };
      },
    };
  },
};
