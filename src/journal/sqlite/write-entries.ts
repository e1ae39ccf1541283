import { fault } from '../../model/fault.ts';
import { isOver, type JournalEntry } from '../../model/journal-entry.ts';
import { happened } from '../../model/verdict.ts';
import { nextId } from '../id.ts';
import type { Intent, JournalWriter, WritePlace } from '../journal.ts';
import { stripLicenseKeys } from '../strip-license-keys.ts';
import { isTaken, journalTrouble } from './database-faults.ts';
import { damagedEntry, type EntryBody, entryOf, placeOf, requestOf } from './entry-row.ts';
import { keyOf } from './heartbeats.ts';
import type { JournalFile } from './journal-file.ts';
import { earlierTry } from './plan-rows.ts';
import { couldBeAbout, openOn } from './read-entries.ts';
import { type Rescued, rescue, setAside } from './rescue-file.ts';
import type { SendingWrites } from './sending-writes.ts';

type Writes = Pick<
  JournalWriter,
  'noteAccount' | 'intend' | 'sending' | 'answered' | 'close' | 'correct' | 'accepted' | 'recordPoll' | 'startEvidence'
>;

/** What happens to an entry from its intent to its end, each durable before it resolves. */
export function entryWrites(journalFile: JournalFile, sending: SendingWrites): Writes {
  const { heartbeats, schedule, unannounced, entries, steps, verdicts, clock, change, writing } = journalFile;

  function bodyOf(intent: Intent): EntryBody {
    const { ref: _, account: __, ...rest } = intent;
    const [before, after] = [stripLicenseKeys(intent.before), stripLicenseKeys(intent.after)];
    return {
      ...rest,
      before,
      after,
      at: journalFile.now(),
      owner: journalFile.owner,
      end: null,
      vendor: null,
      closedAt: null,
    };
  }

  /** Whether the vendor shows what it calls done is in doubt from now on. */
  function doneFrom(answeredDone: true | undefined) {
    return answeredDone === true
      ? { body: { evidenceFrom: clock.instant() }, request: { answeredDone } }
      : { body: {}, request: {} };
  }

  return {
    async intend(intent) {
      const sick = journalFile.health();
      if (sick !== null) return { kind: 'refused', fault: sick };
      try {
        setAside(journalFile.path);
        const intended = writing((): Awaited<ReturnType<Writes['intend']>> => {
          const earlier = intent.part === undefined ? null : earlierTry(journalFile, intent.part);
          if (earlier !== null) return { kind: 'repeated', entry: earlier.entry };
          const other = intent.plannedAfter === undefined ? null : begunAfter(journalFile, intent, intent.plannedAfter);
          if (other !== null) return { kind: 'overtaken', entry: other };
          // Entries without an account are under no index.
          const open = openOn(journalFile, intent);
          if (open !== null) return { kind: 'open', entry: open };
          const id = nextId(clock.now(), entries.lastId());
          const { account } = intent;
          entries.insert({ id, ...placeOf(intent.ref), account, state: 'intent', body: bodyOf(intent), request: null });
          heartbeats.beat();
          return { kind: 'intended', id };
        });
        if (intended.kind === 'intended') sending.begin(intended.id);
        return intended;
      } catch (error) {
        const entry = isTaken(error) ? openOn(journalFile, intent) : null;
        return entry === null
          ? { kind: 'refused', fault: journalTrouble(journalFile.path, error) }
          : { kind: 'open', entry };
      }
    },

    async noteAccount(id, notedAccount) {
      change(id, (columns) => {
        return columns.account === null ? { ...columns, body: { ...columns.body, notedAccount } } : null;
      });
    },

    async sending(id, { index, name, method, path, body }) {
      change(id, (columns) => {
        if (columns.state !== 'intent' && columns.state !== 'sent') {
          const message = `Journal entry ${id} was closed in the meantime; nothing more is sent for it.`;
          throw fault('refused', message, 'Make a new plan.');
        }
        if (keyOf(columns.body.owner) !== keyOf(journalFile.owner)) {
          const message = `Another Subdeck process took over journal entry ${id} while this one was stopped; nothing more is sent for it.`;
          throw fault('refused', message, 'Make a new plan.');
        }
        heartbeats.beat();
        const kept = body === undefined ? {} : { body: stripLicenseKeys(body) };
        steps.insert(id, index, {
          name,
          method,
          path,
          ...kept,
          sentAt: journalFile.now(),
          answeredAt: null,
          answer: null,
        });
        return { ...columns, state: 'sent' };
      });
    },

    async answered(id, { index, answer }) {
      const kept = { ...answer, notes: stripLicenseKeys(answer.notes) };
      try {
        writing(() => keepAnswer(journalFile, { entry: id, index, answer: kept }));
      } catch (error) {
        if (!rescue(journalFile.path, { entry: id, index, answer: kept })) throw error;
      }
    },

    async close(id, { state, reason, vendor, basis, by = null, nextCheckIn }) {
      const closed = change(id, (columns) => {
        if (isOver(columns)) return null;
        if (state === 'unknown' && columns.state === 'needs-person') return null;
        if (state === columns.state && reason === columns.body.end) return null;
        if (state !== 'unknown') schedule.remove(id);
        else if (nextCheckIn !== undefined) schedule.set(id, nextCheckIn, 0);
        if (!isOver({ state })) unannounced.add(id);
        const at = journalFile.now();
        const closedAt = isOver({ state }) ? at : null;
        verdicts.add(columns, { state, at, basis, by, reason });
        // Not from its sending on: a process may be stopped between that and the first byte, or die who knows when.
        const doubt = isOver({ state }) ? {} : { evidenceFrom: columns.body.evidenceFrom ?? clock.instant() };
        const told = { end: reason, vendor: vendor ?? columns.body.vendor, closedAt, basis };
        return { ...columns, state, body: { ...columns.body, ...doubt, ...told } };
      });
      sending.end(id);
      return closed !== null;
    },

    async correct(id, { state, reason, by }) {
      const corrected = change(id, (columns) => {
        const before = happened(columns.state);
        if (before === null || before === happened(state)) return null;
        verdicts.add(columns, { state, at: journalFile.now(), basis: 'person', by, reason });
        return { ...columns, state, body: { ...columns.body, end: reason, basis: 'person', corrects: columns.state } };
      });
      return corrected !== null;
    },

    async startEvidence(id, from) {
      change(id, (columns) => ({ ...columns, body: { ...columns.body, evidenceFrom: from } }));
    },

    async accepted(id, { vendorRequestId, vendorState, from, to, vendor, nextCheckIn, answeredDone }) {
      const accepted = change(id, (columns) => {
        if (columns.state !== 'sent' || columns.request !== null) return null;
        unannounced.add(id);
        schedule.set(id, nextCheckIn, 0);
        const started = { state: 'pending', startedAt: journalFile.now(), checkedAt: null } as const;
        const said = doneFrom(answeredDone);
        const request = { ...started, vendorRequestId, vendorState, from, to, ...said.request };
        return { ...columns, body: { ...columns.body, vendor, ...said.body }, request };
      });
      sending.end(id);
      return accepted === null ? null : requestOf(accepted, schedule.at(id));
    },

    async recordPoll(id, { state, vendorState, checkedAt, nextCheckIn, answeredDone }) {
      change(id, (columns) => {
        if (columns.request === null || columns.state !== 'sent') return null;
        schedule.set(id, nextCheckIn, schedule.attempts(id) + 1);
        const isOpen = (state === 'pending' || state === 'running') && answeredDone !== true;
        const open = isOpen ? { openAt: checkedAt } : {};
        const said = doneFrom(answeredDone);
        const request = { ...columns.request, ...open, ...said.request, state, vendorState, checkedAt };
        return { ...columns, body: { ...columns.body, ...said.body }, request };
      });
    },
  };
}

/** The last write on a subscription that began after this entry, through whatever connection and in whatever process, or null. Inside a transaction. */
function begunAfter({ entries }: JournalFile, place: WritePlace, earlier: string): JournalEntry | null {
  const rows = entries.select('WHERE id > ? AND target = ? AND (account = ? OR account IS NULL) ORDER BY id', [
    earlier,
    placeOf(place.ref).target,
    place.account,
  ]);
  const last = [...rows].filter(({ columns }) => columns === null || couldBeAbout(columns, place)).at(-1);
  if (last === undefined) return null;
  return last.columns === null ? damagedEntry(last.row, null) : entryOf(last.columns);
}

/** Puts an answer beside the step it belongs to, once. Inside a transaction. */
export function keepAnswer({ steps, now }: JournalFile, { entry, index, answer }: Rescued): void {
  const sent = steps.of(entry).find((step) => step.index === index);
  if (sent === undefined) throw fault('broken', `Step ${index} of ${entry} was never sent.`, 'Report this.');
  if (sent.answer !== null) return;
  const { index: _, ...body } = sent;
  steps.replace(entry, index, { ...body, answeredAt: now(), answer });
}
