import type { Fault } from '../model/fault.ts';
import { fault } from '../model/fault.ts';
import type { Guard } from '../model/guard.ts';
import { type Confirmable, confirmablePlan, confirmation, largeText, whyNotConfirmed } from '../writes/confirmation.ts';
import type { Plan } from '../writes/contract.ts';
import type { Input } from './command.ts';
import { flag, isOn } from './given-values.ts';
import { planLines } from './plan-lines.ts';

/** Whether a person confirmed this plan: `yes`, or the fault that says why nothing is sent. */
export function confirmed(plan: Plan, guard: Guard, input: Input): Promise<'yes' | Fault> {
  const subject = confirmablePlan(plan, guard);
  return confirmedByWords(subject, 'words', input, {
    say: () => planLines(plan),
    answer: 'Send it? [y/N] ',
  });
}

/** The plan and the prompt for a person. */
interface Question {
  say(): readonly string[];
  /** The prompt for yes or no. */
  readonly answer: string;
}

/** The same for anything that is confirmed on the command line. */
export async function confirmedByWords(
  subject: Confirmable,
  by: 'words' | 'plan file',
  input: Input,
  question: Question,
): Promise<'yes' | Fault> {
  const { ask } = input;
  const way = { by, isTerminal: ask !== null, yes: isOn(input, 'yes'), confirm: flag(input, 'confirm') };
  const asked = confirmation(subject, way);
  if (asked.kind === 'confirmed') return 'yes';
  if (asked.kind === 'refused') return asked.fault;
  if (ask === null) return refusal('There is no terminal to confirm on, so nothing was sent.');
  const why = largeText(subject);
  input.say([...question.say(), ...(why === null ? [] : [`  ${why}`])].join('\n'));
  const text = await ask(asked.kind === 'typed' ? `Type ${asked.offered.join(' or ')} to send it: ` : question.answer);
  const problem = whyNotConfirmed(asked, { kind: 'line', text, isByHand: true });
  return problem === null ? 'yes' : refusal(problem);
}

function refusal(message: string): Fault {
  return fault('usage', message, '').fault;
}
