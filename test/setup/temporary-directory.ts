import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const memory = '/dev/shm';
const prefix = 'subdeck-tests-';
const needed = 3 * 2 ** 30;

/**
 * A directory for everything that this run of the tests writes, removed when the run ends. It is in memory where the machine has
 * room there: half the time of a test of SQLite is waiting for the disk.
 */
export function temporaryDirectory(): string {
  const own = `${prefix}${process.pid}-`;
  // The configuration is read once for each project.
  if (basename(tmpdir()).startsWith(own)) return tmpdir();
  const parent = keepsFilesInMemory() ? memory : tmpdir();
  removeLeftOver(parent);
  const directory = mkdtempSync(join(parent, own));
  // Servers of PostgreSQL run as a user of their own and need the way to their files.
  chmodSync(directory, 0o711);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** Whether files in memory have room, and programs can be started from there. */
function keepsFilesInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < needed) return false;
    const directory = mkdtempSync(join(memory, 'subdeck-try-'));
    try {
      const script = join(directory, 'script');
      writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 });
      execFileSync(script);
      return true;
    } finally {
      rmSync(directory, { recursive: true });
    }
  } catch {
    return false;
  }
}

/** Removes what runs left that were killed. */
function removeLeftOver(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || runs(Number.parseInt(name.slice(prefix.length), 10))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
