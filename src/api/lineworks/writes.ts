import * as v from 'valibot';
import { dateWords } from '../../model/date-words.ts';
import { fault } from '../../model/fault.ts';
import type { RenewalMode, Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { Draft, Step } from '../contract.ts';
import { plainlyDone, type Reply, type WriteCall } from '../http/write-client.ts';
import { presentRow, refuseOtherQuantity } from '../present-row.ts';
import { preparedStep, step } from '../steps.ts';
import { tomorrowAt } from './assumptions.ts';
import { type LineworksClient, partOf, subscriptionPath } from './client.ts';
import { readOne, reservation } from './reads.ts';
import {
  type RenewalBody,
  type RequestWords,
  type ReservationBody,
  renewalBody,
  reservationBody,
} from './request-bodies.ts';

/** LINE WORKS answers once the change is recorded; it takes effect later, at renewal or on the date. */
const atOnce = true;

/** Both calls answer with the object they made. */
const madeObject: Reply<v.GenericSchema> = {
  body: v.looseObject({ type: v.string() }),
  ending: () => ({ outcome: 'done' }),
};

const renewalRule = 'LINE WORKS will apply it when the contract renews. Until then it can be changed.';

export function setRenewalDraft(client: LineworksClient, target: Subscription, asked: RequestWords): Draft {
  const body = renewalBody(target, asked);
  const what = body.type === 'CHANGE' ? `change (${termsOf(body)})` : body.type === 'STAY' ? 'stay' : 'cancel';
  return {
    sentence: `Set the renewal of ${nameOf(target)} to ${what}${renewalDay(target)}.`,
    irreversible: false,
    rule: [
      ...(body.type === 'CANCEL' ? ['Without renewal the subscription will end with its contract.'] : []),
      ...renewalNow(target, body),
      renewalRule,
    ].join(' '),
    ...renewalSides(target, body),
    newQuantity: body.licenseCount ?? null,
    atOnce,
    steps: [renewalStep(client, target, asked)],
  };
}

/** LINE WORKS lowers licences only when the contract renews. */
export function lowerQuantityDraft(client: LineworksClient, target: Subscription, quantity: number): Draft {
  const asked = { type: 'change', quantity: String(quantity) };
  const body = renewalBody(target, asked);
  return {
    sentence: `Lower ${nameOf(target)} from ${target.quantity} to ${quantity} licences at renewal${renewalDay(target)}.`,
    irreversible: false,
    rule: [
      `Until the renewal all ${target.quantity} licences will stay active and be charged.`,
      ...renewalNow(target, body),
      renewalRule,
    ].join(' '),
    ...renewalSides(target, body),
    newQuantity: quantity,
    atOnce,
    steps: [renewalStep(client, target, asked)],
  };
}

/**
 * LINE WORKS raises licences by a reservation, from tomorrow on: it adds the difference, so the current number must not
 * change.
 */
export function raiseQuantityDraft(client: LineworksClient, target: Subscription, quantity: number): Draft {
  const added = quantity - (target.quantity ?? 0);
  const body = reservationBody(target, { type: 'add_license', quantity: String(added) }, tomorrow(client));
  const call = reservationCall(target, body);
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    refuseOtherQuantity(target, await present(client, target, signal));
    await refuseSecond(client, target, signal);
    return call;
  };
  return {
    ...reservationDraft(target, body, preparedStep(client.write, 'reservation', call, prepare, madeObject)),
    sentence: `Add ${added} licences to ${nameOf(target)} on ${dateWords(body.applyDate)}: from ${target.quantity} to ${quantity}.`,
  };
}

export function createReservationDraft(client: LineworksClient, target: Subscription, asked: RequestWords): Draft {
  const body = reservationBody(target, asked, tomorrow(client));
  const call = reservationCall(target, body);
  // What may be reserved depends on the present plan.
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    const now = reservationBody(await present(client, target, signal), asked, tomorrow(client));
    await refuseSecond(client, target, signal);
    return { ...call, json: now };
  };
  return reservationDraft(target, body, preparedStep(client.write, 'reservation', call, prepare, madeObject));
}

/** There is one reservation at a time. Throws a `refused` fault. */
async function refuseSecond(
  client: LineworksClient,
  target: Subscription,
  signal: AbortSignal | undefined,
): Promise<void> {
  const there = await reservation(client, target, signal);
  if (there === null) return;
  const message = `${target.name} already has a reservation, and LINE WORKS allows one at a time. Nothing was sent.`;
  throw fault('refused', message, 'Withdraw it first: `reservation withdraw`.', { connection: target.connection });
}

function reservationCall(target: Subscription, body: ReservationBody): WriteCall {
  return { method: 'POST', path: `${subscriptionPath(target)}/reservation`, asked: partOf(target), json: body };
}

function reservationDraft(target: Subscription, body: ReservationBody, only: Step): Draft {
  return {
    sentence: reservationSentence(target, body),
    irreversible: false,
    rule: `${dateRule(target, body)} Only one reservation is possible at a time; until its day it can be withdrawn.`,
    before: { reservation: null },
    after: { reservation: { ...body } },
    newQuantity: reservedQuantity(target, body),
    atOnce,
    steps: [only],
  };
}

/** Licences are added to the present ones; paid service starts with its own number. */
function reservedQuantity({ quantity }: Subscription, { type, licenseCount }: ReservationBody): number | null {
  if (licenseCount === undefined) return null;
  return type === 'ADD_LICENSE' ? (quantity ?? 0) + licenseCount : licenseCount;
}

