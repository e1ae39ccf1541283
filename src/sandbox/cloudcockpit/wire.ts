import type { Digits } from '../digits.ts';

/** Enumerations are always objects. */
export interface Word {
  readonly name: string;
}

export interface Price {
  readonly value: Digits;
  readonly currency: Word;
}

/** A row of the lists. Ids are UUIDs, dates ISO 8601 with an offset. */
export interface ListedSubscription {
  readonly id: string;
  readonly orderId: string;
  readonly offerId: string;
  readonly customerId: string;
  readonly providerInstanceId: string;
  readonly resellerId: string | null;
  readonly subscriptionName: string | null;
  readonly offerName: string | null;
  readonly offerType: Word;
  readonly isAddonOffer: boolean;
  readonly isTrialOffer: boolean;
  readonly providerOfferId: string | null;
  readonly subscriptionStatus: Word;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly cancellationAllowedUntil: string | null;
  readonly quantity: number;
  readonly listPrice: Price | null;
  readonly revenuePrice: Price | null;
  readonly erpPrice: Price | null;
  readonly customMargin: { readonly marginRule: Word; readonly value: Digits } | null;
  readonly billingFrequency: Word;
  readonly billingType: Word;
  readonly termDuration: Word;
  readonly segment: Word;
  readonly parentSubscriptionId: string | null;
  readonly providerSubscriptionId: string | null;
  readonly autoRenewal: boolean;
  /** JSON in a string. */
  readonly providerData: string | null;
  readonly internalId: string | null;
}

/** One subscription read alone: another model with other names. */
export interface DetailedSubscription {
  readonly id: string;
  readonly customerId: string;
  readonly providerInstanceId: string;
  readonly resellerId: string | null;
  readonly name: string | null;
  readonly providerSubscriptionId: string | null;
  readonly status: Word;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly cancellationAllowedUntil: string | null;
  readonly quantity: number;
  readonly termDuration: Word;
  readonly billingFrequency: Word;
  readonly nextBillingFrequency: { readonly scheduledDate: string | null; readonly billingFrequency: Word } | null;
  readonly segment: Word;
  readonly autoRenewEnabled: boolean;
  readonly autoRenewSettings: AutoRenewSettings | null;
  /** Set through `po-number`; that the detail shows it is an assumption. */
  readonly poNumber: string | null;
}

export interface AutoRenewSettings {
  readonly term: Word;
  readonly billingFrequency: Word;
  readonly customTermEndDate: string | null;
}

export interface ListPage<Item> {
  readonly items: readonly Item[] | null;
  readonly paginationParameters: { readonly pageNumber: number; readonly pageSize: number };
  readonly totalPages: number;
  readonly totalCount: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly continuationToken: string | null;
}

export interface Reseller {
  readonly id: string;
  readonly companyName: string;
  readonly country: string;
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zipCode: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
}

export interface Customer {
  readonly id: string;
  readonly companyName: string;
  readonly domain: string;
  readonly taxId: string | null;
  readonly country: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly zipCode: string;
  readonly email: string;
  readonly phone: string | null;
  readonly internalIdentifier: string | null;
  readonly resellerId: string | null;
  readonly providerCustomers: readonly { readonly providerInstanceId: string; readonly providerCustomerId: string }[];
  readonly customerAssociations: readonly { readonly customerId: string }[];
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly subscriptionName: string;
  readonly quantity: number;
  readonly status: Word;
  readonly createdDate: string;
}

export interface ErrorBody {
  readonly statusCode: number;
  readonly type: string;
  readonly description: string;
  readonly correlationId: string;
  readonly errors: readonly { readonly propertyName: string; readonly description: readonly string[] }[];
}
