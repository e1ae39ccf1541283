import { FaultError, fault } from '../../model/fault.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { isOver } from '../../model/journal-entry.ts';
import { printable } from '../../model/printable.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { PendingChange } from '../../model/store-wait.ts';
import { isOfHere, isRunning } from '../../system/process-mark.ts';
import {
  bodyOfIntent,
  type ChangeTime,
  type EntryChange,
  withAnswer,
  withCorrection,
  withEnd,
  withEvidenceFrom,
  withNotedAccount,
  withOwner,
  withPoll,
  withRequest,
  withSending,
} from '../entry-changes.ts';
import { nextId } from '../id.ts';
import type { Intent, JournalStep, JournalWriter } from '../journal.ts';
import { damagedEntryFault } from '../sqlite/database-faults.ts';
import { damagedEntry, type EntryColumns, entryOf, placeOf, requestOf } from '../sqlite/entry-row.ts';
import type { Lease } from './lease.ts';
import { noLease } from './lease.ts';
import type { StoreCalls } from './store-calls.ts';
import { partName, subjectOf } from './subject.ts';
import type { TeamCopy, UndeliveredAnswer } from './team-copy.ts';
import type { Following, StoreClock } from './team-store.ts';

export interface TeamDeps {
  readonly copy: TeamCopy;
  readonly calls: StoreCalls;
  readonly following: Following;
  readonly lease: Lease;
  readonly clock: StoreClock;
}

type Writes = Pick<
  JournalWriter,
  | 'noteAccount'
  | 'intend'
  | 'sending'
  | 'answered'
  | 'close'
  | 'correct'
  | 'accepted'
  | 'recordPoll'
  | 'startEvidence'
  | 'takeOver'
>;

/** How a change is conditional: `send`: only while the lease runs and nobody took the entry over; `take`: only once its sender's lease ended. */
type Condition = 'send' | 'take' | 'keep';

/** Attempts against others that change the same entry, or begin others, at the same time. */
const tries = 50;

