import { leftText } from '../model/calendar.ts';
import { grouped } from '../model/numbers.ts';
import type { SyncProgress } from '../model/sync-progress.ts';
import type { SyncEnd } from '../sync/sync-run.ts';
import type { SyncOptions } from '../sync/sync-scheduler.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';

/** Milliseconds between two progress messages. */
const pause = 100;

/** Reads connections into the cache in parallel, and reports their progress. */
export async function readConnections(
  context: Pick<Context, 'clock' | 'sync'>,
  input: Input,
  names: readonly string[],
  how: Omit<SyncOptions, 'signal'> = {},
): Promise<readonly SyncEnd[]> {
  const { sync, clock } = context;
  let told = clock.monotonic();
  const stopTelling = sync.subscribe(() => {
    if (clock.monotonic() - told < pause) return;
    told = clock.monotonic();
    input.progress?.(`Reading ${sync.running().map(progressText).join(' · ')}`);
  });
  try {
    return await Promise.all(names.map((name) => sync.run(name, { ...how, signal: input.signal })));
  } finally {
    stopTelling();
    input.progress?.(null);
  }
}

function progressText({ connection, done, total, rowsPerSecond, left }: SyncProgress): string {
  const far = total === null ? grouped(done) : `${grouped(done)} of ${grouped(total)}`;
  const rate = rowsPerSecond >= 1 ? `, ${grouped(Math.round(rowsPerSecond))}/s` : '';
  return `${connection} ${far}${rate}${left === null ? '' : `, ${leftText(left)} left`}`;
}
