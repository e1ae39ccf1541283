import { planMoneyWords } from '../model/plan-money.ts';
import { printable } from '../model/printable.ts';
import { rememberedText } from '../model/remembered-name.ts';
import { valueWords } from '../model/value-words.ts';
import type { Plan } from '../writes/contract.ts';

/** A plan for a person to confirm, line by line. */
export function planLines(plan: Plan): readonly string[] {
  const where = [plan.connection, plan.organization?.name, plan.ref].filter(Boolean).join(' · ');
  const keys = [...new Set([...Object.keys(plan.before), ...Object.keys(plan.after)])];
  return [
    plan.sentence,
    `  ${where}`,
    ...keys.map((key) => {
      return `  ${key}: ${valueWords(plan.before[key] ?? null, key)} → ${valueWords(plan.after[key] ?? null, key)}`;
    }),
    ...moneyLines(plan.money),
    ...plan.remembered.map((name) => `  ${rememberedText(name)}`),
    ...plan.changedSince.map((change) => `  Changed since it was last read: ${change}`),
    ...(plan.rule ? [`  ${plan.rule}`] : []),
    ...plan.draft.steps.map(({ method, path, body }) => {
      return `  Will send ${method} ${path}${body === undefined ? '' : ` ${printable(JSON.stringify(body))}`}`;
    }),
    ...(plan.irreversible ? ['  This cannot be undone.'] : []),
  ];
}

function moneyLines(money: Plan['money']): readonly string[] {
  if (money === null) return [];
  const { cost, change, sentences } = planMoneyWords(money);
  return [...(cost === null ? [] : [`  cost: ${cost}, ${change}`]), ...sentences.map((sentence) => `  ${sentence}`)];
}
