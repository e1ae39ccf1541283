import type { AutoRenewSettings } from './wire.ts';

/** A subscription as the twin holds it, before list or detail give it their names. Times in milliseconds. */
export interface StoredRow {
  readonly index: number;
  readonly customer: number;
  /** Place in the catalogue. */
  readonly offer: number;
  /** Index of the subscription that this one is an add-on of. */
  readonly parent: number | null;
  readonly name: string | null;
  readonly status: string;
  readonly start: number;
  readonly end: number | null;
  readonly cancellableUntil: number | null;
  readonly quantity: number;
  readonly term: string;
  readonly billing: string;
  /** The frequency that the next period is billed by, where another was asked for. */
  readonly nextBilling: string | null;
  readonly autoRenew: boolean;
  readonly autoRenewSettings: AutoRenewSettings | null;
  readonly poNumber: string | null;
}
