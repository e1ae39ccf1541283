import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A directory only this user can look into. One that exists stays as it is. */
export function makePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/**
 * Replaces a file whole or not at all, readable by this user only. A symbolic link stays one: what it points to is replaced.
 * Throws what the file system says, also where a link leads nowhere.
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

/** The file that a path leads to, which need not be there. Throws where a link leads nowhere, or in a circle. */
export function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error;
    return path;
  }
}
