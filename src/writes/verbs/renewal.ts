import { can } from '../../api/contract.ts';
import { changesFault } from './changes.ts';
import { denied, impossible, type Prepare } from './drafted.ts';

export const prepareRenewalSet: Prepare<'renewal-set'> = (vendor, { changes }) => {
  const { setRenewal } = vendor.abilities;
  if (!can(setRenewal)) return denied(setRenewal, vendor);
  const wrong = changesFault(changes);
  if (wrong !== null) return impossible(wrong);
  return {
    kind: 'ready',
    draft: (target) => ({ kind: 'draft', verb: 'renewal-set', draft: setRenewal(target, { changes }) }),
  };
};
