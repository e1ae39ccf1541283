import type { Clock } from '../model/clock.ts';
import { type Fault, fault } from '../model/fault.ts';
import { elapsed, type Instant } from '../model/instant.ts';

/**
 * Write mode, by connection. Without the setting `armMinutes` every connection is armed; with it a person arms one, for
 * that many minutes. Held in this process only: a start is never armed.
 */
export interface Arming {
  /** For `armMinutes` from now; `'command'`: until this process ends, for its single command. */
  arm(connection: string, how?: 'minutes' | 'command'): void;
  disarm(connection: string): void;
  /** Milliseconds since the epoch; infinity if it does not end; null: not armed. */
  armedUntil(connection: string): number | null;
  /** Why nothing may be sent through this connection now, or null. */
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
    // After a clock change the elapsed time is unknown: the person arms it again.
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
      const next = `Press W to arm it for ${minutes()} minutes (the setting armMinutes).`;
      return fault('denied', message, next, { connection }).fault;
    },
  };
}
