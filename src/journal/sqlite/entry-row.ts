import type { SQLOutputValue } from 'node:sqlite';
import type { AccountKey, AccountView } from '../../model/account.ts';
import type { Instant } from '../../model/instant.ts';
import { type JournalEntry, type JournalState, journalStates, type VerdictBasis } from '../../model/journal-entry.ts';
import { formatReference, parseReference } from '../../model/reference.ts';
import type { Request, RequestState } from '../../model/request.ts';
import type { SafeText } from '../../model/text.ts';
import type { ProcessMark } from '../../system/process-mark.ts';
import type { Intent, JournalRecord } from '../journal.ts';
import { withoutControls } from './control-characters.ts';
import { rowChecksum } from './row-checksum.ts';
import { entryShape, readShape, requestShape } from './row-shapes.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What the `body` column holds: all of an entry that is not a column of its own. */
export interface EntryBody extends Omit<Intent, 'ref' | 'account' | 'view'> {
  /** Absent in entries of Subdeck 0.1.0. */
  readonly view?: AccountView;
  /** See `JournalWriter.noteAccount`. */
  readonly notedAccount?: AccountKey;
  readonly at: string;
  readonly owner: ProcessMark;
  readonly end: SafeText | string | null;
  readonly vendor: JournalEntry['vendor'];
  readonly closedAt: string | null;
  /** Of the last verdict. Absent before there is one, and in entries of Subdeck 0.1.0. */
  readonly basis?: VerdictBasis;
  readonly corrects?: JournalState;
  /** See `JournalRecord`. Absent in entries of Subdeck 0.1.0. */
  readonly evidenceFrom?: Instant;
  /** See `JournalRecord`. */
  readonly senderLost?: true;
}

export interface RequestBody {
  readonly state: RequestState;
  readonly vendorState: Request['vendorState'];
  readonly vendorRequestId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly startedAt: string;
  readonly checkedAt: string | null;
  /** The last look that showed it still open. */
  readonly openAt?: string;
  /** See `Request`. */
  readonly answeredDone?: true;
}

export interface EntryColumns {
  readonly id: string;
  readonly connection: string;
  readonly target: string;
  /** Null in entries of Subdeck 0.1.0. */
  readonly account: AccountKey | null;
  readonly state: JournalState;
  readonly body: EntryBody;
  readonly request: RequestBody | null;
}

/** A row as it is written: columns in the order of the table. */
export function packEntry(entry: EntryColumns): readonly (string | null)[] {
  const request = entry.request === null ? null : JSON.stringify(entry.request);
  return packTexts({ ...entry, body: JSON.stringify(entry.body), request });
}

/** The same for texts that nobody has read yet. */
export function packTexts(texts: EntryTexts): readonly (string | null)[] {
  const { id, connection, target, state, body, request, account } = texts;
  return [id, connection, target, state, body, request, sealOf(texts), account];
}

/** Rows without an account keep the seal that Subdeck 0.1.0 gave them. */
function sealOf({ id, connection, target, state, body, request, account }: EntryTexts): string {
  const fields = [id, connection, target, state, body, request ?? ''];
  return account === null ? rowChecksum(...fields) : rowChecksum(...fields, account);
}

/** An entry as text: its state may be one that this version does not know, its body anything. */
export interface EntryTexts extends Omit<EntryColumns, 'state' | 'body' | 'request'> {
  readonly state: string;
  readonly body: string;
  readonly request: string | null;
}

/** The row as it was written, or null when it is not what was written any more. */
export function unpackEntry(row: Row): EntryColumns | null {
  // The column is missing where a file of an older Subdeck can only be read.
  const { id, connection, target, state, body, request, account = null } = row;
  if (typeof id !== 'string' || typeof connection !== 'string' || typeof target !== 'string') return null;
  if (typeof state !== 'string' || typeof body !== 'string') return null;
  if (typeof request !== 'string' && request !== null) return null;
  if (typeof account !== 'string' && account !== null) return null;
  if (sealOf({ id, connection, target, state, body, request, account }) !== row.seal) return null;
  const known = journalStates.find((each) => each === state);
  const content = readShape<EntryBody>(entryShape, body);
  const accepted = request === null ? null : readShape<RequestBody>(requestShape, request);
  if (known === undefined || content === null || (request !== null && accepted === null)) return null;
  return { id, connection, target, account, state: known, body: content, request: accepted };
}

