import { lengthText } from '../../model/calendar.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { connectionsOf, isStale, placeOf, readAtOf } from '../../state/place.ts';
import { ago } from '../text/dates.ts';
import type { Piece } from './line-pieces.ts';

/** Narrower terminals have no room for a long reason. */
const roomyColumns = 100;
/** Narrower ones have none for how long it is so. */
const usualColumns = 80;

/**
 * Whether the vendors of this place answer, and beside it how old what is shown is: `online · 2 min ago`. Then since when the team's
 * store is away, if it is.
 */
export function contactPieces(state: ConsoleState): readonly Piece[] {
  return [...vendorPieces(state), ...storePieces(state)];
}

function vendorPieces(state: ConsoleState): readonly Piece[] {
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

/** Offline by choice, nobody asks it. */
function storePieces({ storeAway, offline, isNetworkLost, columns, now }: ConsoleState): readonly Piece[] {
  if (storeAway === null || (offline && !isNetworkLost)) return [];
  const name = columns < roomyColumns ? 'store' : 'team store';
  const { since } = storeAway;
  const length = since === null || columns < usualColumns ? '' : ` · ${lengthText(Math.max(0, now - since))}`;
  return [
    { text: ' · ', tone: 'dim' },
    { text: `${name} away${length}`, tone: 'warn' },
  ];
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
