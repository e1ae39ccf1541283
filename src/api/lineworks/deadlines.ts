import type { DeadlineRules } from '../contract.ts';

/** Sources: LINE WORKS, the pages on renewal and on reservation. */
export const lineworksDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'LINE WORKS gives no date until which a cancellation is free; a paid plan ends by its renewal (CANCEL) or by a reservation, from tomorrow on.',
    trial:
      'A trial has a time of grace after its end; until then a START_PAID_SERVICE reservation turns it into a paid plan.',
    renewal: 'Fewer licences are possible only at the renewal, with type CHANGE; STAY renews as it is, CANCEL ends it.',
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
