import type { Pin } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { ConnectionView, ConsoleState } from './console-state.ts';
import { topScreen } from './console-state.ts';
import { type CustomerFrame, frameOf, framePins } from './customer-screen.ts';
import { connectionOf, type Trail } from './trail.ts';

/** The part of the cache that the top screen shows. */
export type Place =
  /** The rows of these connections, of each below all of its nodes; no nodes: all its rows. */
  | {
      readonly kind: 'branch';
      readonly connections: readonly ConnectionView[];
      below(connection: string): readonly Pin[];
    }
  | { readonly kind: 'subscription'; readonly subscription: CachedSubscription };

/** Null: nothing of it. */
export function placeOf(state: ConsoleState): Place | null {
  const screen = topScreen(state);
  const frame = frameOf(screen);
  if (frame !== null) return customerPlace(state, frame);
  switch (screen.kind) {
    case 'level':
    case 'subscriptions':
    case 'charts':
      return branchOf(state, screen.trail);
    case 'today':
      return branchOf(state, []);
    case 'subscription':
      return screen.subscription === null
        ? branchOf(state, screen.trail)
        : { kind: 'subscription', subscription: screen.subscription };
    default:
      return null;
  }
}

/** The connections that show one of its organizations. */
function customerPlace({ connections }: ConsoleState, frame: CustomerFrame): Place {
  const pins = Map.groupBy(framePins(frame), ({ connection }) => connection);
  return {
    kind: 'branch',
    connections: connections.filter(({ name }) => pins.has(name)),
    below: (connection) => onlyOne(pins.get(connection) ?? []),
  };
}

/** Several organizations of a connection are no branch of it. */
function onlyOne(pins: readonly Pin[]): readonly Pin[] {
  return pins.length === 1 ? pins : [];
}

function branchOf({ connections }: ConsoleState, trail: Trail): Place {
  const connection = connectionOf(trail);
  const below = trail.filter(({ implied }) => !implied).map(({ pin }) => pin);
  return {
    kind: 'branch',
    connections: connections.filter(({ name }) => connection === null || name === connection),
    below: () => below,
  };
}

/** The connections behind the screen: those of its place, else all of them. */
export function connectionsOf(state: ConsoleState): readonly ConnectionView[] {
  const place = placeOf(state);
  if (place?.kind !== 'subscription') return place?.connections ?? state.connections;
  return state.connections.filter(({ name }) => name === place.subscription.connection);
}

/** When the oldest part of the place was read, ISO; null: none of it was. */
export function readAtOf(place: Place): string | null {
  if (place.kind === 'subscription') return place.subscription.readAt;
  const read = place.connections.map((view) => branchReadAt(view, place.below(view.name))).filter((at) => at !== null);
  return read.toSorted()[0] ?? null;
}

/** When this connection's part of a branch was last read: with all of the connection, or with a branch that holds it. */
export function branchReadAt({ freshness, branches }: ConnectionView, below: readonly Pin[]): string | null {
  const holding = branches.filter(({ pin }) => below.some(({ level, id }) => level === pin.level && id === pin.id));
  const read = [freshness.readAt, ...holding.map(({ readAt }) => readAt)].filter((at) => at !== null);
  return read.toSorted().at(-1) ?? null;
}

/** The screen's clock is up to one tick late. */
const tick = 15_000;

/** Whether it is older than `freshFor`. A read time in the future (the clock was set back since) counts as old. */
export function isStale(readAt: string, { now, freshFor }: { readonly now: number; readonly freshFor: number }) {
  const age = now - Date.parse(readAt);
  return age < -tick || age > freshFor;
}
