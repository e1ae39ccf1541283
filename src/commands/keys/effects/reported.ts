import type { Fault } from '../../../model/fault.ts';
import { FaultError } from '../../../model/fault.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { sayFault } from '../../../state/updates/status.ts';

/** A thrown error as a fault; of an unexpected error only the class name is used. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const what = error instanceof Error ? error.name : 'Something';
  return {
    kind: 'broken',
    message: `Subdeck failed unexpectedly (${what}).`,
    next: 'Please report it and what you did before.',
    connection: null,
    sent: false,
    vendor: null,
  };
}

/** Runs an effect in the background; the status line shows what it throws. */
export function inBackground(store: ConsoleStore, act: () => Promise<void>): void {
  void act().catch((error: unknown) => store.update((state) => sayFault(state, faultOf(error))));
}
