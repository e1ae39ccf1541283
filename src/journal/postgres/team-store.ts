import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../model/clock.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import type { Instant } from '../../model/instant.ts';
import type { Hints } from '../../postgres/hints.ts';
import { lookRegularly } from '../../postgres/look-regularly.ts';
import type { OutOfDate } from '../journal.ts';
import type { LastHeard } from './last-heard.ts';
import type { StoreCalls, StoreNews } from './store-calls.ts';
import type { CopyPosition, TeamCopy } from './team-copy.ts';

/** The store's clock as far as it is known here: what the server said last, and what passed since. */
export interface StoreClock extends Clock {
  heard(news: StoreNews): void;
}

export function storeClockOf(clock: Clock): StoreClock {
  let heard: { readonly at: Instant; readonly now: number; readonly epoch: string } | null = null;

  function instant(): Instant {
    const here = clock.instant();
    if (heard === null || heard.at.boot.id !== here.boot.id) return here;
    const ms = heard.now + here.boot.ms - heard.at.boot.ms;
    // Moments of two servers, or of two lines of one server's history, are not compared.
    return { wall: ms, boot: { id: heard.epoch, ms } };
  }

  return {
    now: () => instant().wall,
    monotonic: clock.monotonic,
    wait: clock.wait,
    instant,
    heard({ now, epoch }) {
      heard = { at: clock.instant(), now, epoch: epoch ?? '' };
    },
  };
}

/** Keeps the copy up to date with the store. */
export interface Following {
  /** Brings the copy up to what the store has now. Throws a `FaultError` where it cannot be asked. */
  follow(): Promise<void>;
  /** Why nothing may be written, as far as it is known. */
  trouble(): Fault | null;
  /** Why the copy is not brought up to date, as far as it is known, and since when. */
  outOfDate(): OutOfDate | null;
  /** Throws `trouble`, where the store is not the one that it was. */
  demandSameStore(): void;
  stop(): void;
}

/** Milliseconds, where no hint arrives. */
const followEvery = 1000;

/** What a member does for a team whose server is not the one that it was. */
export interface Rescue {
  /** Gives what this machine knows to a server that may lack it: everything, or only what is open. */
  handIn(only: 'open' | null): Promise<void>;
  /** Says that the server lacks the line up to which this copy has all. */
  reportSetBack(position: CopyPosition): Promise<void>;
}

export function followingOf(
  copy: TeamCopy,
  calls: StoreCalls,
  clock: StoreClock,
  { rescue, hints, heard }: { readonly rescue: Rescue; readonly hints: Hints | null; readonly heard: LastHeard },
): Following {
  let handedInTo: string | null = null;
  let away: Fault | null = null;
  let other: Fault | null = null;
  let under: Promise<void> | null = null;
  let isStopped = false;

  async function once(): Promise<void> {
    for (;;) {
      const asked = copy.position();
      const { number } = asked;
      const news = await calls.since(number);
      if (isStopped) return;
      clock.heard(news);
      away = null;
      const known = copy.position();
      // Another process of this home went on with the copy: the answer is about a line that it is past.
      if (!isDeepStrictEqual(asked, known)) continue;
      if (isReopened(news, known)) {
        await handInLate();
        copy.restart(news.epoch ?? '');
        continue;
      }
      other = otherStore(news, known);
      if (other !== null) return helpOut(news, known);
      copy.take(news, number);
      const last = news.lines.at(-1)?.number ?? number;
      if (last >= news.last || news.lines.length === 0) return heard.note();
    }
  }

  /** Before what is known of the other server is forgotten: the team writes again, and did not wait for this machine. */
  async function handInLate(): Promise<void> {
    try {
      await rescue.handIn('open');
    } catch (error) {
      // Whoever may only read wrote nothing.
      if (!(error instanceof FaultError) || error.fault.kind !== 'denied') throw error;
    }
  }

  /** Once for each server. */
  async function helpOut(news: StoreNews, position: CopyPosition): Promise<void> {
    const { epoch } = news;
    if (epoch === null || epoch === handedInTo) return;
    handedInTo = epoch;
    try {
      if (isSetBack(news, position)) await rescue.reportSetBack(position);
      await rescue.handIn(null);
    } catch (error) {
      handedInTo = null;
      ignoreStore(error);
    }
  }

  async function follow(): Promise<void> {
    // What began before this call may have asked before what the caller must see.
    await under?.catch(() => undefined);
    if (isStopped) return;
    under ??= once()
      .catch((error: unknown) => {
        if (error instanceof FaultError) away = error.fault;
        throw error;
      })
      .finally(() => {
        under = null;
      });
    return under;
  }

  const looking = lookRegularly(
    hints,
    async () => {
      const before = copy.position().number;
      await follow();
      return copy.position().number !== before;
    },
    { first: followEvery, every: followEvery, whileAway: followEvery },
  );

  const trouble = () => other ?? away;

  return {
    follow,
    trouble,
    outOfDate() {
      const fault = trouble();
      return fault === null ? null : { since: heard.at(), fault };
    },
    demandSameStore() {
      if (other !== null) throw new FaultError(other);
    },
    stop() {
      isStopped = true;
      looking.stop();
    },
  };
}

/** A person declared that the team goes on with this server. */
function isReopened({ epoch, open }: StoreNews, position: { epoch: string | null }): boolean {
  return epoch !== null && epoch === open && position.epoch !== null && position.epoch !== epoch;
}

/** It does not have the line up to which this copy has all: its data are from an earlier time, and others may have written since. */
function isSetBack({ epoch, token }: StoreNews, position: CopyPosition): boolean {
  return position.number > 0 && epoch === position.epoch && token !== position.token;
}

/** Why the store is not the one whose journal the copy has, or has not all of it any more; null: it is. */
function otherStore(news: StoreNews, position: CopyPosition): Fault | null {
  const { epoch, open } = news;
  if (epoch === null)
    return storeFault(
      'The team’s store is a standby, which takes no writes.',
      'Let its address lead to the primary server.',
    );
  const next =
    'Nothing is sent. Let every member open Subdeck once, which hands in its open writes; then let the administrator run subdeck team init URL --accept-server.';
  if (isSetBack(news, position)) {
    const message =
      'The team’s store was set back to an earlier state: it lacks lines of the journal that this machine has.';
    return storeFault(message, next);
  }
  if (epoch === open && (position.epoch === null || position.epoch === epoch)) return null;
  const message =
    'The team’s store is not the server that it was, or was restored from a backup: writes that it had may be missing.';
  return storeFault(message, next);
}

function storeFault(message: string, next: string): Fault {
  return fault('unreachable', message, next, { sent: false }).fault;
}

function ignoreStore(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
