import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateDirectory } from '../config/private-file.ts';
import { isAlive, thisProcess } from '../journal/process-mark.ts';
import type { Clock } from '../model/clock.ts';

/** A file that one process at a time holds. */
export interface FileLock {
  /** Waits for it, `milliseconds` at most; the result lets it go. Null where it was not to be had: go on without. */
  take(milliseconds: number): Promise<(() => void) | null>;
}

const lookEvery = 40;
/** A lock that is seen without an owner for so long, in milliseconds, is none that is being made: its maker died in between. */
const unnamedFor = 5_000;

/** The owner's number and start stand in the file: a dead owner's lock is taken over at once, a live one's never. */
export function fileLock(path: string, clock: Clock): FileLock {
  const own = JSON.stringify(thisProcess());
  const tryOnce = (): boolean => {
    try {
      writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      return false;
    }
  };
  const clear = (stale: string): void => {
    const aside = `${path}.${process.pid}`;
    renameSync(path, aside);
    const moved = readFileSync(aside, 'utf8');
    // Somebody else took it over first: theirs is put back, unless a third one made one meanwhile.
    if (moved !== stale) writeFileSync(path, moved, { flag: 'wx', mode: 0o600 });
    rmSync(aside, { force: true });
  };
  return {
    async take(milliseconds) {
      const until = clock.monotonic() + milliseconds;
      let unnamedSince: number | null = null;
      const isStale = (content: string): boolean => {
        const owner = ownerIn(content);
        unnamedSince = owner === null ? (unnamedSince ?? clock.monotonic()) : null;
        return owner === null ? clock.monotonic() - (unnamedSince ?? 0) > unnamedFor : !isAlive(owner);
      };
      try {
        makePrivateDirectory(dirname(path));
        while (!tryOnce()) {
          const content = contentOf(path);
          if (content !== null && isStale(content)) quietly(() => clear(content));
          else if (clock.monotonic() >= until) return null;
          else await clock.wait(lookEvery);
        }
      } catch {
        return null;
      }
      return () => quietly(() => contentOf(path) === own && rmSync(path, { force: true }));
    },
  };
}

function ownerIn(content: string): { pid: number; started: string | null } | null {
  try {
    const { pid, started } = JSON.parse(content);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, started: typeof started === 'string' ? started : null } : null;
  } catch {
    return null;
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // Another process was faster; the next look tells.
  }
}
