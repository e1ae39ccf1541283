import type { Vendor } from '../contract.ts';
import { objectWire } from '../wire-list.ts';
import type { CloudmoreApi } from './client.ts';
import { subscriptionCall } from './reads.ts';

/** The licence key in Cloudmore's own object. It goes into `is` and no further; a key shown as stars is none. */
export function heldKey(api: CloudmoreApi): NonNullable<Vendor['licenceKey']> {
  return async (target, is, signal) => {
    const object = await api.read.find(subscriptionCall(api, target, signal), objectWire);
    const key = object?.licenseKey ?? object?.LicenseKey;
    return typeof key === 'string' && key.trim() !== '' && !/[*•…]{2,}/.test(key) ? is(key) : null;
  };
}
