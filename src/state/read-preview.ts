import { parseReference } from '../model/reference.ts';
import { type ConsoleState, topScreen } from './console-state.ts';
import type { CustomerRow } from './customer-screen.ts';
import { paneOf } from './layout.ts';
import { rowUnderCursor } from './list.ts';
import { subscriptionScreen } from './new-screens.ts';
import { closedPreview, type Preview, type PreviewRecord } from './preview.ts';
import { refOfRow } from './read-customer.ts';
import { readEntry, readOverview } from './read-screen.ts';
import { rowId } from './row-id.ts';
import type { EntryScreen, Screen, SubscriptionScreen } from './screen.ts';
import type { Sources } from './sources.ts';
import type { TodayRow } from './today-screens.ts';
import { pinKey } from './trail.ts';

/** What stands under the cursor, and how its record is read: from the cache and the journal alone. */
interface Subject {
  readonly row: string;
  readonly source: object;
  read(from: Sources): PreviewRecord | null;
}

/** The state with the record of the row under the cursor; the same object if nothing changed. */
export function withPreview(state: ConsoleState, from: Sources): ConsoleState {
  const { preview } = state;
  const screen = topScreen(state);
  if (paneOf(state) === null) {
    const isClosed = preview.record === null && !preview.isFocused && preview.stamp === null;
    return isClosed ? state : { ...state, preview: { ...closedPreview, isOn: preview.isOn } };
  }
  const list = `${state.past.length} ${state.stack.length} ${screen.kind}`;
  const subject = subjectUnderCursor(screen);
  const row = subject?.row ?? null;
  const source = subject?.source ?? null;
  const stamp = `${from.cache.revision()} ${from.journal.revision()}`;
  if (preview.list === list && preview.stamp === stamp && preview.source === source) return state;
  const isSameRow = preview.list === list && preview.row === row;
  const next: Preview = {
    ...preview,
    ...{ list, row, stamp, source },
    record: subject?.read(from) ?? null,
    isFocused: preview.isFocused && preview.list === list,
    scroll: isSameRow ? preview.scroll : 0,
  };
  return { ...state, preview: next };
}

function subjectUnderCursor(screen: Screen): Subject | null {
  switch (screen.kind) {
    case 'level': {
      const node = rowUnderCursor(screen.list, rowId.level);
      return node === null ? null : { row: pinKey(node), source: node, read: () => ({ kind: 'node', node }) };
    }
    case 'subscriptions': {
      const row = rowUnderCursor(screen.list, rowId.subscriptions);
      return row === null ? null : ofSubscription(row.ref, row);
    }
    case 'requests': {
      const row = rowUnderCursor(screen.list, rowId.requests);
      if (row === null) return null;
      const read = (from: Sources) =>
        ({ kind: 'request', row, subscription: overviewOf(row.request.ref, from) }) as const;
      return { row: row.request.id, source: row, read };
    }
    case 'journal': {
      const entry = rowUnderCursor(screen.list, rowId.journal);
      return entry === null ? null : { row: entry.id, source: entry, read: (from) => readEntry(entryOf(entry), from) };
    }
    case 'changes': {
      const line = rowUnderCursor(screen.list, rowId.timeline);
      return line === null ? null : ofSubscription(line.ref, line);
    }
    case 'calls': {
      const call = rowUnderCursor(screen.list, rowId.calls);
      return call === null ? null : { row: call.id, source: call, read: () => ({ kind: 'call', call }) };
    }
    case 'today': {
      const line = rowUnderCursor(screen.list, rowId.today);
      return line === null ? null : ofTodayLine(line);
    }
    case 'customer': {
      const row = rowUnderCursor(screen.list, rowId.customer);
      return row === null ? null : ofCustomerRow(row);
    }
    default:
      return null;
  }
}

function ofSubscription(ref: string, source: object): Subject {
  return { row: ref, source, read: (from) => overviewOf(ref, from) };
}

function overviewOf(ref: string, from: Sources): SubscriptionScreen | null {
  const reference = parseReference(ref);
  if (reference === null || from.cache.subscription(reference.connection, reference.id) === null) return null;
  return readOverview(subscriptionScreen([], ref), from);
}

function entryOf(entry: EntryScreen['entry']): EntryScreen {
  const nothing = { purpose: null, steps: [], verdicts: [], wayBack: null, stamp: null, filterText: '', scroll: 0 };
  return { kind: 'entry', id: entry.id, entry, ...nothing };
}

/** A write stands for its item where that is what it is about, as when it is opened. */
function ofTodayLine(line: TodayRow): Subject {
  const known = { row: line.id, source: line };
  if (line.kind !== 'item') return { ...known, read: () => ({ kind: 'lines', line }) };
  const { item, row, entry } = line;
  const isWrite = item.kind === 'unknown' || item.kind === 'failed';
  if (entry !== null && (isWrite || row === null)) return { ...known, read: (from) => readEntry(entryOf(entry), from) };
  if (row === null) return { ...known, read: () => ({ kind: 'item', line }) };
  return { ...ofSubscription(row.ref, line), row: line.id };
}

function ofCustomerRow(row: CustomerRow): Subject | null {
  if (row.kind === 'entry') return { row: row.id, source: row, read: (from) => readEntry(entryOf(row.entry), from) };
  if (row.kind === 'item') return { ...ofTodayLine({ ...row, isInside: false, colleague: null }), source: row };
  const ref = refOfRow(row);
  return ref === null ? null : { ...ofSubscription(ref, row), row: row.id };
}
