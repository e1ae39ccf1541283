import { fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import { isOver, type JournalEntry, type VerdictBasis } from '../model/journal-entry.ts';
import { happened, outranks, type Verdict } from '../model/verdict.ts';
import { type ProcessMark, processKey } from '../system/process-mark.ts';
import type { Intent, JournalStep, JournalWriter, StepRecord } from './journal.ts';
import type { EntryBody, EntryColumns } from './sqlite/entry-row.ts';
import { stripLicenseKeys } from './strip-license-keys.ts';

/**
 * What each call of `JournalWriter` does to an entry: pure functions from the entry as it stands to what is stored. Every
 * implementation of the journal uses these, and stores a change all or not at all. Null: nothing changes.
 */
export interface EntryChange {
  /** Absent: as they are. */
  readonly columns?: EntryColumns;
  /** A step, new or with its answer. */
  readonly step?: JournalStep;
  readonly verdict?: Verdict;
  /** The next look, so many milliseconds from now (`after: null`: none), or none any more. Absent: as it is. */
  readonly look?: { readonly after: number | null; readonly attempts: 0 | 'one more' } | 'removed';
  /** Its end is news. */
  readonly isAwaited?: true;
}

/** When a change happens, by the clock of the journal, and who makes it. */
export interface ChangeTime {
  readonly at: string;
  readonly instant: Instant;
  readonly owner: ProcessMark;
}

type Request<Call extends keyof JournalWriter> = Parameters<JournalWriter[Call]>[1];

export function bodyOfIntent(intent: Intent, { at, owner }: ChangeTime): EntryBody {
  const { ref: _, account: __, ...rest } = intent;
  const [before, after] = [stripLicenseKeys(intent.before), stripLicenseKeys(intent.after)];
  return { ...rest, before, after, at, owner, end: null, vendor: null, closedAt: null };
}

export function withNotedAccount(columns: EntryColumns, notedAccount: string): EntryChange | null {
  return columns.account === null ? { columns: { ...columns, body: { ...columns.body, notedAccount } } } : null;
}

/** Throws a `FaultError` where nothing may be sent for it any more. */
export function withSending(
  columns: EntryColumns,
  sent: readonly JournalStep[],
  step: Request<'sending'>,
  { at, owner }: ChangeTime,
): EntryChange {
  const { id } = columns;
  if (columns.state !== 'intent' && columns.state !== 'sent') {
    const message = `Journal entry ${id} was closed in the meantime; nothing more is sent for it.`;
    throw fault('refused', message, 'Make a new plan.');
  }
  if (processKey(columns.body.owner) !== processKey(owner)) {
    const message = `Another Subdeck process took over journal entry ${id} while this one was stopped; nothing more is sent for it.`;
    throw fault('refused', message, 'Make a new plan.');
  }
  const { index, name, method, path, body } = step;
  if (sent.some((each) => each.index === index)) {
    throw fault(
      'broken',
      `Step ${index + 1} of journal entry ${id} was sent before; it is not sent again.`,
      'Report this.',
    );
  }
  const given = body === undefined ? {} : { body: stripLicenseKeys(body) };
  return {
    columns: { ...columns, state: 'sent' },
    step: { index, name, method, path, ...given, sentAt: at, answeredAt: null, answer: null },
  };
}

/**
 * The answer beside the step that it belongs to, once. One that comes after the entry has its end, from a sender who was taken for
 * gone, replaces a lower verdict that says the opposite. `columns` null: the entry is damaged, its step is not.
 */
export function withAnswer(
  columns: EntryColumns | null,
  sent: JournalStep | undefined,
  answer: StepRecord,
  { at, instant }: ChangeTime,
): EntryChange | null {
  if (sent === undefined) throw fault('broken', 'A step was answered that was never sent.', 'Report this.');
  if (sent.answer !== null) return null;
  const step = { ...sent, answeredAt: at, answer: { ...answer, notes: stripLicenseKeys(answer.notes) } };
  if (columns === null) return { step };
  const { senderLost, ...body } = columns.body;
  // Its bytes may have left only now: an unchanged row proves nothing before it has stood for a while again.
  const returned: EntryColumns =
    senderLost === true ? { ...columns, body: { ...body, evidenceFrom: instant } } : columns;
  const said = lateVerdict(columns, sent, answer);
  if (said === null) return returned === columns ? { step } : { step, columns: returned };
  const vendor = { status: answer.status, correlationId: answer.correlationId };
  return { step, ...superseded(returned, { ...said, vendor, basis: 'answer', by: null }, at) };
}

const lateReason = 'The answer of the vendor arrived after this was settled, and says otherwise.';

function lateVerdict({ state, body }: EntryColumns, { index }: JournalStep, { outcome }: StepRecord) {
  if (index !== body.steps - 1 || !outranks('answer', body.basis ?? null)) return null;
  if (outcome === 'done' && happened(state) === false) return { state: 'done', reason: lateReason } as const;
  if (outcome === 'refused' && happened(state) === true) return { state: 'refused', reason: lateReason } as const;
  return null;
}

/** A verdict of a higher rank on an entry that has its end. */
function superseded(
  columns: EntryColumns,
  { state, reason, vendor, basis, by }: Omit<Verdict, 'at'> & { basis: VerdictBasis; vendor: JournalEntry['vendor'] },
  at: string,
): EntryChange {
  const told = { end: reason, vendor: vendor ?? columns.body.vendor, basis, corrects: columns.state };
  return {
    columns: { ...columns, state, body: { ...columns.body, ...told } },
    verdict: { state, at, basis, by, reason },
    isAwaited: true,
  };
}

/** A person who corrected an end knew its evidence: the same evidence once more, such as a look under way, is not above that. */
function standing({ body: { basis, corrects } }: EntryColumns): VerdictBasis | null {
  return basis === 'person' && corrects !== undefined ? 'evidence' : (basis ?? null);
}

export function withEnd(columns: EntryColumns, end: Request<'close'>, { at, instant }: ChangeTime): EntryChange | null {
  const { state, reason, vendor, basis, by = null, nextCheckIn } = end;
  if (isOver(columns)) {
    const [before, now] = [happened(columns.state), happened(state)];
    if (now === null || now === before || !outranks(basis, standing(columns))) return null;
    return superseded(columns, { state, reason, vendor, basis, by }, at);
  }
  if (state === 'unknown' && columns.state === 'needs-person') return null;
  if (state === columns.state && reason === columns.body.end) return null;
  // Not from its sending on: a process may be stopped between that and the first byte, or die who knows when.
  const doubt = isOver({ state }) ? {} : { evidenceFrom: columns.body.evidenceFrom ?? instant };
  const closedAt = isOver({ state }) ? at : null;
  const told = { end: reason, vendor: vendor ?? columns.body.vendor, closedAt, basis };
  return {
    columns: { ...columns, state, body: { ...columns.body, ...doubt, ...told } },
    verdict: { state, at, basis, by, reason },
    ...(state !== 'unknown'
      ? { look: 'removed' }
      : nextCheckIn === undefined
        ? {}
        : { look: { after: nextCheckIn, attempts: 0 } }),
    ...(isOver({ state }) ? {} : { isAwaited: true }),
  };
}

export function withCorrection(
  columns: EntryColumns,
  { state, reason, by }: Request<'correct'>,
  { at }: ChangeTime,
): EntryChange | null {
  const before = happened(columns.state);
  if (before === null || before === happened(state)) return null;
  return {
    columns: { ...columns, state, body: { ...columns.body, end: reason, basis: 'person', corrects: columns.state } },
    verdict: { state, at, basis: 'person', by, reason },
  };
}

export function withEvidenceFrom(columns: EntryColumns, evidenceFrom: Instant): EntryChange {
  return { columns: { ...columns, body: { ...columns.body, evidenceFrom } } };
}

export function withRequest(
  columns: EntryColumns,
  { vendorRequestId, vendorState, from, to, vendor, nextCheckIn, answeredDone }: Request<'accepted'>,
  { at, instant }: ChangeTime,
): EntryChange | null {
  if (columns.state !== 'sent' || columns.request !== null) return null;
  const said = doneFrom(answeredDone, instant);
  const started = { state: 'pending', startedAt: at, checkedAt: null } as const;
  const request = { ...started, vendorRequestId, vendorState, from, to, ...said.request };
  return {
    columns: { ...columns, body: { ...columns.body, vendor, ...said.body }, request },
    look: { after: nextCheckIn, attempts: 0 },
    isAwaited: true,
  };
}

export function withPoll(
  columns: EntryColumns,
  { state, vendorState, checkedAt, nextCheckIn, answeredDone }: Request<'recordPoll'>,
  { instant }: ChangeTime,
): EntryChange | null {
  if (columns.request === null || columns.state !== 'sent') return null;
  const isOpen = (state === 'pending' || state === 'running') && answeredDone !== true;
  const said = doneFrom(answeredDone, instant);
  const open = isOpen ? { openAt: checkedAt } : {};
  const request = { ...columns.request, ...open, ...said.request, state, vendorState, checkedAt };
  return {
    columns: { ...columns, body: { ...columns.body, ...said.body }, request },
    look: { after: nextCheckIn, attempts: 'one more' },
  };
}

/** `isDead`: its process was looked up and does not run any more. Otherwise it only gave no sign, and may still come back. */
export function withOwner(
  columns: EntryColumns,
  owner: ProcessMark,
  { isDead }: { readonly isDead: boolean },
): EntryChange | null {
  if (isOver(columns)) return null;
  const lost = isDead || columns.state !== 'sent' ? {} : ({ senderLost: true } as const);
  return { columns: { ...columns, body: { ...columns.body, owner, ...lost } } };
}

/** Whether the vendor shows what it calls done is in doubt from now on. */
function doneFrom(answeredDone: true | undefined, instant: Instant) {
  return answeredDone === true
    ? { body: { evidenceFrom: instant }, request: { answeredDone } }
    : { body: {}, request: {} };
}