/** What happens to an entry of the team: decided here from the copy, stored by the server if the entry still stands as it was read. */
export function teamEntries({ copy, calls, following, lease, clock }: TeamDeps): Writes & { deliver(): Promise<void> } {
  const { entries, steps, owner, schedule } = copy.file;
  /** What this process may be sending just now. */
  const sending = new Set<string>();
  /** Whose end this process did not get to write yet. */
  const taken = new Set<string>();

  /** Intents of this process begin one after another, so that they do not take each other's ids. */
  let beginning: Promise<unknown> = Promise.resolve();

  const time = (): ChangeTime => ({ at: new Date(clock.now()).toISOString(), instant: clock.instant(), owner });
  const epoch = () => copy.position().epoch;

  function find(id: string): EntryColumns {
    const found = entries.find(id);
    if (found === null) throw fault('missing', `There is no journal entry ${id}.`, 'subdeck journal list shows them.');
    if (found.columns === null) throw new FaultError(damagedEntryFault(copy.file.path, id));
    return found.columns;
  }

  /** Changes an entry, all of it or nothing, and gives it; null: it stays as it is. */
  async function change(
    id: string,
    how: (columns: EntryColumns) => EntryChange | null,
    condition: Condition = 'keep',
  ): Promise<EntryColumns | null> {
    const process = await lease.ready();
    if (epoch() === null || entries.find(id) === null) await following.follow();
    for (let nth = 0; nth < tries; nth += 1) {
      following.demandSameStore();
      const [version, before] = [copy.versionOf(id), find(id)];
      const changed = how(before);
      if (changed === null) return null;
      const after = changed.columns ?? before;
      const line = lineOf(after, version + 1, changed);
      const look = changed.look ?? null;
      const isSet = look !== null && look !== 'removed';
      const attempts = isSet && look.attempts === 'one more' ? schedule.attempts(id) + 1 : 0;
      const said = await calls.change(
        'change_entry',
        { process, epoch: epoch() },
        [
          ...[id, version, condition, after.state, after.body.basis ?? null],
          ...[line.body, line.request, line.more, mayHaveLeft(steps.of(id), changed.step)],
          ...[look === null ? 'keep' : isSet ? 'set' : 'remove', isSet ? look.after : null, attempts],
          changed.isAwaited === true,
        ],
        pendingOf(id, steps.of(id)),
      );
      if (said.kind === 'changed') {
        copy.takeOwn(line);
        return after;
      }
      if (said.kind === 'alive') return null;
      if (said.kind === 'no-lease') await lease.renew();
      else if (said.kind !== 'behind') throw refusal(said.kind);
      await following.follow();
      if (condition === 'send' && said.kind === 'behind' && copy.versionOf(id) === version) throw takenOver(id);
    }
    throw busy();
  }

  async function answer({ entry, index, answer: said }: UndeliveredAnswer): Promise<void> {
    await change(entry, (columns) => {
      const sent = steps.of(entry).find((step) => step.index === index);
      return withAnswer(columns, sent, said, time());
    });
  }

  /** Brings the answers to the store that came while it was away. */
  async function deliver(): Promise<void> {
    for (const undelivered of copy.undelivered()) {
      try {
        await answer(undelivered);
        copy.delivered(undelivered);
      } catch (error) {
        // Kept: a store that lost the entry may get it back, and nothing else waits for it.
        if (!(error instanceof FaultError)) throw error;
      }
    }
  }

  function shown(id: string | undefined): JournalEntry {
    const found = entries.find(id ?? '');
    if (found === null)
      throw fault('broken', `The team’s store names entry ${id}, which it does not have.`, 'Report this.');
    return found.columns === null ? damagedEntry(found.row, null) : entryOf(found.columns);
  }

  /** Before its answer is here the store may have the entry, and this process look for those that nobody sends. */
  async function sendingOnceBegun(id: string, asked: () => ReturnType<StoreCalls['change']>) {
    let isBegun = false;
    sending.add(id);
    try {
      const said = await asked();
      isBegun = said.kind === 'begun';
      return said;
    } finally {
      if (!isBegun) sending.delete(id);
    }
  }

  async function begin(intent: Intent): Promise<Awaited<ReturnType<Writes['intend']>>> {
    const process = await lease.ready();
    await following.follow();
    let last = entries.lastId();
    for (let nth = 0; nth < tries; nth += 1) {
      following.demandSameStore();
      const id = nextId(clock.now(), last);
      const { connection, target } = placeOf(intent.ref);
      const [place, body] = [JSON.stringify(target), JSON.stringify(bodyOfIntent(intent, time()))];
      const said = await sendingOnceBegun(id, () =>
        calls.change(
          'begin_entry',
          { process, epoch: epoch() },
          [
            ...[id, connection, place, intent.account, ...subjectOf(target, intent.target)],
            ...[intent.plannedAfter ?? null, partName(intent.part), body],
          ],
          pendingOf(id, []),
        ),
      );
      switch (said.kind) {
        case 'begun': {
          const empty = { request: null, more: null };
          copy.takeOwn({
            ...{ kind: 'entry', key: id, version: 0, connection, target: place, account: intent.account },
            ...{ state: 'intent', body, ...empty },
          });
          return { kind: 'intended', id };
        }
        case 'open':
        case 'repeated':
        case 'overtaken':
          await following.follow();
          return { kind: said.kind, entry: shown(said.entry) };
        case 'shared':
          throw sharedSubscription(intent.account, said.account ?? '');
        case 'late':
          last = said.entry ?? last;
          break;
        case 'no-lease':
          await lease.renew();
          break;
        default:
          throw refusal(said.kind);
      }
    }
    throw busy();
  }

  return {
    deliver,
    async intend(intent) {
      try {
        const begun = beginning.then(() => begin(intent));
        beginning = begun.catch(() => undefined);
        return await begun;
      } catch (error) {
        if (error instanceof FaultError) return { kind: 'refused', fault: error.fault };
        throw error;
      }
    },
    async noteAccount(id, account) {
      await change(id, (columns) => withNotedAccount(columns, account));
    },
    async sending(id, step) {
      // Taken before the server is asked: a lease that ends meanwhile ends the permit.
      await lease.ready();
      const permit = lease.permit();
      await change(id, (columns) => withSending(columns, steps.of(id), step, time()), 'send');
      const ended = permit.ended();
      if (ended !== null) throw fault('refused', ended, 'Nothing was sent. Make a new plan.', { sent: false });
      return permit;
    },
    async answered(id, { index, answer: said }) {
      const undelivered = { entry: id, index, answer: said };
      // On this machine first: the answer outlasts this process, and a store that is away.
      copy.keep(undelivered);
      try {
        await answer(undelivered);
        copy.delivered(undelivered);
      } catch (error) {
        if (!(error instanceof FaultError) || error.fault.kind !== 'unreachable') throw error;
      }
    },
    async close(id, end) {
      try {
        return (await change(id, (columns) => withEnd(columns, end, time()))) !== null;
      } finally {
        sending.delete(id);
      }
    },
    correct: async (id, verdict) => (await change(id, (columns) => withCorrection(columns, verdict, time()))) !== null,
    async startEvidence(id, from) {
      await change(id, (columns) => withEvidenceFrom(columns, from));
    },
    async accepted(id, request) {
      try {
        const accepted = await change(id, (columns) => withRequest(columns, request, time()));
        if (accepted === null) return null;
        const nextCheck = request.nextCheckIn === null ? null : clock.now() + request.nextCheckIn;
        return requestOf(accepted, nextCheck);
      } finally {
        sending.delete(id);
      }
    },
    async recordPoll(id, look) {
      await change(id, (columns) => withPoll(columns, look, time()));
    },
    async takeOver(id) {
      if (taken.has(id)) return true;
      if (sending.has(id)) return false;
      await following.follow();
      const found = entries.find(id)?.columns ?? null;
      if (found === null || isOver(found)) return false;
      const changed = await change(
        id,
        (columns) => {
          const by = columns.body.owner;
          return withOwner(columns, owner, { isDead: isOfHere(by) && !isRunning(by) });
        },
        'take',
      );
      if (changed !== null) taken.add(id);
      return changed !== null;
    },
  };
}

