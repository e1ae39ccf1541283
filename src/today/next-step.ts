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

/** What to do next, in words, and in the console: what stands in the menu of actions; null: nothing there. */
export interface ItemNext {
  readonly next: string;
  readonly action: string | null;
}

/** `otherwise`: where the vendor knows of nothing. */
export function nextOf(rules: DeadlineRules | null, about: NextAbout, row: Subscription, otherwise: string): ItemNext {
  const step = rules?.next(about, row) ?? { kind: 'nothing' };
  if (step.kind === 'elsewhere') return { next: step.sentence, action: null };
  const operation = step.kind === 'write' ? operationBy(step.ability) : null;
  if (step.kind === 'nothing' || !operation?.command || operation.pointless(row) !== null) {
    return { next: otherwise, action: null };
  }
  const words = ['subdeck', operation.command, shellWord(row.ref), step.given, step.more].filter(
    (part) => part != null,
  );
  return { next: `${step.lead}: ${words.join(' ')}`, action: operation.menu?.short ?? null };
}

/** The operation that an ability belongs to. */
function operationBy(ability: string): Operation | null {
  return operations.find(({ abilities }) => ability in abilities) ?? null;
}
