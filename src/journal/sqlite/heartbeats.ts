import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { elapsed, type Instant, instantOf } from '../../model/instant.ts';
import { isOfHere, isRunning, type ProcessMark, processKey } from '../../system/process-mark.ts';

/**
 * Made in older files too. A process that sends says again and again that it lives (`seenBy` is empty); processes of other machines, whose
 * clocks cannot be compared with its own, note when they first saw its last beat. Losing the table costs the time of one lease.
 */
export const heartbeatTable = `
  CREATE TABLE IF NOT EXISTS heartbeat (
    process TEXT NOT NULL,
    seenBy TEXT NOT NULL,
    beat INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (process, seenBy)
  ) STRICT;
`;

/** Milliseconds without a beat after which a process that cannot be looked up here counts as gone. */
const processLease = 60_000;

/** Nobody sends for so long, in milliseconds. */
const keptFor = 7 * 86_400_000;

/** Who still lives, of those who sent something. */
export interface Heartbeats {
  /** This process lives. Inside a transaction. */
  beat(): void;
  /**
   * Whether it may still be sending. One of here is looked up by its number; any other lives until its lease ends. Changes
   * nothing: a lease that nobody measures from here does not end.
   */
  mayLive(mark: ProcessMark): boolean;
  /** The same, and measures its lease from now on where nobody did. Inside a transaction. */
  watch(mark: ProcessMark): boolean;
}

export function heartbeatsOf(database: DatabaseSync, own: ProcessMark, now: () => Instant): Heartbeats {
  // Prepared at use: a file that can only be read may be older than the table.
  const find = (process: string, seenBy: string) =>
    rowOf(database.prepare('SELECT beat, at FROM heartbeat WHERE process = ? AND seenBy = ?').get(process, seenBy));
  const put = (process: string, seenBy: string, beat: number) =>
    void database
      .prepare('INSERT OR REPLACE INTO heartbeat (process, seenBy, beat, at) VALUES (?, ?, ?, ?)')
      .run(process, seenBy, beat, JSON.stringify(now()));

  const forgetOld = () =>
    void database.prepare(`DELETE FROM heartbeat WHERE json_extract(at, '$.wall') < ?`).run(now().wall - keptFor);

  /** Milliseconds since its last beat, by a clock that is read here. Null: nobody has measured. */
  function silence(process: string): number | null {
    const last = find(process, '');
    const direct = elapsed(last?.at ?? null, now());
    if (direct !== null) return direct;
    const seen = find(process, now().boot.id);
    return seen === null || seen.beat !== (last?.beat ?? 0) ? null : elapsed(seen.at, now());
  }

  function mayLive(mark: ProcessMark): boolean {
    if (isOfHere(mark)) return isRunning(mark);
    const silent = silence(processKey(mark));
    return silent === null || silent < processLease;
  }

  return {
    beat() {
      const last = find(processKey(own), '');
      if (last === null) forgetOld();
      put(processKey(own), '', (last?.beat ?? 0) + 1);
    },
    mayLive,
    watch(mark) {
      const process = processKey(mark);
      if (!isOfHere(mark) && silence(process) === null) put(process, now().boot.id, find(process, '')?.beat ?? 0);
      return mayLive(mark);
    },
  };
}

function rowOf(row: Readonly<Record<string, SQLOutputValue>> | undefined) {
  return row === undefined ? null : { beat: Number(row.beat), at: instantOf(row.at) };
}
