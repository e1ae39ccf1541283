import { beginOf } from '../model/date-text.ts';
import { dateWords, isDateName } from '../model/date-words.ts';
import { type JournalEntry, journalStates } from '../model/journal-entry.ts';
import { type ListFields, textsOf } from '../model/list-fields.ts';
import { parseReference } from '../model/reference.ts';
import type { HistoryEntry } from '../model/subscription.ts';
import type { Json, JsonObject } from '../model/text.ts';
import { type Attributed, withoutVendorStatus } from './who-changed.ts';

/** Who tells of it. `vendor`: its history. `sync`: what differed between two syncs. `journal`: what was sent from here. */
export const timelineSources = ['vendor', 'sync', 'journal'] as const;

/** One thing that happened to a subscription. */
export interface TimelineLine {
  readonly id: string;
  readonly source: (typeof timelineSources)[number];
  /** When it happened, or was seen; as the vendor wrote it. Null: the vendor does not say. */
  readonly at: string | null;
  readonly ref: string;
  readonly name: string;
  readonly organization: string | null;
  /** The vendor's action, the changed field, or the verb of a write. */
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string | null;
  /** Of a write: what became of it. */
  readonly state: string | null;
  /** The write of this installation that it is, or that made it. */
  readonly journalId: string | null;
}

/** The subscription that lines are about. */
interface Subject {
  readonly ref: string;
  readonly name: string;
  readonly organization: { readonly name: string } | null;
}

interface Sources {
  readonly changes: readonly Attributed[];
  readonly history: readonly HistoryEntry[];
  readonly entries: readonly JournalEntry[];
}

/** All three sources by time, the latest first; what has no time comes last. */
export function mergedTimeline(of: Subject, { changes, history, entries }: Sources): readonly TimelineLine[] {
  const subject = { ref: of.ref, name: of.name, organization: of.organization?.name ?? null };
  const lines: readonly TimelineLine[] = [
    ...changeLines(withoutVendorStatus(changes), () => subject.organization),
    ...history.map(({ at, action, field, from, to, by }, index) => {
      const what = [action, field].filter((part) => part !== null).join(': ');
      const told = { ...{ at, what, from, to, by }, state: null, journalId: null };
      return { ...subject, ...told, id: `vendor ${index}`, source: 'vendor' as const };
    }),
    ...entries.map((entry) => ({ ...subject, ...writeOf(entry) })),
  ];
  const time = ({ at }: TimelineLine) => beginOf(at) ?? Number.NEGATIVE_INFINITY;
  return lines.toSorted((one, other) => {
    const [left, right] = [time(one), time(other)];
    return left === right ? 0 : right - left;
  });
}

/** Changes between syncs, in their order. */
export function changeLines(
  changes: readonly Attributed[],
  organizationOf: (change: Attributed) => string | null,
): readonly TimelineLine[] {
  return changes.map((change) => {
    const { ref, name, field, from, to, by, seenAt, journalId } = change;
    const organization = organizationOf(change);
    const told = { at: seenAt, what: field, from, to, by, state: null, journalId };
    return { ref, name, organization, ...told, id: `sync ${seenAt} ${ref} ${field}`, source: 'sync' };
  });
}

/** A write through another connection of the account is about the same subscription. */
function writeOf({ id, at, ref, verb, before, after, by, state }: JournalEntry) {
  const [field, ...others] = Object.keys(after);
  const isOne = field !== undefined && others.length === 0;
  const told = { at, ref, what: verb, by, state, journalId: id };
  return {
    ...told,
    ...{ id: `journal ${id}`, source: 'journal' as const },
    from: isOne ? plain(before, field) : null,
    to: isOne ? plain(after, field) : null,
  };
}

function plain(values: JsonObject, field: string): string | null {
  const value: Json | undefined = values[field];
  if (value === undefined || value === null || typeof value === 'object') return null;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Both ends of the change as people read them: dates are words. */
export function shownEnds({ source, what, from, to }: TimelineLine): {
  readonly from: string | null;
  readonly to: string | null;
} {
  // A vendor's own names do not say which of them are dates.
  const isDate = source === 'vendor' || isDateName(what);
  const shown = (text: string | null) => (text === null || !isDate ? text : dateWords(text));
  return { from: shown(from), to: shown(to) };
}

/** What the lines are filtered by. */
export const timelineFields = {
  at: { aliases: ['when', 'time'], label: 'when', kind: 'date', texts: ({ at }) => textsOf(at) },
  source: {
    aliases: [],
    label: 'who tells of it',
    kind: 'text',
    words: timelineSources,
    texts: ({ source }) => [source],
  },
  org: {
    ...{ aliases: ['organization', 'customer'], label: 'customer', kind: 'text' },
    texts: ({ organization }) => textsOf(organization),
  },
  name: { aliases: ['subscription'], label: 'subscription', kind: 'text', texts: ({ name }) => [name] },
  what: { aliases: ['field', 'verb'], label: 'what changed', kind: 'text', texts: ({ what }) => [what] },
  from: { aliases: [], label: 'value before', kind: 'text', texts: ({ from }) => textsOf(from) },
  to: { aliases: [], label: 'value after', kind: 'text', texts: ({ to }) => textsOf(to) },
  by: { aliases: [], label: 'by whom', kind: 'text', texts: ({ by }) => textsOf(by) },
  state: {
    aliases: [],
    label: 'outcome of a write',
    kind: 'text',
    words: journalStates,
    texts: ({ state }) => textsOf(state),
  },
  ref: { aliases: [], label: 'reference', kind: 'text', texts: ({ ref }) => [ref] },
  connection: {
    ...{ aliases: [], label: 'connection', kind: 'text' },
    texts: ({ ref }) => textsOf(parseReference(ref)?.connection ?? null),
  },
} as const satisfies ListFields<TimelineLine>;
