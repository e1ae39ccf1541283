import type { JournalState, VerdictBasis } from './journal-entry.ts';
import type { SafeText } from './text.ts';

/** States with a verdict on a write. */
export type VerdictState = Exclude<JournalState, 'intent' | 'sent'>;

/** One verdict on a write, in order. Lines are never changed. */
export interface Verdict {
  readonly state: VerdictState;
  readonly at: string;
  /** Null in entries of Subdeck 0.1.0, which did not record it. */
  readonly basis: VerdictBasis | null;
  /** The author; null if it was not a person. */
  readonly by: string | null;
  readonly reason: SafeText | string | null;
}

/** Whether the write happened, if the state says so. */
export function happened(state: JournalState): boolean | null {
  switch (state) {
    case 'done':
    case 'settled-applied':
      return true;
    case 'refused':
    case 'settled-not-applied':
      return false;
    case 'intent':
    case 'sent':
    case 'unknown':
    case 'needs-person':
      return null;
  }
}

/** The basis of a verdict, for people. */
export const basisWords: Readonly<Record<VerdictBasis, string>> = {
  answer: 'the vendor’s answer',
  evidence: 'what the vendor shows',
  person: 'what a person recorded',
  lease: 'what the sending process had stored',
};

/** A verdict after its time: "settled-applied, by a person’s statement (maria): she checked." */
export function verdictText({ state, basis, by, reason }: Verdict): string {
  const based = basis === null ? '' : `, by ${basisWords[basis]}`;
  return `${state}${based}${by === null ? '' : ` (${by})`}${reason === null ? '' : `: ${reason}`}`;
}

/** The lowest first. */
const ranks: readonly VerdictBasis[] = ['lease', 'person', 'evidence', 'answer'];

/** Whether a verdict on this basis replaces one on that. A basis that was not recorded is below all. */
export function outranks(basis: VerdictBasis, other: VerdictBasis | null): boolean {
  return other === null || ranks.indexOf(basis) > ranks.indexOf(other);
}
