import type { SandboxTime } from '../time.ts';
import { assumptions, sidesDiffer } from './assumptions.ts';
import type { Changes } from './changes.ts';
import type { Dataset } from './dataset.ts';
import { Refused, wrongProperty } from './errors.ts';
import { readPatch } from './request-input.ts';
import type { StoredRow } from './stored-row.ts';

/** The operations on one subscription: each is accepted (202) and shows some seconds later, or throws Refused. */
export interface Actions {
  patch(held: StoredRow, asked: Readonly<Record<string, unknown>>): Response;
  cancel(held: StoredRow): Response;
  suspend(held: StoredRow): Response;
  reactivate(held: StoredRow): Response;
}

export function actions(dataset: Dataset, changes: Changes, time: SandboxTime): Actions {
  const accepted = (held: StoredRow, changed: Partial<StoredRow>): Response => {
    changes.accept(held, changed);
    return new Response(null, { status: 202 });
  };
  return {
    patch: (held, asked) => {
      checkStatus(held, assumptions.changeable);
      return accepted(held, readPatch(held, asked, dataset.readings));
    },
    cancel: (held) => {
      checkStatus(held, assumptions.changeable);
      if (sidesDiffer(held.index)) return bothSides(dataset, held);
      if (held.cancellableUntil !== null && held.cancellableUntil < time.now()) {
        const passed = 'The cancellation window of this subscription has passed.';
        if (dataset.readings['late-cancellation'] === 'conflict') throw new Refused(409, passed);
        throw wrongProperty('CancellationAllowedUntil', passed);
      }
      return accepted(held, { status: assumptions.cancelledStatus, autoRenew: false });
    },
    suspend: (held) => {
      checkStatus(held, ['Active']);
      return accepted(held, { status: 'Suspended' });
    },
    reactivate: (held) => {
      checkStatus(held, ['Suspended']);
      return accepted(held, { status: 'Active' });
    },
  };
}

function checkStatus(held: StoredRow, allowed: readonly string[]): void {
  if (!allowed.includes(held.status)) {
    throw new Refused(400, `A subscription that is ${held.status} cannot be changed this way.`);
  }
}

/** The provider has one more seat and another status than the portal: nothing is cancelled, both are returned. */
function bothSides({ views: shown }: Dataset, held: StoredRow): Response {
  const portalSubscription = shown.detailed(held);
  const providerSubscription = {
    ...portalSubscription,
    quantity: held.quantity + 1,
    status: { name: held.status === 'Active' ? 'Suspended' : 'Active' },
  };
  return Response.json({ portalSubscription, providerSubscription }, { status: 409 });
}
