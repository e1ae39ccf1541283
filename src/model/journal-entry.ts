import type { AccountKey } from './account.ts';
import type { JsonObject, SafeText } from './text.ts';

export const journalStates = [
  'intent',
  'sent',
  'done',
  'refused',
  'unknown',
  'settled-applied',
  'settled-not-applied',
  'needs-person',
] as const;
export type JournalState = (typeof journalStates)[number];

/**
 * What a verdict on a write is based on. `answer`: what the vendor said of the write or of its request, or that nothing left.
 * `evidence`: what the vendor showed when it was looked at again. `person`: somebody looked and says so. `lease`: the process
 * that sent it is gone, and this is what it had kept.
 */
export const verdictBases = ['answer', 'evidence', 'person', 'lease'] as const;
export type VerdictBasis = (typeof verdictBases)[number];

/** What this installation sent, and what became of it (contract §4). Never holds a licence key. */
export interface JournalEntry {
  readonly id: string;
  readonly at: string;
  readonly ref: string;
  /** The account it was sent to. Null: not recorded, as by Subdeck 0.1.0. */
  readonly account: AccountKey | null;
  /** The id of the operation. Another version of Subdeck may have written one that this one does not know. */
  readonly verb: string;
  readonly sentence: string;
  readonly state: JournalState;
  /** Why the state is what it is; where there is nothing to say of that, why the person wanted the write. */
  readonly reason: SafeText | string | null;
  /** What the state is based on; null while nothing is said of it, and in entries of Subdeck 0.1.0. */
  readonly basis: VerdictBasis | null;
  /** What a person corrected by this state, or null. */
  readonly corrects: JournalState | null;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly vendor: { readonly status: number | null; readonly correlationId: SafeText | null } | null;
  readonly by: string;
}

/** Whether it has its end. */
export function isOver({ state }: Pick<JournalEntry, 'state'>): boolean {
  return state === 'done' || state === 'refused' || state.startsWith('settled');
}