function lineOf(columns: EntryColumns, version: number, { step, verdict }: EntryChange) {
  const extras = { ...(step && { steps: [step] }), ...(verdict && { verdicts: [verdict] }) };
  return {
    ...({ kind: 'entry', key: columns.id, version, connection: columns.connection } as const),
    ...{ target: JSON.stringify(columns.target), account: columns.account, state: columns.state },
    body: JSON.stringify(columns.body),
    request: columns.request === null ? null : JSON.stringify(columns.request),
    more: Object.keys(extras).length === 0 ? null : JSON.stringify(extras),
  };
}

/** `steps`: those that were recorded before. */
function pendingOf(id: string, steps: readonly JournalStep[]): PendingChange {
  return { what: `journal entry ${id}`, hasLeft: mayHaveLeft(steps, undefined) };
}

/** Whether any step may have reached the vendor: only one that was kept as unsent has not. */
function mayHaveLeft(steps: readonly JournalStep[], changed: JournalStep | undefined): boolean {
  const all = [...steps.filter(({ index }) => index !== changed?.index), ...(changed === undefined ? [] : [changed])];
  return all.some(({ answer }) => answer?.outcome !== 'unsent');
}

function refusal(kind: string): FaultError {
  const more = { sent: false };
  switch (kind) {
    case 'no-lease':
      return noLease();
    case 'no-member':
      return fault('denied', 'You are no member of the team’s store any more.', 'Run subdeck team status.', more);
    case 'too-many':
      return fault(
        'refused',
        'Too many writes of yours are open in the team’s journal.',
        'Settle them first: subdeck journal list --mine.',
        more,
      );
    case 'shut':
      return fault(
        'unreachable',
        'The team’s store changed while this was recorded.',
        'Nothing was sent. Try again in a moment.',
        more,
      );
    default:
      return fault('broken', `The team’s store answered ${kind}.`, 'Report this.', more);
  }
}

function sharedSubscription(account: string, other: string): FaultError {
  const message = `The team also has this subscription under the account ${printable(other)}: a write there would not be seen here. Nothing was sent.`;
  const next = `Say whether both are one account: subdeck team account ${shellWord(account)} ${shellWord(other)} --same, or --different.`;
  return fault('refused', message, next, { sent: false });
}

function takenOver(id: string): FaultError {
  const message = `Another member took over journal entry ${id} while this process was stopped; nothing more is sent for it.`;
  return fault('refused', message, 'Make a new plan.');
}

function busy(): FaultError {
  return fault(
    'unreachable',
    'Others change the team’s journal at the same time, again and again.',
    'Nothing was sent. Try again.',
    {
      sent: false,
    },
  );
}
