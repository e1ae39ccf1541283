import type { DeadlineRules } from '../contract.ts';

/** Sources: CloudCockpit, the detail model's `cancellationAllowedUntil`; Microsoft's rules for new commerce. */
export const cloudcockpitDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'Until this date Microsoft takes a cancellation or fewer seats back and charges the days used; after it the term is to be paid. The date is the one CloudCockpit gives, usually 7 days after the start or the renewal.',
    trial:
      'With automatic renewal on, Microsoft turns the trial into a paid subscription at its end, for all its seats.',
    renewal: 'At the end the term renews as it is unless automatic renewal is off; then a new 7-day window begins.',
  },
  suspended: {
    why: 'the customer is not billed, Microsoft is still paid',
    brief: 'suspended, yet paid for',
  },
  draftOrderDays: null,
  next(about, { renewal }) {
    const renews = renewal?.mode === 'auto' || renewal?.mode === 'change';
    const end = { kind: 'write', ability: 'update', given: 'autoRenew=false' } as const;
    switch (about) {
      case 'cancellation':
        return { kind: 'write', lead: 'To cancel', ability: 'cancel', given: null };
      case 'trial':
        return renewal?.mode === 'auto' ? { ...end, lead: 'If it is not wanted' } : { kind: 'nothing' };
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
