import type { DeadlineKind, DeadlineRules } from '../api/contract.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Subscription } from '../model/subscription.ts';
import { operations } from '../operations/registry.ts';

/** The rules of a row's vendor; null: there is no such connection any more. */
export type DeadlineRulesOf = (row: Pick<Subscription, 'connection' | 'vendor'>) => DeadlineRules | null;

export function rulesIn(
  connections: readonly { readonly name: string; readonly deadlines: DeadlineRules }[],
): DeadlineRulesOf {
  return ({ connection }) => connections.find(({ name }) => name === connection)?.deadlines ?? null;
}

/** What to do next, in words, and in the console: what stands in the menu of actions; null: nothing there. */
export interface ItemNext {
  readonly next: string;
  readonly action: string | null;
}

/** `otherwise`: where the vendor knows of nothing. */
export function nextOf(
  rules: DeadlineRules | null,
  about: DeadlineKind | 'suspended',
  row: Subscription,
  otherwise: string,
): ItemNext {
  const step = rules?.next(about, row) ?? { kind: 'nothing' };
  if (step.kind === 'elsewhere') return { next: step.sentence, action: null };
  const command = step.kind === 'write' ? commandBy(step.ability) : null;
  if (step.kind === 'nothing' || command === null) return { next: otherwise, action: null };
  const words = ['subdeck', command, shellWord(row.ref), step.given, step.more].filter((part) => part != null);
  return { next: `${step.lead}: ${words.join(' ')}`, action: step.brief };
}

/** The words of the operation that an ability belongs to. */
function commandBy(ability: string): string | null {
  return operations.find(({ abilities }) => ability in abilities)?.command ?? null;
}
