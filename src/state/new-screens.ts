import type { Level } from '../model/vendor.ts';
import type { TimelineLine } from '../today/merged-timeline.ts';
import { emptyList } from './list.ts';
import type {
  ChangesScreen,
  JournalScreen,
  LevelScreen,
  RequestsScreen,
  SubscriptionScreen,
  SubscriptionsScreen,
} from './screen.ts';
import type { Trail } from './trail.ts';

/** New screens, before the projector fills them. */
export function levelScreen(trail: Trail, level: Level): LevelScreen {
  return { kind: 'level', level, trail, filterText: '', filter: [], sort: null, list: emptyList(), unfiltered: null };
}

export function subscriptionsScreen(trail: Trail): SubscriptionsScreen {
  return {
    kind: 'subscriptions',
    trail,
    frame: null,
    filterText: '',
    filter: [],
    sort: [],
    list: emptyList(),
    unfiltered: null,
    subscriptions: { shown: 0, all: 0 },
    unplaced: 0,
    marks: new Set(),
    marked: null,
  };
}

/** The tab of the timeline. */
const timelineTab = 2;

/** A subscription with its timeline open. */
export function timelineScreen(ref: string): SubscriptionScreen {
  return { ...subscriptionScreen([], ref), tab: timelineTab };
}

export function changesScreen(since: ChangesScreen['since'], connections: ChangesScreen['connections']): ChangesScreen {
  const nothing = { filterText: '', filter: [], list: emptyList<TimelineLine>(), found: null, stamp: null };
  return { kind: 'changes', since, connections, ...nothing, hiddenColumns: 0 };
}

export function requestsScreen(): RequestsScreen {
  return { kind: 'requests', filterText: '', filter: [], list: emptyList() };
}

export function journalScreen(): JournalScreen {
  return { kind: 'journal', filterText: '', filter: [], list: emptyList() };
}

export function subscriptionScreen(trail: Trail, ref: string): SubscriptionScreen {
  const idle = { kind: 'idle' } as const;
  return {
    kind: 'subscription',
    trail,
    filterText: '',
    ref,
    subscription: null,
    raw: null,
    stamp: null,
    tab: 0,
    scroll: 0,
    addons: idle,
    history: idle,
    details: idle,
    entries: [],
    changes: [],
    timeline: emptyList(),
    timelineFilter: [],
    hiddenColumns: 0,
  };
}
