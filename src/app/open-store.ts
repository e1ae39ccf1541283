import { type Fault, FaultError } from '../model/fault.ts';
import type { Database } from '../postgres/database.ts';
import type { StoreUrl } from '../postgres/store-url.ts';
import type { StoreWaits } from '../postgres/store-waits.ts';
import { teamAccount } from '../secrets/accounts.ts';
import type { EnvironmentSecrets } from '../secrets/from-environment.ts';
import type { Keychain } from '../secrets/keychain.ts';

export interface StoreDeps {
  readonly keychain: Keychain;
  readonly environment: EnvironmentSecrets;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Why no network call is allowed, or null. */
  offline(): Fault | null;
  readonly waits: StoreWaits;
}

/** A database, not yet connected. `given`: the password, where it was given now. Throws `usage`. */
export async function openStore(deps: StoreDeps, url: StoreUrl, given: string | null): Promise<Database> {
  const denied = deps.offline();
  if (denied !== null) throw new FaultError(denied);
  const { refuseVariables } = await import('../postgres/environment.ts');
  refuseVariables(deps.env);
  const { openDatabase } = await import('../postgres/database.ts');
  return openDatabase({ url, password: async () => given ?? storedPassword(deps, url), waits: deps.waits });
}

/** The password that is known for a store, without anybody being asked; null: none. Throws `signed-out`. */
export async function storedPassword({ keychain, environment, env }: StoreDeps, url: StoreUrl): Promise<string | null> {
  const { storePassword } = await import('../team/store-password.ts');
  return storePassword(url, { keychain, account: teamAccount, environment, env });
}
