import { fault } from '../../model/fault.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Draft, NewSubscription, Step } from '../contract.ts';
import { exactText } from '../exact-values.ts';
import { path } from '../http/url-path.ts';
import { plainlyDone, type Reply, type WriteCall } from '../http/write-client.ts';
import { type ExpectedIds, oneObject } from '../identity.ts';
import { madeId } from '../made-id.ts';
import { presentRow, refuseOtherQuantity } from '../present-row.ts';
import { preparedStep, step } from '../steps.ts';
import { createBody, licenseKeyBody, removalAction, updateBody } from './assumptions.ts';
import type { CloudmoreClient } from './client.ts';
import { findObject, subscriptionPath } from './reads.ts';
import { ownNameFields } from './wire.ts';

/** Whether an unchanged row after a lost answer proves that nothing was applied. */
function isAtOnce({ choices }: CloudmoreClient): boolean {
  return choices.provisioning === 'at-once';
}

/** The ids that the answer to a change of this subscription may name. */
function answerAsked({ id, organization, services }: Subscription): ExpectedIds {
  return oneObject({}, { 'subscriptionId|id': id, organizationId: organization?.id, serviceId: services[0]?.id });
}

export function cancelDraft(client: CloudmoreClient, target: Subscription): Draft {
  const query = client.level === 'seller' ? { query: removalAction('Cancel') } : {};
  const at = { path: subscriptionPath(client, target), asked: answerAsked(target) };
  const call = { method: 'DELETE', ...at, ...query } as const;
  return {
    sentence: `Cancel ${nameOf(target)}.`,
    irreversible: true,
    rule: 'Cloudmore will cancel it immediately, not at the end of a period, and keep it in its lists as cancelled.',
    before: { status: target.status },
    after: { status: 'cancelled' },
    newQuantity: null,
    atOnce: isAtOnce(client),
    steps: [step(client.write, 'cancel', call, plainlyDone)],
  };
}

/** Seller level only. */
export function deleteDraft(client: CloudmoreClient, target: Subscription): Draft {
  const at = { path: subscriptionPath(client, target), asked: answerAsked(target) };
  const call = { method: 'DELETE', ...at, query: removalAction('Delete') } as const;
  return {
    sentence: `Delete ${nameOf(target)}.`,
    irreversible: true,
    rule: 'Cloudmore will remove the subscription and its record; it will no longer be in any list.',
    before: { status: target.status },
    after: { status: 'deleted' },
    newQuantity: null,
    atOnce: isAtOnce(client),
    steps: [step(client.write, 'delete', call, plainlyDone)],
  };
}

/** Seller level only. The key is in the body of the call and nowhere else. */
export function setLicenseDraft(client: CloudmoreClient, target: Subscription, licenseKey: string): Draft {
  const call = {
    method: 'PUT',
    path: client.root + path`/subscriptions/SetLicenseKey/${target.id}`,
    asked: answerAsked(target),
    json: licenseKeyBody(licenseKey),
    hide: [licenseKey],
  } as const;
  return {
    sentence: `Set the licence key of ${nameOf(target)}.`,
    irreversible: true,
    rule: 'An existing key will be overwritten. Services with licence keys switched off will refuse it.',
    before: { hasLicenseKey: target.hasLicenseKey },
    after: { hasLicenseKey: true },
    newQuantity: null,
    atOnce: isAtOnce(client),
    steps: [step(client.write, 'set licence key', call, plainlyDone)],
  };
}

export function quantityDraft(client: CloudmoreClient, target: Subscription, quantity: number): Draft {
  return updateDraft(client, target, { quantity: String(quantity) });
}

