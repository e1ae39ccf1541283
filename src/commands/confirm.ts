import { confirms, offeredWords } from '../model/confirmation.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Plan } from '../writes/contract.ts';
import type { Input } from './command.ts';
import { flag, isOn } from './given-values.ts';
import { planLines } from './plan-lines.ts';

/**
 * Whether a person said yes to this plan: `yes`, or the fault that says why nothing is sent. What can be undone takes a y or
 * `--yes`. What cannot takes the id or name, typed at the terminal or, with `--yes`, given as `--confirm`.
 */
export async function confirmed(plan: Plan, input: Input): Promise<'yes' | Fault> {
  return plan.irreversible ? typed(plan, input) : agreed(plan, input);
}

async function agreed(plan: Plan, input: Input): Promise<'yes' | Fault> {
  if (isOn(input, 'yes')) return 'yes';
  if (!input.ask) return refusal('Nobody is there to ask, so nothing was sent.', 'Add --yes to send it.');
  input.say(planLines(plan).join('\n'));
  const answer = (await input.ask('Send it? [y/N] ')).trim().toLowerCase();
  return answer === 'y' || answer === 'yes' ? 'yes' : refusal('Not confirmed, so nothing was sent.', '');
}

async function typed(plan: Plan, input: Input): Promise<'yes' | Fault> {
  const [id = ''] = offeredWords(plan.confirmations);
  const given = flag(input, 'confirm');
  if (given !== null && given !== plan.confirmations[0] && given !== id) {
    return refusal(`--confirm ${given} is not the id of what this is about, so nothing was sent.`, `It is ${id}.`);
  }
  if (given !== null && isOn(input, 'yes')) return 'yes';
  if (!input.ask) {
    return refusal('This cannot be undone, so nothing was sent.', `Add --yes --confirm ${id} to send it.`);
  }
  input.say(planLines(plan).join('\n'));
  const answer = await input.ask(`Type ${offeredWords(plan.confirmations).join(' or ')} to send it: `);
  return confirms(plan.confirmations, answer) ? 'yes' : refusal('That is not it, so nothing was sent.', '');
}

function refusal(message: string, next: string): Fault {
  return fault('usage', message, next).fault;
}
