/** One result of the subscription search. Every field is optional in the vendor's data structure. */
export interface DistributorSubscription {
  readonly id: string;
  readonly billingEngineSubscriptionId?: string;
  readonly customerOrgId?: string;
  readonly customerRef?: CustomerRef;
  readonly resellerRef?: ResellerRef;
  readonly serviceRefs?: readonly ServiceRef[];
  readonly renewalPreference?: string;
  readonly status?: string;
  readonly subscriptionStartDate?: string;
  readonly subscriptionEndDate?: string;
  readonly currency?: string;
  readonly orderSourceType?: string;
  readonly subscriptionGroupId?: string;
  readonly subscriptionType?: string;
}

export interface CustomerRef {
  readonly name: string;
  readonly orgId?: string;
  readonly orgName?: string;
}

export interface ResellerRef {
  readonly name: string;
  readonly orgId: string;
  readonly partnerId: string;
}

export interface ServiceRef {
  readonly id: string;
  readonly name: string;
  readonly serviceIcon: string;
}

/** The detail page names its dates differently from the list and adds the offers. */
export interface SubscriptionDetail
  extends Omit<DistributorSubscription, 'subscriptionStartDate' | 'subscriptionEndDate'> {
  readonly startDate: string;
  readonly endDate?: string;
  readonly offerGroup: OfferGroup;
}

export interface OfferGroup {
  readonly id: string;
  readonly name: string;
  readonly billingFrequency: string;
  readonly billingTerm: number;
  readonly billingTermUom: string;
  readonly currency: string;
  readonly description: string;
  readonly endDate?: string;
  readonly offerCategory: string;
  readonly offerSubCategory: string;
  readonly offerType: string;
  readonly offerCost: number;
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitOfMeasure: string;
}

/** Customers by reseller, from the usage pages: the only list of either. */
export interface ResellerCustomers {
  readonly resellerName: string;
  readonly resellerPRMId: string;
  readonly customers: readonly {
    readonly customerName: string;
    readonly customerOrgId: string;
    readonly serviceRef: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** `current` and `next` are result numbers, counted from 1. */
export interface SubscriptionPage {
  readonly current: number;
  readonly next?: number;
  readonly results: readonly DistributorSubscription[];
  readonly totalResultsCount?: number;
}
