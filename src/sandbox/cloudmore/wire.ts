import type { Digits } from '../digits.ts';

export type Status = string | { readonly id: number; readonly name: string };

export interface Addon {
  readonly id: string;
  readonly productId: string;
  readonly name: string;
  readonly quantity: number | null;
  readonly price: Digits;
}

export interface CustomProperty {
  readonly propertyId: string;
  readonly name: string;
  readonly value: string | null;
}

/** What every level's subscription model shares. */
export interface SubscriptionModel {
  readonly id: string;
  readonly name: string | null;
  readonly status?: Status | null;
  readonly productId: string;
  readonly productName: string | null;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly resellerId: string;
  readonly organizationId: string;
  readonly organizationName: string | null;
  readonly quantity: number | null;
  readonly price: Digits | null;
  readonly currency: string | null;
  readonly licenseKey?: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly cancelledDate: string | null;
  readonly addons: readonly Addon[];
  readonly customProperties: readonly CustomProperty[];
  readonly isTrial?: true;
}

/** SellerServiceSubscriptionViewModel. */
export interface SellerSubscription extends SubscriptionModel {
  readonly sellerId: string;
  readonly sellerName: string;
  readonly resellerName: string;
  readonly costPrice?: Digits;
}

/** ResellerServiceSubscriptionViewModel and OrganizationServiceSubscriptionViewModel. */
export interface ResellerSubscription extends SubscriptionModel {
  readonly resellerName?: string;
  readonly purchaseOrderNumber?: string | null;
}

/** OrganizationSubscriptionHistoryViewModel. */
export interface HistoryEntry {
  readonly date: string;
  readonly action: string;
  readonly user: string;
  readonly property?: string;
  readonly oldValue?: string | null;
  readonly newValue?: string | null;
}

/** One line of a price list. */
export interface PriceLine {
  readonly id: string;
  readonly productId: string;
  readonly name: string;
  readonly itemCode: string;
  readonly price: Digits;
  readonly currency: string;
}
