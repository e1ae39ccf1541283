import type { JournalEntry } from '../../model/journal-entry.ts';
import { unlimitedPermit } from '../../model/send-permit.ts';
import {
  bodyOfIntent,
  type ChangeTime,
  type EntryChange,
  withAnswer,
  withCorrection,
  withEnd,
  withEvidenceFrom,
  withNotedAccount,
  withPoll,
  withRequest,
  withSending,
} from '../entry-changes.ts';
import { nextId } from '../id.ts';
import type { JournalStep, JournalWriter, WritePlace } from '../journal.ts';
import { stripLicenseKeys } from '../strip-license-keys.ts';
import { isTaken, journalTrouble } from './database-faults.ts';
import { damagedEntry, type EntryColumns, entryOf, placeOf, requestOf } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';
import { earlierTry } from './plan-rows.ts';
import { couldBeAbout, openElsewhere, openOn } from './read-entries.ts';
import { type Rescued, rescue, setAside } from './rescue-file.ts';
import type { SendingWrites } from './sending-writes.ts';

type Writes = Pick<
  JournalWriter,
  'noteAccount' | 'intend' | 'sending' | 'answered' | 'close' | 'correct' | 'accepted' | 'recordPoll' | 'startEvidence'
>;

/** What happens to an entry from its intent to its end, each durable before it resolves. */
export function entryWrites(journalFile: JournalFile, sending: SendingWrites): Writes {
  const { heartbeats, schedule, entries, steps, clock, writing } = journalFile;

  /** A change that this process makes now. */
  const time = (): ChangeTime => ({ at: journalFile.now(), instant: clock.instant(), owner: journalFile.owner });

  /** Changes an entry, all of it or nothing, and gives it; null: it stays as it is. */
  function change(id: string, how: (columns: EntryColumns) => EntryChange | null): EntryColumns | null {
    return journalFile.change(id, (columns) => {
      const changed = how(columns);
      if (changed === null) return null;
      keepChange(journalFile, columns, changed);
      return changed.columns ?? columns;
    });
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
          const open = openOn(journalFile, intent) ?? openElsewhere(journalFile, intent);
          if (open !== null) return { kind: 'open', entry: open };
          const id = nextId(clock.now(), entries.lastId());
          const { account } = intent;
          entries.insert({
            id,
            ...placeOf(intent.ref),
            account,
            state: 'intent',
            body: bodyOfIntent(intent, time()),
            request: null,
          });
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
      change(id, (columns) => withNotedAccount(columns, notedAccount));
    },

    async sending(id, step) {
      change(id, (columns) => {
        const changed = withSending(columns, steps.of(id), step, time());
        heartbeats.beat();
        return changed;
      });
      return unlimitedPermit;
    },

    async answered(id, { index, answer }) {
      const kept = { ...answer, notes: stripLicenseKeys(answer.notes) };
      try {
        writing(() => keepAnswer(journalFile, { entry: id, index, answer: kept }));
      } catch (error) {
        if (!rescue(journalFile.path, { entry: id, index, answer: kept })) throw error;
      }
    },

    async close(id, end) {
      const closed = change(id, (columns) => withEnd(columns, end, time()));
      sending.end(id);
      return closed !== null;
    },

    correct: async (id, verdict) => change(id, (columns) => withCorrection(columns, verdict, time())) !== null,

    async startEvidence(id, from) {
      change(id, (columns) => withEvidenceFrom(columns, from));
    },

    async accepted(id, request) {
      const accepted = change(id, (columns) => withRequest(columns, request, time()));
      sending.end(id);
      return accepted === null ? null : requestOf(accepted, schedule.at(id));
    },

    async recordPoll(id, look) {
      change(id, (columns) => withPoll(columns, look, time()));
    },
  };
}

/** The last write on a subscription that began after this entry, through whatever connection and in whatever process, or null. Inside a transaction. */
function begunAfter({ entries }: JournalFile, place: WritePlace, earlier: string): JournalEntry | null {
  const where = 'WHERE id > ? AND (account = ? OR account IS NULL)';
  const values = [earlier, place.account];
  const rows = entries
    .spellings(placeOf(place.ref).target, where, values)
    .flatMap((target) => [...entries.select(`${where} AND target = ?`, [...values, target])])
    .toSorted((a, b) => (String(a.row.id) < String(b.row.id) ? -1 : 1));
  const last = rows.filter(({ columns }) => columns === null || couldBeAbout(columns, place)).at(-1);
  if (last === undefined) return null;
  return last.columns === null ? damagedEntry(last.row, null) : entryOf(last.columns);
}

/** Stores a change, apart from the columns. Inside a transaction. `before`: the entry as it stood. */
function keepChange(
  { steps, verdicts, schedule, unannounced }: JournalFile,
  before: EntryColumns,
  { step, verdict, look, isAwaited }: EntryChange,
): void {
  const { id } = before;
  if (step !== undefined) keepStep(steps, id, step);
  if (verdict !== undefined) verdicts.add(before, verdict);
  if (isAwaited === true) unannounced.add(id);
  if (look === 'removed') schedule.remove(id);
  else if (look !== undefined) {
    schedule.set(id, look.after, look.attempts === 'one more' ? schedule.attempts(id) + 1 : look.attempts);
  }
}

function keepStep(steps: JournalFile['steps'], entry: string, { index, ...body }: JournalStep): void {
  if (body.answer === null) steps.insert(entry, index, body);
  else steps.replace(entry, index, body);
}

/** Puts an answer beside the step it belongs to, once. Inside a transaction. */
export function keepAnswer(journalFile: JournalFile, { entry, index, answer }: Rescued): void {
  const { entries, steps, clock, owner, now } = journalFile;
  const sent = steps.of(entry).find((step) => step.index === index);
  const before = entries.find(entry)?.columns ?? null;
  const changed = withAnswer(before, sent, answer, { at: now(), instant: clock.instant(), owner });
  if (changed === null) return;
  if (changed.columns !== undefined) entries.replace(changed.columns);
  if (before !== null) keepChange(journalFile, before, changed);
  else if (changed.step !== undefined) keepStep(steps, entry, changed.step);
}
