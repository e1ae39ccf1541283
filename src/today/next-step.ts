import type { DeadlineRules, NextAbout } from '../api/contract.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Operation, operations } from '../operations/registry.ts';

/** The rules of a row's vendor; null: there is no such connection any more. */
export type DeadlineRulesOf = (row: Pick<Subscription, 'connection' | 'vendor'>) => DeadlineRules | null;

export function rulesIn(
  connections: readonly { readonly name: string; readonly deadlines: DeadlineRules }[],
): DeadlineRulesOf {
  return ({ connection }) => connections.find(({ name }) => name === connection)?.deadlines ?? null;
}

/** What to do next: by words on the command line, by a key on the console's screen. */
export interface ItemNext {
  /** What it is for, before a colon: `To keep it`. */
  readonly lead: string;
  readonly words: string;
  /** After the words: optional inputs. */
  readonly more: string | null;
  /** The key that does it with the item under the cursor. */
  readonly key: string;
  /** What the key does, in a word or two. */
  readonly label: string;
}

export interface NextAndAdvice {
  readonly next: ItemNext | null;
  /** What to do outside of Subdeck. */
  readonly advice: string | null;
  /** Nobody can change it: neither here nor in the vendor's portal. */
  readonly isFixed: boolean;
}

/** `words`: behind `subdeck`, quoted for a shell. */
export function step(lead: string, words: string, key: string, label: string): ItemNext {
  return { lead, words: ['subdeck', words].join(' '), more: null, key, label };
}

/** `otherwise`: where the vendor knows of nothing. */
export function nextOf(
  rules: DeadlineRules | null,
  about: NextAbout,
  row: Subscription,
  otherwise: ItemNext | null,
): NextAndAdvice {
  const found = rules?.next(about, row) ?? { kind: 'nothing' };
  if (found.kind === 'elsewhere') return { next: null, advice: found.sentence, isFixed: false };
  const operation = found.kind === 'write' ? operationBy(found.ability) : null;
  if (found.kind === 'nothing' || !operation?.command || operation.pointless(row) !== null) {
    return { next: otherwise, advice: null, isFixed: true };
  }
  const words = ['subdeck', operation.command, shellWord(row.ref), found.given].filter((part) => part !== null);
  const label = operation.menu?.short ?? null;
  const { lead, more = null } = found;
  const by = label === null ? { key: ':', label: operation.command } : { key: 'a', label };
  return { next: { lead, words: words.join(' '), more, ...by }, advice: null, isFixed: false };
}

/** The operation that an ability belongs to. */
function operationBy(ability: string): Operation | null {
  return operations.find(({ abilities }) => ability in abilities) ?? null;
}
