import { type Call, hasFailed } from '../model/call.ts';
import { matchesRow } from '../model/filter-match.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { callFields, journalFields, requestFields } from '../model/record-fields.ts';
import { parseReference } from '../model/reference.ts';
import type { JournalScreen, RequestRow, RequestsScreen } from './screen.ts';
import type { Sources } from './sources.ts';
import type { CallsScreen } from './today-screens.ts';

/** As many as a person looks through; `subdeck journal list` has older ones. */
const mostRecords = 1000;

/** The latest journal entries that match the filter. */
export function journalRows(
  { filter }: Pick<JournalScreen, 'filter'>,
  { journal, clock }: Pick<Sources, 'journal' | 'clock'>,
): readonly JournalEntry[] {
  const entries = journal.entries({ ref: null, state: null, since: null, limit: mostRecords });
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
