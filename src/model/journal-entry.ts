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
 * The basis of a verdict on a write. `answer`: the vendor's answer to the write or its request, or that nothing was
 * sent. `evidence`: the vendor's data, read later. `person`: a person checked and recorded it. `lease`: the sending
 * process is gone, and this is what it had recorded.
 */
export const verdictBases = ['answer', 'evidence', 'person', 'lease'] as const;
export type VerdictBasis = (typeof verdictBases)[number];

/** What this installation sent, with its outcome. Never contains a licence key. */
export interface JournalEntry {
  readonly id: string;
  readonly at: string;
  readonly ref: string;
  /** The account it was sent to. Null: not recorded, as by Subdeck 0.1.0. */
  readonly account: AccountKey | null;
  /** The id of the operation. Another version of Subdeck may have written an unknown one. */
  readonly verb: string;
  readonly sentence: string;
  readonly state: JournalState;
  /** The reason for the state; if there is none, the user's reason for the write. */
  readonly reason: SafeText | string | null;
  /** The basis of the state; null before a verdict, and in entries of Subdeck 0.1.0. */
  readonly basis: VerdictBasis | null;
  /** The state that a person corrected to this one, or null. */
  readonly corrects: JournalState | null;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly vendor: { readonly status: number | null; readonly correlationId: SafeText | null } | null;
  readonly by: string;
}

/** Whether it has an outcome. */
export function isOver({ state }: Pick<JournalEntry, 'state'>): boolean {
  return state === 'done' || state === 'refused' || state.startsWith('settled');
}
