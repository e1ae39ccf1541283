import type { CallRecord, ContactNotice, TokenNotice, WaitNotice } from '../api/setup.ts';
import type { Call, CallLog, VendorHealth, WaitReason } from '../model/call.ts';
import { hasFailed } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';

/** More than a person reads; older calls are dropped. */
const most = 1000;

interface Span {
  readonly why: WaitReason;
  readonly from: number;
  readonly until: number;
}

export interface RecentCalls extends CallLog {
  onCall(call: CallRecord): void;
  onContact(contact: ContactNotice): void;
  onWait(wait: WaitNotice): void;
  onToken(token: TokenNotice): void;
}

/** Keeps the last calls of all connections, which vendors answer, current waits, and when tokens expire. */
export function createRecentCalls(clock: Pick<Clock, 'now' | 'monotonic'>): RecentCalls {
  const calls: Call[] = [];
  /** Until when each connection waits, on the monotonic clock. */
  const waits = new Map<string, WaitNotice & { readonly until: number }>();
  const tokens = new Map<string, number>();
  const callsOf = new Map<string, number>();
  /** The waits of each connection one behind the other: of those that overlap, the later one begins where the earlier one ends. */
  const spansBy = new Map<string, Span[]>();
  const answering = new Map<string, boolean>();
  let counted = 0;
  let revision = 0;

  const untilOf = (connection: string) => waits.get(connection)?.until ?? Number.NEGATIVE_INFINITY;

  return {
    onCall: (call) => {
      counted += 1;
      callsOf.set(call.connection, (callsOf.get(call.connection) ?? 0) + 1);
      revision += 1;
      calls.push({ ...call, id: String(counted) });
      if (calls.length > most) calls.shift();
    },
    onContact: ({ connection, isAnswered }) => {
      revision += 1;
      answering.set(connection, isAnswered);
    },
    onWait: (wait) => {
      const { connection, milliseconds, why } = wait;
      revision += 1;
      const now = clock.monotonic();
      const from = Math.max(now, untilOf(connection));
      const until = now + milliseconds;
      if (until <= from) return;
      waits.set(connection, { ...wait, until });
      spansBy.set(connection, [...(spansBy.get(connection) ?? []), { why, from, until }]);
    },
    onToken: ({ connection, endsAt }) => {
      revision += 1;
      tokens.set(connection, endsAt);
    },
    all: () => calls.toReversed(),
    revision: () => revision,
    answers: (connection) => answering.get(connection) ?? null,
    vendorHealth: (connection): VendorHealth => {
      const own = calls.filter((call) => call.connection === connection);
      const wait = waits.get(connection);
      const left = wait === undefined ? 0 : wait.until - clock.monotonic();
      const endsAt = tokens.get(connection) ?? Number.POSITIVE_INFINITY;
      return {
        connection,
        calls: own.length,
        errors: own.filter(hasFailed).length,
        median: median(own.filter(({ status }) => status !== null).map(({ milliseconds }) => milliseconds)),
        limitLeft: own.findLast(({ limitLeft }) => limitLeft !== null)?.limitLeft ?? null,
        tokenEndsAt: Number.isFinite(endsAt) ? new Date(endsAt).toISOString() : null,
        waitsUntil: left > 0 ? new Date(clock.now() + left).toISOString() : null,
        waitsFor: left > 0 ? (wait?.why ?? null) : null,
        waitsLimit: left > 0 ? (wait?.limit ?? null) : null,
      };
    },
    totals: (connection) => {
      const waited = { limit: 0, throttled: 0, 'no-answer': 0 };
      const now = clock.monotonic();
      for (const { why, from, until } of spansBy.get(connection) ?? [])
        waited[why] += Math.max(0, Math.min(now, until) - from);
      const wait = waits.get(connection);
      const left = wait === undefined ? 0 : wait.until - now;
      const isOn = wait !== undefined && left > 0;
      // To the second, so that a screen that shows it is not drawn anew each time.
      const until = Math.round((clock.now() + left) / 1000) * 1000;
      const present = isOn ? { until, why: wait.why, limit: wait.limit } : null;
      return { calls: callsOf.get(connection) ?? 0, waited, wait: present };
    },
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
