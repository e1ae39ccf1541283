import type { Journal, JournalRecord } from '../journal/journal.ts';
import { vendorOfAccount } from '../model/account.ts';
import { lengthText } from '../model/calendar.ts';
import { clause } from '../model/clause.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { parseReference } from '../model/reference.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Subscription } from '../model/subscription.ts';
import type { VendorId } from '../model/vendor.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { deadlineOf, type Reader } from './deadline.ts';
import { entriesSince } from './entries-since.ts';
import { type FoundItem, type FoundItems, urgencyOf, who } from './item.ts';
import { type DeadlineRulesOf, nextOf, step } from './next-step.ts';

export interface JournalItemDeps {
  readonly journal: Pick<Journal, 'entries' | 'record' | 'requests' | 'steps' | 'unsettled'>;
  readonly cache: Pick<CacheReader, 'subscription'>;
  /** Median milliseconds of such changes here; null below three. */
  readonly usual: (vendor: VendorId, verb: string) => number | null;
}

const minute = 60_000;
const day = 86_400_000;
/** Older refusals have been dealt with or do not matter. */
const recent = 7 * day;
/** Draft orders older than this are ignored, however long the vendor keeps them. */
const oldestDraft = 90 * day;
/** A request is stuck after this many times the usual duration, and at least this long. */
const unusual = 4;
const shortest = 5 * minute;
const withoutExperience = 60 * minute;

/** Unknown writes, and entries that wait for a person. */
export function unknownWrites({ journal, cache }: JournalItemDeps): FoundItems {
  const entries = journal.unsettled();
  return all(
    entries.map((entry) => ({
      ...about(entry, rowOf(cache, entry, journal.record(entry.id))),
      kind: 'unknown',
      urgency: 'now',
      why: `${clause(entry.sentence)}: ${clause(entry.reason ?? 'no answer came: it may or may not have been applied')}`,
      brief: `${entry.verb}: ${entry.reason ?? 'no answer came'}`,
      deadline: null,
      next: step('To find out the outcome', `journal settle ${shellWord(entry.id)}`, 'a', 'settle'),
      advice: entry.state === 'unknown' ? null : "Check it in the vendor's portal first",
      state: [entry.id, entry.state],
    })),
  );
}

/** Changes that the vendor refused or that failed later, unless the same change was tried again since. */
export function failures({ journal, cache }: JournalItemDeps, { now }: Reader): FoundItems {
  const refused = entriesSince(journal, now - recent, 'refused');
  const open = refused.filter(({ id, ref, verb, at }) => {
    const later = refsOf(cache, ref).flatMap((each) => {
      const [last] = journal
        .entries({ ref: each, state: null, since: null, limit: 20 })
        .filter((other) => other.verb === verb);
      return last !== undefined && last.id !== id && Date.parse(last.at) >= Date.parse(at) ? [last] : [];
    });
    return later.length === 0;
  });
  return all(
    open.map((entry) => ({
      ...about(entry, rowOf(cache, entry, journal.record(entry.id))),
      kind: 'failed',
      urgency: 'now',
      why: `${clause(entry.sentence)}: ${clause(entry.reason ?? 'the vendor refused it')}`,
      brief: `${entry.verb}: ${entry.reason ?? 'refused'}`,
      deadline: null,
      next: step('See why, then try again', `journal show ${shellWord(entry.id)}`, 'Enter', 'why'),
      advice: null,
      state: [entry.id, entry.state],
    })),
  );
}

