import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Context } from '../../context.ts';

/** Milliseconds without a key before idle work begins. */
const calmAfter = 300;
const betweenSlices = 20;
const betweenLooks = 2_000;

/**
 * Preloads what the next filter, sort or level needs and compacts indexes, in slices of some milliseconds while no key
 * is pressed and no connection is read. Compaction that runs on another thread ignores keys. Returns a function that
 * stops it.
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
