import { type Fault, fault } from '../model/fault.ts';
import type { WriteRequest } from '../operations/registry.ts';
import { connectionOf, targetIdOf, targetOf } from '../operations/requests.ts';
import { type MadePlan, type MakeOptions, makeBulkPlan } from '../writes/bulk/make-plan.ts';
import type { Writes } from '../writes/contract.ts';
import type { Input } from './command.ts';
import type { ReadContext } from './context.ts';
import { findConnection } from './find.ts';
import { refreshUnknown } from './words/plan-targets.ts';

export interface PlannedRequests extends MadePlan {
  /** Why requests are not in the plan that a person has to know of, each naming its REF. */
  readonly missing: readonly Fault[];
}

/** Throws a `denied` fault offline: a plan reads the vendor. */
export function refusePlanOffline({ mode }: Pick<ReadContext, 'mode'>): void {
  if (!mode.offline) return;
  throw fault(
    'denied',
    'A plan reads the current state from the vendor, and offline mode does not read from vendors.',
    'Leave out --offline.',
  );
}

/** Plans requests, reading each target from its vendor. Sends nothing. Throws `missing` for a connection that does not exist. */
export async function planRequests(
  context: ReadContext & { readonly writes: Pick<Writes, 'plan'> },
  input: Input,
  requested: readonly WriteRequest[],
  facts: Pick<MakeOptions, 'by' | 'proposedBy' | 'source' | 'reason'>,
): Promise<PlannedRequests> {
  refusePlanOffline(context);
  for (const name of new Set(requested.map(connectionOf))) findConnection(context, name);
  await refreshUnknown(context, input, requested);
  const asked = requested.map((writeRequest) => {
    const id = targetIdOf(writeRequest);
    return { writeRequest, seen: id === null ? null : context.cache.subscription(connectionOf(writeRequest), id) };
  });
  const made = await makeBulkPlan(context, asked, {
    ...facts,
    signal: input.signal,
    onProgress: (done, count) => input.progress?.(`${done} of ${count} looked up`),
  });
  input.progress?.(null);
  const missing = made.leftOut.flatMap(({ asked: { writeRequest }, fault: why }) =>
    why === null ? [] : [{ ...why, message: `${aboutOf(writeRequest)}${why.message}` }],
  );
  return { ...made, missing };
}

function aboutOf(writeRequest: WriteRequest): string {
  const ref = targetOf(writeRequest);
  return ref === null ? '' : `${ref}: `;
}
