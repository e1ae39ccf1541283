import { type Fault, fault } from '../model/fault.ts';

/** Where an interrupted sync run goes on, and what the part before it had to do without. */
export interface ResumeState {
  /** The pager's own mark; null: at the beginning. */
  readonly at: string | null;
  /** The vendor's total when the sync run began: another one says that rows moved in the meantime. */
  readonly total: number | null;
  /** The part before went without something: the whole is not complete whatever comes. */
  readonly missed: boolean;
}

/** Reads `SyncScope.resume`. What cannot be read begins at the beginning. */
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

/** Told when the vendor's list was another one before the interruption. */
export function movedMeanwhile(connection: string): Fault {
  const message = 'The list changed between the two halves of this sync: rows may be missing.';
  return fault('partial', message, 'Sync again to see the whole list.', { connection }).fault;
}
