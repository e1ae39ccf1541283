import { planLines } from '../commands/plan-lines.ts';
import type { PlanReply } from '../commands/reply.ts';
import { printable } from './printable.ts';

type Plan = PlanReply['plans'][number];

export function planText(plan: Plan): string {
  return planLines(plan)
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** A plan as the contract has it. */
export function planJson({ verb, ref, sentence, irreversible, before, after }: Plan): object {
  return { verb, ref, sentence, irreversible, before, after };
}
