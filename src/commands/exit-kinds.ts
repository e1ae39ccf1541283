import { type ExitKind, exitCodes } from '../model/fault.ts';
import type { Words } from './command.ts';
import { flagsOf, waitFlag } from './standard-flags.ts';

/** What every command may end with. */
const always: readonly ExitKind[] = ['ok', 'broken', 'usage', 'interrupted'];

/** Reading files and vendors. */
const reading: readonly ExitKind[] = ['missing', 'signed-out', 'denied', 'refused', 'unreachable', 'partial'];

const byEffect: Readonly<Record<Words['effect'], readonly ExitKind[]>> = {
  person: [],
  reads: reading,
  local: reading,
  vendor: [...reading, 'unknown'],
};

/** The exit codes that a command may end with, in their order; a test helper checks each run of a command against them. */
export function exitCodesOf(words: Pick<Words, 'effect' | 'flags' | 'kind' | 'endsAlso'>): readonly number[] {
  const waits = flagsOf(words).some(({ name }) => name === waitFlag);
  const { effect, endsAlso = [] } = words;
  const kinds = new Set([...always, ...byEffect[effect], ...endsAlso, ...(waits ? (['pending'] as const) : [])]);
  return Object.entries(exitCodes).flatMap(([kind, code]) => (kinds.has(kind as ExitKind) ? [code] : []));
}
