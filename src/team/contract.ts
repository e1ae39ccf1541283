import type { Fault } from '../model/fault.ts';
import type { TeamSettings } from '../model/settings.ts';
import type { StoreInit } from './init-store.ts';
import type { JoinedStore } from './join-store.ts';
import type { StoreCheck } from './store-checks.ts';
import type { StoreStatus } from './store-status.ts';

/** What the commands do with a team's store. Nothing is connected before it is asked for. */
export interface TeamCommands {
  /** The team of this installation; null: none. */
  readonly current: TeamSettings | null;
  /** The SQL that `init` runs in a database without a store. Makes no connection. */
  initScript(url: string): Promise<string>;
  /** Creates or upgrades the schema. `password`: null where none was given now. */
  init(
    url: string,
    options: { readonly password: string | null; readonly force: boolean; readonly acceptServer: boolean },
  ): Promise<StoreInit>;
  /** Whether `join` finds a password for this store without being given one. Throws `usage`. */
  knowsPassword(url: string): Promise<boolean>;
  /** Whether a URL leads to the store of this installation's team. Throws `usage`. */
  isCurrent(url: string): boolean;
  /** Makes this installation a member and writes the settings. `as`: null where no name was given. */
  join(url: string, options: { readonly as: string | null; readonly password: string | null }): Promise<Joined>;
  /** Leaves the team: the settings have none afterwards. */
  leave(): Promise<void>;
  /** Throws `missing` where there is no team. */
  status(): Promise<TeamStatus>;
  remove(name: string): Promise<void>;
  /** Says for the whole team whether two accounts are one. Throws `missing` for one that the team does not know, `refused` while both have an open write on one subscription. */
  compareAccounts(one: string, other: string, areSame: boolean): Promise<void>;
  /** What `doctor` says of the store; nothing where there is no team. */
  checks(): Promise<readonly StoreCheck[]>;
}

export interface Joined extends JoinedStore, TeamSettings {
  /** Why the keychain did not take the password; null: it did, or had not to. */
  readonly notKept: Fault | null;
}

export interface TeamStatus extends TeamSettings {
  readonly host: string;
  /** Null: the store did not answer. */
  readonly store: StoreStatus | null;
  /** Why it did not. */
  readonly fault: Fault | null;
}
