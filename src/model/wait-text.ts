import { leftText } from './calendar.ts';
import type { CallRate, WaitReason } from './call.ts';
import { grouped } from './numbers.ts';

/** What a read waits for, behind "waiting 31 s": `for the vendor's limit of 240 calls a minute`. */
export function waitCause(why: WaitReason, limit: CallRate | null): string {
  if (why === 'throttled') return 'as the vendor asked';
  if (why === 'no-answer') return 'before the next try';
  return limit === null ? "for the vendor's limit" : `for the vendor's limit of ${rateText(limit)}`;
}

/** `240 calls a minute`. */
export function rateText({ calls, seconds }: CallRate): string {
  const windows: Readonly<Record<number, string>> = { 1: 'a second', 60: 'a minute', 3600: 'an hour', 86400: 'a day' };
  return `${grouped(calls)} calls ${windows[seconds] ?? `in ${leftText(seconds * 1000)}`}`;
}
