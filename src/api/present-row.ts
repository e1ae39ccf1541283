import { fault } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Reading, Target } from './contract.ts';

/** The current row of a plan's target, for a body made from it. Throws a `refused` fault if it is gone. */
export async function presentRow(
  planned: Subscription,
  read: (target: Target) => Promise<Reading | null>,
): Promise<Subscription> {
  const reading = await read({ id: planned.id, known: planned });
  if (reading !== null) return reading.subscription;
  const message = `${planned.name} no longer exists. Nothing was sent.`;
  throw fault('refused', message, 'Refresh the list.', { connection: planned.connection });
}

/** A difference from the plan's quantity is right only while that is current. Throws a `refused` fault. */
export function refuseOtherQuantity(planned: Subscription, present: Subscription): void {
  if (present.quantity === planned.quantity) return;
  const [from, to] = [planned.quantity ?? 'none', present.quantity ?? 'none'];
  const message = `${planned.name} changed since this was planned: quantity ${from} → ${to}. Nothing was sent.`;
  throw fault('refused', message, 'Check it, then make a new plan.', { connection: planned.connection });
}
