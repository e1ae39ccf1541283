import type { Journal } from '../journal/journal.ts';
import type { JournalEntry, JournalState } from '../model/journal-entry.ts';
import type { HistoryEntry } from '../model/subscription.ts';
import type { Json } from '../model/text.ts';
import { findOperation } from '../operations/registry.ts';
import type { CacheReader, Change } from '../query/cache-reader.ts';
import { entriesSince } from './entries-since.ts';

/** Who made a change, if the journal or the vendor's history knows. */
export interface Attributed extends Change {
  readonly by: string | null;
  /** The write of this installation that made it. */
  readonly journalId: string | null;
}

export interface Known {
  readonly journal: Pick<Journal, 'entries' | 'record'>;
  readonly cache: Pick<CacheReader, 'subscription'>;
}

const minute = 60_000;
const day = 86_400_000;
/** The row is read right after a write; a vendor may show the change a little later. */
const settling = 10 * minute;
/** No request has been seen to take longer. */
const longestWrite = 7 * day;
/** Writes that happened, or may have. */
const applied: readonly JournalState[] = ['sent', 'done', 'unknown', 'settled-applied', 'needs-person'];

/**
 * The changes, each with its author: a write of this installation on the same subscription (through any connection) and
 * field, seen between the write's beginning and shortly after its end, and not to another value; else the vendor's
 * history line on that field and value. Null if neither has it.
 */
export function whoChanged(
  changes: readonly Change[],
  { journal, cache }: Known,
  history: readonly HistoryEntry[],
): readonly Attributed[] {
  const oldest = changes.reduce((least, { seenAt }) => Math.min(least, Date.parse(seenAt)), Number.POSITIVE_INFINITY);
  if (changes.length === 0) return [];
  const writes = Map.groupBy(entriesSince(journal, oldest - longestWrite), ({ ref }) => ref);
  return changes.map((change) => {
    const refs =
      writes.size === 0 ? [] : [change.ref, ...(cache.subscription(change.connection, change.id)?.sameAs ?? [])];
    const write = refs.flatMap((ref) => writes.get(ref) ?? []).find((entry) => madeIt(entry, change, journal));
    const line = write === undefined ? history.find((each) => tellsOf(each, change)) : undefined;
    return { ...change, by: write?.by ?? line?.by ?? null, journalId: write?.id ?? null };
  });
}

/** For people: without a vendor's status that changed together with the status that Subdeck makes of it. */
export function withoutVendorStatus(changes: readonly Attributed[]): readonly Attributed[] {
  const keyOf = ({ ref, seenAt }: Attributed) => `${seenAt} ${ref}`;
  const changed = new Set(changes.filter(({ field }) => field === 'status').map(keyOf));
  return changes.filter((change) => change.field !== 'vendorStatus' || !changed.has(keyOf(change)));
}

function madeIt(entry: JournalEntry, change: Change, journal: Known['journal']): boolean {
  if (!applied.includes(entry.state)) return false;
  const requested = entry.after[change.field];
  if (requested === undefined && !changesBeside(entry.verb).includes(change.field)) return false;
  if (change.field !== 'renewal' && isPlain(requested) && shown(requested) !== change.to) return false;
  const seen = Date.parse(change.seenAt);
  const begun = Date.parse(entry.at);
  if (seen < begun) return false;
  const end = journal.record(entry.id)?.closedAt ?? null;
  return seen <= (end === null ? begun + longestWrite : Date.parse(end) + settling);
}

/** Fields that an operation changes beside those that its entry names in `after`. */
function changesBeside(verb: string): readonly string[] {
  return findOperation(verb)?.changes ?? [];
}

function isPlain(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** As the cache stores a value in a change. */
function shown(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Vendors name fields in their own way: the field must occur in the text, and the new value must be the same. */
function tellsOf({ field, to, at }: HistoryEntry, change: Change): boolean {
  if (field === null || to === null || at === null || to !== change.to) return false;
  if (!field.toLowerCase().includes(change.field.toLowerCase())) return false;
  return Date.parse(at) <= Date.parse(change.seenAt);
}

/** Changes grouped by subscription, the one that changed last first. */
export function bySubscription<Of extends Change>(changes: readonly Of[]): readonly Of[] {
  return [...Map.groupBy(changes, ({ ref }) => ref).values()].flat();
}
