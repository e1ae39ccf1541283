import * as v from 'valibot';
import { endOf, wholeSecond } from '../../model/date-text.ts';
import { dateWords } from '../../model/date-words.ts';
import { fault } from '../../model/fault.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Json } from '../../model/text.ts';
import type { Abilities, Draft, Step } from '../contract.ts';
import { plainlyDone, type Reply } from '../http/write-client.ts';
import { type ExpectedIds, oneObject } from '../identity.ts';
import { preparedStep, step } from '../steps.ts';
import { afterOf, beforeOf, type Changes, changesOf, changeWords } from './changes.ts';
import { type CloudcockpitClient, subscriptionPath } from './client.ts';
import { conflictText } from './conflict.ts';
import { readDetail } from './reads.ts';
import { type UpdateBody, updateBody } from './update-body.ts';

/** Every change is only accepted: its answer has no request id, and the detail shows when it was applied. */
const accepted: Reply<v.UnknownSchema> = {
  body: v.unknown(),
  ending: () => ({ outcome: 'accepted', vendorRequestId: null, vendorState: null }),
  explain: conflictText,
};

/** The ids that the answer to a change of this subscription may name. */
function answerAsked({ id, organization }: Subscription): ExpectedIds {
  return oneObject({}, { 'subscriptionId|id': id, customerId: organization?.id });
}

/** What CloudCockpit changes. */
export function writesOf(client: CloudcockpitClient) {
  return {
    cancel: (target) => cancelDraft(client, target),
    lowerQuantity: (target, { quantity }) => quantityDraft(client, target, quantity),
    raiseQuantity: (target, { quantity }) => quantityDraft(client, target, quantity),
    update: (target, { changes }) => updateDraft(client, target, changes),
    setPoNumber: (target, { poNumber, present }) => poNumberDraft(client, target, poNumber, present),
    suspend: (target) => suspendDraft(client, target),
    reactivate: (target) => reactivateDraft(client, target),
  } as const satisfies Partial<Abilities>;
}

/** Keys: `quantity`, `name`, `billing`, `autoRenew`. Throws `usage` faults. */
function updateDraft(client: CloudcockpitClient, target: Subscription, asked: Readonly<Record<string, string>>): Draft {
  const changes = changesOf(asked, target);
  return {
    sentence: `Change ${changeWords(target, changes).join(' and ')} of ${nameOf(target)}.`,
    irreversible: false,
    rule: updateRule(target, changes, client.clock.now()),
    before: beforeOf(target, changes),
    after: afterOf(changes),
    newQuantity: changes.quantity ?? null,
    steps: [updateStep(client, target, changes)],
  };
}

function quantityDraft(client: CloudcockpitClient, target: Subscription, quantity: number): Draft {
  return updateDraft(client, target, { quantity: String(quantity) });
}

function cancelDraft(client: CloudcockpitClient, target: Subscription): Draft {
  const call = { method: 'DELETE', path: subscriptionPath(target), asked: answerAsked(target) } as const;
  return {
    sentence: `Cancel ${nameOf(target)}.`,
    irreversible: true,
    rule: windowRule(target, client.clock.now()),
    before: { status: target.status },
    after: { status: 'cancelled' },
    newQuantity: null,
    steps: [step(client.write, 'cancel', call, accepted)],
  };
}

/** Its body is a bare JSON string. [Stated by the vendor; that the detail shows it is not.] Throws `usage` faults. */
function poNumberDraft(client: CloudcockpitClient, target: Subscription, poNumber: string, present: Json): Draft {
  if (poNumber.length > longestPoNumber) {
    const message = `A purchase order number can have at most ${longestPoNumber} characters; this one has ${poNumber.length}.`;
    throw fault('usage', message, 'Give a shorter one.');
  }
  const path = `${subscriptionPath(target)}/po-number`;
  const call = { method: 'PATCH', path, asked: answerAsked(target), json: poNumber } as const;
  return {
    sentence: `Set the purchase order number of ${nameOf(target)} to "${poNumber}".`,
    irreversible: false,
    rule: '',
    before: { poNumber: present },
    after: { poNumber },
    newQuantity: null,
    steps: [step(client.write, 'set the purchase order number', call, plainlyDone)],
  };
}

