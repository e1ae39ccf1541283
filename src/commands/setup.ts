import type { Assumptions } from '../api/assumption.ts';
import type { CallLimits } from '../api/call-limits.ts';
import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { ConnectionSettings, Secrets, SettingDeclaration, Settings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';

/** A vendor's title and the settings and secrets of a connection to it, including those that all vendors share. */
export interface VendorKind {
  readonly id: VendorId;
  readonly title: string;
  readonly declarations: readonly SettingDeclaration[];
  readonly assumptions: Assumptions;
  readonly limits: CallLimits;
}

export type SecretSource = 'keychain' | 'environment' | 'missing';

/** Stored connections: settings in `settings.json`, secrets in the keychain or the environment. */
export interface Setup {
  readonly vendors: readonly VendorKind[];
  /** The account of a connection with these settings. */
  accountOf(connection: ConnectionSettings): AccountKey;
  /**
   * Writes one connection's settings, with the same checks as reading. `change` gets all current settings, which no other
   * process writes meanwhile. Throws `usage` faults, those of `change` too; the file is never left incomplete.
   */
  save(name: string, change: (saved: Settings) => ConnectionSettings): Promise<void>;
  /** Removes the connection from settings, keychain and cache. Returns a fault if the keychain refused. */
  remove(name: string): Promise<Fault | null>;
  /**
   * Null once stored and read back; else a `partial` fault that names the environment variable to use. `others`: whether
   * stored secrets that are not given now stay or go.
   */
  keepSecrets(name: string, secrets: Secrets, others: 'stay' | 'go'): Promise<Fault | null>;
  /** Where the secrets are, without reading them. The fault: the keychain did not answer. */
  secretSources(names: readonly string[]): Promise<{
    readonly places: ReadonlyMap<string, SecretSource>;
    readonly fault: Fault | null;
  }>;
  /** What is wrong with the keychain, or null if it can store secrets of this connection. */
  keychainTrouble(name: string): Promise<Fault | null>;
  /** The names of the secrets in the environment for a connection; null if there are none. */
  secretsGiven(name: string): readonly string[] | null;
}
