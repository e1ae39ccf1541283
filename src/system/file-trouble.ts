import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, parse, sep } from 'node:path';

/** What keeps a file from being read or written, as words that follow its name, and what to do about it. */
export interface FileTrouble {
  readonly what: string;
  readonly next: string;
}

const byCode: Readonly<Record<string, (path: string) => FileTrouble>> = {
  EROFS: () => ({ what: 'its file system is read-only', next: 'Make it writable, then try again.' }),
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: (path) => forbidden(path),
  EPERM: (path) => forbidden(path),
  EISDIR: (path) => ({ what: 'it is a directory', next: `Move ${path} away, then try again.` }),
  ENAMETOOLONG: () => ({ what: 'its path is too long', next: 'Use a shorter one.' }),
  EIO: () => ({ what: 'the disk reported an error', next: 'Check the disk, then try again.' }),
};

/**
 * Why the system refused to read or write `path`. Null for what is no error of the file system. Where something on the way to
 * the file is in the way, that is named.
 */
export function fileTrouble(path: string, error: unknown): FileTrouble | null {
  if (!(error instanceof Error) || !('code' in error) || !/^E[A-Z0-9]+$/.test(String(error.code))) return null;
  const code = String(error.code);
  const known = deadLink(path) ?? fileInTheWay(path) ?? byCode[code]?.(path);
  return known ?? { what: `the system reports ${code}`, next: `Check ${path} and its directory, then try again.` };
}

/** The symbolic link on the way to a file that leads nowhere, or in a circle; null where there is none. */
export function deadLink(path: string): FileTrouble | null {
  const link = prefixesOf(path).find((each) => isLink(each) && !existsSync(each));
  if (link === undefined) return null;
  const what = `${link === path ? 'it' : link} is a broken link (to ${readlinkSync(link)})`;
  return { what, next: 'Create its target, or remove the link.' };
}

/** A file that stands where a directory is needed. */
function fileInTheWay(path: string): FileTrouble | null {
  const blocking = prefixesOf(dirname(path)).find(isPlain);
  if (blocking === undefined) return null;
  return { what: `${blocking} is not a directory`, next: 'Move it away, then try again.' };
}

function full(): FileTrouble {
  return { what: 'the disk is full', next: 'Free some space, then try again.' };
}

function forbidden(path: string): FileTrouble {
  return {
    what: 'you do not have permission',
    next: `Give yourself permission for ${path} and its directory, then try again.`,
  };
}

/** Every directory on the way, from the top, and the path itself. */
export function prefixesOf(path: string): readonly string[] {
  const { root } = parse(path);
  const names = path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '');
  return names.map((_, at) => join(root, ...names.slice(0, at + 1)));
}

function isPlain(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return false;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}
