import type { Context } from '../commands/context.ts';
import { printable } from '../model/printable.ts';
import { topScreen } from '../state/console-state.ts';
import type { ConsoleStore } from '../state/console-store.ts';

type Send = (bytes: string) => void;

/**
 * Rings the bell and notifies the desktop once when a request that is not on screen settles. Requests that settled
 * before the start are not reported.
 */
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
    const end = state === 'done' ? 'done' : state === 'failed' ? 'refused by the vendor' : 'outcome unknown';
    send(`\u0007${notification(`Subdeck: ${printable(name)}: ${end}`, Boolean(process.env.TMUX))}`);
  });
}

function isInSight(console: ConsoleStore, ref: string): boolean {
  const screen = topScreen(console.getState());
  return screen.kind === 'requests' || (screen.kind === 'subscription' && screen.ref === ref);
}

/** OSC 9; tmux drops it unless it is wrapped. */
function notification(text: string, tmux: boolean): string {
  const plain = `\u001b]9;${text}\u0007`;
  return tmux ? `\u001bPtmux;${plain.replaceAll('\u001b', '\u001b\u001b')}\u001b\\` : plain;
}

/** The window title: how many requests run and how many settled. The previous title is restored at the end. */
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
