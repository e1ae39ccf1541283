import type { ConsoleState } from '../../state/console-state.ts';
import { workColumns } from '../../state/layout.ts';
import type { LevelScreen, Screen, SubscriptionsScreen } from '../../state/screen.ts';
import { filterTextOf, unmatchedTerms } from '../../state/screen-filter.ts';
import { connectionOf } from '../../state/trail.ts';
import { visible } from '../text/cells.ts';
import { wrap } from '../text/wrap.ts';

/** Everything is filtered away: which terms no row can match, and the next step. */
export function noMatch(screen: Screen, state: ConsoleState): readonly string[] {
  const room = workColumns(state) - 6;
  return [
    `Nothing here matches “${filterTextOf(screen)}”.`,
    ...unmatchedTerms(screen, state).flatMap((sentence) => wrap(visible(sentence), room)),
    'Esc clears the filter; / changes it.',
  ];
}

/** Why a list is empty, and the next step. */
export function whyEmpty(screen: LevelScreen | SubscriptionsScreen, state: ConsoleState): readonly string[] {
  const connection = connectionOf(screen.trail);
  const shown = state.connections.filter((view) => connection === null || view.name === connection);
  if (state.connections.length === 0) {
    return ['There is no connection yet.', 'Type :connection add to add one.'];
  }
  const filtered = screen.filterText;
  if (filtered !== '' && (screen.unfiltered ?? 0) > 0) {
    return noMatch(screen, state);
  }
  if (shown.some((view) => view.sync !== null)) return ['Reading. Rows appear as they arrive.'];
  if (shown.every((view) => view.freshness.readAt === null)) {
    return state.offline
      ? ['Nothing has been read yet, and the console is offline.', 'Press o to go online, then r to read.']
      : ['Nothing has been read yet.', 'Press r to read it now.'];
  }
  const what =
    screen.kind === 'level' ? `No ${screen.level} here has subscriptions.` : 'There are no subscriptions here.';
  return [what, 'Esc goes back; r refreshes.'];
}
