import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether an answer means "too many calls". Some vendors say it with 403, which mostly means a missing right: only where it names
 * a pause or a limit.
 */
export function isThrottled(status: number, headers: IncomingHttpHeaders, body: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['retry-after'] !== undefined || /rate.?limit|too many|throttl|quota/i.test(body);
}
