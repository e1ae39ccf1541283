import type { DeadlineRules } from '../contract.ts';

/** Source: VMware, the search model. */
export const vmwareDeadlines: DeadlineRules = {
  rules: {
    cancellation:
      'The API gives no date until which a cancellation is free, and only reads: use the Partner Navigator.',
    trial: 'The API marks no trials.',
    renewal:
      'The renewal preference decides what happens at the end. The API only reads: change it in the Partner Navigator.',
  },
  suspended: null,
  draftOrderDays: null,
  next: (about) =>
    about === 'renewal'
      ? { kind: 'elsewhere', sentence: 'Set the renewal preference in the Partner Navigator; its API only reads' }
      : { kind: 'nothing' },
};
