import { accountFactOf } from '../api/account.ts';
import { type Vendors, vendorIn } from '../api/vendor-kind.ts';
import type { Setup } from '../commands/setup.ts';
import { type Declarations, writeConnection } from '../config/settings-file.ts';
import { secretsVariable } from '../model/connection-name.ts';
import type { Settings } from '../model/settings.ts';
import { type EnvironmentSecrets, parseSecrets } from '../secrets/from-environment.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

/** What each vendor declares. */
export function declarationsOf(vendors: Vendors): Declarations {
  return new Map([...vendors].map(([id, { settings }]) => [id, settings]));
}

interface SetupDeps {
  readonly vendors: Vendors;
  readonly settingsPath: string;
  readonly secrets: SecretStore;
  readonly environment: EnvironmentSecrets;
  /** Takes the settings as they stand in the file. */
  changed(settings: Settings): void;
  /** The origins that a connection's settings, as they stand, send its secrets to. */
  origins(name: string): readonly string[];
  /** Takes the connection out of the cache. */
  forget(name: string): void;
}

export function setupOf({ vendors, settingsPath, secrets, environment, changed, origins, forget }: SetupDeps): Setup {
  const declarations = declarationsOf(vendors);
  return {
    vendors: [...vendors.values()].map(({ id, title, settings }) => ({ id, title, declarations: settings })),
    accountOf: ({ vendor, values }) => accountFactOf(vendorIn(vendors, vendor), values).account,
    save: (name, connection) => changed(writeConnection(settingsPath, declarations, name, connection)),
    remove: async (name) => {
      const trouble = await secrets.forget(name);
      forget(name);
      changed(writeConnection(settingsPath, declarations, name, null));
      return trouble;
    },
    keepSecrets: (name, values) => secrets.keep(name, values, origins(name)),
    secretSources: (names) => secrets.places(names),
    keychainTrouble: () => secrets.check(),
    secretsGiven: (name) => {
      const text = environment.get(secretsVariable(name));
      const given = text === undefined ? null : parseSecrets(text);
      return given && Object.keys(given);
    },
  };
}