/** Keys: `quantity`, `name`. Omitted ones are unchanged. */
export function updateDraft(
  client: CloudmoreClient,
  target: Subscription,
  changes: Readonly<Record<string, string>>,
): Draft {
  const { quantity, name, ...unknown } = changes;
  const stranger = Object.keys(unknown)[0];
  const { connection } = client;
  if (stranger !== undefined) {
    const message = `Cloudmore's update has no field ${stranger}.`;
    throw fault('usage', message, 'Use quantity=… or name=….', { connection });
  }
  if (name === '') throw fault('usage', 'The new name is empty.', 'Give name=… with some text.', { connection });
  if (quantity !== undefined && !/^\d{1,15}$/.test(quantity)) {
    throw fault('usage', `${quantity} is not a valid quantity.`, 'Give quantity=… as a whole number.', { connection });
  }
  if (quantity !== undefined && target.quantity === null) {
    const message = `${target.name} is metered: Cloudmore counts the usage, so the quantity cannot be set.`;
    throw fault('denied', message, 'Change the usage in the service itself.', { connection });
  }
  const seats = quantity === undefined ? target.quantity : Number(quantity);
  const parts = [
    ...(quantity === undefined ? [] : [`the quantity from ${target.quantity} to ${quantity}`]),
    ...(name === undefined ? [] : [`the name to "${name}"`]),
  ];
  return {
    sentence: `Change ${parts.join(' and ')} of ${nameOf(target)}.`,
    irreversible: false,
    rule: 'Cloudmore will apply the change immediately, or record it until the service is provisioned. The rules of the product decide what may be raised or lowered.',
    before: {
      ...(quantity === undefined ? {} : { quantity: target.quantity }),
      ...(name === undefined ? {} : { name: target.name }),
    },
    after: { ...(quantity === undefined ? {} : { quantity: seats }), ...(name === undefined ? {} : { name }) },
    newQuantity: quantity === undefined ? null : seats,
    atOnce: isAtOnce(client),
    steps: [updateStep(client, target, { quantity: quantity === undefined ? null : seats, name: name ?? null })],
  };
}

/** An update always sends quantity and name: unchanged ones must still be as planned when it is sent. */
function updateStep(
  client: CloudmoreClient,
  target: Subscription,
  changes: { readonly quantity: number | null; readonly name: string | null },
): Step {
  const at = { method: 'PUT', path: subscriptionPath(client, target), asked: answerAsked(target) } as const;
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    const object = await findObject(client, { id: target.id, known: target }, signal);
    const present = await presentRow(target, async () => client.reading(object, target));
    if (changes.quantity === null) refuseOtherQuantity(target, present);
    // Sent back unchanged: the display form is not the vendor's text.
    const name = changes.name ?? exactText(object, ownNameFields) ?? null;
    return { ...at, json: updateBody(changes.quantity ?? present.quantity, name) };
  };
  return preparedStep(client.write, 'update', at, prepare, plainlyDone);
}

const createdWire = madeId('id', 'subscriptionId');

/** The new id, if the answer has one. The status alone proves that it was created. */
const created: Reply<typeof createdWire> = {
  body: createdWire,
  ending: (id) => ({ outcome: 'done', notes: id === null ? {} : { subscriptionId: id } }),
};

export function createDraft(client: CloudmoreClient, writeRequest: NewSubscription): Draft {
  const { organization, service, product, quantity, name } = writeRequest;
  const call = {
    method: 'POST',
    path: client.root + path`/organizations/${organization.id}/services/${service.id}/subscriptions`,
    asked: oneObject({}, { organizationId: organization.id, serviceId: service.id, productId: product.id }),
    json: createBody(product.id, quantity, name),
  } as const;
  return {
    sentence: `Create ${quantity} × ${product.name} (${service.name}) for ${organization.name}.`,
    irreversible: false,
    rule: 'Cloudmore will provision and charge it from now on. The rules of the product say how it can be ended.',
    before: {},
    after: { productId: product.id, quantity, ...(name === null ? {} : { name }) },
    newQuantity: quantity,
    atOnce: isAtOnce(client),
    steps: [step(client.write, 'create', call, created)],
  };
}

function nameOf({ name, organization, quantity }: Subscription): string {
  const seats = quantity === null ? '' : ` (quantity ${quantity})`;
  return organization === null ? `${name}${seats}` : `${name}${seats} of ${organization.name}`;
}
