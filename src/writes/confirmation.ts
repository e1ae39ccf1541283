import { confirms, offeredWords } from '../model/confirmation.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Guard, QuantityChange } from '../model/guard.ts';
import { shellWord } from '../model/shell-word.ts';
import { operationOf } from '../operations/registry.ts';
import { countText } from './bulk/count.ts';
import { isDigestOf, planDigest } from './bulk/plan-digest.ts';
import type { BulkPlan } from './bulk/plan-file.ts';
import type { Plan } from './contract.ts';
import { largeChange, largeRowChange } from './large-change.ts';

/** What needs confirmation: one plan, or all rows of a plan file. */
export interface Confirmable {
  readonly isIrreversible: boolean;
  /** The changes of quantities that are larger than the setting `guard`: their new number is typed. */
  readonly large: readonly QuantityChange[];
  /** The texts that may be typed, exactly; one of them is enough. */
  readonly words: readonly string[];
  /** The value and kind of `--confirm`: an id, a new quantity, or the digest of the reviewed plan. */
  readonly proof: { readonly what: 'id' | 'quantity' | 'digest'; readonly text: string; is(given: string): boolean };
}

/**
 * One plan: its id or name is typed, or the new number of a large change; the one, a space, and the other if it is both. The
 * name of a part of a subscription is proof too: it was compared with all its parts.
 */
export function confirmablePlan(
  plan: Pick<Plan, 'irreversible' | 'confirmations' | 'target' | 'draft' | 'writeRequest'>,
  guard: Guard,
): Confirmable {
  const { irreversible, confirmations } = plan;
  const change = largeChange(plan, guard);
  const number = change === null ? null : String(change.to);
  if (number !== null && !irreversible) {
    const proof = { what: 'quantity', text: number, is: (given: string) => given === number } as const;
    return { isIrreversible: false, large: largeOf(change), words: [number], proof };
  }
  const [id = ''] = offeredWords(confirmations);
  const whole = (word: string) => (number === null ? word : `${word} ${number}`);
  const isPart = operationOf(plan.writeRequest).part(plan.writeRequest) !== null;
  const proofs = isPart ? [...confirmations, ...offeredWords(confirmations)] : [confirmations[0] ?? '', id];
  const is = (given: string) => proofs.some((proof) => given === whole(proof));
  const proof = { what: 'id', text: whole(id), is } as const;
  return { isIrreversible: irreversible, large: largeOf(change), words: confirmations.map(whole), proof };
}

function largeOf(change: QuantityChange | null): readonly QuantityChange[] {
  return change === null ? [] : [change];
}

/**
 * Bulk plans: the typed text lists the irreversible operations with their counts ("cancel 12"), or all operations if
 * all can be undone, and then the sum of the new numbers of all large changes ("set-quantity 15, 4800 seats"). Counts are of
 * the whole file, so that the same text confirms a resumed run.
 */
export function confirmableRows(plan: BulkPlan, guard: Guard): Confirmable {
  const final = plan.rows.filter(({ irreversible }) => irreversible);
  const large = plan.rows.flatMap((row) => largeRowChange(row, guard) ?? []);
  const sum = large.reduce((seats, { to }) => seats + BigInt(to), 0n);
  const counts = countText(final.length > 0 ? final : plan.rows);
  return {
    isIrreversible: final.length > 0,
    large,
    words: [large.length > 0 ? `${counts}, ${sum} seats` : counts],
    proof: { what: 'digest', text: planDigest(plan), is: (given) => isDigestOf(plan, given) },
  };
}

/** Whether a key, or `--yes` alone, is not enough. */
function needsText({ isIrreversible, large }: Confirmable): boolean {
  return isIrreversible || large.length > 0;
}

/** The interface that asks for confirmation. */
export type ConfirmationWay =
  /** A plan's box in the console. `openedBy`: the key that opened it. */
  | { readonly by: 'keys'; readonly openedBy: string | null }
  /** The same in screen-reader mode, answered by lines. */
  | { readonly by: 'screen reader' }
  /** A bulk plan in the console. */
  | { readonly by: 'marked rows' }
  /** The command line: one write, or a plan file. `isTerminal`: a person can be asked. */
  | {
      readonly by: 'words' | 'plan file';
      readonly isTerminal: boolean;
      readonly yes: boolean;
      readonly confirm: string | null;
    };

/** The required confirmation, or why nothing can be sent. */
export type Confirmation =
  /** Confirmed by flags. */
  | { readonly kind: 'confirmed' }
  /** The key of the command `send`, pressed by hand and alone. `not`: the key that opened the plan does not count. */
  | { readonly kind: 'key'; readonly not: string | null }
  /** A whole line. `isCaseless`: case and surrounding spaces are ignored. */
  | { readonly kind: 'answer'; readonly accepted: readonly string[]; readonly isCaseless: boolean }
  /** The exact text, typed by hand; `offered`: as displayed. */
  | { readonly kind: 'typed'; readonly words: readonly string[]; readonly offered: readonly string[] }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** The user's answer. `isByHand`: not pasted, and not one of many keys in one piece of input. */
