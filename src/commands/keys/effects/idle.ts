import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Context } from '../../context.ts';

/** How long nobody has pressed a key, in milliseconds, before the cache works for the next one. */
const calmAfter = 300;
const betweenSlices = 20;
const betweenLooks = 2_000;

/**
 * Lets the cache load what the next filter, sort or level would wait for, and make its indexes tight, in slices of some
 * milliseconds while nobody presses a key and no connection is read. What another thread can make tight is its work, keys
 * or none. Returns a function that stops it.
 */
export function workWhenIdle(
  store: ConsoleStore,
  { cache, clock, sync }: Pick<Context, 'cache' | 'clock' | 'sync'>,
): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  let touched = clock.monotonic();
  let cold = true;
  const unsubscribe = store.subscribe((state, before) => {
    if (state.stack !== before.stack || state.overlay !== before.overlay) touched = clock.monotonic();
  });
  const work = () => {
    cold = cold && cache.warm();
    return cold || cache.tidy();
  };
  const run = async () => {
    while (!signal.aborted) {
      const isRead = sync.running().length === 0;
      if (isRead) void sync.tidy();
      const isCalm = clock.monotonic() - touched >= calmAfter && isRead && !sync.isTidying();
      const pause = !isCalm ? calmAfter : work() ? betweenSlices : betweenLooks;
      await clock.wait(pause, signal);
    }
  };
  void run();
  return () => {
    stopping.abort();
    unsubscribe();
  };
}
