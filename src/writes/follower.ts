import { FaultError, fault } from '../model/fault.ts';
import { isOver } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import { connectionOf } from './account-vendor.ts';
import type { Follower } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { pollOnce, postpone } from './poll.ts';
import { watchChanges } from './watch-outcomes.ts';

/** Milliseconds. How often the journal is asked for what other processes did. */
const tick = 1000;
/** How long one look may take before another process may take it over. */
export const lease = 2 * 60_000;
/** Looks under way at once. */
const width = 4;

/** Looks after open entries of all processes: whoever finds a look due makes it, the others see its result in the journal. */
export function createFollower(deps: WriteDeps): Follower {
  const { journal, clock, mode } = deps;
  const changes = watchChanges(journal);
  const busy = new Map<string, Promise<void>>();
  const waiting = new Map<string, number>();
  let started = false;
  let running: AbortController | null = null;

  const wanted = (id: string): boolean => started || waiting.has(id);

  async function look(id: string, signal: AbortSignal): Promise<void> {
    const record = journal.record(id);
    if (record === null || !['sent', 'unknown'].includes(record.entry.state)) return journal.schedule(id, null, 0);
    try {
      await pollOnce(deps, record, signal);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      if (!signal.aborted) postpone(deps, id);
    }
  }

  /** Takes what is due and free, without waiting for it. */
  function takeDue(signal: AbortSignal): void {
    for (const id of journal.due()) {
      if (busy.size >= width) return;
      if (busy.has(id) || !wanted(id) || !journal.claim(id, lease)) continue;
      const going = look(id, signal)
        .catch(ignoreJournal)
        .finally(() => {
          busy.delete(id);
          changes.tell();
        });
      busy.set(id, going);
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        changes.tell();
        if (!mode.offline && journal.nextDue() !== null) takeDue(signal);
      } catch (error) {
        ignoreJournal(error);
      }
      const next = journal.nextDue();
      const pause = next === null || next <= 0 ? tick : Math.min(tick, next);
      await clock.wait(pause, signal);
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

  /** Whoever listens shows it to a person. */
  function seen(id: string): void {
    try {
      journal.seen(id);
    } catch (error) {
      ignoreJournal(error);
    }
  }

  function known(id: string): Request {
    const request = journal.request(id);
    if (request !== null) return request;
    throw fault('missing', `There is no request ${id}.`, 'subdeck request list shows all.');
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
      const { id } = known(typed);
      const record = journal.record(id);
      if (record !== null && record.entry.state === 'sent') {
        if (mode.offline) {
          const message = 'Subdeck is offline, so the vendor is not asked.';
          throw fault('denied', message, 'Go online, then try again.', { connection: connectionOf(record) });
        }
        await (busy.get(id) ?? pollOnce(deps, record, signal));
        changes.tell();
      }
      return known(id);
    },
    settled(typed, signal) {
      const { id } = known(typed);
      const isOpen = (): boolean => journal.entry(id)?.state === 'sent';
      if (!isOpen() || signal?.aborted === true) return Promise.resolve(known(id));
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

/** A journal that takes no writes names its trouble in its health; looking goes on, so that it heals when the disk does. */
function ignoreJournal(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
