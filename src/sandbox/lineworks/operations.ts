import type { Context } from 'hono';
import { hasEffect } from '../effects.ts';
import type { SandboxEnv } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { applied, checkCancellable, paidNow, preOrder } from './contract.ts';
import type { Dataset } from './dataset.ts';
import { Refused } from './errors.ts';
import { listCustomers } from './listing.ts';
import { changedRenewal } from './renewal.ts';
import { readRequestInput } from './request-input.ts';
import { existing, movedReservation, newReservation } from './reservation.ts';
import { type StoredRow, wire, wireRenewal, wireReservation } from './stored-row.ts';

type Call = Context<SandboxEnv>;

/** One operation of the API: the unit that the vendor counts calls by. Answers may throw Refused. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  answer(call: Call): Response | Promise<Response>;
}

export function operations(dataset: Dataset): readonly Operation[] {
  const list = '/partners/customers/:domainId/subscriptions';
  const one = `${list}/:subscriptionId`;
  const customer = (call: Call) => dataset.customer(call.req.param('domainId'));
  const target = (call: Call) => dataset.subscription(call.req.param('domainId'), call.req.param('subscriptionId'));
  const shown = (held: StoredRow) => wire(held, dataset.customers.domainId(held.customer));
  const changed = (held: StoredRow, changes: Partial<StoredRow>): StoredRow =>
    dataset.rows.patch(held.index, changes) ?? held;

  return [
    {
      method: 'GET',
      path: '/partners/customers',
      answer: (call) => Response.json(listCustomers(dataset.customers, call.req.query())),
    },
    {
      method: 'GET',
      path: '/partners/customers/:domainId',
      answer: (call) => Response.json(dataset.customers.get(customer(call))),
    },
    {
      method: 'GET',
      path: list,
      answer: (call) => Response.json({ subscriptions: dataset.subscriptions(customer(call)).map(shown) }),
    },
    {
      method: 'POST',
      path: `${list}/pre-orders`,
      answer: async (call) => {
        const owner = customer(call);
        const earlier = dataset.preOrders.get(owner) ?? [];
        const orders = [...earlier, preOrder(dataset, await readRequestInput(call.req), earlier.length + 1)];
        if (hasEffect()) dataset.preOrders.set(owner, orders);
        return Response.json({ subscriptionPreOrders: orders }, { status: 201 });
      },
    },
    { method: 'GET', path: one, answer: (call) => Response.json(shown(target(call))) },
    {
      method: 'POST',
      path: list,
      answer: async (call) => {
        const held = applied(dataset, customer(call), await readRequestInput(call.req));
        return Response.json(shown(held), { status: assumptions.createdStatus });
      },
    },
    {
      method: 'DELETE',
      path: one,
      answer: (call) => {
        const held = target(call);
        checkCancellable(held);
        dataset.rows.remove(held.index);
        return new Response(null, { status: 204 });
      },
    },
    {
      method: 'POST',
      path: `${one}/paid-service`,
      answer: async (call) => {
        const held = target(call);
        const paid = changed(held, paidNow(dataset, held, await readRequestInput(call.req)));
        return Response.json(shown(paid), { status: assumptions.paidServiceStatus });
      },
    },
    {
      method: 'GET',
      path: `${one}/renewal`,
      answer: (call) => {
        const held = target(call);
        if (held.renewal === null) throw new Refused(404, 'NOT_FOUND', 'The subscription has no renewal.');
        return Response.json(wireRenewal(held, held.renewal));
      },
    },
    {
      method: 'PATCH',
      path: `${one}/renewal`,
      answer: async (call) => {
        const held = target(call);
        const renewal = changedRenewal(held, await readRequestInput(call.req));
        changed(held, { renewal });
        return Response.json(wireRenewal(held, renewal));
      },
    },
    {
      method: 'GET',
      path: `${one}/reservation`,
      answer: (call) => {
        const held = target(call);
        return Response.json(wireReservation(held, existing(held)));
      },
    },
    {
      method: 'POST',
      path: `${one}/reservation`,
      answer: async (call) => {
        const held = target(call);
        const reservation = newReservation(held, await readRequestInput(call.req), dataset.today(), dataset.readings);
        changed(held, { reservation });
        return Response.json(wireReservation(held, reservation), { status: assumptions.createdStatus });
      },
    },
    {
      method: 'PATCH',
      path: `${one}/reservation`,
      answer: async (call) => {
        const held = target(call);
        const reservation = movedReservation(held, await readRequestInput(call.req), dataset.today());
        changed(held, { reservation });
        return Response.json(wireReservation(held, reservation));
      },
    },
    {
      method: 'DELETE',
      path: `${one}/reservation`,
      answer: (call) => {
        const held = target(call);
        existing(held);
        changed(held, { reservation: null });
        return new Response(null, { status: assumptions.withdrawnStatus });
      },
    },
  ];
}
