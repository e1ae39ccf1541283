import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileWord } from '../model/shell-word.ts';
import { type FileTrouble, prefixesOf } from './file-trouble.ts';

/** Bits of a mode that let others than the owner write. */
const byOthers = 0o022;
const byEverybody = 0o002;
const sticky = 0o1000;

/**
 * Why what stands at `path` cannot be trusted to be this user's: the file, the directory it is in, or a link on the way belongs to
 * another user or may be written by one. Null where it can, and where the system has no users to tell apart. The file need not
 * be there.
 *
 * Root is no exception: what another user can put there decides where root's secrets go. A directory further up only has to keep
 * others from putting another one in the place of this one, as `/tmp` with its sticky bit does. In a directory with that bit others may put
 * new files, but replace none: there the files whose names begin like this one's have to be this user's too.
 *
 * `orRoots`: what is root's will do too, as for settings that an administrator hands out.
 */
export function foreignness(path: string, { orRoots = false } = {}): FileTrouble | null {
  const me = process.getuid?.();
  if (me === undefined) return null;
  const owners = orRoots ? [me, 0] : [me];
  for (const each of prefixesOf(path)) {
    const found = quietly(() => lstatSync(each));
    if (found === null) break;
    if (found.isSymbolicLink() && found.uid !== me && found.uid !== 0)
      return foreign(each, `${named(each, path)} is a link that belongs to another user`);
  }
  const file = real(path);
  if (file !== null) {
    const trouble = of(statSync(file), owners);
    if (trouble !== null) return { what: `it ${trouble}`, next: mend(file, trouble) };
  }
  for (const directory of new Set([dirname(path), dirname(file ?? path)])) {
    const found = real(directory);
    if (found === null) continue;
    const stats = statSync(found);
    const trouble = of(stats, owners);
    const isSticky = (stats.mode & sticky) !== 0 && trouble === 'can be written by other users';
    const planted = isSticky ? plantedIn(found, basename(path), owners) : null;
    if (planted !== null) return foreign(planted, `${planted} belongs to another user`);
    if (trouble !== null && !isSticky) return inDirectory(found, trouble);
  }
  const open = prefixesOf(dirname(file ?? path)).find(isOpenToAll);
  return open === undefined ? null : foreign(open, `it is below ${open}, where every user can write`);
}

/** A file that somebody else put beside the one of this name, as SQLite's log would be. */
function plantedIn(directory: string, name: string, owners: readonly number[]): string | null {
  const beside = readdirSync(directory).filter((each) => each.startsWith(name) && each !== name);
  const planted = beside.find((each) => {
    const found = quietly(() => lstatSync(join(directory, each)));
    return found !== null && !owners.includes(found.uid);
  });
  return planted === undefined ? null : join(directory, planted);
}

type Trouble = 'belongs to another user' | 'can be written by other users';

function of({ uid, mode }: Stats, owners: readonly number[]): Trouble | null {
  if (!owners.includes(uid)) return 'belongs to another user';
  return (mode & byOthers) === 0 ? null : 'can be written by other users';
}

function inDirectory(directory: string, trouble: Trouble): FileTrouble {
  const what =
    trouble === 'belongs to another user'
      ? 'its directory belongs to another user'
      : 'other users can write to its directory';
  return { what: `${what} (${directory})`, next: mend(directory, trouble) };
}

function mend(path: string, trouble: Trouble): string {
  return trouble === 'belongs to another user'
    ? `Change the owner of ${path} to yourself, or set SUBDECK_HOME to a directory of your own.`
    : `Check its contents, then run chmod go-w ${fileWord(path)}`;
}

function foreign(path: string, what: string): FileTrouble {
  return { what, next: `Replace ${path}, or set SUBDECK_HOME to a directory of your own.` };
}

function named(each: string, path: string): string {
  return each === path ? 'it' : each;
}

function isOpenToAll(path: string): boolean {
  const found = quietly(() => statSync(path));
  return found !== null && (found.mode & byEverybody) !== 0 && (found.mode & sticky) === 0;
}

function real(path: string): string | null {
  return quietly(() => realpathSync(path));
}

/** What is not there, or cannot be looked at, is told by whoever opens it. */
function quietly<Result>(look: () => Result): Result | null {
  try {
    return look();
  } catch {
    return null;
  }
}
