import { type Fault, fault } from '../model/fault.ts';

/** The position of an interrupted sync run, and what was missing before it. */
export interface ResumeState {
  /** The pager's own mark; null: at the beginning. */
  readonly at: string | null;
  /** The vendor's total when the sync run began: a different one means that rows moved meanwhile. */
  readonly total: number | null;
  /** Something was missing before: the whole sync run is not complete. */
  readonly missed: boolean;
}

/** Reads `SyncScope.resume`. An invalid one starts at the beginning. */
export function resumeStateOf(resume: string | undefined): ResumeState {
  const beginning: ResumeState = { at: null, total: null, missed: false };
  if (resume === undefined) return beginning;
  try {
    const [at, total, missed]: readonly unknown[] = JSON.parse(resume);
    if (typeof at !== 'string') return beginning;
    return { at, total: typeof total === 'number' ? total : null, missed: missed === true };
  } catch {
    return beginning;
  }
}

export function resumeOf({ at, total, missed }: ResumeState): string | null {
  return at === null ? null : JSON.stringify([at, total, missed]);
}

/** Called if the vendor's list was different before the interruption. */
export function movedMeanwhile(connection: string): Fault {
  const message = 'The list changed while this sync was interrupted: rows may be missing.';
  return fault('partial', message, 'Sync again to see the whole list.', { connection }).fault;
}
