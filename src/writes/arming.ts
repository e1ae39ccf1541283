import type { Clock } from '../model/clock.ts';
import { type Fault, fault } from '../model/fault.ts';
import { elapsed, type Instant } from '../model/instant.ts';

/**
 * Write mode, by connection. Where the setting `armMinutes` says nothing, every connection is armed; else a person arms one,
 * and after so many minutes it closes by itself. Held by this process alone: a start is never armed.
 */
export interface Arming {
  /** For `armMinutes` from now on; `'command'`: until this process ends, for the one command it runs. */
  arm(connection: string, how?: 'minutes' | 'command'): void;
  disarm(connection: string): void;
  /** Milliseconds since the epoch; infinity where nothing ends it; null: not armed. */
  armedUntil(connection: string): number | null;
  /** Why nothing may be sent through this connection just now, or null. */
  denied(connection: string): Fault | null;
}

interface Armed {
  readonly since: Instant;
  /** Milliseconds; infinity for one command. */
  readonly length: number;
}

export function createArming(clock: Clock, minutes: () => number | null): Arming {
  const armed = new Map<string, Armed>();
  const always = Number.POSITIVE_INFINITY;

  function armedUntil(connection: string): number | null {
    if (minutes() === null) return always;
    const found = armed.get(connection);
    if (found === undefined) return null;
    if (found.length === always) return always;
    const now = clock.instant();
    // A clock that was set says nothing of how long it was: then the person arms it again.
    const left = found.length - (elapsed(found.since, now) ?? always);
    if (left > 0) return now.wall + left;
    armed.delete(connection);
    return null;
  }

  return {
    arm(connection, how = 'minutes') {
      const length = how === 'command' ? always : (minutes() ?? 0) * 60_000;
      armed.set(connection, { since: clock.instant(), length });
    },
    disarm: (connection) => void armed.delete(connection),
    armedUntil,
    denied(connection) {
      if (armedUntil(connection) !== null) return null;
      const message = `Write mode is not armed for ${connection}, so nothing is sent.`;
      const next = `Arm it: it stays armed for ${minutes()} minutes (armMinutes in the settings).`;
      return fault('denied', message, next, { connection }).fault;
    },
  };
}
