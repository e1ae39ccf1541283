import type { Journal } from '../../../journal/journal.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import { paletteWords } from '../../../model/palette-words.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { CustomerRow } from '../../../state/customer-screen.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import {
  journalScreen,
  requestsScreen,
  subscriptionScreen,
  subscriptionsScreen,
  timelineScreen,
} from '../../../state/new-screens.ts';
import type { Overlay } from '../../../state/overlay.ts';
import { refOfRow } from '../../../state/read-customer.ts';
import { findByRef } from '../../../state/read-screen.ts';
import { rowId } from '../../../state/row-id.ts';
import { type Screen, tabOf } from '../../../state/screen.ts';
import type { TodayRow } from '../../../state/today-screens.ts';
import { push, pushOnce } from '../../../state/updates/navigate.ts';
import { toggleFold } from '../../../state/updates/today.ts';
import type { TimelineLine } from '../../../today/merged-timeline.ts';
import { nextSentence } from '../../../today/today-words.ts';
import { wayBackNow } from '../../../writes/way-back.ts';
import { callText } from '../../call-text.ts';
import type { Context } from '../../context.ts';
import { timelineText } from '../../timeline-text.ts';
import type { Using } from './deps.ts';
import { below, crumbOf } from './descend.ts';
import { proposalScreen } from './proposals.ts';
import { notice } from './wait-overlay.ts';

/** Opens the row under the cursor. */
export function open(store: ConsoleStore, { context }: Using<'cache' | 'connections' | 'journal' | 'proposals'>): void {
  store.update((state) => {
    const folded = toggleFold(state);
    if (folded !== state) return folded;
    const proposed = proposalUnderCursor(topScreen(state));
    if (proposed !== null) {
      const screen = proposalScreen({ context }, proposed);
      return typeof screen === 'string' ? { ...state, overlay: notice('Proposed plan', screen) } : push(state, screen);
    }
    const screen = belowCursor(state, context);
    const said = screen === null ? saidOf(topScreen(state)) : null;
    if (said !== null) return { ...state, overlay: said };
    return screen === null ? state : push(state, screen);
  });
}

/** The name of the proposed plan on Today that the cursor is on. */
function proposalUnderCursor(screen: Screen): string | null {
  const line = screen.kind === 'today' ? rowUnderCursor(screen.list, rowId.today) : null;
  return line?.kind === 'item' ? (line.item.proposal ?? null) : null;
}

/** Opens a box for lines without a screen: why a connection fails, what to do about a call. */
function saidOf(screen: Screen): Overlay | null {
  if (screen.kind === 'customer') {
    const row = rowUnderCursor(screen.list, rowId.customer);
    return row === null ? null : notice(refOfRow(row) ?? '', 'It is no longer in the cache.');
  }
  if (screen.kind === 'today') {
    const line = rowUnderCursor(screen.list, rowId.today);
    if (line?.kind !== 'item') return null;
    const { item } = line;
    const next = nextSentence(item);
    return notice(item.connection, next === null ? item.why : `${item.why}. ${paletteWords(next)}`);
  }
  const line = lineUnderCursor(screen);
  if (line !== null) return notice(line.name, timelineText(line));
  const call = screen.kind === 'calls' ? rowUnderCursor(screen.list, rowId.calls) : null;
  return call === null ? null : notice(`${call.method} ${call.path}`, callText(call));
}

/** A line of a timeline without a screen of its own. */
function lineUnderCursor(screen: Screen): TimelineLine | null {
  if (screen.kind === 'changes') return rowUnderCursor(screen.list, rowId.timeline);
  const isOpen = screen.kind === 'subscription' && tabOf(screen).kind === 'timeline';
  return isOpen ? rowUnderCursor(screen.timeline, rowId.timeline) : null;
}

