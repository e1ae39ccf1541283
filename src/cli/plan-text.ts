import type { PlanReply } from '../commands/reply.ts';
import { printable } from './printable.ts';

type Plan = PlanReply['plans'][number];

/** A plan as people read it before they say yes. */
export function planText(plan: Plan): string {
  const where = [plan.connection, plan.organization?.name].filter(Boolean).join(' · ');
  const keys = [...new Set([...Object.keys(plan.before), ...Object.keys(plan.after)])];
  const changes = keys.map((key) => `  ${key}: ${shown(plan.before[key])} → ${shown(plan.after[key])}`);
  return [
    plan.sentence,
    `  ${where} · ${plan.ref}`,
    ...changes,
    ...plan.changedSince.map((change) => `  Changed since it was last read: ${change}`),
    ...(plan.rule ? [`  ${plan.rule}`] : []),
    ...plan.draft.steps.map(({ method, path }) => `  Sends ${method} ${path}`),
    ...(plan.irreversible ? ['  This cannot be undone.'] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** A plan as the contract has it. */
export function planJson({ verb, ref, sentence, irreversible, before, after }: Plan): object {
  return { verb, ref, sentence, irreversible, before, after };
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
