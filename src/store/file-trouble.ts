import { type Fault, fault } from '../model/fault.ts';
import type { FileTrouble } from './cache-writer.ts';
import { DiskReserveError } from './disk-reserve.ts';
import { DamagedError } from './sql-values.ts';

/** SQLite's number for what went wrong, without its finer distinctions; null where SQLite said nothing. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

const code = {
  ...{ error: 1, busy: 5, locked: 6, readOnly: 8, io: 10, corrupt: 11, full: 13, cantOpen: 14 },
  ...{ tooBig: 18, constraint: 19, mismatch: 20, notDatabase: 26 },
};

/** What SQLite says of a damaged file; no write of ours breaks a constraint of a sound one. */
const damage: readonly (number | null)[] = [
  code.corrupt,
  code.notDatabase,
  code.constraint,
  code.mismatch,
  code.tooBig,
];

/** Whether the file holds what no Subdeck wrote: it is set aside, not repaired. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedError || error instanceof RangeError) return true;
  const found = sqliteCode(error);
  if (damage.includes(found)) return true;
  return (
    found === code.error &&
    error instanceof Error &&
    /no such (?:table|column)|has no column named|malformed/.test(error.message)
  );
}

/** Whether another process held the file for longer than a call waits. */
export function isHeld(error: unknown): boolean {
  const found = sqliteCode(error);
  return found === code.busy || found === code.locked;
}

/** Why the file takes no writes, in a few words; null when the error says nothing about that. */
export function whyNoWrites(error: unknown): string | null {
  if (error instanceof DiskReserveError) return error.why;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', EDQUOT: 'the disk is full' };
    if (/^E[A-Z]+$/.test(error.code)) return known[error.code] ?? 'it cannot be written here';
  }
  switch (sqliteCode(error)) {
    case code.full:
      return 'the disk is full';
    case code.readOnly:
    case code.cantOpen:
      return 'it cannot be written here';
    case code.io:
      return 'the disk reported an error';
    case code.busy:
    case code.locked:
      return 'another program holds it';
    default:
      return null;
  }
}

/** What a refresh ends with when the file takes no writes; the rows that are there stay. */
export function notKept(path: string, why: string): Fault {
  return fault(
    'broken',
    `What was read could not be kept in the cache: ${why}.`,
    `Make room for ${path}, or close what holds it, then refresh again.`,
  ).fault;
}

/** What keeps every page of a sync run from being written whose connection is no longer there. */
export const connectionGone: FileTrouble = { damaged: false, why: 'its connection was removed meanwhile' };

/** What keeps a page from being written; null where the error is a mistake of ours. */
export function troubleOf(error: unknown): FileTrouble | null {
  if (isDamage(error)) return { damaged: true };
  const why = whyNoWrites(error);
  return why === null ? null : { damaged: false, why };
}
