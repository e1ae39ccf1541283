import { readFileSync, statSync } from 'node:fs';
import { clockText } from '../model/date-words.ts';
import { type Fault, fault } from '../model/fault.ts';

/** Says whether the settings file has a team by now, for a process that started without one: why it writes nothing any more, or null. */
export function joinedSince(settingsPath: string): () => Fault | null {
  let seen = '';
  let joined: Fault | null = null;
  return () => {
    const { stamp, changedAt } = stateOf(settingsPath);
    if (stamp === seen) return joined;
    const hasTeam = hasTeamIn(settingsPath);
    // A file that somebody is just editing says nothing.
    if (hasTeam === null) return joined;
    seen = stamp;
    if (!hasTeam) joined = null;
    else joined ??= joinedFault(changedAt);
    return joined;
  };
}

function joinedFault(at: number): Fault {
  const message = `This computer joined a team at ${clockText(at, 'UTC')} UTC.`;
  return fault('refused', message, 'Restart Subdeck to write. Reading goes on.', { sent: false }).fault;
}

function stateOf(path: string): { readonly stamp: string; readonly changedAt: number } {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return { stamp: `${mtimeMs} ${size} ${ino}`, changedAt: mtimeMs };
  } catch {
    return { stamp: 'none', changedAt: 0 };
  }
}

/** Null: it cannot be read. */
function hasTeamIn(path: string): boolean | null {
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof settings === 'object' && settings !== null && 'team' in settings;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? false : null;
  }
}
