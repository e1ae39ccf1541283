import type { Fault } from '../../../model/fault.ts';
import { FaultError } from '../../../model/fault.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { sayFault } from '../../../state/updates/status.ts';

/** What was thrown, as a fault: an unexpected one is ours, and only its kind of error is named. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const what = error instanceof Error ? error.name : 'Something';
  return {
    kind: 'broken',
    message: `Something in Subdeck itself went wrong (${what}).`,
    next: 'Please report it, with what you did before.',
    connection: null,
    sent: false,
    vendor: null,
  };
}

/** Lets an act run on by itself; what it throws is said in the line of what is going on. */
export function inBackground(store: ConsoleStore, act: () => Promise<void>): void {
  void act().catch((error: unknown) => store.update((state) => sayFault(state, faultOf(error))));
}
