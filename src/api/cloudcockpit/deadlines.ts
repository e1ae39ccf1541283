import type { DeadlineRules } from '../contract.ts';

/** Sources: CloudCockpit, the detail model's `cancellationAllowedUntil`; Microsoft's rules for new commerce. */
export const cloudcockpitDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'Cancel or lower the seats by this date and Microsoft charges only the days used; after it, the whole term must be paid. CloudCockpit gives the date: usually 7 days after the start or the renewal.',
    trial:
      'If automatic renewal is on, Microsoft converts the trial to a paid subscription at its end, for all its seats.',
    renewal:
      'At the end the term renews unchanged unless automatic renewal is off. After the renewal a new 7-day cancellation period begins.',
  },
  suspended: {
    why: 'the customer is not billed, but Microsoft must still be paid',
    brief: 'suspended but still charged',
  },
  draftOrderDays: null,
  next(about, { renewal }) {
    const renews = renewal?.mode === 'auto' || renewal?.mode === 'change';
    const end = { kind: 'write', ability: 'update', given: 'autoRenew=false' } as const;
    switch (about) {
      case 'cancellation':
        return { kind: 'write', lead: 'To cancel', ability: 'cancel', given: null };
      case 'trial':
        return renewal?.mode === 'auto' ? { ...end, lead: 'To let it end' } : { kind: 'nothing' };
      case 'renewal':
        return renews ? { ...end, lead: 'To end it' } : { ...end, lead: 'To keep it', given: 'autoRenew=true' };
      case 'suspended': {
        const lead = 'Reactivate or cancel it';
        return { kind: 'write', lead, ability: 'reactivate', given: null };
      }
      case 'draft':
        return { kind: 'nothing' };
    }
  },
};
