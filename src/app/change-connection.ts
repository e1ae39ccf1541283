import {
  type Declarations,
  demandOwn,
  readSettings,
  unwritable,
  writeConnection,
  writeTeam,
} from '../config/settings-file.ts';
import type { Clock } from '../model/clock.ts';
import { fault } from '../model/fault.ts';
import type { ConnectionSettings, Settings, TeamSettings } from '../model/settings.ts';
import { fileLock } from '../system/file-lock.ts';
import { behindLinks } from '../system/private-file.ts';

/** A change takes milliseconds; more than that is a process that was stopped in the middle of one. */
const waitAtMost = 10_000;

export interface SettingsPlace {
  readonly path: string;
  readonly declarations: Declarations;
  readonly clock: Clock;
}

/**
 * Writes or takes out (`null`) the settings of one connection. `change` gets all settings as they stand in the file; no other process changes
 * them before this one has. Throws a `usage` fault, also where `change` does, and nothing is changed then.
 */
export async function changeConnection(
  place: SettingsPlace,
  name: string,
  change: (saved: Settings) => ConnectionSettings | null,
): Promise<Settings> {
  const { path, declarations } = place;
  return alone(place, () => writeConnection(path, declarations, name, change(readSettings(path, declarations))));
}

/** Sets or removes (`null`) the team's store in the settings. Throws a `usage` fault, and nothing is changed then. */
export async function changeTeam(place: SettingsPlace, team: TeamSettings | null): Promise<Settings> {
  return alone(place, () => writeTeam(place.path, place.declarations, team));
}

/** While no other process changes the settings. */
async function alone({ path, clock }: SettingsPlace, change: () => Settings): Promise<Settings> {
  demandOwn(path);
  const release = await lock(path, clock);
  try {
    return change();
  } finally {
    release();
  }
}

async function lock(path: string, clock: Clock): Promise<() => void> {
  let release: (() => void) | null = null;
  let lockPath = '';
  try {
    // Several homes may have a link to the same file.
    lockPath = `${behindLinks(path)}.lock`;
    release = await fileLock(lockPath, clock).acquire(waitAtMost);
  } catch (error) {
    throw unwritable(path, error);
  }
  if (release !== null) return release;
  const next = `Try again in a moment. If no other Subdeck process is running, remove ${lockPath}. Nothing was saved.`;
  throw fault('usage', `Another Subdeck process is changing the settings ${path}.`, next);
}
