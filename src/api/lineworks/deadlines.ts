import type { DeadlineRules } from '../contract.ts';

/** Sources: LINE WORKS, the pages on renewal and on reservation. */
export const lineworksDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'LINE WORKS gives no cancellation deadline. A paid plan ends through its renewal (CANCEL) or a reservation, from tomorrow on.',
    trial:
      'A trial has a grace period after its end; until that is over a START_PAID_SERVICE reservation converts it to a paid plan.',
    renewal:
      'Fewer licences are possible only at the renewal, with type CHANGE. STAY renews it unchanged; CANCEL ends it.',
  },
  suspended: null,
  draftOrderDays: null,
  next(about, { renewal }) {
    const write = { kind: 'write' } as const;
    const renews = renewal?.mode === 'auto' || renewal?.mode === 'change';
    if (about === 'trial') {
      const given = 'type=START_PAID_SERVICE date=DATE';
      return { ...write, lead: 'To keep it', ability: 'createReservation', given };
    }
    if (about === 'suspended' || about === 'draft') return { kind: 'nothing' };
    if (about === 'cancellation' || renews) {
      const more = '(or type=change quantity=N)';
      return { ...write, lead: 'To end it or take fewer licences', ability: 'setRenewal', given: 'type=cancel', more };
    }
    return { ...write, lead: 'To keep it', ability: 'setRenewal', given: 'type=stay' };
  },
};
