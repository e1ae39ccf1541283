import type { DeadlineRules } from '../contract.ts';

/** Sources: interworks.cloud, "Manage a Subscription" and "Ordering via API for White-Label Resellers". */
export const interworksDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'interworks.cloud cancels at once, whenever it is asked to, and gives no date until which that is free.',
    trial: 'interworks.cloud marks no trials; what happens at the end is in the terms of the product.',
    renewal:
      'Shortly before the renewal the subscription is locked, and one change at a time may be pending: decide early.',
  },
  suspended: null,
  draftOrderDays: 7,
  next(about) {
    const cancel = { kind: 'write', ability: 'cancel', given: null } as const;
    if (about === 'cancellation') return { ...cancel, lead: 'To cancel' };
    if (about === 'renewal') return { ...cancel, lead: 'Ask the customer; to end it, at once and for good' };
    if (about === 'draft') {
      const lead = 'Finish it in the portal, or order anew';
      return { kind: 'write', lead, ability: 'raiseQuantity', given: 'N' };
    }
    return { kind: 'nothing' };
  },
};
