import { accountFact } from './account-key.ts';
import type { Vendor } from './contract.ts';
import type { VendorSetup } from './setup.ts';
import { chargingOf, type VendorKind } from './vendor-kind.ts';

/** What a connection has from its vendor's declaration and its own settings, before anything is asked. */
export function declaredBy(
  kind: VendorKind,
  { name, settings }: Pick<VendorSetup, 'name' | 'settings'>,
): Pick<Vendor, 'id' | 'connection' | 'account' | 'view' | 'impliedLevels' | 'charging'> {
  const { id, account, impliedLevels } = kind;
  return {
    id,
    connection: name,
    ...accountFact(id, settings, account),
    impliedLevels: impliedLevels(settings),
    charging: chargingOf(kind, settings),
  };
}
