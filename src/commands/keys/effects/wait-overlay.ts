import type { ConsoleState } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Overlay } from '../../../state/overlay.ts';
import type { Using } from './deps.ts';
import { faultOf } from './reported.ts';

/** A box with a message. */
export function notice(title: string, text: string) {
  return { kind: 'notice', title, text, fault: null } as const;
}

/** What follows a wait: an overlay, nothing, or an update. */
export type Next = Overlay | null | ((state: ConsoleState) => ConsoleState);

/** Shows a wait, then its result. Esc aborts the wait, and nothing opens. Resolves with what was opened. */
export async function showWait(
  store: ConsoleStore,
  { context }: Using<'clock'>,
  text: string,
  work: (signal: AbortSignal) => Promise<Next>,
): Promise<Next> {
  const before = store.getState().overlay;
  const over = before?.kind === 'menu' || before?.kind === 'form' ? before : null;
  const overlay: Overlay = { kind: 'waiting', text, since: context.clock.now(), over };
  const aborting = new AbortController();
  store.update((state) => ({ ...state, overlay }));
  const stopWatching = store.subscribe((state) => {
    if (state.overlay !== overlay) aborting.abort();
  });
  const next = await work(aborting.signal).catch(
    (error: unknown): Next => ({ ...notice('Failed', faultOf(error).message), fault: faultOf(error) }),
  );
  stopWatching();
  if (store.getState().overlay !== overlay) return overlay;
  store.update((state) => (typeof next === 'function' ? next(state) : { ...state, overlay: next }));
  return next;
}
