import type { CallLimits } from '../call-limits.ts';

export const lineworksLimits = {
  kind: 'known',
  seconds: 60,
  per: 'operation',
  // The free plan's, then the paid plan's.
  calls: { untilAnswered: 60, unlessNamed: 240 },
  headers: { limit: 'ratelimit-limit', left: 'ratelimit-remaining', reset: 'ratelimit-reset' },
  // Stated: half beyond 30 minutes. One window earlier, to be safe.
  sustained: { afterSeconds: 29 * 60, share: 0.5 },
  source:
    'developers.worksmobile.com/jp/docs/rate-limits: 240 a minute on the paid plan, 60 on the free one, for each operation; half of it beyond 30 minutes; each answer names limit, rest and reset.',
} as const satisfies CallLimits;
