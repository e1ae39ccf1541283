import { fault } from '../model/fault.ts';
import type { SettingDeclaration } from '../model/settings.ts';
import type { Level, VendorId } from '../model/vendor.ts';
import type { AccountRule } from './account-key.ts';
import type { Assumptions } from './assumption.ts';
import type { CallLimits } from './call-limits.ts';
import type {
  Barred,
  Charging,
  DeadlineRules,
  NotYet,
  PortalAddress,
  PortalPlace,
  ProductPlace,
  Vendor,
} from './contract.ts';
import type { ProbeReport } from './probe/report.ts';
import type { VendorSetup } from './setup.ts';

/**
 * A vendor before any connection: what it needs, and how a connection to it is made. It stands in `src/api/<vendor>/vendor.ts`,
 * which every start loads: the adapter itself comes at first need.
 */
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
  readonly deadlines: DeadlineRules;
  /** What its prices are for, as the settings choose, and what it still charges after an end. */
  readonly charging: (settings: Readonly<Record<string, string>>) => Omit<Charging, 'vendor'>;
  readonly limits: CallLimits;
  /** The kinds of connection that can do different things, for the ability matrix. The settings given decide; the rest are placeholders. */
  readonly variants: readonly VendorVariant[];
  /** Levels that a connection with these settings does not have, which has one node named after the connection in their place. */
  readonly impliedLevels: (settings: Readonly<Record<string, string>>) => readonly Level[];
  /** What a connection with these settings may not do, for want of a level, an edition, a role or a scope. */
  readonly barred: (settings: Readonly<Record<string, string>>) => Barred;
  /** What its product lists depend on: two places that are equal in this have the same list. */
  readonly productsBy: (settings: Readonly<Record<string, string>>) => readonly (keyof ProductPlace)[];
  /** The page of the vendor's own portal that shows a place; `portalOf` checks the address. */
  readonly portal: (settings: Readonly<Record<string, string>>, place: PortalPlace) => PortalAddress;
  /** Writes that its public documents have beyond the abilities, and that Subdeck does not do, so far. They stand in the ability matrix. */
  readonly notYet: readonly NotYet[];
  /**
   * Checks the assumptions against the live service, reading only; what it found holds no value. Throws `FaultError` where
   * nothing can be read.
   */
  probe(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport>;
  /** Loads the adapter. Opens no socket and asks for no secret. Throws `usage` faults for settings that cannot be. */
  create(setup: VendorSetup): Promise<Vendor>;
}

export interface VendorVariant {
  /** In words, as a column's head: `seller`, `Free edition`. */
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Vendors by id, in the order in which they are shown. */
export type Vendors = ReadonlyMap<VendorId, VendorKind>;

export function vendorsOf(kinds: readonly VendorKind[]): Vendors {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  if (byId.size < kinds.length) throw new Error('Two vendors have the same id.');
  return byId;
}

/** Throws `denied` where there is none: the settings, or what the cache keeps, are of another version. */
export function vendorIn(vendors: Vendors, id: VendorId): VendorKind {
  const kind = vendors.get(id);
  if (kind) return kind;
  throw fault('denied', `This version of Subdeck does not support the vendor ${id}.`, 'Update Subdeck.');
}

/** How a connection with these settings is charged. */
export function chargingOf(
  { title, charging }: Pick<VendorKind, 'title' | 'charging'>,
  settings: Readonly<Record<string, string>>,
): Charging {
  return { vendor: title, ...charging(settings) };
}
