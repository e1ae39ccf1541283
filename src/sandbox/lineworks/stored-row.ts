import { digits } from '../digits.ts';
import type { Renewal, Reservation, Subscription } from './wire.ts';

/** A subscription as the twin holds it; `subscriptionId` in digits. */
export interface StoredRow {
  readonly index: number;
  readonly customer: number;
  readonly subscriptionId: string;
  readonly productId: string;
  readonly plan: string;
  readonly planStartDate: string;
  readonly planEndDate: string | null;
  readonly licenseAssignType: string | null;
  readonly licenseCount: number | null;
  readonly status: string;
  readonly renewal: StoredRenewal | null;
  readonly reservation: StoredReservation | null;
}

export type StoredRenewal = Omit<Renewal, 'subscriptionId'>;
export type StoredReservation = Omit<Reservation, 'subscriptionId'>;

export function wire(held: StoredRow, domainId: number): Subscription {
  const { licenseAssignType } = held;
  return {
    domainId,
    subscriptionId: digits(held.subscriptionId),
    productId: held.productId,
    plan: held.plan,
    planStartDate: held.planStartDate,
    planEndDate: held.planEndDate,
    ...(licenseAssignType === null ? {} : { licenseAssignType }),
    licenseCount: held.licenseCount,
    status: held.status,
    renewal: held.renewal === null ? null : wireRenewal(held, held.renewal),
  };
}

export function wireRenewal(held: StoredRow, renewal: StoredRenewal): Renewal {
  return { subscriptionId: digits(held.subscriptionId), ...renewal };
}

export function wireReservation(held: StoredRow, reservation: StoredReservation): Reservation {
  return { subscriptionId: digits(held.subscriptionId), ...reservation };
}
