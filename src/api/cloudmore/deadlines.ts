import type { DeadlineRules } from '../contract.ts';

/** Source: Cloudmore, "Manage subscription renewals". */
export const cloudmoreDeadlines: DeadlineRules = {
  rules: {
    cancellation: 'Cloudmore gives no date until which a cancellation is free; the terms of the service say it.',
    trial: 'Cloudmore marks no trials; what happens at the end is in the terms of the service.',
    renewal: 'After its date a renewal cannot be changed any more; Cloudmore advises to decide a month ahead.',
  },
  suspended: null,
  draftOrderDays: null,
  next(about) {
    const cancel = { kind: 'write', ability: 'cancel', given: null } as const;
    if (about === 'cancellation') return { ...cancel, lead: 'To cancel' };
    if (about === 'renewal') return { ...cancel, lead: 'Ask the customer; to end it, at once and for good' };
    return { kind: 'nothing' };
  },
};
