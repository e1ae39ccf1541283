import type { Digits } from '../digits.ts';

export interface Reference {
  readonly id: number;
  readonly name: string | null;
}

export interface Addon {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly status: string;
  readonly endDate: string | null;
  readonly cancelAtPeriodEnd: boolean;
}

export interface Subscription {
  readonly id: string;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly quantity?: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly status: string | null;
  readonly account: Reference | null;
  readonly product: Reference;
  readonly productId: number;
  readonly productName: string;
  /** Of one unit for one billing cycle; null for one row in twelve. */
  readonly unitPrice: Digits | null;
  readonly currency: Reference | null;
  readonly billingCycle: Reference;
  readonly addons: readonly Addon[];
}

/** Characteristics, custom fields and instalment plans are lists of these. */
export interface Characteristic {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly value: string | null;
}

export interface QuantityRequest {
  readonly requestId: string;
  readonly subscriptionId: string;
  /** The new total that was asked for. */
  readonly quantity: number;
  readonly status: 'Pending' | 'InProgress' | 'Completed' | 'Failed';
  readonly message: string | null;
}

export interface OrderItem {
  readonly id: number;
  readonly productId: number;
  readonly productName: string;
  readonly quantity: number;
  readonly subscriptionId: string | null;
}

export interface Order {
  readonly id: number;
  readonly status: string;
  readonly orderDate: string;
  readonly expirationDate: string;
  readonly account: Reference;
  readonly items: readonly OrderItem[];
}
