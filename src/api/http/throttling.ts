import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether an answer means "too many calls". Some vendors use 403, which usually means a missing permission: it counts
 * only with a pause or a limit.
 */
export function isThrottled(status: number, headers: IncomingHttpHeaders, body: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['retry-after'] !== undefined || /rate.?limit|too many|throttl|quota/i.test(body);
}
