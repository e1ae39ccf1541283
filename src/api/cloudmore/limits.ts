import type { CallLimits } from '../call-limits.ts';

export const cloudmoreLimits: CallLimits = {
  kind: 'unknown',
  source: 'developer.cloudmore.com, status and error codes: neither 429 nor a limit is named.',
};
