import type { Topic } from './topic.ts';

/** What may go wrong, by number, and the tests of each. */
export const faultsTopic: Topic = {
  word: 'faults',
  title: 'Faults',
  summary: 'what may go wrong, and the tests for each fault',
  inManual: 'named',
  // No other command needs the catalogue: it is loaded for its topic.
  parts: async () => (await import('./fault-parts.ts')).faultParts(),
};
