import type { Intent } from '../../src/journal/journal.ts';

export const intent: Intent = {
  ref: 'nordic/s1',
  account: 'cloudmore https://api.cloudmore.com',
  view: 'seller s-1',
  verb: 'set-quantity',
  sentence: 'Lower Backup 100 from 25 to 20',
  before: { quantity: 25 },
  after: { quantity: 20 },
  by: 'tester',
  reason: null,
  target: null,
  steps: 1,
  atOnce: true,
};

export const step = { index: 0, name: 'lower', method: 'POST', path: '/subs/s1' } as const;

export const answer = {
  outcome: 'done',
  status: 200,
  correlationId: null,
  notes: {},
  vendorRequestId: null,
  vendorState: null,
  reason: null,
} as const;
