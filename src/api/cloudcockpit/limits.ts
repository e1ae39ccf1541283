import type { CallLimits } from '../call-limits.ts';

export const cloudcockpitLimits: CallLimits = {
  kind: 'unknown',
  source: 'developer.cloudcockpit.com, operation pages: neither 429 nor a limit is named.',
};
