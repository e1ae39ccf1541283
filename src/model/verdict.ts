import type { JournalState, VerdictBasis } from './journal-entry.ts';
import type { SafeText } from './text.ts';

/** States that say how a write stands, as far as anybody knows. */
export type VerdictState = Exclude<JournalState, 'intent' | 'sent'>;

/** One line of what was said of a write, in the order in which it was said. Nothing is ever changed in one. */
export interface Verdict {
  readonly state: VerdictState;
  readonly at: string;
  /** Null in entries of Subdeck 0.1.0, which did not keep it. */
  readonly basis: VerdictBasis | null;
  /** Who said so; null where it was no person. */
  readonly by: string | null;
  readonly reason: SafeText | string | null;
}

/** Whether the write happened, where a state says so. */
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

/** What a verdict is based on, for people. */
export const basisWords: Readonly<Record<VerdictBasis, string>> = {
  answer: 'the vendor’s answer',
  evidence: 'what the vendor shows',
  person: 'a person’s word',
  lease: 'what the process that sent it had kept',
};

/** A line of what was said, after its time: "settled-applied, by a person’s word (maria): she looked." */
export function verdictText({ state, basis, by, reason }: Verdict): string {
  const based = basis === null ? '' : `, by ${basisWords[basis]}`;
  return `${state}${based}${by === null ? '' : ` (${by})`}${reason === null ? '' : `: ${reason}`}`;
}
