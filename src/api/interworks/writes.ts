import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Addon, Subscription } from '../../model/subscription.ts';
import type { Draft, Notes } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { plainlyDone, type Reply, type WriteCall } from '../http/write-client.ts';
import { type ExpectedIds, oneObject } from '../identity.ts';
import { presentRow, refuseOtherQuantity } from '../present-row.ts';
import { laterStep, preparedStep, step } from '../steps.ts';
import { lowerBody, orderBody, orderItemBody } from './assumptions.ts';
import type { InterworksClient } from './client.ts';
import { readSubscription, subscriptionPath } from './reads.ts';
import { acceptedWire, orderIdWire } from './wire.ts';

export function cancelDraft(client: InterworksClient, target: Subscription): Draft {
  const asked = oneObject({}, { 'subscriptionId|id': target.id });
  const call = { method: 'POST', path: `${subscriptionPath(target.id)}/cancel`, asked } as const;
  return {
    sentence: `Cancel ${nameOf(target)}, immediately.`,
    irreversible: true,
    rule: 'interworks.cloud will cancel it immediately, not at the end of the period.',
    before: { status: target.status },
    after: { status: 'cancelled' },
    newQuantity: null,
    atOnce: true,
    steps: [step(client.write, 'cancel', call, plainlyDone)],
  };
}

/** The platform processes it: done only when the request says so. */
const accepted: Reply<typeof acceptedWire> = {
  body: acceptedWire,
  ending: (body) => ({
    outcome: 'accepted',
    vendorRequestId: body?.requestId ?? null,
    vendorState: body?.status?.name ?? body?.state?.name ?? null,
  }),
};

export function lowerDraft(client: InterworksClient, target: Subscription, quantity: number): Draft {
  // An `id` would be the request's own.
  const asked = oneObject({}, { subscriptionId: target.id });
  const at = { path: `${subscriptionPath(target.id)}/quantity`, asked };
  const isAmount = client.choices['decrease-quantity'] === 'amount';
  const asWished = isAmount ? (target.quantity ?? 0) - quantity : quantity;
  const call = { method: 'POST', ...at, json: lowerBody(asWished) } as const;
  // An amount is counted from the present quantity: it must still hold.
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    refuseOtherQuantity(target, await presentRow(target, (known) => readSubscription(client, known, signal)));
    return call;
  };
  return {
    sentence: `Lower the quantity from ${target.quantity} to ${quantity}: ${nameOf(target)}.`,
    irreversible: false,
    rule: 'interworks.cloud will process this as a request, which will take effect as soon as the vendor completes it. To raise it again you must place an order.',
    before: { quantity: target.quantity },
    after: { quantity },
    newQuantity: quantity,
    steps: [
      isAmount
        ? preparedStep(client.write, 'quantity request', call, prepare, accepted)
        : step(client.write, 'quantity request', call, accepted),
    ],
  };
}

const drafted: Reply<typeof orderIdWire> = {
  body: orderIdWire,
  ending: (orderId) => ({ outcome: 'done', notes: { orderId } }),
};

export function raiseDraft(client: InterworksClient, target: Subscription, quantity: number): Draft {
  const { organization, product, connection } = target;
  if (organization === null || product === null || target.quantity === null) {
    const message = `interworks.cloud did not give the account and product of ${target.name}; an order needs both.`;
    throw fault('missing', message, `Run \`subdeck sync ${shellWord(connection)}\`, then try again.`, { connection });
  }
  const added = quantity - target.quantity;
  const isTotal = client.choices['order-item-quantity'] === 'new-total';
  const item = orderItemBody(product.id, isTotal ? quantity : added, target.id);
  const account = { accountId: organization.id };
  const line = { subscriptionId: target.id, productId: product.id };
  const orderAsked = (notes: Notes): ExpectedIds =>
    oneObject({}, { 'orderId|id': String(notes.orderId ?? ''), ...account }, { items: line });
  const itemAsked = (notes: Notes): ExpectedIds =>
    oneObject({}, { orderId: String(notes.orderId ?? ''), ...line }, { items: line });
  const ownAsked = oneObject({}, account, { items: line });
  const order = { method: 'POST', path: '/api/orders', asked: ownAsked, json: orderBody(organization.id) } as const;
  // The item orders a difference: before anything is made, what it is counted from must still hold.
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    refuseOtherQuantity(target, await presentRow(target, (known) => readSubscription(client, known, signal)));
    return order;
  };
  const items = { method: 'POST', path: '/api/orders/{orderId}/items', json: item } as const;
  const checkout = { method: 'POST', path: '/api/orders/{orderId}/checkout' } as const;
  return {
    sentence: `Order ${added} more, from ${target.quantity} to ${quantity}: ${nameOf(target)}.`,
    irreversible: false,
    rule: 'This will make three calls: a draft order, its item, the checkout. If it stops before the checkout, nothing is ordered and the draft expires after 7 days. Afterwards Subdeck will read the subscription and compare.',
    before: { quantity: target.quantity },
    after: { quantity },
    newQuantity: quantity,
    leftover: 'The draft order has no effect and no cost; it expires after 7 days.',
    steps: [
      preparedStep(client.write, 'draft order', order, prepare, drafted),
      laterStep(
        client.write,
        'add item',
        items,
        (notes) => ({ ...items, path: orderPath(notes, 'items'), asked: itemAsked(notes) }),
        plainlyDone,
      ),
      laterStep(
        client.write,
        'checkout',
        checkout,
        (notes) => ({ ...checkout, path: orderPath(notes, 'checkout'), asked: orderAsked(notes) }),
        plainlyDone,
      ),
    ],
  };
}

function orderPath({ orderId }: Notes, what: 'items' | 'checkout'): string {
  return `${path`/api/orders/${String(orderId ?? '')}`}/${what}`;
}

export function cancelAddonDraft(client: InterworksClient, target: Subscription, addon: Addon): Draft {
  const address = subscriptionPath(target.id) + path`/addons/${addon.id}/cancelendofbillingperiod`;
  // Whether the add-on or its subscription is answered is not documented.
  const asked = oneObject({}, { id: [addon.id, target.id], addonId: addon.id, subscriptionId: target.id });
  return {
    sentence: `Cancel the add-on ${addon.name} of ${nameOf(target)} at the end of the billing period.`,
    irreversible: true,
    rule: 'The add-on will stay active until the billing period ends. The API cannot undo this.',
    before: { cancelAtPeriodEnd: addon.cancelAtPeriodEnd },
    after: { cancelAtPeriodEnd: true },
    newQuantity: null,
    atOnce: true,
    steps: [step(client.write, 'cancel add-on', { method: 'POST', path: address, asked }, plainlyDone)],
  };
}

function nameOf({ name, organization, quantity }: Subscription): string {
  const seats = quantity === null ? '' : ` (quantity ${quantity})`;
  return organization === null ? `${name}${seats}` : `${name}${seats} of ${organization.name}`;
}
