import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';

/** The meaning of SQLite's result codes for a user. See https://sqlite.org/rescode.html. */
const meanings: Readonly<
  Record<number, { readonly what: string; readonly next: string | ((path: string) => string) }>
> = {
  5: { what: 'is locked by another process', next: 'Try again in a moment; nothing was lost.' },
  8: { what: 'cannot be written', next: 'Make it writable, then try again.' },
  10: { what: 'cannot be read or written: the disk reported an error', next: 'Check the disk, then try again.' },
  11: { what: 'is damaged', next: setAside },
  13: { what: 'cannot grow: the disk is full', next: 'Free some space, then try again.' },
  14: { what: 'cannot be opened', next: 'Check that its directory exists and belongs to you, then try again.' },
  26: { what: 'is damaged: it is not a database', next: setAside },
};

function setAside(path: string): string {
  return `Move ${path} aside to start a new journal. Keep the old one: it may hold writes with an unknown outcome.`;
}

/** A journal failure as a fault that names the file and the next step. */
export function journalTrouble(path: string, error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const meaning = meanings[resultCode(error) & 0xff];
  const message = `The journal ${path} ${meaning?.what ?? `cannot be used: ${reasonOf(error)}`}.`;
  const next = typeof meaning?.next === 'function' ? meaning.next(path) : meaning?.next;
  return fault('broken', message, next ?? 'Check the file and its directory, then try again.').fault;
}

export function isDamage(error: unknown): boolean {
  return [11, 26].includes(resultCode(error) & 0xff);
}

/** Whether the disk or the file is faulty; a lock by another process and a closed journal are temporary. */
export function isLasting(error: unknown): boolean {
  return ![0, 5, 6, 21].includes(resultCode(error) & 0xff);
}

/** The target is locked by another open write. */
export function isTaken(error: unknown): boolean {
  return resultCode(error) === 2067;
}

export function damagedRows(path: string, ids: readonly string[]): Fault {
  const entries = ids.length === 1 ? `entry ${ids[0]}` : `${ids.length} entries (${ids.slice(0, 5).join(', ')})`;
  return fault(
    'broken',
    `The journal ${path} is damaged: ${entries} changed on disk. Subdeck sends nothing while its journal is damaged.`,
    `Check the outcome in the vendor's portal, then record it: subdeck journal settle ${shellWord(ids[0] ?? 'ID')} --as applied or not-applied.`,
  ).fault;
}

export function damagedEntryFault(path: string, id: string): Fault {
  const next = `Check the outcome in the vendor's portal, then record it: subdeck journal settle ${shellWord(id)} --as applied or not-applied.`;
  return fault('broken', `Entry ${id} of the journal ${path} is damaged.`, next).fault;
}

export function damagedFile(path: string): Fault {
  return fault(
    'broken',
    `The journal ${path} is damaged. Subdeck sends nothing while its journal is damaged.`,
    setAside(path),
  ).fault;
}

export function damagedSchema(path: string): Fault {
  const what = `The journal ${path} is damaged: its tables are not those that Subdeck created.`;
  return fault('broken', `${what} Subdeck sends nothing while its journal is damaged.`, setAside(path)).fault;
}

export function newerJournal(path: string): Fault {
  return fault(
    'broken',
    `A newer version of Subdeck wrote the journal ${path}. This version can read it but sends nothing.`,
    'Update Subdeck.',
  ).fault;
}

/** The migration or the copy before it failed. */
export function unmigrated(path: string, error: unknown): Fault {
  const why = `The journal ${path} is from an older version of Subdeck and could not be upgraded: ${reasonOf(error)}.`;
  const next =
    'Free some space and check the directory, then try again. Nothing was changed; the journal can still be read.';
  return fault('broken', `${why} Subdeck sends nothing until then.`, next).fault;
}

function resultCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
