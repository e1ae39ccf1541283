import { can, type Vendor } from '../../api/contract.ts';
import { fault } from '../../model/fault.ts';
import { denied, impossible, type Preparation, type Prepare } from './drafted.ts';

/** Cancel keeps the record, delete removes it. Where a vendor has both, nobody guesses which one was meant. */
export const prepareCancel: Prepare<'cancel'> = (vendor, { mode }) => {
  if (mode === 'delete') return askDelete(vendor);
  const { cancel } = vendor.abilities;
  if (mode === null && can(vendor.abilities.delete)) {
    const next = 'Add --mode cancel (the record stays) or --mode delete (the record goes too).';
    const message = 'This connection can cancel and delete, so the wish must say which.';
    return impossible(fault('usage', message, next, { connection: vendor.connection }).fault);
  }
  if (!can(cancel)) return denied(cancel, vendor, instead(vendor));
  return {
    kind: 'ready',
    draft: (target) =>
      target.status === 'cancelled'
        ? { kind: 'nothing', sentence: `${target.name} is cancelled already.` }
        : { kind: 'draft', verb: 'cancel', draft: cancel(target, {}) },
  };
};

function askDelete(vendor: Vendor): Preparation {
  const ability = vendor.abilities.delete;
  if (!can(ability)) return denied(ability, vendor);
  return { kind: 'ready', draft: (target) => ({ kind: 'draft', verb: 'delete', draft: ability(target, {}) }) };
}

/** The ways that lead to an end where there is no cancel. */
function instead(vendor: Vendor): string | undefined {
  const ways = [
    ...(can(vendor.abilities.setRenewal) ? ['subdeck renewal set REF type=cancel'] : []),
    ...(can(vendor.abilities.createReservation) ? ['subdeck reservation create REF type=CANCEL date=…'] : []),
  ];
  return ways.length === 0 ? undefined : `Use ${ways.join(' or ')}.`;
}