export type ConfirmationGiven =
  | { readonly kind: 'key'; readonly key: string; readonly isByHand: boolean }
  | { readonly kind: 'line'; readonly text: string; readonly isByHand: boolean };

/**
 * The one rule for confirming writes. A reversible write needs a key, a yes, or `--yes`. An irreversible one, and a large
 * change of a quantity, needs its typed text; on the command line `--yes` with `--confirm` is equivalent. Bulk plans are never confirmed by a single
 * key. Without a terminal, a plan file needs the digest of the reviewed plan even if all of it is reversible.
 */
export function confirmation(subject: Confirmable, way: ConfirmationWay): Confirmation {
  switch (way.by) {
    case 'keys':
      return needsText(subject) ? typed(subject) : { kind: 'key', not: way.openedBy };
    case 'screen reader':
      return needsText(subject) ? typed(subject) : { kind: 'answer', accepted: ['yes'], isCaseless: false };
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
  const isText = needsText(subject);
  const needsProof = isText || (by === 'plan file' && !isTerminal);
  const other = isText || by === 'plan file' ? proofFault(subject, confirm) : null;
  if (other !== null) return { kind: 'refused', fault: other };
  if (yes && (confirm !== null || !needsProof)) return { kind: 'confirmed' };
  if (!isTerminal) return refused(...nobodyToAsk(subject, by));
  return isText ? typed(subject) : { kind: 'answer', accepted: ['y', 'yes'], isCaseless: true };
}

/** Why `--confirm` does not match; null if it does, or was not given. */
export function proofFault({ proof: { what, text, is } }: Confirmable, given: string | null): Fault | null {
  if (given === null || is(given)) return null;
  const texts: Readonly<Record<typeof what, readonly [string, string]>> = {
    id: [`--confirm ${given} is not the id of what this write changes, so nothing was sent.`, `The id is ${text}.`],
    quantity: [`--confirm ${given} is not the new quantity, so nothing was sent.`, `The new quantity is ${text}.`],
    digest: [
      `--confirm ${given} is not the digest of this plan, so nothing was sent.`,
      'The file may have changed since its review. Review it again with subdeck plan show, which prints its digest.',
    ],
  };
  return fault('usage', ...texts[what]).fault;
}

function nobodyToAsk(subject: Confirmable, by: 'words' | 'plan file'): readonly [string, string] {
  const { isIrreversible, proof } = subject;
  if (by === 'plan file') {
    const next = 'Review it with subdeck plan show, then add --yes --confirm and the digest that it prints.';
    return ['There is no terminal to confirm on, so nothing was sent.', next];
  }
  const next = `Add --yes --confirm ${shellWord(proof.text)} to send it.`;
  if (isIrreversible) return ['This cannot be undone, so nothing was sent.', next];
  const why = largeText(subject);
  if (why !== null) return [`${why} Nothing was sent.`, `Check the number. ${next}`];
  return ['There is no terminal to confirm on, so nothing was sent.', 'Add --yes to send it.'];
}

/** Why a number is typed, in a sentence; null: none is. */
export function largeText({ large }: Pick<Confirmable, 'large'>): string | null {
  const [change, ...more] = large;
  if (change === undefined) return null;
  return more.length === 0
    ? `From ${change.from ?? 'an unknown number'} to ${change.to} is a large change (setting guard).`
    : `${large.length} changes are large (setting guard): the sum of their new numbers is typed too.`;
}

/** Why this does not confirm, in a sentence; null if it does. */
export function whyNotConfirmed(asked: Confirmation, given: ConfirmationGiven): string | null {
  if (asked.kind === 'confirmed') return null;
  if (asked.kind === 'refused') return asked.fault.message;
  if (!given.isByHand) return notByHand;
  if (asked.kind === 'key') {
    if (given.kind !== 'key') return 'Not confirmed, so nothing was sent.';
    return given.key === asked.not ? 'Confirm with a key other than the one that opened the plan.' : null;
  }
  if (given.kind !== 'line') return 'Type the text first.';
  if (asked.kind === 'answer') {
    const text = asked.isCaseless ? given.text.trim().toLowerCase() : given.text;
    return asked.accepted.includes(text) ? null : 'Not confirmed, so nothing was sent.';
  }
  if (confirms(asked.words, given.text)) return null;
  return given.text === '' ? 'Type the text first.' : 'The typed text does not match. Nothing was sent.';
}

export const notByHand = 'Pasted text cannot confirm: type it by hand. Nothing was sent.';

function typed({ words }: Confirmable): Confirmation {
  return { kind: 'typed', words, offered: offeredWords(words) };
}

function refused(message: string, next: string): Confirmation {
  return { kind: 'refused', fault: fault('usage', message, next).fault };
}
