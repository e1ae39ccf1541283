import type { SafeText } from './text.ts';
import type { Level, VendorId } from './vendor.ts';

/**
 * One node of the tree that narrows a list. `id: null` is the branch of rows without that level (a direct customer).
 */
export interface Pin {
  readonly level: Level;
  readonly connection: string;
  readonly id: string | null;
}

/** The scope of a list: pins from the top down, all of which must match. Empty is everything. */
export type Scope = readonly Pin[];

/** The contents below a node; a subscription with several services counts once. */
export interface Counts {
  readonly resellers: number;
  readonly organizations: number;
  readonly services: number;
  readonly subscriptions: number;
  readonly seats: number;
  readonly endingSoon: number;
}

/** A seller, reseller, organization or service, as listed at its level. */
export interface LevelNode {
  readonly id: string | null;
  /** `direct` or `none` where the id is null; JSON has null then. */
  readonly name: SafeText;
  /** Of an organization: the internet domain that the vendor gave last (`domainName`). */
  readonly domain: SafeText | null;
  readonly connection: string;
  readonly vendor: VendorId;
  readonly level: Level;
  /** The vendor has no such level: one implied node stands for it, and browsing skips it. */
  readonly implied: boolean;
  readonly counts: Counts;
  readonly readAt: string | null;
}
