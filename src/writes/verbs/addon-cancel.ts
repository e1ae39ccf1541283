import { can } from '../../api/contract.ts';
import { fault } from '../../model/fault.ts';
import { denied, type Prepare } from './drafted.ts';

export const prepareAddonCancel: Prepare<'addon-cancel'> = (vendor, { addonId }) => {
  const { addons, cancelAddon } = vendor.abilities;
  if (!can(cancelAddon)) return denied(cancelAddon, vendor);
  if (!can(addons)) return denied(addons, vendor);
  return {
    kind: 'ready',
    async draft(target, signal) {
      const all = await addons(target, signal);
      const addon = all.find(({ id }) => id === addonId);
      if (addon === undefined) {
        const message = `${target.name} has no add-on ${addonId}.`;
        const next = `subdeck addon list ${target.ref} shows its add-ons.`;
        return { kind: 'fault', fault: fault('missing', message, next, { connection: vendor.connection }).fault };
      }
      if (addon.cancelAtPeriodEnd || addon.status === 'cancelled') {
        return { kind: 'nothing', sentence: `${addon.name} ends already.` };
      }
      const isNameShared = all.some(({ id, name }) => id !== addon.id && name === addon.name);
      const confirmations = isNameShared ? [addon.id] : [addon.id, addon.name];
      const draft = cancelAddon(target, { addon });
      // The journal must know which add-on it was, whatever the vendor's draft names.
      const [before, after] = [
        { addonId: addon.id, ...draft.before },
        { addonId: addon.id, ...draft.after },
      ];
      return { kind: 'draft', verb: 'addon-cancel', draft: { ...draft, before, after }, confirmations };
    },
  };
};
