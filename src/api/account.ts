import type { AccountFact, AccountKey } from '../model/account.ts';
import { withDefaults } from '../model/setting-check.ts';
import type { VendorId } from '../model/vendor.ts';
import { accountFact } from './account-key.ts';
import { vendors } from './registry.ts';

type Values = Readonly<Record<string, string>>;

/** The account of a connection with these settings (defaults may be left out): `vmware https://console.navigator.vmware.com org-1`. */
export function accountOf(vendor: VendorId, settings: Values): AccountKey {
  return accountFactOf(vendor, settings).account;
}

/** The account, and what of it a connection with these settings can see. */
export function accountFactOf(vendor: VendorId, settings: Values): AccountFact {
  const { settings: declared, account } = vendors[vendor];
  return accountFact(vendor, withDefaults(settings, declared), account);
}
