import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { branchReadAt, isStale, placeOf } from '../../../state/place.ts';
import type { Using } from './deps.ts';
import { inBackground } from './reported.ts';

/**
 * Reads an opened branch before a running sync reaches it, because a person waits for it. Returns a function
 * that stops it.
 */
export function readOpenedFirst(store: ConsoleStore, { context }: Using<'sync'>): () => void {
  return store.subscribe((state, before) => {
    const [screen, previous] = [topScreen(state), topScreen(before)];
    if (!('trail' in screen) || ('trail' in previous && previous.trail === screen.trail) || state.offline) return;
    const place = placeOf(state);
    if (place?.kind !== 'branch') return;
    for (const view of place.connections) {
      const below = place.below(view.name);
      const readAt = branchReadAt(view, below);
      if (below.length === 0 || view.sync === null || (readAt !== null && !isStale(readAt, state))) continue;
      inBackground(store, async () => void (await context.sync.readPlace(view.name, below, {})));
    }
  });
}
