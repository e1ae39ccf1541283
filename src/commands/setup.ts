import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { ConnectionSettings, Secrets, SettingDeclaration, Settings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';

/** What a vendor is called and what a connection to it takes: settings and secrets, the ones all vendors share included. */
export interface VendorKind {
  readonly id: VendorId;
  readonly title: string;
  readonly declarations: readonly SettingDeclaration[];
}

export type SecretSource = 'keychain' | 'environment' | 'missing';

/** Connections as they are kept: settings in `settings.json`, secrets in the keychain or the environment. */
export interface Setup {
  readonly vendors: readonly VendorKind[];
  /** The account that a connection with these settings is on. */
  accountOf(connection: ConnectionSettings): AccountKey;
  /**
   * Writes one connection's settings, checked as reading would. `change` gets all settings as they stand in the file, which no other
   * process writes meanwhile. Throws `usage` faults, those of `change` too; the file is whole in any case.
   */
  save(name: string, change: (saved: Settings) => ConnectionSettings): Promise<void>;
  /** Takes the connection out of settings, keychain and cache. The fault: the keychain would not let go. */
  remove(name: string): Promise<Fault | null>;
  /** Null once stored and read back; else a `partial` fault that names the variable to use. */
  keepSecrets(name: string, secrets: Secrets): Promise<Fault | null>;
  /** Where the secrets are, without reading them. The fault: the keychain could not be asked. */
  secretSources(names: readonly string[]): Promise<{
    readonly places: ReadonlyMap<string, SecretSource>;
    readonly fault: Fault | null;
  }>;
  /** What is wrong with the keychain, or null where something can be stored in it. */
  keychainTrouble(): Promise<Fault | null>;
  /** The names of the secrets that the environment holds for a connection; null where it holds none. */
  secretsGiven(name: string): readonly string[] | null;
}
