import { confirms, offeredWords } from '../model/confirmation.ts';
import { type Fault, fault } from '../model/fault.ts';
import { countText } from './bulk/count.ts';
import { isDigestOf, planDigest } from './bulk/plan-digest.ts';
import type { BulkPlan } from './bulk/plan-file.ts';
import type { Plan } from './contract.ts';

/** What is to be confirmed: one plan, or all rows of a plan file. */
export interface Confirmable {
  readonly isIrreversible: boolean;
  /** What may be typed, exactly; any one of them. */
  readonly words: readonly string[];
  /** What `--confirm` takes, and what it is called: an id, or the digest of what was reviewed. */
  readonly proof: { readonly what: 'id' | 'digest'; readonly text: string; is(given: string): boolean };
}

/** One plan: its id or name is typed. */
export function confirmablePlan({
  irreversible,
  confirmations,
}: Pick<Plan, 'irreversible' | 'confirmations'>): Confirmable {
  const [id = ''] = offeredWords(confirmations);
  const is = (given: string) => given === confirmations[0] || given === id;
  return { isIrreversible: irreversible, words: confirmations, proof: { what: 'id', text: id, is } };
}

/**
 * Many plans: what is typed are the irreversible operations with their counts ("cancel 12"), or all of them where everything
 * can be undone. In the whole file, so that the same words confirm a run that goes on after a kill.
 */
export function confirmableRows(plan: BulkPlan): Confirmable {
  const final = plan.rows.filter(({ irreversible }) => irreversible);
  return {
    isIrreversible: final.length > 0,
    words: [countText(final.length > 0 ? final : plan.rows)],
    proof: { what: 'digest', text: planDigest(plan), is: (given) => isDigestOf(plan, given) },
  };
}

/** How it was asked for. */
export type ConfirmationWay =
  /** The box of a plan in the console. `openedBy`: the key that opened it. */
  | { readonly by: 'keys'; readonly openedBy: string | null }
  /** The same, read out and answered line by line. */
  | { readonly by: 'screen reader' }
  /** A plan of many changes in the console. */
  | { readonly by: 'marked rows' }
  /** The command line: one write, or a plan file. `isTerminal`: somebody is there to be asked. */
  | {
      readonly by: 'words' | 'plan file';
      readonly isTerminal: boolean;
      readonly yes: boolean;
      readonly confirm: string | null;
    };

/** What must be pressed or typed before anything is sent, or why nothing is. */
export type Confirmation =
  /** The command line's own words have confirmed it. */
  | { readonly kind: 'confirmed' }
  /** The key of the command `send`, pressed by hand and alone. `not`: it does not count where it opened the plan. */
  | { readonly kind: 'key'; readonly not: string | null }
  /** A whole line. `isCaseless`: capitals and blanks around it are no difference. */
  | { readonly kind: 'answer'; readonly accepted: readonly string[]; readonly isCaseless: boolean }
  /** The words, letter by letter, typed by hand; `offered`: as they are shown. */
  | { readonly kind: 'typed'; readonly words: readonly string[]; readonly offered: readonly string[] }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** What a person did. `isByHand`: not pasted, and not one of many keys in one piece. */
export type ConfirmationGiven =
  | { readonly kind: 'key'; readonly key: string; readonly isByHand: boolean }
  | { readonly kind: 'line'; readonly text: string; readonly isByHand: boolean };

/**
 * The one rule on what confirms a write. What can be undone takes a key, a yes, or `--yes`. What cannot takes its words, typed;
 * at the command line `--yes` and `--confirm` together are as good. Many changes are never confirmed by a single key. With
 * nobody to ask, a plan file takes the digest of what was reviewed even where all of it can be undone.
 */
export function confirmation(subject: Confirmable, way: ConfirmationWay): Confirmation {
  switch (way.by) {
    case 'keys':
      return subject.isIrreversible ? typed(subject) : { kind: 'key', not: way.openedBy };
    case 'screen reader':
      return subject.isIrreversible ? typed(subject) : { kind: 'answer', accepted: ['yes'], isCaseless: false };
    case 'marked rows':
      return typed(subject);
    case 'words':
    case 'plan file':
      return byCommandLine(subject, way);
  }
}

function byCommandLine(
  subject: Confirmable,
  { by, isTerminal, yes, confirm }: Extract<ConfirmationWay, { readonly by: 'words' | 'plan file' }>,
): Confirmation {
  const { isIrreversible } = subject;
  const needsProof = isIrreversible || (by === 'plan file' && !isTerminal);
  const other = isIrreversible || by === 'plan file' ? proofFault(subject, confirm) : null;
  if (other !== null) return { kind: 'refused', fault: other };
  if (yes && (confirm !== null || !needsProof)) return { kind: 'confirmed' };
  if (!isTerminal) return refused(...nobodyToAsk(subject, by));
  return isIrreversible ? typed(subject) : { kind: 'answer', accepted: ['y', 'yes'], isCaseless: true };
}

/** Why what `--confirm` was given is about something else; null where it is not, or nothing was given. */
export function proofFault({ proof: { what, text, is } }: Confirmable, given: string | null): Fault | null {
  if (given === null || is(given)) return null;
  const [message, next] =
    what === 'id'
      ? [`--confirm ${given} is not the id of what this is about, so nothing was sent.`, `It is ${text}.`]
      : [
          `--confirm ${given} is not the digest of this plan, so nothing was sent.`,
          'Review the file again with subdeck plan show, which prints its digest: it may not be what was reviewed.',
        ];
  return fault('usage', message, next).fault;
}

function nobodyToAsk({ isIrreversible, proof }: Confirmable, by: 'words' | 'plan file'): readonly [string, string] {
  if (by === 'plan file') {
    const next = 'Review it with subdeck plan show, then add --yes --confirm and the digest that it prints.';
    return ['There is no terminal to confirm on, so nothing was sent.', next];
  }
  return isIrreversible
    ? ['This cannot be undone, so nothing was sent.', `Add --yes --confirm ${proof.text} to send it.`]
    : ['There is no terminal to confirm on, so nothing was sent.', 'Add --yes to send it.'];
}

/** Why this does not confirm, in a sentence; null: it does. */
export function whyNotConfirmed(asked: Confirmation, given: ConfirmationGiven): string | null {
  if (asked.kind === 'confirmed') return null;
  if (asked.kind === 'refused') return asked.fault.message;
  if (!given.isByHand) return notByHand;
  if (asked.kind === 'key') {
    if (given.kind !== 'key') return 'Not confirmed, so nothing was sent.';
    return given.key === asked.not ? 'Confirm with another key than the one that opened the plan.' : null;
  }
  if (given.kind !== 'line') return 'Type it out first.';
  if (asked.kind === 'answer') {
    const text = asked.isCaseless ? given.text.trim().toLowerCase() : given.text;
    return asked.accepted.includes(text) ? null : 'Not confirmed, so nothing was sent.';
  }
  if (confirms(asked.words, given.text)) return null;
  return given.text === '' ? 'Type it out first.' : 'That is not it, letter by letter. Nothing was sent.';
}

export const notByHand = 'Only what is typed by hand confirms. Nothing was sent.';

function typed({ words }: Confirmable): Confirmation {
  return { kind: 'typed', words, offered: offeredWords(words) };
}

function refused(message: string, next: string): Confirmation {
  return { kind: 'refused', fault: fault('usage', message, next).fault };
}
