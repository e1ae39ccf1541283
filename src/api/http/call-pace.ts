import type { IncomingHttpHeaders } from 'node:http';
import type { CallRate } from '../../model/call.ts';
import type { Clock } from '../../model/clock.ts';
import type { CountedCall } from '../../model/shared-limits.ts';
import type { CallLimits, KnownLimits } from '../call-limits.ts';

/** `person`: somebody waits for the answer. `background`: a running sync. `refresh`: an automatic refresh of the console. */
export type Urgency = 'person' | 'background' | 'refresh';

/** What a vendor's limit makes of a call. */
export interface PacedCall {
  readonly urgency: Urgency;
  /** What the vendor counts it under, where it counts operations; absent: all such calls together. */
  readonly operation?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Keeps the calls of one connection within the vendor's declared limit, so that a sync is slowed down instead of refused. */
export interface CallPace {
  /** Resolves when the call may begin, and counts it. Resolves early, and counts nothing, when its signal aborts. */
  turn(call: PacedCall): Promise<void>;
  /**
   * What an answer says of the limit. Other programs share it, so the smaller count applies. Null: the answer names no count.
   */
  heard(operation: string | undefined, headers: IncomingHttpHeaders): SaidWindow | null;
  /** How the vendor counts a call. */
  counted(call: Pick<PacedCall, 'urgency' | 'operation'>): CountedCall;
  /** Milliseconds until a sync may have begun so many more calls. */
  timeFor(calls: number): number;
}

/** What the vendor says of its window: calls used of it, and milliseconds until it ends. */
export interface SaidWindow {
  readonly used: number;
  readonly endsIn: number;
}

/** A call waits for the next window. */
export interface LimitWait {
  readonly milliseconds: number;
  readonly limit: CallRate;
}

/** Of each window a sync leaves so much to people: what they open next must not wait for the next window. */
const leftToPeople = 0.1;
/** The share of each window for reads that nobody asked for. */
const refreshShare = 0.5;
/** No sync goes on for longer (src/model/limits.ts). */
const mostWindows = 10_000;

export function createCallPace(
  limits: CallLimits,
  clock: Pick<Clock, 'monotonic' | 'wait'>,
  onWait: (wait: LimitWait) => void,
  /** The part of each window that this process may use. */
  share: () => number = () => 1,
): CallPace {
  if (limits.kind === 'known') return pacedBy(limits, clock, onWait, share);
  const counted = { operation: '', allowed: null, limit: null };
  return { turn: () => Promise.resolve(), heard: () => null, counted: () => counted, timeFor: () => 0 };
}

interface Window {
  used: number;
  endsAt: number;
  /** Since when calls are made without a pause of a window. */
  readonly busySince: number;
  /** Calls wait for the end of this window, and it was announced. */
  isAwaited: boolean;
}

function pacedBy(
  limits: KnownLimits,
  clock: Pick<Clock, 'monotonic' | 'wait'>,
  onWait: (wait: LimitWait) => void,
  share: () => number,
): CallPace {
  const windowMs = limits.seconds * 1000;
  const windows = new Map<string, Window>();
  let limit: number = limits.calls.untilAnswered;
  let isNamed = false;

  const keyOf = (operation: string | undefined) => (limits.per === 'operation' ? (operation ?? '') : '');

  const current = (key: string): Window => {
    const now = clock.monotonic();
    const known = windows.get(key);
    if (known !== undefined && now < known.endsAt) return known;
    const isBusy = known !== undefined && now < known.endsAt + windowMs;
    const fresh = { used: 0, endsAt: now + windowMs, busySince: isBusy ? known.busySince : now, isAwaited: false };
    windows.set(key, fresh);
    return fresh;
  };

  const allowed = (urgency: Urgency, busyFor: number): number => {
    const mine = limit * share();
    if (urgency === 'person') return Math.max(1, Math.floor(mine));
    const isLong = busyFor >= limits.sustained.afterSeconds * 1000;
    const part = isLong ? limits.sustained.share : 1 - leftToPeople;
    return Math.max(1, Math.floor(mine * (urgency === 'refresh' ? Math.min(part, refreshShare) : part)));
  };

  return {
    async turn({ urgency, operation, signal }) {
      for (;;) {
        if (signal?.aborted === true) return;
        const window = current(keyOf(operation));
        if (window.used < allowed(urgency, clock.monotonic() - window.busySince)) {
          window.used += 1;
          return;
        }
        const milliseconds = Math.ceil(window.endsAt - clock.monotonic());
        if (!window.isAwaited) onWait({ milliseconds, limit: { calls: limit, seconds: limits.seconds } });
        window.isAwaited = true;
        await clock.wait(milliseconds, signal);
      }
    },
    heard(operation, headers) {
      const window = current(keyOf(operation));
      const named = numberIn(headers[limits.headers.limit]);
      if (named !== null && named > 0) [limit, isNamed] = [named, true];
      else if (!isNamed) limit = limits.calls.unlessNamed;
      const left = numberIn(headers[limits.headers.left]);
      const reset = resetMsOf(limits, headers);
      if (left !== null) window.used = Math.max(window.used, limit - left);
      if (reset !== null) window.endsAt = clock.monotonic() + Math.min(reset, windowMs);
      return left === null ? null : { used: limit - left, endsIn: window.endsAt - clock.monotonic() };
    },
    counted({ urgency, operation }) {
      const key = keyOf(operation);
      const allowedNow = allowed(urgency, clock.monotonic() - current(key).busySince);
      return { operation: key, allowed: allowedNow, limit: { calls: limit, seconds: limits.seconds } };
    },
    timeFor(calls) {
      const now = clock.monotonic();
      const [busiest] = [...windows.values()].filter(({ endsAt }) => now < endsAt).sort((a, b) => b.used - a.used);
      if (busiest === undefined) return 0;
      let left = calls - Math.max(0, allowed('background', now - busiest.busySince) - busiest.used);
      let begins = busiest.endsAt;
      if (left <= 0) return 0;
      for (let window = 0; window < mostWindows; window++) {
        left -= allowed('background', begins - busiest.busySince);
        if (left <= 0) break;
        begins += windowMs;
      }
      return begins - now;
    },
  };
}

/** Milliseconds until the vendor's count restarts, by its own header; null: it does not say. */
export function resetMsOf(limits: CallLimits, headers: IncomingHttpHeaders): number | null {
  const seconds = limits.kind === 'known' ? numberIn(headers[limits.headers.reset]) : null;
  return seconds === null ? null : seconds * 1000;
}

function numberIn(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
}
