import type { SafeText } from './text.ts';

/** Exit code of each kind. */
export const exitCodes = {
  ok: 0,
  broken: 1,
  usage: 2,
  missing: 3,
  'signed-out': 4,
  denied: 5,
  refused: 6,
  unreachable: 7,
  unknown: 8,
  partial: 9,
  pending: 10,
  interrupted: 130,
} as const;
export type ExitKind = keyof typeof exitCodes;
export type FaultKind = Exclude<ExitKind, 'ok'>;

/** The vendor's answer, as far as it may be displayed. */
export interface VendorAnswer {
  readonly status: number | null;
  readonly code: SafeText | null;
  readonly message: SafeText | null;
  readonly correlationId: SafeText | null;
}

/** What happened, and what to do next: one clear sentence each, safe to print. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly next: string;
  readonly connection: string | null;
  /** Whether bytes of a write left this machine. */
  readonly sent: boolean;
  readonly vendor: VendorAnswer | null;
}

/**
 * An expected failure. Reads throw it, so that pages can stream through plain iterators; writes never do: their outcome
 * is a value. It contains no request, header or body, so printing it cannot leak a secret.
 */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

/** Defaults for a fault of Subdeck's own. */
export function fault(kind: FaultKind, message: string, next: string, more: Partial<Fault> = {}): FaultError {
  return new FaultError({ kind, message, next, connection: null, sent: false, vendor: null, ...more });
}

/** A self-contained message: prefixed with the connection unless it names that itself. */
export function namedMessage({ connection, message }: Pick<Fault, 'connection' | 'message'>): string {
  const isNamed = connection === null || message.split(/[^a-z0-9_-]+/i).includes(connection);
  return isNamed ? message : `${connection}: ${message}`;
}
