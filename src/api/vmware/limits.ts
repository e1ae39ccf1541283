import type { CallLimits } from '../call-limits.ts';

export const vmwareLimits: CallLimits = {
  kind: 'unknown',
  source: 'developer.vmware.com, Cloud Partner Navigator: neither 429 nor a limit is named.',
};
