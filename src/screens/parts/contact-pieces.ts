import type { ConsoleState } from '../../state/console-state.ts';
import { connectionsOf, isStale, placeOf, readAtOf } from '../../state/place.ts';
import { ago } from '../text/dates.ts';
import type { Piece } from './line-pieces.ts';

/** Narrower terminals have no room for a long reason. */
const roomyColumns = 100;

/** Whether the vendors of this place answer, and beside it how old what is shown is: `online · 2 min ago`. */
export function contactPieces(state: ConsoleState): readonly Piece[] {
  const place = placeOf(state);
  if (place === null) return [contact(state)];
  const readAt = readAtOf(place);
  if (readAt !== null) {
    const age: Piece = { text: ` · ${ago(readAt, state.now)}`, tone: 'dim' };
    return [contact(state), age, ...(isStale(readAt, state) ? [{ text: ', stale', tone: 'warn' } as const] : [])];
  }
  const isRead = connectionsOf(state).some(({ sync }) => sync !== null);
  return [contact(state), { text: isRead ? ' · being read' : ' · never read', tone: 'dim' }];
}

function contact(state: ConsoleState): Piece {
  const views = connectionsOf(state);
  const offline: Piece = { text: 'offline', tone: 'warn' };
  if (state.offline && !state.isNetworkLost) return offline;
  if (views.length === 0 || views.some((view) => view.contact === 'good')) {
    return state.offline ? offline : { text: 'online', tone: 'good' };
  }
  const verb = views.every((view) => view.contact === 'silent') ? 'answer' : 'work';
  const what = state.columns < roomyColumns ? '' : 'connections ';
  return { text: `offline: 0/${views.length} ${what}${verb}`, tone: 'bad' };
}
