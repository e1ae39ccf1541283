/**
 * How many calls a vendor takes. Declared once for each vendor: the call queue keeps to it (src/api/http/call-pace.ts), and
 * docs/reference/vendors.md shows it.
 */
export type CallLimits = KnownLimits | UnknownLimits;

/** Calls are counted in windows of some seconds. */
export interface KnownLimits {
  readonly kind: 'known';
  readonly seconds: number;
  /** What is counted by itself. */
  readonly per: 'connection' | 'operation';
  /** Calls in one window: until an answer came, and where answers name no limit. */
  readonly calls: { readonly untilAnswered: number; readonly unlessNamed: number };
  /** Headers of an answer, in lower case: the limit, calls left in this window, seconds until the next one. */
  readonly headers: { readonly limit: string; readonly left: string; readonly reset: string };
  /** A sync that goes on for longer takes only this share of the limit; what a person waits for may use the rest. */
  readonly sustained: { readonly afterSeconds: number; readonly share: number };
  readonly source: string;
}

/** No number was found: answers alone show what is too much. */
export interface UnknownLimits {
  readonly kind: 'unknown';
  /** Where was looked, and what there is instead, as a sentence. */
  readonly source: string;
}
