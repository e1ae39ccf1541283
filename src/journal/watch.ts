import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ProcessMark } from './journal.ts';

/**
 * The timetable of looks at open entries, shared by all processes: whoever finds one due takes the lease on that one look.
 * A lease ends with the look, with its time, or with its owner.
 */
export interface Watch {
  due(now: number): readonly string[];
  next(): number | null;
  at(entry: string): number | null;
  attempts(entry: string): number;
  set(entry: string, at: number | null, attempts: number): void;
  remove(entry: string): void;
  claim(entry: string, now: number, until: number): boolean;
}

export function watchOf(database: DatabaseSync, owner: ProcessMark, isAlive: (mark: ProcessMark) => boolean): Watch {
  const due = database.prepare('SELECT entry FROM watch WHERE due <= ? ORDER BY due');
  const next = database.prepare('SELECT min(due) AS due FROM watch');
  const one = database.prepare('SELECT * FROM watch WHERE entry = ?');
  const set = database.prepare(
    `INSERT INTO watch (entry, due, attempts) VALUES (?1, ?2, ?3)
     ON CONFLICT (entry) DO UPDATE SET due = ?2, attempts = ?3, owner = NULL, until = NULL`,
  );
  const remove = database.prepare('DELETE FROM watch WHERE entry = ?');
  const claim = database.prepare('UPDATE watch SET owner = ?, until = ? WHERE entry = ?');
  // Two consoles of one process share the looks like two processes do.
  const mine = `${owner.pid} ${owner.started ?? '-'} ${randomUUID()}`;

  return {
    due: (now) => due.all(now).map((row) => String(row.entry)),
    next: () => numberOrNull(next.get()?.due),
    at: (entry) => numberOrNull(one.get(entry)?.due),
    attempts: (entry) => numberOrNull(one.get(entry)?.attempts) ?? 0,
    set: (entry, at, attempts) => void set.run(entry, at, attempts),
    remove: (entry) => void remove.run(entry),
    claim(entry, now, until) {
      const row = one.get(entry);
      const at = numberOrNull(row?.due);
      if (at === null || at > now) return false;
      const held = typeof row?.owner === 'string' && row.owner !== mine && (numberOrNull(row.until) ?? 0) > now;
      if (held && isAlive(markOf(String(row?.owner)))) return false;
      claim.run(mine, until, entry);
      return true;
    },
  };
}

function markOf(text: string): ProcessMark {
  const [pid, started = '-'] = text.split(' ');
  return { pid: Number(pid), started: started === '-' ? null : started };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
