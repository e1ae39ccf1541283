import type { DeadlineRules } from '../contract.ts';

/** Source: VMware, the search model. */
export const vmwareDeadlines: DeadlineRules = {
  rules: {
    cancellation: 'The API gives no cancellation deadline and is read-only: use the Partner Navigator.',
    trial: 'The API does not mark trials.',
    renewal:
      'The renewal preference decides what happens at the end. The API is read-only: change it in the Partner Navigator.',
  },
  suspended: null,
  draftOrderDays: null,
  next: (about) =>
    about === 'renewal'
      ? { kind: 'elsewhere', sentence: 'Set the renewal preference in the Partner Navigator; its API is read-only' }
      : { kind: 'nothing' },
};
