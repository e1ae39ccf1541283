import { can } from '../../api/contract.ts';
import { withoutKey } from '../license-key.ts';
import { denied, type Prepare } from './drafted.ts';

export const prepareSetLicense: Prepare<'set-license'> = (vendor, { licenseKey }) => {
  const { setLicense } = vendor.abilities;
  if (!can(setLicense)) return denied(setLicense, vendor);
  return {
    kind: 'ready',
    async draft(target, signal) {
      const holds = await vendor.licenseKey?.(target, (key) => key.trim() === licenseKey.trim(), signal);
      if (holds === true) return { kind: 'nothing', sentence: `${target.name} has this licence key already.` };
      const draft = withoutKey(setLicense(target, { licenseKey }), licenseKey, target.hasLicenseKey);
      return { kind: 'draft', verb: 'set-license', draft };
    },
  };
};
