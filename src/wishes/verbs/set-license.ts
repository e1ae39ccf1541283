import { can } from '../../api/vendor.ts';
import { licenceKeyFault, withoutKey } from '../licence-key.ts';
import { type Ask, denied, wall } from './verb.ts';

export const askSetLicense: Ask<'set-license'> = (vendor, { licenseKey }) => {
  const { setLicense } = vendor.abilities;
  if (!can(setLicense)) return denied(setLicense, vendor);
  const wrong = licenceKeyFault(licenseKey);
  if (wrong !== null) return wall(wrong);
  return {
    kind: 'ready',
    draft: (target) => ({
      kind: 'draft',
      verb: 'set-license',
      draft: withoutKey(setLicense(target, { licenseKey }), licenseKey, target.hasLicenseKey),
    }),
  };
};
