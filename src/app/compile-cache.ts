import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { findAppPaths } from './paths.ts';

/** By then the first frame has been seen. */
const laterMilliseconds = 3_000;

/**
 * Keeps what V8 compiled for the next start, beside the cache of whoever has settings: a fifth of a start is spent on
 * compiling. Whoever can write there decides what runs here, so it has to be this user's alone. Never throws: without it
 * everything is compiled again.
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
      // A terminal that is closed ends the process without the end at which Node would write it.
      setTimeout(flushCompileCache, laterMilliseconds).unref();
    }
  } catch {
    // A disk that takes no writes, or no home: who needs one says so.
  } finally {
    process.umask(usual);
  }
}

function isPrivate(directory: string): boolean {
  const found = lstatSync(directory);
  if (process.getuid === undefined) return found.isDirectory();
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
}
