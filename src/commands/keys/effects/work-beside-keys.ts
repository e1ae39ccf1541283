import type { ConsoleStore } from '../../../state/console-store.ts';
import { startProjector } from '../../../state/projector.ts';
import type { Using } from './deps.ts';
import { keepFresh } from './keep-fresh.ts';
import { loadTab, reloadTabs } from './load-tab.ts';
import { watchProposals } from './proposals.ts';
import { readOpenedFirst } from './read-opened.ts';
import { readAgain, refsOf } from './refresh.ts';
import { showOpenPlans } from './show-plans.ts';

/** The console's work in the background, drawn or in plain lines. Returns functions that stop it. */
export function workBesideKeys(
  store: ConsoleStore,
  deps: Using<
    | 'cache'
    | 'calls'
    | 'clock'
    | 'connections'
    | 'journal'
    | 'mode'
    | 'openPlans'
    | 'proposals'
    | 'setMode'
    | 'settings'
    | 'sync'
    | 'writes'
  >,
): readonly (() => void)[] {
  const { context } = deps;
  return [
    startProjector(store, context, {
      onSettled: ({ ref }) => {
        const refs = refsOf(context, ref);
        readAgain(context, refs);
        reloadTabs(store, deps, refs);
      },
    }),
    store.subscribe(({ offline }, before) => {
      if (offline !== before.offline) context.setMode({ offline });
    }),
    store.subscribe(() => loadTab(store, deps)),
    readOpenedFirst(store, deps),
    keepFresh(store, deps),
    watchProposals(store, deps),
    showOpenPlans(store, deps),
    () => context.writes.follower.stop(),
  ];
}
