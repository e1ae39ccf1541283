import type { Digits } from '../digits.ts';

export interface Customer {
  readonly tenantId: number;
  readonly domainId: number;
  readonly domain: string;
  readonly productId: string | null;
  readonly companyName: string;
  readonly phoneNumber: string | null;
  readonly timeZone: string;
  readonly locale: string;
  readonly enableActiveMxrecord: boolean;
  readonly enableActiveDomain: boolean;
  readonly domainType: string;
  readonly administrator: {
    readonly lastName: string;
    readonly firstName: string;
    readonly id: string;
    readonly privateEmail: string;
    readonly cellphone: string;
    readonly countryCode: string;
  };
  readonly partnership: {
    readonly status: string;
    readonly customerCode: string;
    readonly enablePartnerProfileDisplay: boolean;
    readonly memo: string;
  };
}

/** Dates are `YYYY-MM-DD`. `subscriptionId` may lie beyond what a double can hold. */
export interface Subscription {
  readonly domainId: number;
  readonly subscriptionId: Digits;
  readonly productId: string;
  readonly plan: string;
  readonly planStartDate: string;
  readonly planEndDate: string | null;
  readonly licenseAssignType?: string;
  readonly licenseCount: number | null;
  readonly status: string;
  readonly renewal: Renewal | null;
}

export interface Renewal {
  readonly subscriptionId: Digits;
  readonly type: string;
  readonly productId?: string;
  readonly plan?: string;
  readonly licenseCount?: number;
}

export interface Reservation {
  readonly subscriptionId: Digits;
  readonly type: string;
  readonly applyDate: string;
  readonly plan?: string;
  readonly productId?: string;
  readonly licenseCount?: number;
}

export interface PreOrder {
  readonly preOrderId: string;
  readonly productId: string;
  readonly applyDate: string;
  readonly plan: string;
  readonly licenseCount: number | null;
}
