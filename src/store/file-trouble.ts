import { type Fault, fault } from '../model/fault.ts';
import type { FileTrouble } from './cache-writer.ts';
import { DiskReserveError } from './disk-reserve.ts';
import { DamagedError } from './sql-values.ts';

/** SQLite's primary result code; null if the error is not SQLite's. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

const code = {
  ...{ error: 1, busy: 5, locked: 6, readOnly: 8, io: 10, corrupt: 11, full: 13, cantOpen: 14 },
  ...{ tooBig: 18, constraint: 19, mismatch: 20, notDatabase: 26 },
};

/** SQLite's codes for a damaged file; our writes never violate a constraint of an intact one. */
const damage: readonly (number | null)[] = [
  code.corrupt,
  code.notDatabase,
  code.constraint,
  code.mismatch,
  code.tooBig,
];

/** Whether the file contains what no version of Subdeck wrote: it is set aside, not repaired. */
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

/** Why the file cannot be written, in a few words; null if the error has another cause. */
export function whyNoWrites(error: unknown): string | null {
  if (error instanceof DiskReserveError) return error.why;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', EDQUOT: 'the disk is full' };
    if (/^E[A-Z]+$/.test(error.code)) return known[error.code] ?? 'it cannot be written';
  }
  switch (sqliteCode(error)) {
    case code.full:
      return 'the disk is full';
    case code.readOnly:
    case code.cantOpen:
      return 'it cannot be written';
    case code.io:
      return 'the disk reported an error';
    case code.busy:
    case code.locked:
      return 'another program has locked it';
    default:
      return null;
  }
}

/** The fault of a refresh if the file cannot be written; existing rows stay. */
export function notKept(path: string, why: string): Fault {
  return fault(
    'broken',
    `The rows could not be saved in the cache: ${why}.`,
    `Free space for ${path}, or close the program that has locked it, then refresh again.`,
  ).fault;
}

/** Stops every page of a sync run whose connection was removed. */
export const connectionGone: FileTrouble = { damaged: false, why: 'its connection was removed in the meantime' };

/** What prevents a page from being written; null if the error is a bug. */
export function troubleOf(error: unknown): FileTrouble | null {
  if (isDamage(error)) return { damaged: true };
  const why = whyNoWrites(error);
  return why === null ? null : { damaged: false, why };
}
