import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { fault } from '../model/fault.ts';
import { foreignness } from './ownership.ts';
import { makePrivateDirectory } from './private-file.ts';
import { isOfHere, isRunning, type ProcessMark, thisProcess } from './process-mark.ts';

/** A lock file, held by one process at a time. `take` and `acquire` resolve to the function that releases it. */
export interface FileLock {
  /** Waits up to `milliseconds`. Null when the lock was not obtained, for any reason: continue without it. */
  take(milliseconds: number): Promise<(() => void) | null>;
  /** The same, but throws the file system's error if no lock file can be created. Null: another process has it. */
  acquire(milliseconds: number): Promise<(() => void) | null>;
  /** The synchronous `take`: blocks the thread. */
  takeNow(milliseconds: number): (() => void) | null;
}

const lookEvery = 40;
/** A lock file without an owner for this long, in milliseconds, is stale: its creator died before writing its mark. */
const unnamedFor = 5_000;
/** The lease of a lock of another machine or container, in milliseconds since the owner last touched it. */
const lease = 90_000;
const touchEvery = 15_000;

/**
 * The file holds the owner's mark: a dead owner's lock is taken over at once, a live one's never. An owner on another
 * machine cannot be checked, so its lock is taken over once its lease has expired.
 */
export function fileLock(path: string, clock: Clock): FileLock {
  const own = JSON.stringify(thisProcess());

  /** Makes one attempt and returns the lock if it is free; remembers what it saw for the next attempt. */
  function attempts(): () => (() => void) | null {
    const trouble = foreignness(path);
    if (trouble !== null) throw fault('broken', `The lock ${path} is not used: ${trouble.what}.`, trouble.next);
    let unnamedSince: number | null = null;
    const isStale = (content: string): boolean => {
      const owner = ownerIn(content);
      unnamedSince = owner === null ? (unnamedSince ?? clock.monotonic()) : null;
      if (owner === null) return clock.monotonic() - (unnamedSince ?? 0) > unnamedFor;
      return isOfHere(owner) ? !isRunning(owner) : untouchedFor(path) > lease;
    };
    return () => {
      makePrivateDirectory(dirname(path));
      if (make(path, own)) return held(path, own);
      const content = contentOf(path);
      if (content !== null && isStale(content)) quietly(() => clear(path, content));
      return null;
    };
  }

  async function acquire(milliseconds: number) {
    const until = clock.monotonic() + milliseconds;
    const attempt = attempts();
    for (;;) {
      const release = attempt() ?? (contentOf(path) === null ? attempt() : null);
      if (release !== null || clock.monotonic() >= until) return release;
      await clock.wait(lookEvery);
    }
  }

  return {
    acquire,
    take: (milliseconds) => acquire(milliseconds).catch(() => null),
    takeNow(milliseconds) {
      const until = clock.monotonic() + milliseconds;
      try {
        const attempt = attempts();
        for (;;) {
          const release = attempt() ?? (contentOf(path) === null ? attempt() : null);
          if (release !== null || clock.monotonic() >= until) return release;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookEvery);
        }
      } catch {
        return null;
      }
    },
  };
}

/** Throws if the file cannot be created; false if it exists. */
function make(path: string, own: string): boolean {
  let isMade = false;
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
    isMade = true;
    writeFileSync(path, own);
    return true;
  } catch (error) {
    // A full disk: leave no lock without an owner.
    if (isMade) rmSync(path, { force: true });
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return false;
  }
}

function held(path: string, own: string): () => void {
  const beat = setInterval(() => quietly(() => contentOf(path) === own && touch(path, own)), touchEvery);
  beat.unref();
  return () => {
    clearInterval(beat);
    quietly(() => contentOf(path) === own && rmSync(path, { force: true }));
  };
}

function touch(path: string, own: string): void {
  // Overwritten in place, so that the time is the disk's own.
  const file = openSync(path, 'r+');
  try {
    writeSync(file, own, 0);
  } finally {
    closeSync(file);
  }
}

/**
 * Milliseconds since a file was touched, by the clock of its disk: machines that share it may have different clocks.
 */
function untouchedFor(path: string): number {
  const probe = `${path}.${process.pid}.now`;
  try {
    writeFileSync(probe, '', { mode: 0o600 });
    return statSync(probe).mtimeMs - statSync(path).mtimeMs;
  } catch {
    return 0;
  } finally {
    rmSync(probe, { force: true });
  }
}

function clear(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  renameSync(path, aside);
  const moved = readFileSync(aside, 'utf8');
  // Another process took the lock over first: put its file back, unless a third process has created one meanwhile.
  if (moved !== stale) writeFileSync(path, moved, { flag: 'wx', mode: 0o600 });
  rmSync(aside, { force: true });
}

function ownerIn(content: string): ProcessMark | null {
  try {
    const { pid, started, machine, namespace } = JSON.parse(content);
    if (!Number.isSafeInteger(pid) || pid <= 0) return null;
    const where = typeof machine === 'string' ? { machine, namespace: textOrNull(namespace) } : {};
    return { pid, started: textOrNull(started), ...where };
  } catch {
    return null;
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
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
    // Another process was faster; the next attempt reads its file.
  }
}
