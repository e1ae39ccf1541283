import { type FaultError, fault } from '../../model/fault.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { ListedValue } from '../contract.ts';
import { documentedWords } from './wire.ts';

/** The changes of an update; absent: unchanged. */
export interface Changes {
  readonly quantity?: number;
  readonly name?: string;
  readonly billing?: string;
  readonly autoRenew?: boolean;
}

/** Taken in any case. [Stated by the vendor.] */
const frequencies: readonly string[] = documentedWords.billingFrequency;

/** The billing frequencies of the vendor's documents, and the present one. */
export async function billingFrequencies({ billing }: Subscription): Promise<readonly ListedValue[]> {
  const words = billing === null || frequencies.includes(billing) ? frequencies : [billing, ...frequencies];
  return words.map((word) => ({ value: word, label: word }));
}

/** Out of the words `quantity`, `name`, `billing`, `autoRenew`. `target`: what has them now. Throws `usage` faults. */
export function changesOf(
  { quantity, name, billing, autoRenew, ...unknown }: Readonly<Record<string, string>>,
  target: Pick<Subscription, 'billing'>,
): Changes {
  const stranger = Object.keys(unknown)[0];
  const keys = 'Use quantity=…, name=…, billing=… or autoRenew=….';
  if (stranger !== undefined) throw usage(`CloudCockpit's update has no field ${stranger}.`, keys);
  if (quantity !== undefined && !/^\d{1,10}$/.test(quantity)) {
    throw usage(`${quantity} is not a valid quantity.`, 'Give quantity=… as a whole number.');
  }
  if (name !== undefined && (name.trim() === '' || name.length > 255)) {
    throw usage('The name must have 1 to 255 characters.', 'Give another name=….');
  }
  if (billing === '')
    throw usage('The billing frequency is empty.', `Give billing=… as one of ${frequencies.join(', ')}.`);
  const known = target.billing === null ? frequencies : [...frequencies, target.billing];
  const word = known.find((one) => one.toLowerCase() === billing?.toLowerCase());
  if (billing !== undefined && word === undefined) {
    throw usage(`CloudCockpit has no billing frequency ${billing}.`, `There are: ${frequencies.join(', ')}.`);
  }
  return {
    ...(quantity === undefined ? {} : { quantity: Number(quantity) }),
    ...(name === undefined ? {} : { name }),
    ...(word === undefined ? {} : { billing: word }),
    ...(autoRenew === undefined ? {} : { autoRenew: flagOf(autoRenew) }),
  };
}

function flagOf(text: string): boolean {
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  if (/^(?:false|no|off)$/i.test(text)) return false;
  throw usage('autoRenew must be on or off.', 'Give autoRenew=on or autoRenew=off.');
}

function usage(message: string, next: string): FaultError {
  return fault('usage', message, next);
}

/** By the names that the row or the vendor's detail has for them. Billing changes with the next period. */
export function afterOf({ quantity, name, billing, autoRenew }: Changes): JsonObject {
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(name === undefined ? {} : { name }),
    ...(billing === undefined ? {} : { nextBillingFrequency: { billingFrequency: { name: billing } } }),
    ...(autoRenew === undefined ? {} : { autoRenewEnabled: autoRenew }),
  };
}

export function beforeOf(target: Subscription, { quantity, name, billing, autoRenew }: Changes): JsonObject {
  return {
    ...(quantity === undefined ? {} : { quantity: target.quantity }),
    ...(name === undefined ? {} : { name: target.name }),
    ...(billing === undefined ? {} : { nextBillingFrequency: { billingFrequency: { name: target.billing } } }),
    ...(autoRenew === undefined ? {} : { autoRenewEnabled: isAutomatic(target) }),
  };
}

function isAutomatic({ renewal }: Subscription): boolean | null {
  return renewal === null ? null : renewal.mode === 'auto';
}

/** Each change as a part of a sentence. */
export function changeWords(target: Subscription, { quantity, name, billing, autoRenew }: Changes): readonly string[] {
  return [
    ...(quantity === undefined ? [] : [`the quantity from ${target.quantity ?? 'none'} to ${quantity}`]),
    ...(name === undefined ? [] : [`the name to "${name}"`]),
    ...(billing === undefined ? [] : [`the billing from ${target.billing ?? 'none'} to ${billing}`]),
    ...(autoRenew === undefined ? [] : [`the automatic renewal to ${autoRenew ? 'on' : 'off'}`]),
  ];
}
