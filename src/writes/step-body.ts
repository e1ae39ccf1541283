import type { Draft, Step } from '../api/contract.ts';

/** The draft with bodies that require a read, so that the plan shows them. Throws `FaultError`. */
export async function withBodies(draft: Draft, signal?: AbortSignal): Promise<Draft> {
  const [first, ...rest] = draft.steps;
  const steps: [Step, ...Step[]] = [await withBody(first, signal)];
  for (const step of rest) steps.push(await withBody(step, signal));
  return { ...draft, steps };
}

async function withBody(step: Step, signal: AbortSignal | undefined): Promise<Step> {
  if (step.prepare === undefined || step.body !== undefined) return step;
  const body = await step.prepare(signal);
  return body === undefined ? step : { ...step, body };
}
