import { can } from '../../api/contract.ts';
import { changesFault } from './changes.ts';
import { denied, impossible, type Prepare } from './drafted.ts';

export const prepareReservationCreate: Prepare<'reservation-create'> = (vendor, { changes }) => {
  const { createReservation } = vendor.abilities;
  if (!can(createReservation)) return denied(createReservation, vendor);
  const wrong = changesFault(changes);
  if (wrong !== null) return impossible(wrong);
  return {
    kind: 'ready',
    draft: (target) => ({ kind: 'draft', verb: 'reservation-create', draft: createReservation(target, { changes }) }),
  };
};

export const prepareReservationWithdraw: Prepare<'reservation-withdraw'> = (vendor) => {
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
};
