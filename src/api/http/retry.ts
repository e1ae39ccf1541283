import type { IncomingHttpHeaders } from 'node:http';

/** A read is tried this often, all told. */
export const triesPerRead = 3;
/** A vendor that asks for a longer pause is not waited for: the read fails and says so. */
export const longestWaitMs = 60_000;

/**
 * Bounds the retries of one connection, so that an outage is not answered with a storm: every retry costs one, every
 * success earns a tenth back.
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
 * How long the vendor asks to wait, in milliseconds; null where it does not say anything usable. Seconds, or an HTTP
 * date; a date that has passed and a negative number mean now. A date is the vendor's clock, so it is held against the
 * answer's own `Date`; against this computer's clock, which may be wrong, only where there is none.
 */
export function retryAfterOf(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Math.ceil(Number(value) * 1000));
  const [until, answered] = [Date.parse(value), Date.parse(headers.date ?? '')];
  return Number.isNaN(until) ? null : Math.max(0, until - (Number.isNaN(answered) ? now : answered));
}

/** Doubling, with a little chance so that clients do not march in step. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(400 * 2 ** (attempt - 1) * (0.75 + random() / 2));
}

/** Calls left in the vendor's rate-limit window, from the header in any of its spellings. */
export function limitLeftOf(headers: IncomingHttpHeaders): number | null {
  for (const name of ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining']) {
    const value = headers[name];
    if (typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
  }
  return null;
}
