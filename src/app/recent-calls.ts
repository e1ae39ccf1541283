import type { CallRecord, TokenNotice, WaitNotice } from '../api/setup.ts';
import type { Call, CallLog, VendorHealth } from '../model/call.ts';
import { hasFailed } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';

/** More than a person reads; older calls are dropped. */
const most = 1000;

export interface RecentCalls extends CallLog {
  onCall(call: CallRecord): void;
  onWait(wait: WaitNotice): void;
  onToken(token: TokenNotice): void;
}

/** Keeps the last calls of all connections, current waits, and when tokens expire. */
export function createRecentCalls(clock: Pick<Clock, 'now' | 'monotonic'>): RecentCalls {
  const calls: Call[] = [];
  /** Until when each connection waits, on the monotonic clock. */
  const waits = new Map<string, WaitNotice & { readonly until: number }>();
  const tokens = new Map<string, number>();
  let counted = 0;
  let revision = 0;
  return {
    onCall: (call) => {
      counted += 1;
      revision += 1;
      calls.push({ ...call, id: String(counted) });
      if (calls.length > most) calls.shift();
    },
    onWait: (wait) => {
      revision += 1;
      waits.set(wait.connection, { ...wait, until: clock.monotonic() + wait.milliseconds });
    },
    onToken: ({ connection, endsAt }) => {
      revision += 1;
      tokens.set(connection, endsAt);
    },
    all: () => calls.toReversed(),
    revision: () => revision,
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
      };
    },
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
