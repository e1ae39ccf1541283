import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { emptyList, rowUnderCursor } from '../../../state/list.ts';
import { push, pushOnce } from '../../../state/moves/navigate.ts';
import { subscriptionScreen, subscriptionsScreen } from '../../../state/new-screens.ts';
import { findByRef } from '../../../state/read-screen.ts';
import { rowId } from '../../../state/row-id.ts';
import type { Screen } from '../../../state/screen.ts';
import { below, crumbOf } from './descend.ts';
import type { Reach } from './reach.ts';

/** Opens what the cursor stands on. */
export function open(store: ConsoleStore, { context }: Reach): void {
  store.update((state) => {
    const screen = belowCursor(state, context);
    return screen === null ? state : push(state, screen);
  });
}

function belowCursor(state: ConsoleState, { book, journal }: Reach['context']): Screen | null {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level': {
      const node = rowUnderCursor(screen.list, rowId.level);
      return node === null ? null : below(book, [...screen.trail, crumbOf(node)], node.level);
    }
    case 'subscriptions':
      return screen.list.cursor === null ? null : subscriptionScreen(screen.trail, screen.list.cursor);
    case 'requests': {
      const row = rowUnderCursor(screen.list, rowId.requests);
      const known = row !== null && findByRef(book, row.request.ref) !== null;
      return known ? subscriptionScreen([], row.request.ref) : null;
    }
    case 'journal': {
      const entry = rowUnderCursor(screen.list, rowId.journal);
      if (entry === null) return null;
      return { kind: 'entry', id: entry.id, entry, steps: journal.steps(entry.id), stamp: null, scroll: 0 };
    }
    default:
      return null;
  }
}

/** All subscriptions below the node under the cursor, or below the place where there is none. */
export function openSubscriptions(store: ConsoleStore): void {
  store.update((state) => {
    const screen = topScreen(state);
    if (screen.kind !== 'level') return push(state, subscriptionsScreen([]));
    const node = rowUnderCursor(screen.list, rowId.level);
    return push(state, subscriptionsScreen(node === null ? screen.trail : [...screen.trail, crumbOf(node)]));
  });
}

export function openRequests(store: ConsoleStore): void {
  store.update((state) => ({ ...pushOnce(state, { kind: 'requests', list: emptyList() }), settled: 0 }));
}

export function openJournal(store: ConsoleStore): void {
  store.update((state) => pushOnce(state, { kind: 'journal', list: emptyList() }));
}
