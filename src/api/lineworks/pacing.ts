import type { IncomingHttpHeaders } from 'node:http';
import type { VendorSetup } from '../setup.ts';

/**
 * Calls a minute for each operation. [Stated by the vendor for the paid and the free plan.] Every answer gives the
 * limit in `rateLimit-limit`; before the first one the smaller applies, and if answers give none, the larger.
 */
export const limits = { paid: 240, free: 60 } as const;
const windowMs = 60_000;
/**
 * The limit is for peaks: after half an hour half of it applies. [Stated by the vendor.] One window earlier, to be
 * safe.
 */
const longestPeakMs = 29 * windowMs;

/** Keeps the calls of each operation within the vendor's limit, so that a sync is slowed down instead of refused. */
export interface Pace {
  /** Resolves when the operation may be called. Resolves early when `signal` aborts. */
  turn(operation: string, signal: AbortSignal | undefined): Promise<void>;
  /** The limit from an answer. Other programs share it, so the smaller count applies. */
  heard(operation: string, headers: IncomingHttpHeaders): void;
}

interface Window {
  used: number;
  endsAt: number;
  /** Since when the operation is called without a pause of a window. */
  readonly busySince: number;
  /** Calls wait for the end of this window, and it was announced. */
  isAwaited: boolean;
}

export function createPace({ name, clock, onWait }: Pick<VendorSetup, 'name' | 'clock' | 'onWait'>): Pace {
  const windows = new Map<string, Window>();
  let limit: number = limits.free;
  let isTold = false;

  const current = (operation: string): Window => {
    const now = clock.monotonic();
    const known = windows.get(operation);
    if (known !== undefined && now < known.endsAt) return known;
    const isBusy = known !== undefined && now < known.endsAt + windowMs;
    const fresh = { used: 0, endsAt: now + windowMs, busySince: isBusy ? known.busySince : now, isAwaited: false };
    windows.set(operation, fresh);
    return fresh;
  };

  const left = ({ used, busySince }: Window): number => {
    const isPeak = clock.monotonic() - busySince < longestPeakMs;
    return (isPeak ? limit : Math.max(1, Math.floor(limit / 2))) - used;
  };

  return {
    async turn(operation, signal) {
      for (;;) {
        const window = current(operation);
        if (left(window) > 0 || signal?.aborted) {
          window.used += 1;
          return;
        }
        const milliseconds = Math.ceil(window.endsAt - clock.monotonic());
        if (!window.isAwaited) onWait?.({ connection: name, milliseconds, why: 'throttled' });
        window.isAwaited = true;
        await clock.wait(milliseconds, signal);
      }
    },
    heard(operation, headers) {
      const window = current(operation);
      const told = numberInHeader(headers['ratelimit-limit']);
      if (told !== null && told > 0) [limit, isTold] = [told, true];
      else if (!isTold) limit = limits.paid;
      const remaining = numberInHeader(headers['ratelimit-remaining']);
      const reset = resetMsOf(headers);
      if (remaining !== null) window.used = Math.max(window.used, limit - remaining);
      if (reset !== null) window.endsAt = clock.monotonic() + Math.min(reset, windowMs);
    },
  };
}

/** Milliseconds until the vendor's count restarts. LINE WORKS has no `Retry-After`. */
export function resetMsOf(headers: IncomingHttpHeaders): number | null {
  const seconds = numberInHeader(headers['ratelimit-reset']);
  return seconds === null ? null : seconds * 1000;
}

function numberInHeader(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
}
