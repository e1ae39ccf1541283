import { can } from '../api/contract.ts';
import { type CancelRequest, cancelSchema } from './cancel-request.ts';
import {
  always,
  type ChangeOperation,
  neverPointless,
  noSecret,
  noTexts,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied } from './preparation.ts';
import { absence, isDeleted, isSameStatus, wordOf } from './proof.ts';
import { applied, otherwise, unchanged } from './proof-result.ts';
import { noWayBack } from './way-back.ts';

/** Requested as a cancellation with the mode `delete`; in a table, as a verb of its own. */
export const deleteSubscription: ChangeOperation<'delete', CancelRequest, 'delete'> = {
  kind: 'change',
  id: 'delete',
  summary: 'delete a subscription and its record',
  command: null,
  examples: ['subscription cancel nordic/sub-1 --mode delete'],
  title: () => 'Delete the subscription',
  irreversible: always,
  abilities: { delete: 'delete' },
  needs: ['delete'],
  pointless: neverPointless,
  inputs: [],
  otherInputs: 'refused',
  schema: cancelSchema,
  request: (ref) => ({ verb: 'cancel', ref, mode: 'delete' }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: null,
  marked: [],
  shows: 'sentence',
  labels: {},
  seatsAfter: seatsOfDraft,
  ending: () => 'now',
  changes: ['status', 'vendorStatus', 'subscription'],
  wayBack: noWayBack('A deleted subscription cannot be restored: it has to be ordered again.'),
  proof: {
    by: 'the subscription no longer exists',
    prove({ row, now }) {
      if (isDeleted(now)) return applied(absence(now), 'gone');
      const word = wordOf(now.subscription);
      return isSameStatus(row, now.subscription)
        ? unchanged('The subscription still exists.', word)
        : otherwise(`The subscription still exists, and the vendor shows ${word}.`, word);
    },
  },
  prepare(vendor) {
    const ability = vendor.abilities.delete;
    if (!can(ability)) return denied(ability, vendor);
    return { kind: 'ready', draft: (target) => ({ kind: 'draft', verb: 'delete', draft: ability(target, {}) }) };
  },
};
