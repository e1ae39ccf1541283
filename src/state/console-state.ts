import type { Charging, DeadlineRules } from '../api/contract.ts';
import type { OutOfDate } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { Guard } from '../model/guard.ts';
import type { ReadOnly } from '../model/read-only.ts';
import type { Request } from '../model/request.ts';
import type { Pin } from '../model/scope.ts';
import type { StoreWait } from '../model/store-wait.ts';
import type { SyncProgress } from '../model/sync-progress.ts';
import type { Ticket } from '../model/ticket.ts';
import type { VendorId } from '../model/vendor.ts';
import type { Freshness } from '../query/cache-reader.ts';
import { type ColleaguesNow, noColleagues } from './colleagues.ts';
import { levelScreen } from './new-screens.ts';
import type { Overlay } from './overlay.ts';
import { closedPreview, type Preview } from './preview.ts';
import type { Screen, Stack } from './screen.ts';
import {
  type Remembered,
  type SavedView,
  type TableLayouts,
  type UsedFilters,
  withStoredSort,
} from './table-layout.ts';
import type { FoundToday } from './today-screens.ts';
import type { Tour } from './tour.ts';

/** Everything the screens draw. Holds the visible window of rows, never the whole cache. */
export interface ConsoleState {
  readonly columns: number;
  /** Without the lines of the tour. */
  readonly rows: number;
  /** The last one is on screen. Never empty. */
  readonly stack: Stack;
  /**
   * The history of screens: previous ones, the latest last, and those that were left by going back, the nearest first.
   */
  readonly past: readonly Stack[];
  readonly future: readonly Stack[];
  /** The saved layout of each table. */
  readonly looks: TableLayouts;
  readonly views: readonly SavedView[];
  /** The pane beside a list, on wide terminals. */
  readonly preview: Preview;
  readonly overlay: Overlay | null;
  readonly connections: readonly ConnectionView[];
  /** The search and sort indexes of new rows are being built. */
  readonly indexing: boolean;
  /** Requests that the vendors are working on. */
  readonly requests: readonly Request[];
  /** What other members of a team work on. */
  readonly colleagues: ColleaguesNow;
  /** The team's store is not heard from; null: it is, or there is none. */
  readonly storeAway: OutOfDate | null;
  /** The team's store does not answer what asks it just now. */
  readonly storeWait: StoreWait | null;
  /** Requests that settled since the requests screen was last open. */
  readonly settled: number;
  /** Writes with an unknown outcome. */
  readonly unsettled: number;
  /** The latest lookup of what needs attention; null before the first. */
  readonly today: FoundToday | null;
  readonly status: Status | null;
  readonly offline: boolean;
  /** Offline because no vendor answered, not by choice. */
  readonly isNetworkLost: boolean;
  /** The program was started offline, so the console cannot go online. */
  readonly offlineForGood: boolean;
  readonly readOnly: ReadOnly;
  /**
   * Until when each connection is in write mode (ms; null: it is not); null as a whole: the settings do not require
   * arming.
   */
  readonly armed: readonly { readonly name: string; readonly until: number | null }[] | null;
  /** Wall clock in ms since the epoch at the last tick, for ages and countdowns. */
  readonly now: number;
  /** Milliseconds after which what was read is stale. */
  readonly freshFor: number;
  /** A larger change of a quantity is confirmed by typing the new number. */
  readonly guard: Guard;
  /** Lines of the scrolling text on screen, as last drawn. */
  readonly contentRows: number;
  readonly banner: string | null;
  /** The tour's; null: there is no sandbox, or it has none. */
  readonly ticket: Ticket | null;
  readonly tour: Tour | null;
  /** What was chosen in the palette, the latest first. Never anything that may hold a secret. */
  readonly recent: readonly string[];
  readonly filters: UsedFilters;
  /** The last key, so that the key that opens a plan does not confirm it. */
  readonly lastKey: string | null;
}

export interface ConnectionView {
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly account: AccountKey;
  readonly deadlines: DeadlineRules;
  readonly charging: Charging;
  readonly freshness: Freshness;
  readonly sync: SyncProgress | null;
  readonly contact: Contact;
  /** Branches that were read alone since the start, and when each was last read completely. */
  readonly branches: readonly { readonly pin: Pin; readonly readAt: string }[];
}

/** `silent`: the vendor cannot be reached or has a server error; `refused`: it rejects the reads of this connection. */
export type Contact = 'good' | 'silent' | 'refused';

/** The content of the status line. */
export interface Status {
  readonly tone: 'plain' | 'good' | 'warn' | 'bad';
  readonly text: string;
  readonly fault: Fault | null;
  /** Whether the next key clears it; other messages stay until the screen changes. */
  readonly brief: boolean;
  /** A key was pressed since: it no longer takes lines of the work area. */
  readonly isSeen?: true;
}

export interface Start {
  readonly columns: number;
  readonly rows: number;
  readonly offline: boolean;
  readonly readOnly: ReadOnly;
  readonly now: number;
  readonly freshFor: number;
  readonly guard: Guard;
  readonly banner: string | null;
  readonly ticket: Ticket | null;
  readonly remembered: Remembered;
}

/** The console opens on the sellers of all connections. */
export function initialState({ remembered, ...start }: Start): ConsoleState {
  const state: ConsoleState = {
    ...start,
    ...remembered,
    stack: [levelScreen([], 'seller')],
    past: [],
    future: [],
    preview: closedPreview,
    overlay: null,
    isNetworkLost: false,
    offlineForGood: start.offline,
    connections: [],
    indexing: false,
    requests: [],
    colleagues: noColleagues,
    storeAway: null,
    storeWait: null,
    settled: 0,
    unsettled: 0,
    today: null,
    armed: null,
    status: null,
    contentRows: 0,
    tour: null,
    lastKey: null,
  };
  return { ...state, stack: state.stack.map((screen) => withStoredSort(state, screen)) };
}

export function topScreen(state: ConsoleState): Screen {
  const screen = state.stack.at(-1);
  if (screen === undefined) throw new Error('The stack of screens is never empty.');
  return screen;
}

/** Replaces the screen on top. */
export function withTop(state: ConsoleState, screen: Screen): ConsoleState {
  return screen === topScreen(state) ? state : { ...state, stack: [...state.stack.slice(0, -1), screen] };
}
