import type { SafeText } from './text.ts';
import type { VendorId } from './vendor.ts';

/** An id is the vendor's own, opaque and not sanitized: screens show it through `showId`. */
export interface Named {
  readonly id: string;
  readonly name: SafeText;
}

export const statuses = ['active', 'pending', 'suspended', 'cancelled', 'expired', 'error', 'unknown'] as const;
export type Status = (typeof statuses)[number];

export const renewalModes = ['auto', 'manual', 'change', 'cancel', 'none', 'unknown'] as const;
export type RenewalMode = (typeof renewalModes)[number];

export interface Renewal {
  readonly mode: RenewalMode;
  readonly quantity: number | null;
  readonly productId: string | null;
  readonly plan: SafeText | null;
}

export const priceKinds = ['list', 'revenue', 'erp', 'unit'] as const;
export type PriceKind = (typeof priceKinds)[number];

/** `amount` is the vendor's own digits; it is never a binary float. */
export interface Price {
  readonly kind: PriceKind;
  readonly amount: string;
  readonly currency: SafeText | null;
}

/** The common fields of every vendor's subscription. Dates are exactly as the vendor wrote them. */
export interface Subscription {
  readonly ref: string;
  readonly connection: string;
  readonly vendor: VendorId;
  readonly id: string;
  readonly name: SafeText;
  readonly status: Status;
  readonly vendorStatus: SafeText | null;
  readonly seller: Named | null;
  readonly reseller: Named | null;
  readonly organization: Named | null;
  readonly services: readonly Named[];
  readonly product: Named | null;
  readonly parentId: string | null;
  readonly isAddon: boolean;
  readonly isTrial: boolean;
  readonly quantity: number | null;
  readonly billing: SafeText | null;
  readonly term: SafeText | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly cancellableUntil: string | null;
  readonly renewal: Renewal | null;
  readonly prices: readonly Price[];
  readonly hasLicenseKey: boolean;
  readonly externalIds: Readonly<Record<string, string>>;
  /** The kind of customer it is sold to, in the vendor's word. */
  readonly segment: SafeText | null;
  /** When Subdeck read this row from the vendor, ISO 8601 UTC. */
  readonly readAt: string;
  /** Unexpected fields of the vendor's reply, each a short sentence. Empty for a clean row. */
  readonly surprises: readonly string[];
}

/** A subscription in the cache. */
export interface CachedSubscription extends Subscription {
  /** REFs of the same subscription through other connections, in their order (docs/several-connections.md). */
  readonly sameAs: readonly string[];
  /** When a sync stopped seeing it, ISO 8601 UTC; null where the last one saw it (docs/syncing.md). */
  readonly missingSince: string | null;
}

export interface Addon {
  readonly id: string;
  readonly name: SafeText;
  readonly quantity: number | null;
  readonly status: Status;
  readonly cancelAtPeriodEnd: boolean;
  readonly endsAt: string | null;
}

/** One line of the vendor's own audit trail. */
export interface HistoryEntry {
  readonly at: string | null;
  readonly action: SafeText;
  readonly by: SafeText | null;
  readonly field: SafeText | null;
  readonly from: SafeText | null;
  readonly to: SafeText | null;
}

/**
 * A titled group of a vendor's further details on a subscription: characteristics, instalment plan, custom fields,
 * margin.
 */
export interface DetailSection {
  readonly title: string;
  readonly fields: readonly { readonly label: SafeText; readonly value: SafeText | null }[];
  /** Why there is nothing, if the vendor answered "none". */
  readonly empty?: string;
}

/** A line of a price list or product list. */
export interface Product {
  readonly id: string;
  readonly name: SafeText;
  readonly code: SafeText | null;
  readonly price: Price | null;
}
