import type { Vendor } from '../contract.ts';
import { objectWire } from '../wire-list.ts';
import type { CloudmoreClient } from './client.ts';
import { subscriptionCall } from './reads.ts';

/** The licence key in Cloudmore's own object. It is used only in `is`; a masked key counts as none. */
export function currentLicenseKey(client: CloudmoreClient): NonNullable<Vendor['licenseKey']> {
  return async (target, is, signal) => {
    const object = await client.read.find(subscriptionCall(client, target, signal), objectWire);
    const key = object?.licenseKey ?? object?.LicenseKey;
    return typeof key === 'string' && key.trim() !== '' && !/[*•…]{2,}/.test(key) ? is(key) : null;
  };
}
