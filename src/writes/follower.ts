import { FaultError, fault } from '../model/fault.ts';
import { isOver } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import { connectionOf } from './account-vendor.ts';
import type { Follower } from './contract.ts';
import { deniedByRole } from './denied.ts';
import type { FollowDeps } from './deps.ts';
import { pollOnce, postpone } from './poll.ts';
import { recover } from './recover.ts';
import { watchChanges } from './watch-outcomes.ts';

/** Milliseconds between checks of the journal for other processes' changes. */
const tick = 1000;
/** Milliseconds between looks for writes whose process is gone. */
const recoverEvery = 5000;
/** A poll's maximum duration before another process may take it over. */
export const lease = 2 * 60_000;
/** Concurrent polls. */
const width = 4;

/**
 * Polls the open entries of all processes: any process makes a due poll, and the others see its result in the journal.
 */
export function createFollower(deps: FollowDeps): Follower {
  const { journal, clock, mode } = deps;
  const changes = watchChanges(journal);
  /** Polls in progress, from the request for their lease on. False: another process had it, so none was made. */
  const busy = new Map<string, Promise<boolean>>();
  const waiting = new Map<string, number>();
  let started = false;
  let running: AbortController | null = null;
  let marks: Promise<unknown> = Promise.resolve();
  let recoveredAt = Number.NEGATIVE_INFINITY;

  const wanted = (id: string): boolean => started || waiting.has(id);

  async function look(id: string, signal: AbortSignal): Promise<void> {
    const stored = await journal.stored(id);
    if (!stored?.record || !['sent', 'unknown'].includes(stored.entry.state)) return journal.schedule(id, null, 0);
    try {
      await pollOnce(deps, { record: stored.record, steps: stored.steps }, signal);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      if (!signal.aborted) await postpone(deps, id);
    }
  }

  async function lookIfMine(id: string, claim: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    let isMine = false;
    try {
      isMine = (await claim) && !signal.aborted;
      if (isMine) await look(id, signal);
      return isMine;
    } catch (error) {
      ignoreJournal(error);
      return isMine;
    } finally {
      busy.delete(id);
      changes.tell();
    }
  }

  /** Starts all due polls that are free, without waiting for them. */
  async function takeDue(signal: AbortSignal): Promise<void> {
    for (const id of await journal.due()) {
      if (busy.size >= width || signal.aborted) return;
      if (busy.has(id) || !wanted(id)) continue;
      const claim = journal.claim(id, lease);
      // Set before the lease is granted, so that this process does not start the same poll twice.
      busy.set(id, lookIfMine(id, claim, signal));
      await claim;
    }
  }

  /** Another process may have ended, or its lease, since this one began. */
  async function recoverOthers(): Promise<void> {
    if (!started || clock.monotonic() - recoveredAt < recoverEvery) return;
    recoveredAt = clock.monotonic();
    await recover(journal);
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let next: number | null = null;
      try {
        changes.tell();
        await marks;
        await recoverOthers();
        next = await journal.nextDue();
        if (!mode.offline && next !== null && next <= 0) await takeDue(signal);
      } catch (error) {
        ignoreJournal(error);
      }
      await clock.wait(next === null || next <= 0 ? tick : Math.min(tick, next), signal);
    }
  }

  function keepRunning(): void {
    if (running !== null) return;
    running = new AbortController();
    void run(running.signal);
  }

  function restWhenIdle(): void {
    if (started || waiting.size > 0) return;
    running?.abort();
    running = null;
  }

  /** Listeners show it to the user. */
  function seen(id: string): void {
    marks = Promise.all([marks, journal.seen(id).catch(ignoreJournal)]);
  }

  function known(id: string): Request {
    const request = journal.request(id);
    if (request !== null) return request;
    throw fault('missing', `There is no request ${id}.`, 'subdeck request list shows them.');
  }

  return {
    start() {
      started = true;
      keepRunning();
    },
    stop() {
      started = false;
      running?.abort();
      running = null;
    },
    async pollNow(typed, signal) {
      const stored = await journal.stored(known(typed).id);
      // What the vendor says is recorded by those who may.
      if (stored?.record && stored.entry.state === 'sent' && deniedByRole(mode) === null) {
        const { record, steps } = stored;
        if (mode.offline) {
          const message = 'Subdeck is offline, so the vendor is not asked.';
          throw fault('denied', message, 'Go online, then try again.', { connection: connectionOf(record) });
        }
        const going = busy.get(record.entry.id);
        if (going === undefined || !(await going)) await pollOnce(deps, { record, steps }, signal);
        changes.tell();
        await marks;
      }
      return known(typed);
    },
    async settled(typed, signal) {
      const { id } = known(typed);
      const isOpen = (): boolean => journal.entry(id)?.state === 'sent';
      // No await between here and the subscription: a settlement in between would be missed.
      if (!isOpen() || signal?.aborted === true) return known(id);
      waiting.set(id, (waiting.get(id) ?? 0) + 1);
      keepRunning();
      return new Promise((resolve) => {
        const end = (): void => {
          unsubscribe();
          signal?.removeEventListener('abort', end);
          const others = (waiting.get(id) ?? 1) - 1;
          if (others === 0) waiting.delete(id);
          else waiting.set(id, others);
          restWhenIdle();
          resolve(known(id));
        };
        const unsubscribe = changes.subscribe(() => {
          if (!isOpen()) end();
        });
        signal?.addEventListener('abort', end);
      });
    },
    open: () => journal.requests({ open: true }),
    subscribe: (listener) =>
      changes.subscribe((event) => {
        listener(event);
        if (event.kind !== 'changed' && isOver(event.entry)) seen(event.entry.id);
      }),
  };
}

/** An unwritable journal reports its fault in its health; polling continues, so that it recovers with the disk. */
function ignoreJournal(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
