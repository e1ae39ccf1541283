import { randomUUID } from 'node:crypto';
import { hasEffect } from '../effects.ts';
import type { SandboxTime } from '../time.ts';
import { assumptions, billingFrequencies, termDurations } from './assumptions.ts';
import { addMonths, instant, monthsOf } from './calendar.ts';
import type { Changes } from './changes.ts';
import type { Dataset } from './dataset.ts';
import { Refused } from './errors.ts';
import { offers } from './offers.ts';
import { Checks, isOneOf, isQuantity, isText, wordOf } from './request-input.ts';
import type { Order } from './wire.ts';

/** Orders of new subscriptions: Processing, then Provisioning, then Completed, when the subscription is there. */
export interface Orders {
  /** Throws Refused. */
  place(customer: number, asked: Readonly<Record<string, unknown>>): { readonly id: string };
  /** A customer's orders that are not Completed, newest first. */
  open(customer: number): readonly Order[];
}

export function orders(dataset: Dataset, changes: Changes, time: SandboxTime): Orders {
  const placed = new Map<string, { customer: number; order: Order }>();
  const move = (id: string, name: string) => {
    const found = placed.get(id);
    if (found) found.order = { ...found.order, status: { name } };
  };
  return {
    place: (customer, asked) => {
      const offer = offers.findIndex((_, at) => dataset.ids.offer.of(at) === asked.offerId);
      const { quantity, subscriptionName: name, providerInstanceId } = asked;
      const term = wordOf(asked.termDuration);
      const billing = wordOf(asked.billingFrequency);
      const checks = new Checks();
      checks.need(offer >= 0, 'OfferId', 'OfferId is not an offer of this tenant.');
      checks.need(
        providerInstanceId === dataset.ids.provider.of(0),
        'ProviderInstanceId',
        'ProviderInstanceId is unknown.',
      );
      const operation = wordOf(asked.operation) ?? asked.operation;
      checks.need(operation === 'CreateSubscription', 'Operation', 'Operation must be CreateSubscription.');
      checks.need(isOneOf(termDurations, term), 'TermDuration', 'TermDuration is required.');
      checks.need(isOneOf(billingFrequencies, billing), 'BillingFrequency', 'BillingFrequency is required.');
      checks.need(isText(name), 'SubscriptionName', 'SubscriptionName is required.');
      checks.need(isQuantity(quantity), 'Quantity', 'Quantity is required.');
      checks.done();
      if (!isText(name) || !isQuantity(quantity) || term === undefined || billing === undefined) {
        throw new Refused(400, 'The order is not complete.');
      }
      const id = randomUUID();
      const order: Order = {
        id,
        customerId: dataset.ids.customer.of(customer),
        offerId: dataset.ids.offer.of(offer),
        subscriptionName: name,
        quantity,
        status: { name: 'Processing' },
        createdDate: instant(time.now()),
      };
      if (hasEffect()) placed.set(id, { customer, order });
      changes.after(assumptions.orderDelay, () => move(id, 'Provisioning'));
      changes.after(assumptions.orderDelay * 2, () => {
        move(id, 'Completed');
        const months = monthsOf(term);
        const start = time.now();
        dataset.add({
          customer,
          offer,
          parent: null,
          name,
          status: 'Active',
          start,
          end: months === null ? null : addMonths(start, months),
          cancellableUntil: null,
          quantity,
          term,
          billing,
          nextBilling: null,
          autoRenew: asked.autoRenewEnabled === true,
          autoRenewSettings: null,
          poNumber: isText(asked.poNumber) ? asked.poNumber : null,
        });
      });
      return { id };
    },
    open: (customer) =>
      [...placed.values()]
        .filter((own) => own.customer === customer && own.order.status.name !== 'Completed')
        .map(({ order }) => order)
        .reverse(),
  };
}
