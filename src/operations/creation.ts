import type { RememberedName } from '../model/remembered-name.ts';
import type { Named } from '../model/subscription.ts';
import type { SafeText } from '../model/text.ts';
import type { Drafted } from './preparation.ts';

/** What the cache knows of the places of one connection. */
export interface KnownPlaces {
  /** Null: it knows none with this id. */
  name(
    level: 'organization' | 'service',
    id: string,
  ): { readonly name: SafeText; readonly readAt: string | null } | null;
  /** Who sells to an organization, as far as any of its subscriptions tells. */
  resellerOf(organization: string): string | null;
}

export interface DraftedCreation {
  readonly drafted: Drafted;
  readonly organization: Named | null;
  /** What the vendor did not name, and the cache does. */
  readonly remembered: readonly RememberedName[];
}
