import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { sayFault } from '../../../state/updates/status.ts';
import type { News } from '../../../writes/contract.ts';
import { news } from '../../../writes/news.ts';
import type { Context } from '../../context.ts';
import { faultOf } from './reported.ts';

/** How long the first check of open writes may delay the polling of requests. */
const patience = 10_000;

/**
 * At the start the status line shows writes with an unknown outcome, and counts what settled while the console was
 * closed, after one check at the vendors if online. Then requests are polled.
 */
export async function startFollowing(
  console: ConsoleStore,
  context: Pick<Context, 'clock' | 'journal' | 'mode' | 'writes'>,
  signal: AbortSignal,
): Promise<void> {
  const { writes, journal, mode, clock } = context;
  /** Whether each entry was rejected. An entry counts once, whether it arrives as news or as an event. */
  const ended = new Map<string, boolean>();
  const add = (entries: readonly Pick<JournalEntry, 'id'>[], isRejected: boolean) => {
    const unheard = entries.filter(({ id }) => !ended.has(id));
    if (unheard.length === 0) return;
    for (const { id } of unheard) ended.set(id, isRejected);
    const rejected = [...ended.values()].filter(Boolean).length;
    tell(console, { settled: ended.size - rejected, rejected });
  };
  const addNews = ({ settled, rejected }: News) => {
    add(settled, false);
    add(rejected, true);
  };
  try {
    await writes.recover();
    // Subscribe first: writes may settle while the journal is read.
    const open = new Set(writes.follower.open().map(({ id }) => id));
    const stop = writes.follower.subscribe((event) => {
      if (event.kind === 'settled' && open.delete(event.entry.id)) add([event.entry], event.request.state === 'failed');
    });
    void clock.wait(patience, signal).then(stop);
    addNews(await news(journal));
    if (!mode.offline)
      await Promise.race([writes.pollOpenRequests(signal).then(addNews), clock.wait(patience, signal)]);
  } catch (error) {
    console.update((state) => sayFault(state, faultOf(error)));
  }
  if (!signal.aborted) writes.follower.start();
}

/** A message that no key asked for stays until the screen changes. */
function tell(console: ConsoleStore, { settled, rejected }: { settled: number; rejected: number }): void {
  const parts = [
    settled === 0 ? null : `${settled} settled`,
    rejected === 0 ? null : `${rejected} refused or not sent`,
  ];
  const [first, ...more] = parts.filter((part) => part !== null);
  const count = [`${first} while you were away`, ...more].join(', ');
  const tone = rejected === 0 ? 'good' : 'warn';
  console.update((state) => {
    // A single request that just settled is shown by name; keep that message.
    const named = settled + rejected === 1 && state.status?.brief === false ? state.status.text : null;
    const text = named === null ? `${count} (J)` : `${named} ${count}.`;
    return { ...state, status: { text, tone, fault: null, brief: false } };
  });
}
