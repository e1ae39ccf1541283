import type { AccountFact } from '../model/account.ts';
import { withDefaults } from '../model/setting-check.ts';
import { accountFact } from './account-key.ts';
import type { VendorKind } from './vendor-kind.ts';

/**
 * The account of a connection with these settings (defaults may be omitted), `acme https://api.acme.example tenant-1`,
 * and the view that the connection has of it.
 */
export function accountFactOf(
  { id, settings: declared, account }: VendorKind,
  settings: Readonly<Record<string, string>>,
): AccountFact {
  return accountFact(id, withDefaults(settings, declared), account);
}
