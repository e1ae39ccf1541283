import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A directory that only this user can read. An existing one is unchanged. */
export function makePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/**
 * Replaces a file atomically, readable by this user only. A symbolic link is kept: its target is replaced. Throws the
 * file system's error, also for a dangling link.
 */
export function replaceFile(path: string, content: string): void {
  makePrivateDirectory(dirname(path));
  const target = behindLinks(path);
  const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The file that a path resolves to, which need not exist. Throws for a dangling or circular link. */
export function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error;
    return path;
  }
}
