import { can } from '../../api/contract.ts';
import { changesFault } from './changes.ts';
import { type Ask, denied, wall } from './drafted.ts';

export const askRenewalSet: Ask<'renewal-set'> = (vendor, { changes }) => {
  const { setRenewal } = vendor.abilities;
  if (!can(setRenewal)) return denied(setRenewal, vendor);
  const wrong = changesFault(changes);
  if (wrong !== null) return wall(wrong);
  return {
    kind: 'ready',
    draft: (target) => ({ kind: 'draft', verb: 'renewal-set', draft: setRenewal(target, { changes }) }),
  };
};