function belowCursor(state: ConsoleState, { cache, journal }: Pick<Context, 'cache' | 'journal'>): Screen | null {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level': {
      const node = rowUnderCursor(screen.list, rowId.level);
      return node === null ? null : below(cache, [...screen.trail, crumbOf(node)], node.level);
    }
    case 'subscriptions':
      return screen.list.cursor === null ? null : subscriptionScreen(screen.trail, screen.list.cursor);
    case 'requests': {
      const row = rowUnderCursor(screen.list, rowId.requests);
      const known = row !== null && findByRef(cache, row.request.ref) !== null;
      return known ? subscriptionScreen([], row.request.ref) : null;
    }
    case 'journal': {
      const entry = rowUnderCursor(screen.list, rowId.journal);
      return entry === null ? null : entryScreen(entry, journal);
    }
    case 'bulk': {
      const ref = rowUnderCursor(screen.list, rowId.bulk)?.row.ref ?? null;
      return ref === null || findByRef(cache, ref) === null ? null : subscriptionScreen([], ref);
    }
    case 'subscription': {
      const line = rowUnderCursor(screen.timeline, rowId.timeline);
      const id = tabOf(screen).kind === 'timeline' ? (line?.journalId ?? null) : null;
      const entry = id === null ? null : journal.entry(id);
      return entry === null ? null : entryScreen(entry, journal);
    }
    case 'changes': {
      const ref = rowUnderCursor(screen.list, rowId.timeline)?.ref ?? null;
      return ref === null || findByRef(cache, ref) === null ? null : timelineScreen(ref);
    }
    case 'today':
      return behindItem(rowUnderCursor(screen.list, rowId.today), journal);
    case 'customer':
      return behindRow(rowUnderCursor(screen.list, rowId.customer), { cache, journal });
    default:
      return null;
  }
}

/** The subscription of a customer's row, or the entry of the journal. */
function behindRow(row: CustomerRow | null, { cache, journal }: Pick<Context, 'cache' | 'journal'>): Screen | null {
  if (row === null) return null;
  if (row.kind === 'entry') return entryScreen(row.entry, journal);
  if (row.kind === 'item') return behindItem({ ...row, isInside: false, colleague: null }, journal);
  const ref = refOfRow(row);
  return ref === null || findByRef(cache, ref) === null ? null : subscriptionScreen([], ref);
}

/** The subject of an item of Today: the failed write, else the subscription. */
function behindItem(found: TodayRow | null, journal: Journal): Screen | null {
  if (found?.kind !== 'item') return null;
  const { item, row, entry } = found;
  const isWrite = item.kind === 'unknown' || item.kind === 'failed';
  if (entry !== null && (isWrite || row === null)) return entryScreen(entry, journal);
  return row === null ? null : subscriptionScreen([], row.ref);
}

export function entryScreen(entry: JournalEntry, journal: Journal): Screen {
  const [steps, verdicts] = [journal.steps(entry.id), journal.verdicts(entry.id)];
  const record = journal.record(entry.id);
  const [purpose, wayBack] = [record?.purpose ?? null, record === null ? null : wayBackNow(record)];
  const content = { entry, purpose, steps, verdicts, wayBack };
  return { kind: 'entry', id: entry.id, ...content, stamp: null, filterText: '', scroll: 0 };
}

/** All subscriptions below the node under the cursor, or below this list if there is none. */
export function openSubscriptions(store: ConsoleStore): void {
  store.update((state) => {
    const screen = topScreen(state);
    if (screen.kind !== 'level') return push(state, subscriptionsScreen([]));
    const node = rowUnderCursor(screen.list, rowId.level);
    return push(state, subscriptionsScreen(node === null ? screen.trail : [...screen.trail, crumbOf(node)]));
  });
}

export function openRequestsScreen(store: ConsoleStore): void {
  store.update((state) => ({ ...pushOnce(state, requestsScreen()), settled: 0 }));
}

export function openJournalScreen(store: ConsoleStore): void {
  store.update((state) => pushOnce(state, journalScreen()));
}
