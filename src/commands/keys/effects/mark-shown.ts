import { grouped } from '../../../model/numbers.ts';
import { topScreen, withTop } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { listedRows } from '../../../state/customer-screen.ts';
import { say } from '../../../state/updates/status.ts';
import type { Using } from './deps.ts';

/** One key marks at most this many rows: a person cannot review more in one plan. */
const mostAtOnce = 1_000;

/** Marks every row that matches the filter, in addition to existing marks. */
export function markShown(store: ConsoleStore, { context }: Using<'cache'>): void {
  store.update((state) => {
    const screen = topScreen(state);
    if (screen.kind !== 'subscriptions') return state;
    const { filter, sort } = screen;
    const query = { ...listedRows(screen), filter, sort };
    const { rows, total } = context.cache.subscriptionWindow({ ...query, offset: 0, limit: mostAtOnce });
    if (total > rows.length) {
      return say(state, `At most ${grouped(mostAtOnce)} rows can be marked at once: filter them first.`, 'warn');
    }
    return withTop(state, { ...screen, marks: new Set([...screen.marks, ...rows.map(({ ref }) => ref)]) });
  });
}
