import type { DeadlineRules } from '../contract.ts';

/** Sources: interworks.cloud, "Manage a Subscription" and "Ordering via API for White-Label Resellers". */
export const interworksDeadlines: DeadlineRules = {
  rules: {
    cancellation: 'interworks.cloud cancels immediately at any time and gives no cancellation deadline.',
    trial: 'interworks.cloud does not mark trials; for what happens at the end see the terms of the product.',
    renewal:
      'Shortly before the renewal the subscription is locked, and only one change can be pending at a time: decide early.',
  },
  suspended: null,
  draftOrderDays: 7,
  next(about) {
    const cancel = { kind: 'write', ability: 'cancel', given: null } as const;
    if (about === 'cancellation') return { ...cancel, lead: 'To cancel' };
    if (about === 'renewal') return { ...cancel, lead: 'Ask the customer; to end it immediately and permanently' };
    if (about === 'draft') {
      const lead = 'Finish it in the portal, or place a new order';
      return { kind: 'write', lead, ability: 'raiseQuantity', given: 'N' };
    }
    return { kind: 'nothing' };
  },
};
