import type { DeadlineRules } from '../contract.ts';

/** Source: Cloudmore, "Manage subscription renewals". */
export const cloudmoreDeadlines: DeadlineRules = {
  rules: {
    cancellation: 'Cloudmore gives no cancellation deadline; see the terms of the service.',
    trial: 'Cloudmore does not mark trials; for what happens at the end see the terms of the service.',
    renewal: 'A renewal cannot be changed after its date. Cloudmore advises to decide a month ahead.',
  },
  suspended: null,
  draftOrderDays: null,
  next(about) {
    const cancel = { kind: 'write', ability: 'cancel', given: null } as const;
    if (about === 'cancellation') return { ...cancel, lead: 'To cancel' };
    if (about === 'renewal') return { ...cancel, lead: 'Ask the customer; to end it immediately and permanently' };
    return { kind: 'nothing' };
  },
};
