import type { Context } from '../commands/context.ts';
import { faultOf } from '../commands/keys/effects/reported.ts';
import { printable } from '../model/printable.ts';
import { topScreen } from '../state/console-state.ts';
import type { ConsoleStore } from '../state/console-store.ts';
import { sayFault } from '../state/updates/status.ts';

type Send = (bytes: string) => void;
type News = Awaited<ReturnType<Context['writes']['news']>>;

/** How long the first look at what is open may hold back the following of requests. */
const patience = 10_000;

/**
 * What a person is told on a start: writes whose end nobody knows stand in the line of what is going on by themselves; what
 * settled while nobody looked is counted, after one look at the vendors where they may be asked. Then requests are followed.
 */
export async function startFollowing(
  console: ConsoleStore,
  context: Pick<Context, 'clock' | 'mode' | 'writes'>,
  signal: AbortSignal,
): Promise<void> {
  const { writes, mode, clock } = context;
  /** Whether it was rejected, by the entry: each counts once, whether it is heard of as news or as an event. */
  const ended = new Map<string, boolean>();
  const add = (entries: readonly { readonly id: string }[], isRejected: boolean) => {
    if (entries.length === 0) return;
    for (const { id } of entries) ended.set(id, isRejected);
    const rejected = [...ended.values()].filter(Boolean).length;
    tell(console, { settled: ended.size - rejected, rejected });
  };
  const addNews = ({ settled, rejected }: News) => {
    add(settled, false);
    add(rejected, true);
  };
  try {
    await writes.recover();
    // What ends from here on is heard of, also while the journal is asked for the news.
    const open = new Set(writes.follower.open().map(({ id }) => id));
    const stop = writes.follower.subscribe((event) => {
      if (event.kind === 'settled' && open.delete(event.request.id))
        add([event.request], event.request.state === 'failed');
    });
    void clock.wait(patience, signal).then(stop);
    addNews(await writes.news());
    if (!mode.offline)
      await Promise.race([writes.pollOpenRequests(signal).then(addNews), clock.wait(patience, signal)]);
  } catch (error) {
    console.update((state) => sayFault(state, faultOf(error)));
  }
  if (!signal.aborted) writes.follower.start();
}

/** News that nobody asked for stays until the screen changes. */
function tell(console: ConsoleStore, { settled, rejected }: { settled: number; rejected: number }): void {
  const parts = [settled === 0 ? null : `${settled} settled`, rejected === 0 ? null : `${rejected} rejected`];
  const [first, ...more] = parts.filter((part) => part !== null);
  const count = [`${first} while you were away`, ...more].join(', ');
  const tone = rejected === 0 ? 'good' : 'warn';
  console.update((state) => {
    // What ended just now stands there by its name; alone, it keeps it.
    const named = settled + rejected === 1 && state.status?.brief === false ? state.status.text : null;
    const text = named === null ? `${count} (J)` : `${named} ${count}.`;
    return { ...state, status: { text, tone, fault: null, brief: false } };
  });
}

/** Rings once and tells the desktop when a request ends that is not on screen. What ended is no news at the next start. */
export function announceEnds(
  console: ConsoleStore,
  { writes, cache }: Pick<Context, 'cache' | 'writes'>,
  send: Send,
): () => void {
  return writes.follower.subscribe((event) => {
    if (event.kind !== 'settled' || isInSight(console, event.request.ref)) return;
    const { ref, state } = event.request;
    const [connection = '', ...rest] = ref.split('/');
    const name = cache.subscription(connection, rest.join('/'))?.name ?? ref;
    const end = state === 'done' ? 'done' : state === 'failed' ? 'refused by the vendor' : 'end unknown';
    send(`\u0007${notification(`Subdeck: ${printable(name)}: ${end}`, Boolean(process.env.TMUX))}`);
  });
}

function isInSight(console: ConsoleStore, ref: string): boolean {
  const screen = topScreen(console.getState());
  return screen.kind === 'requests' || (screen.kind === 'subscription' && screen.ref === ref);
}

/** OSC 9; tmux swallows it unless it is wrapped. */
function notification(text: string, tmux: boolean): string {
  const plain = `\u001b]9;${text}\u0007`;
  return tmux ? `\u001bPtmux;${plain.replaceAll('\u001b', '\u001b\u001b')}\u001b\\` : plain;
}

/** The title of the window: how much runs and what ended meanwhile. The old title comes back at the end. */
export function followTitle(console: ConsoleStore, send: Send): () => void {
  let shown = '';
  const follow = () => {
    const { requests, settled, unsettled } = console.getState();
    const parts = [
      'Subdeck',
      requests.length === 0 ? null : `${requests.length} running`,
      settled === 0 ? null : `${settled} settled`,
      unsettled === 0 ? null : `${unsettled} unknown`,
    ].filter((part) => part !== null);
    const title = parts.join(' · ');
    if (title === shown) return;
    send(`${shown === '' ? '\u001b[22;2t' : ''}\u001b]2;${title}\u0007`);
    shown = title;
  };
  follow();
  const stop = console.subscribe(follow);
  return () => {
    stop();
    send('\u001b[23;2t');
  };
}