/** Requests that take much longer than such changes usually do here. Nobody but the vendor can end them, so they are never `now`. */
export function stuckRequests({ journal, cache, usual }: JournalItemDeps, { now }: Reader): FoundItems {
  return all(
    journal.requests({ open: true }).flatMap((request): FoundItem[] => {
      const record = journal.record(request.id);
      if (record === null) return [];
      const row = rowOf(cache, record.entry, record);
      const typical = row === null ? null : usual(row.vendor, record.entry.verb);
      const running = now - Date.parse(request.startedAt);
      if (running < (typical === null ? withoutExperience : Math.max(shortest, typical * unusual))) return [];
      const compared = typical === null ? '' : `; such a change usually takes ${lengthText(typical)} here`;
      return [
        {
          ...about(record.entry, row),
          kind: 'stuck',
          urgency: 'soon',
          why: `${clause(record.entry.sentence)}: ${request.answeredDone ? 'the vendor has reported it done without showing it' : 'the vendor has been working on it'} for ${lengthText(running)}${compared}`,
          brief: `${record.entry.verb} running for ${lengthText(running)}`,
          deadline: null,
          next: step('To check it again', `request show ${shellWord(request.id)}`, 'Enter', 'open'),
          advice: null,
          state: [request.id, request.state],
        },
      ];
    }),
  );
}

/** Draft orders of this installation that were never checked out. */
export function expiringDrafts(
  { journal, cache, rulesOf }: JournalItemDeps & { readonly rulesOf: DeadlineRulesOf },
  reader: Reader,
): FoundItems {
  const left = (['refused', 'settled-not-applied'] as const).flatMap((state) =>
    entriesSince(journal, reader.now - oldestDraft, state),
  );
  return all(
    left.flatMap((entry): FoundItem[] => {
      const row = rowOf(cache, entry, journal.record(entry.id));
      const shown = about(entry, row);
      const vendor = row?.vendor ?? vendorOfAccount(entry.account ?? '');
      const rules = rulesOf({ connection: shown.connection, vendor });
      const days = rules?.draftOrderDays ?? null;
      const draft = days === null ? null : draftOf(journal.steps(entry.id));
      if (days === null || draft === null) return [];
      const expires = Date.parse(draft.madeAt) + days * day;
      if (expires < reader.now) return [];
      const portal = "Finish it in the vendor's portal";
      const then = row === null ? null : nextOf(rules, 'draft', row, null);
      return [
        {
          ...shown,
          kind: 'draft',
          urgency: urgencyOf(expires, reader.now),
          why: `draft order ${draft.orderId} was never checked out and expires`,
          brief: `draft ${draft.orderId} expires`,
          deadline: deadlineOf(iso(expires), reader),
          next: then?.next ?? null,
          advice: then?.next ? null : portal,
          state: [entry.id, draft.orderId],
        },
      ];
    }),
  );
}

/** The order of a stopped write: its last step was never done. */
function draftOf(steps: ReturnType<Journal['steps']>): { readonly orderId: string; readonly madeAt: string } | null {
  const made = steps.find(({ answer }) => answer?.outcome === 'done' && answer.notes.orderId != null);
  if (made === undefined || made.answer === null) return null;
  const isFinished = steps.some(
    ({ name, answer }) => name === 'checkout' && answer?.outcome !== 'refused' && answer?.outcome !== 'unsent',
  );
  return isFinished ? null : { orderId: String(made.answer.notes.orderId), madeAt: made.answeredAt ?? made.sentAt };
}

/** The cached row is newer; a deleted subscription is known only from the write. */
function rowOf(
  cache: JournalItemDeps['cache'],
  { ref }: JournalEntry,
  record: JournalRecord | null,
): Subscription | null {
  const reference = parseReference(ref);
  return (reference && cache.subscription(reference.connection, reference.id)) ?? record?.target ?? null;
}

/** The subscription's REFs: a retry through another connection counts. */
function refsOf(cache: JournalItemDeps['cache'], ref: string): readonly string[] {
  const reference = parseReference(ref);
  const row = reference && cache.subscription(reference.connection, reference.id);
  return [ref, ...(row?.sameAs ?? [])];
}

function about(entry: JournalEntry, row: Subscription | null) {
  const connection = parseReference(entry.ref)?.connection ?? '';
  return { connection, ref: entry.ref, ...who(row), journalId: entry.id } as const;
}

function all(items: readonly FoundItem[]): FoundItems {
  return { items, total: items.length };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
