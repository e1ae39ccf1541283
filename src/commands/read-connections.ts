import { progressLine } from '../model/sync-progress.ts';
import type { SyncOptions, SyncReport } from '../sync/sync-scheduler.ts';
import type { Input } from './command.ts';
import type { ReadingContext } from './context.ts';

/** Milliseconds between two progress messages. */
const pause = 100;

/** Reads connections into the cache in parallel, and reports their progress, one line a connection. */
export async function readConnections(
  context: Pick<ReadingContext, 'clock' | 'sync'>,
  input: Input,
  names: readonly string[],
  how: Omit<SyncOptions, 'signal'> = {},
): Promise<readonly SyncReport[]> {
  const { sync, clock } = context;
  let told = clock.monotonic();
  const stopTelling = sync.subscribe(() => {
    if (clock.monotonic() - told < pause) return;
    told = clock.monotonic();
    const lines = sync.running().map((progress) => progressLine(progress, clock.now()));
    input.progress?.(lines.length === 0 ? null : lines.join('\n'));
  });
  try {
    return await Promise.all(names.map((name) => sync.run(name, { ...how, signal: input.signal })));
  } finally {
    stopTelling();
    input.progress?.(null);
  }
}
