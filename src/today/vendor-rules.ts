import type { Subscription } from '../model/subscription.ts';
import type { VendorId } from '../model/vendor.ts';
import { shellWord } from './item.ts';

/** What may run out at a vendor. */
export type DeadlineKind = 'cancellation' | 'trial' | 'renewal';

/**
 * The vendor's own rule behind a date, for `?`. Where the documents give none, the sentence says so. Sources: CloudCockpit,
 * the detail model's `cancellationAllowedUntil` and Microsoft's rules for new commerce; LINE WORKS, the pages on renewal and
 * reservation; interworks.cloud, "Manage a Subscription"; Cloudmore, "Manage subscription renewals"; VMware, the search model.
 */
export const deadlineRules: Readonly<Record<VendorId, Readonly<Record<DeadlineKind, string>>>> = {
  cloudmore: {
    cancellation: 'Cloudmore gives no date until which a cancellation is free; the terms of the service say it.',
    trial: 'Cloudmore marks no trials; what happens at the end is in the terms of the service.',
    renewal: 'After its date a renewal cannot be changed any more; Cloudmore advises to decide a month ahead.',
  },
  interworks: {
    cancellation:
      'interworks.cloud cancels at once, whenever it is asked to, and gives no date until which that is free.',
    trial: 'interworks.cloud marks no trials; what happens at the end is in the terms of the product.',
    renewal:
      'Shortly before the renewal the subscription is locked, and one change at a time may be pending: decide early.',
  },
  vmware: {
    cancellation:
      'The API gives no date until which a cancellation is free, and only reads: use the Partner Navigator.',
    trial: 'The API marks no trials.',
    renewal:
      'The renewal preference decides what happens at the end. The API only reads: change it in the Partner Navigator.',
  },
  lineworks: {
    cancellation:
      'LINE WORKS gives no date until which a cancellation is free; a paid plan ends by its renewal (CANCEL) or by a reservation, from tomorrow on.',
    trial:
      'A trial has a time of grace after its end; until then a START_PAID_SERVICE reservation turns it into a paid plan.',
    renewal: 'Fewer licences are possible only at the renewal, with type CHANGE; STAY renews as it is, CANCEL ends it.',
  },
  cloudcockpit: {
    cancellation:
      'Until this date Microsoft takes a cancellation or fewer seats back and charges the days used; after it the term is to be paid. The date is the one CloudCockpit gives, usually 7 days after the start or the renewal.',
    trial:
      'With automatic renewal on, Microsoft turns the trial into a paid subscription at its end, for all its seats.',
    renewal: 'At the end the term renews as it is unless automatic renewal is off; then a new 7-day window begins.',
  },
};

/** What to do about a renewal or an end, in the words of Subdeck where it can do it, else where it can be done. */
export function renewalNext({ vendor, ref, renewal }: Pick<Subscription, 'vendor' | 'ref' | 'renewal'>): string {
  const word = shellWord(ref);
  const renews = renewal?.mode === 'auto' || renewal?.mode === 'change';
  switch (vendor) {
    case 'lineworks':
      return renews
        ? `To end it or take fewer licences: subdeck renewal set ${word} type=cancel (or type=change quantity=N)`
        : `To keep it: subdeck renewal set ${word} type=stay`;
    case 'cloudcockpit':
      return renews
        ? `To end it: subdeck subscription update ${word} autoRenew=false`
        : `To keep it: subdeck subscription update ${word} autoRenew=true`;
    case 'cloudmore':
    case 'interworks':
      return `Ask the customer; to end it, at once and for good: subdeck subscription cancel ${word}`;
    default:
      return 'Set the renewal preference in the Partner Navigator; its API only reads';
  }
}

/** What to do about a trial's end. */
export function trialNext({ vendor, ref, renewal }: Pick<Subscription, 'vendor' | 'ref' | 'renewal'>): string {
  const word = shellWord(ref);
  if (vendor === 'lineworks') return `To keep it: subdeck reservation create ${word} type=START_PAID_SERVICE date=DATE`;
  if (vendor === 'cloudcockpit' && renewal?.mode === 'auto') {
    return `If it is not wanted: subdeck subscription update ${word} autoRenew=false`;
  }
  return `Ask the customer, then see subdeck subscription show ${word}`;
}
