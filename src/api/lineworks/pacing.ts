import type { IncomingHttpHeaders } from 'node:http';
import type { VendorSetup } from '../setup.ts';

/** Calls a minute that LINE WORKS allows for each operation. [Stated by the vendor.] */
export const callsPerMinute = 240;
const windowMs = 60_000;

/** Keeps the calls of each operation within the vendor's limit, so that a sync is paced instead of refused. */
export interface Pace {
  /** Resolves when the operation may be called. Resolves early when `signal` aborts. */
  turn(operation: string, signal: AbortSignal | undefined): Promise<void>;
  /** What an answer said of the limit. Other programs share it, so the smaller count holds. */
  heard(operation: string, headers: IncomingHttpHeaders): void;
}

interface Window {
  left: number;
  endsAt: number;
}

export function createPace({ name, clock, onWait }: Pick<VendorSetup, 'name' | 'clock' | 'onWait'>): Pace {
  const windows = new Map<string, Window>();

  const current = (operation: string): Window => {
    const known = windows.get(operation);
    if (known !== undefined && clock.monotonic() < known.endsAt) return known;
    const fresh = { left: callsPerMinute, endsAt: clock.monotonic() + windowMs };
    windows.set(operation, fresh);
    return fresh;
  };

  return {
    async turn(operation, signal) {
      for (;;) {
        const window = current(operation);
        if (window.left > 0 || signal?.aborted) {
          window.left -= 1;
          return;
        }
        const milliseconds = Math.ceil(window.endsAt - clock.monotonic());
        onWait?.({ connection: name, milliseconds, why: 'throttled' });
        await clock.wait(milliseconds, signal);
      }
    },
    heard(operation, headers) {
      const window = current(operation);
      const remaining = wholeNumber(headers['ratelimit-remaining']);
      const reset = resetMsOf(headers);
      if (remaining !== null) window.left = Math.min(window.left, remaining);
      if (reset !== null) window.endsAt = clock.monotonic() + Math.min(reset, windowMs);
    },
  };
}

/** Milliseconds until the vendor's count starts over. LINE WORKS has no `Retry-After`. */
export function resetMsOf(headers: IncomingHttpHeaders): number | null {
  const seconds = wholeNumber(headers['ratelimit-reset']);
  return seconds === null ? null : seconds * 1000;
}

function wholeNumber(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
}
