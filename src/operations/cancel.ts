import { can, type Vendor } from '../api/contract.ts';
import { fault } from '../model/fault.ts';
import { type CancelRequest, cancelSchema } from './cancel-request.ts';
import { deleteSubscription } from './delete.ts';
import { type ChoiceInput, noHint } from './input.ts';
import {
  always,
  type ChangeOperation,
  neverPointless,
  neverUnable,
  noSecret,
  noTexts,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied, impossible } from './preparation.ts';
import { absence, isDeleted, statusProof } from './proof.ts';
import { applied, otherwise } from './proof-result.ts';
import { noWayBack } from './way-back.ts';

const mode: ChoiceInput = {
  name: 'mode',
  kind: 'choice',
  words: 'flag',
  placeholder: 'MODE',
  help: 'cancel or delete; required if the connection can do both',
  isRequired: false,
  isClosed: true,
  label: 'How',
  hint: noHint,
  choices: [
    { value: 'cancel', label: 'Cancel: it ends according to the vendor’s terms' },
    { value: 'delete', label: 'Delete: its record is removed too' },
  ],
};

export const cancel: ChangeOperation<'cancel', CancelRequest, 'cancel'> = {
  kind: 'change',
  id: 'cancel',
  summary: 'cancel a subscription',
  command: 'subscription cancel',
  examples: ['subscription cancel nordic/sub-1', 'subscription cancel nordic/sub-1 --yes --confirm sub-1'],
  title: () => 'Cancel the subscription',
  irreversible: always,
  abilities: { cancel: 'cancel' },
  needs: ['cancel', 'delete'],
  pointless: neverPointless,
  inputs: [mode],
  otherInputs: 'refused',
  schema: cancelSchema,
  request: (target, given) => ({ verb: 'cancel', ref: target, mode: modeOf(given.mode) }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: {
    label: (_, vendor) => (doesBoth(vendor) ? 'Cancel or delete' : 'Cancel'),
    short: 'cancel',
    asks: (_, vendor) => (doesBoth(vendor) ? [{ ...mode, isRequired: true }] : []),
  },
  marked: [
    {
      ...{ id: 'cancel', label: 'Cancel each', asks: null, unable: neverUnable },
      request: (row) => ({ verb: 'cancel', ref: row.ref, mode: 'cancel' }),
    },
  ],
  shows: 'sentence',
  labels: {},
  seatsAfter: seatsOfDraft,
  ending: () => 'now',
  changes: ['status', 'vendorStatus', 'endsAt', 'renewal', 'cancellableUntil', 'quantity'],
  wayBack: noWayBack('A cancelled subscription cannot be restored: it has to be ordered again.'),
  proof: {
    by: 'the status cancelled. A missing subscription proves it only at vendors that remove cancelled ones; expired or disabled proves nothing',
    prove({ vendor, row, now }) {
      if (!isDeleted(now)) return statusProof(row, now, 'cancelled');
      return vendor.cancelDeletes
        ? applied(absence(now), 'gone')
        : otherwise(
            'The vendor no longer has the subscription, although a cancellation keeps it: it may have been deleted.',
            'gone',
          );
    },
  },
  /** Cancel keeps the record, delete removes it. If the connection supports both, the user must choose. */
  prepare(vendor, request) {
    if (request.mode === 'delete') return deleteSubscription.prepare(vendor, request);
    const ability = vendor.abilities.cancel;
    if (request.mode === null && can(vendor.abilities.delete)) {
      const next = 'Add --mode cancel (the record stays) or --mode delete (the record goes too).';
      const message = 'This connection can both cancel and delete, so the mode is required.';
      return impossible(fault('usage', message, next, { connection: vendor.connection }).fault);
    }
    if (!can(ability)) return denied(ability, vendor, instead(vendor));
    return {
      kind: 'ready',
      draft: (target) =>
        target.status === 'cancelled'
          ? { kind: 'nothing', sentence: `${target.name} is already cancelled.` }
          : { kind: 'draft', verb: 'cancel', draft: ability(target, {}) },
    };
  },
};

function doesBoth({ abilities }: Pick<Vendor, 'abilities'>): boolean {
  return can(abilities.cancel) && can(abilities.delete);
}

function modeOf(given: string | undefined): CancelRequest['mode'] {
  return given === 'cancel' || given === 'delete' ? given : null;
}

/** The alternatives if there is no cancel. */
function instead(vendor: Vendor): string | undefined {
  const ways = [
    ...(can(vendor.abilities.setRenewal) ? ['subdeck renewal set REF type=cancel'] : []),
    ...(can(vendor.abilities.createReservation) ? ['subdeck reservation create REF type=CANCEL date=…'] : []),
  ];
  return ways.length === 0 ? undefined : `Use ${ways.join(' or ')}.`;
}
