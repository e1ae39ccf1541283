import type { CallLimits } from '../../../../src/api/call-limits.ts';

export const acmeLimits: CallLimits = { kind: 'unknown', source: 'Acme has no documents.' };
