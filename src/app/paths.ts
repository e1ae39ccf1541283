import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../model/environment.ts';
import { fault } from '../model/fault.ts';

/** Where Subdeck keeps its files on this machine. All paths are absolute; none is created here. */
export interface AppPaths {
  readonly settings: string;
  readonly cache: string;
  readonly journal: string;
  readonly logs: string;
  /** The directory of plans that assistants proposed. */
  readonly proposals: string;
  /** The calls of assistants. */
  readonly assistantLog: string;
  /** When each connection's secrets were stored in the keychain; never the secrets. */
  readonly keychainNotes: string;
  /** Where each connection's secrets from the environment were given to be sent. */
  readonly environmentAddresses: string;
  /** The home that `SUBDECK_HOME` names, by its real path; null: the platform's own places. */
  readonly home: string | null;
}

/**
 * One directory with `SUBDECK_HOME`, otherwise the platform's standard directories. A relative XDG value is ignored, as
 * the XDG specification requires. Throws `usage`.
 */
export function findAppPaths(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  homeOf: () => string = homedir,
): AppPaths {
  if (env.SUBDECK_HOME) return appPathsIn(resolve(env.SUBDECK_HOME));
  const home = homeDirectory(homeOf);
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'subdeck');
    return pathsOf(
      support,
      join(home, 'Library', 'Caches', 'subdeck'),
      support,
      join(home, 'Library', 'Logs', 'subdeck'),
    );
  }
  if (platform === 'win32') {
    const roaming = join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'subdeck');
    const local = join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'subdeck');
    return pathsOf(roaming, join(local, 'cache'), join(local, 'state'), join(local, 'logs'));
  }
  const xdg = (value: string | undefined, fallback: string) =>
    join(value && isAbsolute(value) ? value : join(home, fallback), 'subdeck');
  const state = xdg(env.XDG_STATE_HOME, '.local/state');
  return pathsOf(xdg(env.XDG_CONFIG_HOME, '.config'), xdg(env.XDG_CACHE_HOME, '.cache'), state, join(state, 'logs'));
}

/** Throws `usage` where the user has no home directory: no HOME, and no entry in the system's user database. */
function homeDirectory(homeOf: () => string): string {
  let home = '';
  try {
    home = homeOf();
  } catch {
    // Reported below.
  }
  if (isAbsolute(home)) return home;
  const message = 'There is no home directory: HOME is not set, and this user has no entry in the user database.';
  throw fault('usage', message, 'Set SUBDECK_HOME to a directory where Subdeck may keep its files.');
}

/** Everything under one directory. */
export function appPathsIn(directory: string): AppPaths {
  return { ...pathsOf(directory, directory, directory, join(directory, 'logs')), home: realPath(directory) };
}

/** The same before and after the directory is made. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

function pathsOf(config: string, cache: string, state: string, logs: string): AppPaths {
  return {
    settings: join(config, 'settings.json'),
    cache: join(cache, 'cache.db'),
    journal: join(state, 'journal.db'),
    logs,
    proposals: join(state, 'proposals'),
    assistantLog: join(logs, 'assistant.jsonl'),
    keychainNotes: join(state, 'keychain.json'),
    environmentAddresses: join(state, 'environment.json'),
    home: null,
  };
}
