import type { RememberedName } from '../model/remembered-name.ts';
import type { Named, Price } from '../model/subscription.ts';
import type { SafeText } from '../model/text.ts';
import type { Drafted } from './preparation.ts';

/** Cached organizations and services of one connection. */
export interface KnownPlaces {
  /** Null: no such id in the cache. */
  name(
    level: 'organization' | 'service',
    id: string,
  ): { readonly name: SafeText; readonly readAt: string | null } | null;
  /** The reseller of an organization, from its subscriptions. */
  resellerOf(organization: string): string | null;
}

export interface DraftedCreation {
  readonly drafted: Drafted;
  readonly organization: Named | null;
  /** Names from the cache that the vendor left out. */
  readonly remembered: readonly RememberedName[];
  /** Of what is created, as the vendor's price list gives it; null: it gives none. */
  readonly price: Price | null;
}
