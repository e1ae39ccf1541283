import { type Fault, fault } from './fault.ts';

/** A change of the team's journal that waits for the store's acknowledgement. */
export interface PendingChange {
  /** What of: `journal entry 0J3…`. */
  readonly what: string;
  /** A step of its write may have left this machine. */
  readonly hasLeft: boolean;
}

/** The team's store does not answer, for longer than a person should wait without being told. */
export interface StoreWait {
  /** Its address, for people. */
  readonly store: string;
  /** Milliseconds since the epoch: nothing came from it since. */
  readonly since: number;
  /** The change that waits for it; `isLookedUp`: its acknowledgement did not come. Null: something else waits. */
  readonly change: (PendingChange & { readonly isLookedUp: boolean }) | null;
}

/** That it does not answer, for how long, and what is done about it. */
export function storeWaitText({ store, since, change }: StoreWait, now: number): string {
  const seconds = Math.max(2, Math.round((now - since) / 1000));
  const does =
    change?.isLookedUp === true
      ? `Looking up what became of ${change.what}, before anything else.`
      : 'Waiting for its answer.';
  return `The team's store ${store} has not answered for ${seconds} s. ${does}`;
}

/** The same as a line of `--json`. */
export function storeWaitFault(wait: StoreWait, now: number): Fault {
  const next = 'Subdeck goes on by itself, and says what came of it. Check the network meanwhile.';
  return fault('unreachable', storeWaitText(wait, now), next, { sent: wait.change?.hasLeft === true }).fault;
}