const longestPoNumber = 255;

function suspendDraft(client: CloudcockpitClient, target: Subscription): Draft {
  return {
    sentence: `Suspend ${nameOf(target)}.`,
    irreversible: false,
    rule: 'Its users will lose access. The partner may still have to pay for it while it is suspended.',
    before: { status: target.status },
    after: { status: 'suspended' },
    newQuantity: null,
    steps: [statusStep(client, target, 'suspend')],
  };
}

function reactivateDraft(client: CloudcockpitClient, target: Subscription): Draft {
  return {
    sentence: `Reactivate ${nameOf(target)}.`,
    irreversible: false,
    rule: 'It will be active and billed again. An expired subscription cannot be reactivated.',
    before: { status: target.status },
    after: { status: 'active' },
    newQuantity: null,
    steps: [statusStep(client, target, 'reactivate')],
  };
}

function statusStep(client: CloudcockpitClient, target: Subscription, name: 'suspend' | 'reactivate'): Step {
  const at = { path: `${subscriptionPath(target)}/${name}`, asked: answerAsked(target) };
  return step(client.write, name, { method: 'POST', ...at }, accepted);
}

/**
 * CloudCockpit's PATCH requires name, quantity and billing together, and may treat an omitted renewal as switched off,
 * so unchanged fields are read and sent with their current values. If any of them differs from the plan, nothing is
 * sent.
 */
function updateStep(client: CloudcockpitClient, target: Subscription, changes: Changes): Step {
  const address = subscriptionPath(target);
  const prepare = async (signal?: AbortSignal) => {
    const json: UpdateBody = updateBody(await readDetail(client, target, signal), target, changes);
    return { method: 'PATCH', path: address, asked: answerAsked(target), json } as const;
  };
  return preparedStep(client.write, 'update', { method: 'PATCH', path: address }, prepare, accepted);
}

function updateRule(target: Subscription, { quantity, billing, autoRenew }: Changes, now: number): string {
  const isLower = quantity !== undefined && target.quantity !== null && quantity < target.quantity;
  return [
    'CloudCockpit will accept the change and process it later. Name, quantity, billing and renewal are always sent together.',
    ...(isLower ? [lowerRule(target, now)] : []),
    'An immediate change may delete changes that are scheduled for the renewal at the provider.',
    ...(billing === undefined ? [] : ['A new billing frequency will apply from the next period.']),
    ...(billing === undefined && autoRenew === undefined
      ? []
      : ['The renewal will start at 00:00 UTC on the day after the end date and may take a day to show.']),
  ].join(' ');
}

/** The provider takes seats back within the window in which it takes a cancellation. */
function lowerRule({ cancellableUntil }: Subscription, now: number): string {
  const end = endOf(cancellableUntil);
  if (cancellableUntil === null || end === null)
    return 'CloudCockpit does not say whether the provider allows fewer seats before the renewal.';
  return end < wholeSecond(now)
    ? `The period for fewer seats ended on ${dateWords(cancellableUntil)}: before the renewal the provider will most likely refuse.`
    : `Lower the seats by ${dateWords(cancellableUntil)}: the provider will charge only the days used.`;
}

/** Whether it can be cancelled at all: after its window a provider's subscription runs to its end. */
function windowRule({ cancellableUntil }: Subscription, now: number): string {
  if (cancellableUntil === null) {
    return 'CloudCockpit gives no cancellation deadline; the provider may refuse.';
  }
  const end = endOf(cancellableUntil);
  if (end === null) return `CloudCockpit gives the cancellation deadline as “${cancellableUntil}”, which is no date.`;
  return end < wholeSecond(now)
    ? `The cancellation period ended on ${dateWords(cancellableUntil)}: the provider will most likely refuse (409).`
    : '';
}

function nameOf({ name, organization }: Subscription): string {
  return organization === null ? name : `${name} of ${organization.name}`;
}
