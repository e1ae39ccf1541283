import type { VendorId } from '../../model/vendor.ts';
import type { Evidence } from '../assumption.ts';

/** What a live service shows of an assumption. `open`: reading does not tell, or there was nothing to read. */
export type Finding = 'holds' | 'does-not-hold' | 'open';

export interface ProbedAssumption {
  readonly id: string;
  readonly says: string;
  readonly evidence: Evidence;
  readonly finding: Finding;
  /** What was seen, in our own words: names of fields, types, words and counts, never a value. */
  readonly seen: string;
  /** The setting that fits what was seen (`assume.ID=ALTERNATIVE`); null where nothing has to be set. */
  readonly propose: string | null;
}

/** A field of a vendor's objects: in how many it is there, and of what types. */
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

/** What a probe of one connection found. Can be handed on: it holds no value, no id and no name. */
export interface ProbeReport {
  readonly vendor: VendorId;
  readonly assumptions: readonly ProbedAssumption[];
  readonly shapes: readonly Shape[];
  readonly statusWords: readonly CountedWord[];
  /** Headers about limits, with their counts. */
  readonly rateHeaders: Readonly<Record<string, number>>;
  /** How an id that is none was answered. */
  readonly error: { readonly status: number; readonly fields: readonly ShapedField[] } | null;
  /** The vendor's clock less this computer's; null where no answer named a time. */
  readonly clockDifferenceSeconds: number | null;
}
