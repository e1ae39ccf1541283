import type { IncomingHttpHeaders } from 'node:http';

/** Maximum attempts of a read. */
export const triesPerRead = 3;
/** A longer requested pause is not waited for: the read fails and says so. */
export const longestWaitMs = 60_000;

/**
 * Limits the retries of one connection, so that an outage causes no retry storm: every retry costs one, every success
 * earns a tenth back.
 */
export interface RetryBudget {
  take(): boolean;
  earn(): void;
}

export function createRetryBudget(capacity = 10): RetryBudget {
  let left = capacity;
  return {
    take: () => {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    earn: () => {
      left = Math.min(capacity, left + 0.1);
    },
  };
}

/**
 * The pause that the vendor requests, in milliseconds; null if there is none or it is unusable. Seconds, or an HTTP
 * date; a past date and a negative number mean now. A date is by the vendor's clock, so it is compared with the
 * answer's own `Date`, or with this computer's clock if there is none.
 */
export function retryAfterOf(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Math.ceil(Number(value) * 1000));
  const [until, answered] = [Date.parse(value), Date.parse(headers.date ?? '')];
  return Number.isNaN(until) ? null : Math.max(0, until - (Number.isNaN(answered) ? now : answered));
}

/** Exponential, with jitter so that clients do not retry in step. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(400 * 2 ** (attempt - 1) * (0.75 + random() / 2));
}

/** Remaining calls in the vendor's rate-limit window, from the header in any of its spellings. */
export function limitLeftOf(headers: IncomingHttpHeaders): number | null {
  for (const name of ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining']) {
    const value = headers[name];
    if (typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
  }
  return null;
}
