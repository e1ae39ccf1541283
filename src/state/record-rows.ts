import { latestEntries, mostLatest } from '../journal/latest-entries.ts';
import { type Call, hasFailed } from '../model/call.ts';
import { matchesRow } from '../model/filter-match.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { callFields, journalFields, requestFields } from '../model/record-fields.ts';
import { parseReference } from '../model/reference.ts';
import { changeLines, mergedTimeline, type TimelineLine, timelineFields } from '../today/merged-timeline.ts';
import { whoChanged, withoutVendorStatus } from '../today/who-changed.ts';
import type { ChangesScreen, JournalScreen, RequestRow, RequestsScreen, SubscriptionScreen } from './screen.ts';
import type { Sources } from './sources.ts';
import type { CallsScreen } from './today-screens.ts';

/** As many as a person looks through; `subdeck journal list` has older ones. */
export const mostRecords = mostLatest;

/** The latest journal entries that match the filter. */
export function journalRows(
  { filter }: Pick<JournalScreen, 'filter'>,
  { journal, clock }: Pick<Sources, 'journal' | 'clock'>,
): readonly JournalEntry[] {
  const entries = latestEntries(journal);
  const now = clock.now();
  return filter.length === 0 ? entries : entries.filter((entry) => matchesRow(filter, journalFields, entry, now));
}

/** Open requests and the latest settled ones that match the filter. */
export function requestRows(
  { filter }: Pick<RequestsScreen, 'filter'>,
  { journal, cache, clock }: Pick<Sources, 'journal' | 'cache' | 'clock'>,
): readonly RequestRow[] {
  const open = journal.requests({ open: true });
  const settled = journal.requests({ open: false }).slice(0, mostRecords);
  const now = clock.now();
  return [...open, ...settled]
    .map((request): RequestRow => {
      const reference = parseReference(request.ref);
      const row = reference === null ? null : cache.subscription(reference.connection, reference.id);
      return { request, name: row?.name ?? null, organization: row?.organization?.name ?? null };
    })
    .filter((row) => matchesRow(filter, requestFields, row, now));
}

/** The calls of this run that match the filter. */
export function callRows(
  { filter, failedOnly }: Pick<CallsScreen, 'filter' | 'failedOnly'>,
  { calls, clock }: Pick<Sources, 'calls' | 'clock'>,
): readonly Call[] {
  const all = failedOnly ? calls.all().filter(hasFailed) : calls.all();
  const now = clock.now();
  return filter.length === 0 ? all : all.filter((call) => matchesRow(filter, callFields, call, now));
}

/** What happened to a subscription, by every source, that matches the filter. */
export function timelineRows(
  { subscription, ref, changes, history, entries, timelineFilter: filter }: SubscriptionScreen,
  from: Pick<Sources, 'cache' | 'clock' | 'journal'>,
): readonly TimelineLine[] {
  const told = history.kind === 'ready' ? history.value : [];
  const of = subscription ?? { ref, name: ref, organization: null };
  const attributed = told.length === 0 ? changes : whoChanged(changes, from, told);
  const lines = mergedTimeline(of, { changes: attributed, history: told, entries });
  const now = from.clock.now();
  return filter.length === 0 ? lines : lines.filter((line) => matchesRow(filter, timelineFields, line, now));
}

/** The latest changes between syncs, with their authors. */
export function latestChanges(
  { since, connections }: Pick<ChangesScreen, 'since' | 'connections'>,
  { cache, journal }: Pick<Sources, 'cache' | 'journal'>,
): readonly TimelineLine[] {
  const changes = cache.changes({ since: since.at, connections, limit: mostRecords });
  return changeLines(withoutVendorStatus(whoChanged(changes, { cache, journal }, [])), ({ connection, id }) => {
    return cache.subscription(connection, id)?.organization?.name ?? null;
  });
}