/** Whether what a damaged row says of its place and state can be trusted: then only what else it says cannot be read. */
export function isSealed(row: Row): boolean {
  const { id, connection, target, state, body, request, account = null } = row;
  const columns = [id, connection, target, state, body, request ?? '', ...(account === null ? [] : [account])];
  return columns.every((column) => typeof column === 'string') && rowChecksum(...columns) === row.seal;
}

export function recordOf(columns: EntryColumns, nextCheck: number | null): JournalRecord {
  const { body } = columns;
  const entry = entryOf(columns);
  return {
    entry,
    purpose: body.reason,
    target: body.target,
    view: body.view ?? null,
    stepCount: body.steps,
    atOnce: body.atOnce,
    owner: body.owner,
    request: requestOf(columns, nextCheck),
    closedAt: body.closedAt,
    evidenceFrom: body.evidenceFrom ?? null,
    openAt: columns.request?.openAt ?? columns.request?.startedAt ?? null,
    part: body.part ?? null,
    keyDigest: body.keyDigest ?? null,
    historyBefore: body.historyBefore ?? null,
    leftover: body.leftover ?? null,
    wayBack: body.wayBack ?? null,
    senderLost: body.senderLost === true,
  };
}

export function entryOf({ id, connection, target, account, state, body }: EntryColumns): JournalEntry {
  return {
    id,
    at: body.at,
    ref: formatReference({ connection, id: target }),
    account: account ?? body.notedAccount ?? null,
    verb: body.verb,
    sentence: body.sentence,
    state,
    reason: body.end ?? body.reason,
    basis: body.basis ?? null,
    corrects: body.corrects ?? null,
    before: body.before,
    after: body.after,
    vendor: body.vendor,
    by: body.by,
  };
}

/** How a request ended, from the end of its entry; it has none while the entry waits for it. */
const endOf: Readonly<Partial<Record<JournalState, RequestState>>> = {
  done: 'done',
  'settled-applied': 'done',
  refused: 'failed',
  'settled-not-applied': 'failed',
  unknown: 'unknown',
  'needs-person': 'unknown',
};

export function requestOf(columns: EntryColumns, nextCheck: number | null): Request | null {
  if (columns.request === null) return null;
  const { openAt: _, answeredDone = false, state, ...request } = columns.request;
  return {
    id: columns.id,
    ref: formatReference({ connection: columns.connection, id: columns.target }),
    ...request,
    state: endOf[columns.state] ?? state,
    answeredDone,
    nextCheckAt: nextCheck === null || columns.state !== 'sent' ? null : new Date(nextCheck).toISOString(),
  };
}

/** Stands in lists for an entry that cannot be trusted: named, never left out. `columns`: where only what belongs to it is damaged. */
export function damagedEntry(row: Row, columns: EntryColumns | null): JournalEntry {
  const reason = "The entry is damaged. Check its outcome in the vendor's portal, then settle it.";
  if (columns !== null) return { ...entryOf(columns), state: 'needs-person', reason };
  const kept = (value: SQLOutputValue | undefined): string => String(withoutControls('', value ?? ''));
  return {
    id: kept(row.id),
    at: new Date(0).toISOString(),
    ref: formatReference({ connection: kept(row.connection), id: kept(row.target) }),
    account: null,
    verb: 'unknown',
    sentence: isSealed(row)
      ? 'This entry does not have the form that Subdeck writes; it cannot be read.'
      : 'This entry was changed on disk; its content is lost.',
    state: 'needs-person',
    basis: null,
    corrects: null,
    reason,
    before: {},
    after: {},
    vendor: null,
    by: '',
  };
}

/** Connection and target of a `ref`; the target is everything after the first `/`, literally. */
export function placeOf(ref: string): { readonly connection: string; readonly target: string } {
  const found = parseReference(ref);
  return found === null ? { connection: '', target: ref } : { connection: found.connection, target: found.id };
}
