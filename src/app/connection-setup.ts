import { accountFactOf } from '../api/account.ts';
import { type Vendors, vendorIn } from '../api/vendor-kind.ts';
import type { Setup } from '../commands/setup.ts';
import type { Declarations } from '../config/settings-file.ts';
import type { Clock } from '../model/clock.ts';
import { secretsVariable } from '../model/connection-name.ts';
import type { ConnectionSettings, Settings } from '../model/settings.ts';
import type { EnvironmentAddresses } from '../secrets/environment-addresses.ts';
import { type EnvironmentSecrets, parseSecrets } from '../secrets/from-environment.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { changeConnection } from './change-connection.ts';

/** What commands know of each vendor. */
export function vendorKindsOf(vendors: Vendors): Setup['vendors'] {
  return [...vendors.values()].map(({ id, title, settings, assumptions, limits }) => ({
    ...{ id, title, assumptions, limits },
    declarations: settings,
  }));
}

export function declarationsOf(vendors: Vendors): Declarations {
  return new Map([...vendors].map(([id, { settings }]) => [id, settings]));
}

interface SetupDeps {
  readonly vendors: Vendors;
  readonly settingsPath: string;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly environment: EnvironmentSecrets;
  readonly addresses: EnvironmentAddresses;
  /** Takes the settings as written in the file. */
  changed(settings: Settings): void;
  /** The origins that receive a connection's secrets under these settings. */
  origins(name: string): readonly string[];
  /** Deletes the connection's rows from the cache. */
  forget(name: string): void;
}

export function setupOf(deps: SetupDeps): Setup {
  const { vendors, settingsPath, clock, secrets, environment, addresses, changed, origins, forget } = deps;
  const declarations = declarationsOf(vendors);

  const write = async (name: string, change: (saved: Settings) => ConnectionSettings | null): Promise<void> => {
    changed(await changeConnection({ path: settingsPath, declarations, clock }, name, change));
    // Whoever names an address while the variable is set gives the secrets for it.
    addresses.record(name, environment.has(secretsVariable(name)) ? origins(name) : null);
  };

  return {
    vendors: vendorKindsOf(vendors),
    accountOf: ({ vendor, values }) => accountFactOf(vendorIn(vendors, vendor), values).account,
    save: (name, change) => write(name, change),
    remove: async (name) => {
      await write(name, () => null);
      forget(name);
      return secrets.forget(name);
    },
    keepSecrets: (name, values, others) => secrets.keep(name, values, origins(name), others),
    secretSources: (names) => secrets.places(names),
    keychainTrouble: (name) => secrets.check(name),
    secretsGiven: (name) => {
      const text = environment.get(secretsVariable(name));
      const given = text === undefined ? null : parseSecrets(text);
      return given && Object.keys(given);
    },
  };
}
