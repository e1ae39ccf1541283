import type { Subscription } from '../../../model/subscription.ts';
import type { WriteRequest } from '../../../operations/registry.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { openPlan } from '../../../state/updates/plan.ts';
import type { Using } from './deps.ts';
import { notice, showWait } from './wait-overlay.ts';

/**
 * Plans a write request and opens the plan. A mistake found by the vendor's rules is shown in the form it came from.
 */
export async function planWriteRequest(
  store: ConsoleStore,
  deps: Using<'writes' | 'clock'>,
  writeRequest: WriteRequest,
  seen: Subscription | null,
  reason: string | null = null,
): Promise<void> {
  const form = store.getState().overlay;
  await showWait(store, deps, 'Reading the current state and planning…', async (signal) => {
    const planned = await deps.context.writes.plan(writeRequest, seen, signal);
    if (planned.kind === 'nothing') return notice('Nothing to change', planned.sentence);
    if (planned.kind === 'fault') {
      const { fault } = planned;
      if (fault.kind !== 'usage' || form?.kind !== 'form')
        return { ...notice('Cannot plan this change', fault.message), fault };
      return { kind: 'form', form: { ...form.form, problem: fault.message } };
    }
    const filled = form?.kind === 'form' ? form.form : null;
    return (state) => openPlan(state, planned.plan, { reason: reason ?? filled?.reason ?? null, form: filled });
  });
}
