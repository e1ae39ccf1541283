import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../model/clock.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { type ProcessMark, thisProcess } from '../../system/process-mark.ts';
import { type Verdicts, verdictsOf } from '../verdicts.ts';
import type { OpenedDatabase } from './database.ts';
import {
  damagedEntryFault,
  damagedFile,
  damagedRows,
  isDamage,
  isLasting,
  isTaken,
  journalTrouble,
} from './database-faults.ts';
import { type Entries, entriesOf } from './entries-table.ts';
import type { EntryColumns } from './entry-row.ts';
import { type Heartbeats, heartbeatsOf } from './heartbeats.ts';
import { type Links, linksOf } from './links-table.ts';
import { type Marks, marksOf } from './marks-table.ts';
import { type PollSchedule, pollScheduleOf } from './poll-schedule.ts';
import type { DamagedRow } from './sealed-lines.ts';
import { type Steps, stepsOf } from './steps-table.ts';
import { transaction } from './transaction.ts';
import { type Unannounced, unannouncedIn } from './unannounced.ts';

export interface JournalOptions {
  readonly clock: Clock;
  /** The process that writes. Absent: this one. */
  readonly owner?: ProcessMark;
}

/** The open database with its tables, and the two ways to use it: reads that never fail, writes that never half succeed. */
export interface JournalFile {
  readonly path: string;
  readonly database: DatabaseSync;
  readonly entries: Entries;
  readonly steps: Steps;
  readonly verdicts: Verdicts;
  readonly marks: Marks;
  readonly links: Links;
  readonly schedule: PollSchedule;
  readonly unannounced: Unannounced;
  readonly owner: ProcessMark;
  readonly heartbeats: Heartbeats;
  readonly clock: Clock;
  now(): string;
  /** Gives `otherwise` where the file cannot be read, and remembers why. */
  reading<Result>(work: () => Result, otherwise: Result): Result;
  /** One durable transaction. Throws a `FaultError` when it could not be kept; then nothing of it is. */
  writing<Result>(work: () => Result): Result;
  /** Rewrites one entry, and gives it; `how` gives null to leave it as it is. Throws a `FaultError` when it is missing or damaged. */
  change(id: string, how: (columns: EntryColumns) => EntryColumns | null): EntryColumns | null;
  /** Ids of damaged entries. Checked once, then again after one was settled. */
  damaged(): readonly string[];
  recheck(): void;
  health(): Fault | null;
  revision(): number;
}

export function journalFileOf(
  path: string,
  { database, trouble }: OpenedDatabase,
  { clock, owner = thisProcess() }: JournalOptions,
): JournalFile {
  const entries = entriesOf(database);
  const steps = stepsOf(database);
  const verdicts = verdictsOf(database);
  const version = database.prepare('PRAGMA data_version');
  let standing = trouble;
  let wrong: readonly DamagedRow[] | null = null;
  let commits = 0;
  let whole: boolean | null = null;

  function reading<Result>(work: () => Result, otherwise: Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof FaultError) throw error;
      if (isLasting(error)) standing ??= journalTrouble(path, error);
      return otherwise;
    }
  }

  function writing<Result>(work: () => Result): Result {
    if (standing !== null) throw new FaultError(standing);
    try {
      const result = transaction(database, work);
      commits += 1;
      return result;
    } catch (error) {
      if (error instanceof FaultError || isTaken(error)) throw error;
      const found = journalTrouble(path, error);
      if (isDamage(error)) standing = found;
      throw new FaultError(found);
    }
  }

  /** Seals say that rows are right; this says that no index leads past one. Asked once: it reads the whole file. */
  function isWhole(): boolean {
    whole ??= reading(() => database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok', false);
    return whole;
  }

  function damagedRowsIn(): readonly DamagedRow[] {
    wrong ??= reading(() => [...entries.damaged(), ...steps.damaged(), ...verdicts.damaged()], []);
    if (wrong.length === 0 && !isWhole()) standing ??= damagedFile(path);
    return wrong;
  }

  const damaged = (): readonly string[] => [...new Set(damagedRowsIn().map(({ entry }) => entry))];

  return {
    path,
    database,
    entries,
    steps,
    verdicts,
    marks: marksOf(database),
    links: linksOf(database),
    schedule: pollScheduleOf(database, owner, clock.instant),
    unannounced: unannouncedIn(database),
    owner,
    heartbeats: heartbeatsOf(database, owner, clock.instant),
    clock,
    now: () => new Date(clock.now()).toISOString(),
    reading,
    writing,
    change: (id, how) =>
      writing(() => {
        const found = entries.find(id);
        if (found === null)
          throw fault('missing', `There is no journal entry ${id}.`, 'subdeck journal list shows them.');
        if (found.columns === null) throw new FaultError(damagedEntryFault(path, id));
        const changed = how(found.columns);
        if (changed !== null) entries.replace(changed);
        return changed;
      }),
    damaged,
    recheck: () => {
      wrong = null;
    },
    health() {
      // All rows are checked before the first write of a process: an open write could hide in one whose bytes turned. One that was
      // written so is about what it says, and blocks that alone.
      const turned = damagedRowsIn().filter(({ isSealed }) => !isSealed);
      const ids = [...new Set(turned.map(({ entry }) => entry))];
      return standing ?? (ids.length > 0 ? damagedRows(path, ids) : null);
    },
    revision: () => reading(() => Number(version.get()?.data_version ?? 0) + commits, commits),
  };
}
