import { can, type ExactValues } from '../../api/contract.ts';
import type { Subscription } from '../../model/subscription.ts';
import { readQuantity } from '../quantity.ts';
import { changesFault } from './changes.ts';
import { denied, impossible, type Prepare } from './drafted.ts';

export const prepareUpdate: Prepare<'update'> = (vendor, { changes }) => {
  const { update } = vendor.abilities;
  if (!can(update)) return denied(update, vendor);
  const wrong = changesFault(changes);
  if (wrong !== null) return impossible(wrong);
  return {
    kind: 'ready',
    draft: (target, _signal, exact) =>
      Object.entries(changes).every(([key, value]) => holds(target, exact, key, value))
        ? { kind: 'nothing', sentence: `${target.name} is like that already.` }
        : { kind: 'draft', verb: 'update', draft: update(target, { changes }) },
  };
};

/**
 * Only what the row shows by the same name can be known to hold already. A name is the same letter for letter, or as it is
 * shown: so it stands in an exported row that nobody changed.
 */
function holds(target: Subscription, exact: ExactValues | undefined, key: string, value: string): boolean {
  if (key === 'quantity') return target.quantity === readQuantity(value);
  if (key === 'name') return exact?.compare('name', value) === 'same' || target.name === value;
  return key === 'billing' && target.billing === value;
}