export function withdrawReservationDraft(client: LineworksClient, target: Subscription): Draft {
  const call = { method: 'DELETE', path: `${subscriptionPath(target)}/reservation`, asked: partOf(target) } as const;
  return {
    sentence: `Withdraw what is reserved for ${nameOf(target)}.`,
    irreversible: false,
    rule: 'The subscription will stay unchanged. A reservation cannot be withdrawn once its day has come.',
    // Whatever is reserved: any reservation is one.
    before: { reservation: {} },
    after: { reservation: null },
    newQuantity: null,
    atOnce,
    steps: [step(client.write, 'withdraw reservation', call, plainlyDone)],
  };
}

/** A change of the renewal includes the unchanged values; the other types are sent as requested. */
function renewalStep(client: LineworksClient, target: Subscription, asked: RequestWords): Step {
  const at = { method: 'PATCH', path: `${subscriptionPath(target)}/renewal`, asked: partOf(target) } as const;
  const body = renewalBody(target, asked);
  if (body.type !== 'CHANGE') return step(client.write, 'renewal', { ...at, json: body }, madeObject);
  const prepare = async (signal?: AbortSignal): Promise<WriteCall> => {
    return { ...at, json: renewalBody(await present(client, target, signal), asked) };
  };
  return preparedStep(client.write, 'renewal', { ...at, json: body }, prepare, madeObject);
}

function present(
  client: LineworksClient,
  target: Subscription,
  signal: AbortSignal | undefined,
): Promise<Subscription> {
  return presentRow(target, (known) => readOne(client, known, signal));
}

const typeOf: Readonly<Partial<Record<RenewalMode, RenewalBody['type']>>> = {
  auto: 'STAY',
  change: 'CHANGE',
  cancel: 'CANCEL',
};

/** Both sides in the vendor's own words, as its renewal shows them, for a later comparison. */
function renewalSides({ renewal }: Subscription, body: RenewalBody): { before: JsonObject; after: JsonObject } {
  if (renewal === null) return { before: { renewal: null }, after: { renewal: { ...body } } };
  const { mode, productId, plan, quantity } = renewal;
  const before = {
    type: typeOf[mode] ?? mode,
    ...(productId === null ? {} : { productId }),
    ...(plan === null ? {} : { plan }),
    ...(quantity === null ? {} : { licenseCount: quantity }),
  };
  return { before: { renewal: before }, after: { renewal: { ...body } } };
}

/** What is set for the renewal already, which a change takes the place of. */
function renewalNow({ renewal }: Subscription, body: RenewalBody): readonly string[] {
  if (renewal?.mode === 'cancel') {
    return body.type === 'CANCEL' ? [] : ['The renewal is set to cancel: with this change the contract will renew.'];
  }
  if (renewal?.mode !== 'change') return [];
  const { productId, plan, quantity } = renewal;
  const terms = termsOf({
    ...(productId === null ? {} : { productId }),
    ...(plan === null ? {} : { plan }),
    ...(quantity === null ? {} : { licenseCount: quantity }),
  });
  return [`The renewal is already set to a change (${terms}); this will replace it.`];
}

function termsOf({ productId, plan, licenseCount }: Omit<RenewalBody, 'type'>): string {
  const terms = [
    ...(productId === undefined ? [] : [`product ${productId}`]),
    ...(plan === undefined ? [] : [`plan ${plan}`]),
    ...(licenseCount === undefined ? [] : [`${licenseCount} licences`]),
  ];
  return terms.join(', ');
}

function reservationSentence(target: Subscription, { type, applyDate, licenseCount, plan }: ReservationBody): string {
  const name = nameOf(target);
  if (type === 'CANCEL') return `Reserve the cancellation of ${name} for ${dateWords(applyDate)}.`;
  if (type === 'ADD_LICENSE') return `Reserve ${licenseCount} more licences of ${name} for ${dateWords(applyDate)}.`;
  return `Reserve the start of paid service (${plan}) of ${name} for ${dateWords(applyDate)}.`;
}

/** Source: developers.worksmobile.com/en/docs/partner-customer-subscriptions-reservation-create */
function dateRule({ endsAt }: Subscription, { type }: ReservationBody): string {
  const end = endsAt === null ? 'the end of the contract' : `the end of the contract (${dateWords(endsAt)})`;
  if (type === 'ADD_LICENSE')
    return `Licences can be added from tomorrow to ${end}. The number is the licences to add.`;
  if (type === 'CANCEL')
    return `The day can be from tomorrow to the day after ${end}; earlier days may cost a penalty. The options of the product will end with it, whatever is reserved for them.`;
  return 'The day can be up to the end of the trial and its grace period. Paid service will remove all other reservations; options on trial will stay on trial.';
}

function renewalDay({ endsAt }: Subscription): string {
  return endsAt === null ? '' : ` (contract ends ${dateWords(endsAt)})`;
}

function nameOf({ name, organization }: Subscription): string {
  return organization === null ? name : `${name} of ${organization.name}`;
}

function tomorrow({ clock, choices }: LineworksClient): string {
  return tomorrowAt(clock.now(), choices['vendor-day']);
}

/** Throws a `refused` fault for a subscription without a licence count. */
export function countedOnly(target: Subscription): Subscription {
  if (target.quantity !== null) return target;
  throw fault(
    'refused',
    `LINE WORKS has no licence count for ${nameOf(target)}.`,
    'Change the plan at renewal to one that counts licences.',
    { connection: target.connection },
  );
}
