import { can, type Vendor } from '../api/contract.ts';
import type { Status } from '../model/subscription.ts';
import { denied, type Preparation } from './preparation.ts';

export function prepareStatus(vendor: Vendor, verb: 'suspend' | 'reactivate', goal: Status): Preparation {
  const ability = vendor.abilities[verb];
  if (!can(ability)) return denied(ability, vendor);
  return {
    kind: 'ready',
    draft: (target) =>
      target.status === goal
        ? { kind: 'nothing', sentence: `${target.name} is already ${goal}.` }
        : { kind: 'draft', verb, draft: ability(target, {}) },
  };
}
