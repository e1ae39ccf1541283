import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { elapsed, type Instant, instantOf } from '../../model/instant.ts';
import { isOfHere, isRunning, type ProcessMark } from '../../system/process-mark.ts';

/**
 * The timetable of looks at open entries, shared by all processes: whoever finds one due takes the lease on that one look.
 * A lease ends with the look, with its time, or with its owner. Where a clock was set or the computer started again, a look
 * is due at once, which costs an early look, and the time of a lease starts over.
 */
export interface PollSchedule {
  due(): readonly string[];
  /** Milliseconds until the next look, not above 0 where one is due; null: there is none. */
  next(): number | null;
  /** When that will be by the wall clock as it stands. */
  at(entry: string): number | null;
  attempts(entry: string): number;
  /** The next look, so many milliseconds from now; null: none. */
  set(entry: string, after: number | null, attempts: number): void;
  remove(entry: string): void;
  /** `lease`: milliseconds. */
  claim(entry: string, lease: number): boolean;
}

const instants = ['since TEXT', 'held TEXT'];

/**
 * `due` and `until` are the wall clock's, as Subdeck 0.1.0 writes and reads them; `since` and `held` are the instants from
 * which they were reckoned, and from which they are measured.
 */
export const watchTable = watchWith(instants);
export const watchTable010 = watchWith([]);

function watchWith(columns: readonly string[]): string {
  const all = ['attempts INTEGER NOT NULL', 'owner TEXT', 'until INTEGER', ...columns];
  return `
  CREATE TABLE watch (
    entry TEXT NOT NULL PRIMARY KEY,
    due INTEGER,
    ${all.join(',\n    ')}
  ) STRICT;
`;
}

/** In files of Subdeck 0.1.0 the instants are missing. Inside a transaction. */
export function addInstants(database: DatabaseSync): void {
  if (hasInstants(database)) return;
  for (const column of instants) database.exec(`ALTER TABLE watch ADD COLUMN ${column}`);
}

function hasInstants(database: DatabaseSync): boolean {
  return database.prepare(`SELECT 1 FROM pragma_table_info('watch') WHERE name = 'held'`).get() !== undefined;
}

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Statements that write are prepared at use: a file that can only be read may lack the columns. */
export function pollScheduleOf(database: DatabaseSync, owner: ProcessMark, now: () => Instant): PollSchedule {
  const all = database.prepare('SELECT * FROM watch WHERE due IS NOT NULL ORDER BY due');
  const one = database.prepare('SELECT * FROM watch WHERE entry = ?');
  const remove = database.prepare('DELETE FROM watch WHERE entry = ?');
  // Two consoles of one process share the looks like two processes do.
  const mine = [owner.pid, owner.started ?? '-', randomUUID(), ...placeOf(owner)].join(' ');

  function left(row: Row | undefined): number | null {
    const [due, since] = [numberOrNull(row?.due), instantOf(row?.since)];
    if (due === null) return null;
    const passed = elapsed(since, now());
    return since === null || passed === null ? 0 : due - since.wall - passed;
  }

  /** What is left of another's lease; null where nobody holds one. */
  function leased(row: Row | undefined, lease: number): number | null {
    if (typeof row?.owner !== 'string' || row.owner === mine) return null;
    const [mark, until, held] = [markOf(row.owner), numberOrNull(row.until), instantOf(row.held)];
    // Of a process elsewhere only its time says something: by the wall clock, since others than this one measure it too.
    if (!isOfHere(mark)) return until === null ? null : Math.min(until - now().wall, lease);
    if (!isRunning(mark)) return null;
    const passed = elapsed(held, now());
    if (until !== null && held !== null && passed !== null) return until - held.wall - passed;
    hold(String(row.entry), row.owner, lease);
    return lease;
  }

  function hold(entry: string, by: string, lease: number): void {
    const at = now();
    database
      .prepare('UPDATE watch SET owner = ?, until = ?, held = ? WHERE entry = ?')
      .run(by, at.wall + lease, JSON.stringify(at), entry);
  }

  return {
    due: () => all.all().flatMap((row) => ((left(row) ?? 1) <= 0 ? [String(row.entry)] : [])),
    next() {
      const times = all.all().flatMap((row) => left(row) ?? []);
      return times.length === 0 ? null : Math.min(...times);
    },
    at(entry) {
      const rest = left(one.get(entry));
      return rest === null ? null : now().wall + Math.max(0, rest);
    },
    attempts: (entry) => numberOrNull(one.get(entry)?.attempts) ?? 0,
    set(entry, after, attempts) {
      const at = now();
      database
        .prepare(
          `INSERT INTO watch (entry, due, attempts, since) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT (entry) DO UPDATE SET due = ?2, attempts = ?3, since = ?4, owner = NULL, until = NULL, held = NULL`,
        )
        .run(entry, after === null ? null : Math.round(at.wall + after), attempts, JSON.stringify(at));
    },
    remove: (entry) => void remove.run(entry),
    claim(entry, lease) {
      const row = one.get(entry);
      const rest = left(row);
      if (rest === null || rest > 0) return false;
      if ((leased(row, lease) ?? 0) > 0) return false;
      hold(entry, mine, lease);
      return true;
    },
  };
}

/** Subdeck 0.1.0 wrote no place. */
function markOf(text: string): ProcessMark {
  const [pid, started = '-', _, machine, namespace = '-'] = text.split(' ');
  const known = { pid: Number(pid), started: started === '-' ? null : started };
  if (machine === undefined) return known;
  const decoded = decodeURIComponent(machine);
  return { ...known, machine: decoded, namespace: namespace === '-' ? null : namespace };
}

function placeOf({ machine, namespace }: ProcessMark): readonly string[] {
  return machine === undefined ? [] : [encodeURIComponent(machine), namespace ?? '-'];
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
