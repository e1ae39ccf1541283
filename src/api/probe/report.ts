import type { VendorId } from '../../model/vendor.ts';
import type { Evidence } from '../assumption.ts';

/** The result for an assumption. `open`: reads cannot decide it, or there was nothing to read. */
export type Finding = 'holds' | 'does-not-hold' | 'open';

export interface ProbedAssumption {
  readonly id: string;
  readonly says: string;
  readonly evidence: Evidence;
  readonly finding: Finding;
  /** The observation in Subdeck's own words: names of fields, types, words and counts, never a value. */
  readonly seen: string;
  /** The setting that matches the observation (`assume.ID=ALTERNATIVE`); null if nothing has to be set. */
  readonly propose: string | null;
}

/** A field of a vendor's objects: how many have it, and its types. */
export interface ShapedField {
  readonly name: string;
  readonly present: number;
  readonly types: readonly string[];
}

export interface Shape {
  readonly of: string;
  readonly count: number;
  readonly fields: readonly ShapedField[];
}

export interface CountedWord {
  readonly word: string;
  readonly count: number;
  readonly isKnown: boolean;
}

/** The result of probing one connection. Can be handed on: it contains no value, id or name. */
export interface ProbeReport {
  readonly vendor: VendorId;
  readonly assumptions: readonly ProbedAssumption[];
  readonly shapes: readonly Shape[];
  readonly statusWords: readonly CountedWord[];
  /** Rate-limit headers, with their counts. */
  readonly rateHeaders: Readonly<Record<string, number>>;
  /** The answer to an unknown id. */
  readonly error: { readonly status: number; readonly fields: readonly ShapedField[] } | null;
  /** The vendor's clock minus this computer's; null if no answer had a time. */
  readonly clockDifferenceSeconds: number | null;
}
