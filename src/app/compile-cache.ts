import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { foreignness } from '../system/ownership.ts';
import { findAppPaths } from './paths.ts';

/** The first frame has been drawn by then. */
const laterMilliseconds = 3_000;

/**
 * Caches V8's compiled code for the next start, beside the data cache of this user: compiling takes a fifth of a start.
 * Code in that directory runs here, so the directory must be writable by this user alone. Never throws: without the
 * cache, everything is compiled again.
 */
export function keepCompiledCode(): void {
  const usual = process.umask(0o077);
  try {
    const { settings, cache } = findAppPaths();
    if (!existsSync(settings)) return;
    const directory = join(dirname(cache), 'compiled');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isPrivate(directory)) {
      enableCompileCache(directory);
      // A closed terminal ends the process before Node would write the cache at exit.
      setTimeout(flushCompileCache, laterMilliseconds).unref();
    }
  } catch {
    // A full or read-only disk, or no home directory: reported by the code that needs it.
  } finally {
    process.umask(usual);
  }
}

function isPrivate(directory: string): boolean {
  return lstatSync(directory).isDirectory() && foreignness(join(directory, 'compiled')) === null;
}
