import { can } from '../../api/contract.ts';
import { fault } from '../../model/fault.ts';
import { deniedByVendor } from '../denied.ts';
import { quantityFault } from '../quantity.ts';
import { denied, impossible, type Prepare } from './drafted.ts';

/** Lowering and raising are two abilities: each vendor has its own way for each. */
export const prepareSetQuantity: Prepare<'set-quantity'> = (vendor, { quantity }) => {
  const { connection, abilities } = vendor;
  const { lowerQuantity: lower, raiseQuantity: raise } = abilities;
  const wrong = quantityFault(quantity);
  if (wrong !== null) return impossible(wrong);
  if (!can(lower) && !can(raise)) return denied(lower, vendor);
  return {
    kind: 'ready',
    draft(target) {
      if (target.quantity === quantity)
        return { kind: 'nothing', sentence: `${target.name} has ${quantity} seats already.` };
      if (target.quantity === null) {
        const message = `${target.name} counts no seats, so there is no quantity to set.`;
        const next = `subdeck subscription show ${target.ref} shows what it has.`;
        return { kind: 'fault', fault: fault('denied', message, next, { connection }).fault };
      }
      const ability = quantity < target.quantity ? lower : raise;
      if (!can(ability)) return { kind: 'fault', fault: deniedByVendor(ability, connection) };
      return { kind: 'draft', verb: 'set-quantity', draft: ability(target, { quantity }) };
    },
  };
};
