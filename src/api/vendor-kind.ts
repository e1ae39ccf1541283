import type { SettingDeclaration } from '../model/settings.ts';
import type { Level, VendorId } from '../model/vendor.ts';
import type { AccountRule } from './account-key.ts';
import type { Assumptions } from './assumption.ts';
import type { Vendor } from './contract.ts';
import type { VendorSetup } from './setup.ts';

/** One of the five, before any connection: what it needs, and how a connection to it is made. */
export interface VendorKind {
  readonly id: VendorId;
  /** As its makers write it. */
  readonly title: string;
  /** Settings and secrets in the order in which people are asked, the shared ones last. */
  readonly settings: readonly SettingDeclaration[];
  /** What its adapter takes for granted, by id; those with alternatives are settings too. */
  readonly assumptions: Assumptions;
  /** What its ids are unique in, beside the origin of its API. */
  readonly account: AccountRule;
  /** The kinds of connection that can do different things, for the ability matrix. The settings given decide; the rest are placeholders. */
  readonly variants: readonly VendorVariant[];
  /** Levels that a connection with these settings does not have, as `Vendor.impliedLevels` says once it is made. */
  impliedLevels(settings: Readonly<Record<string, string>>): readonly Level[];
  /** Loads the adapter. Opens no socket and asks for no secret. Throws `usage` faults for settings that cannot be. */
  create(setup: VendorSetup): Promise<Vendor>;
}

export interface VendorVariant {
  /** In words, as a column's head: `seller`, `Free edition`. */
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
}
