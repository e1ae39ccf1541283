import type { CallLimits } from '../call-limits.ts';

export const interworksLimits: CallLimits = {
  kind: 'unknown',
  source: 'kb.interworks.cloud, BSS API: 403 is a missing right and too many calls alike; no number is named.',
};
