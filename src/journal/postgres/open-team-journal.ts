import * as v from 'valibot';
import type { Clock } from '../../model/clock.ts';
import { linesOf } from '../../model/customer-link.ts';
import { FaultError } from '../../model/fault.ts';
import type { Database } from '../../postgres/database.ts';
import type { Hints } from '../../postgres/hints.ts';
import { lacksRight } from '../../postgres/lacks-right.ts';
import { type StoreWaits, storeWaits } from '../../postgres/store-waits.ts';
import { type ProcessMark, thisProcess } from '../../system/process-mark.ts';
import { readId } from '../id.ts';
import type { Journal } from '../journal.ts';
import { entryOf } from '../sqlite/entry-row.ts';
import { entryReads } from '../sqlite/read-entries.ts';
import { handIn } from './hand-in.ts';
import { type LastHeard, lastHeardIn } from './last-heard.ts';
import { leaseOf, type Membership } from './lease.ts';
import { storeCalls } from './store-calls.ts';
import { openTeamCopy } from './team-copy.ts';
import { teamEntries } from './team-entries.ts';
import { followingOf, storeClockOf } from './team-store.ts';

export interface TeamJournalDeps {
  readonly database: Pick<Database, 'query'>;
  /** Absent: changes are polled. */
  readonly hints?: Hints;
  /** Where the copy of the team's journal is kept. */
  readonly path: string;
  readonly clock: Clock;
  /** Default: beside the copy. */
  readonly heard?: LastHeard;
  /** Registers this process with the store, at its first write. */
  readonly begin: () => Promise<Membership>;
  /** The member, as entries name it. */
  readonly author: string;
  readonly owner?: ProcessMark;
  /** Told of what is waited for. Default: nobody else asks for it. */
  readonly waits?: StoreWaits;
}

/**
 * The journal of a team on PostgreSQL. Reads answer from the copy on this machine; every decision asks the store. Nothing is
 * connected before it is needed.
 */
export function openTeamJournal(deps: TeamJournalDeps): Journal {
  const { database, hints = null, path, clock, begin, author, owner = thisProcess(), waits = storeWaits(clock) } = deps;
  const storeClock = storeClockOf(clock);
  const copy = openTeamCopy(path, { clock: storeClock, owner });
  const calls = storeCalls(database, clock, hints, waits);
  const lease = leaseOf(begin, clock);
  const following = followingOf(copy, calls, storeClock, {
    hints,
    heard: deps.heard ?? lastHeardIn(path.replace(/\.db$/, ''), clock),
    rescue: {
      handIn: (only) => handIn(copy, calls, lease, only),
      reportSetBack: async ({ number, token }) => {
        await calls.ask('subdeck.report_set_back($1, $2, $3)', [await lease.ready(), number, token], v.boolean());
      },
    },
  });
  const writes = teamEntries({ copy, calls, following, lease, clock: storeClock });
  const reads = entryReads(copy.file);
  // A person may have left while the store was asked: the copy is closed then.
  const { entries, schedule, marks, links, reading } = copy.file;

  /** Everything that the store has, and what came for it while it was away. */
  async function current(): Promise<void> {
    await following.follow();
    if (copy.undelivered().length > 0) await writes.deliver();
  }

  let isViewer = false;
  /** What members take from each other; for whoever may only read the store there is nothing to take, and the store is asked once. */
  async function ifMember<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    if (isViewer) return otherwise;
    try {
      return await work();
    } catch (error) {
      if (!lacksRight(error)) throw error;
      isViewer = true;
      return otherwise;
    }
  }

  const { deliver: _, ...entryWrites } = writes;
  return {
    ...reads,
    ...entryWrites,
    takeOver: (id) => ifMember(() => writes.takeOver(id), false),
    async stored(id) {
      await current();
      const found = await reads.stored(id);
      if (found === null) return null;
      const ask = () => calls.ask('subdeck.is_being_sent($1)', [readId(id)], v.boolean());
      const [isBeingSent] = await ifMember(ask, [true]);
      return { ...found, isBeingSent: isBeingSent === true };
    },
    async storedIn(states) {
      await current();
      return reads.recordsIn(states);
    },
    async openOn(place) {
      await current();
      return reads.openOn(place);
    },
    async newest() {
      await current();
      return reading(() => entries.lastId(), null);
    },
    async partsOf(plan) {
      await current();
      return reads.knownParts(plan);
    },
    async instant() {
      await current();
      return storeClock.instant();
    },
    async due() {
      await current();
      return reading(() => schedule.due(), []);
    },
    async nextDue() {
      await current();
      return reading(() => schedule.next(), null);
    },
    async attempts(id) {
      await current();
      return reading(() => schedule.attempts(id), 0);
    },
    async schedule(id, after, attempts) {
      await calls.ask('subdeck.set_look($1, $2, $3, $4)', [await lease.ready(), id, after, attempts], v.boolean());
      await following.follow();
    },
    claim: (id, milliseconds) =>
      ifMember(async () => {
        const values = [await lease.ready(), id, milliseconds];
        const [claimed] = await calls.ask('subdeck.claim_look($1, $2, $3)', values, v.boolean());
        return claimed === true;
      }, false),
    async takeNews() {
      const ids = await ifMember(
        async () => calls.ask('subdeck.take_news($1, NULL)', [await lease.ready()], v.string()),
        [],
      );
      if (ids.length === 0) return [];
      await following.follow();
      return [...ids].sort().flatMap((id) => {
        const columns = entries.find(id)?.columns ?? null;
        return columns === null ? [] : [entryOf(columns)];
      });
    },
    async seen(id) {
      await ifMember(async () => calls.ask('subdeck.take_news($1, $2)', [await lease.ready(), id], v.string()), []);
    },
    // Rows of the copy that are damaged are copied again; an entry of another version is settled by whoever has that version.
    settleDamaged: async () => false,
    async mark(keys, mark) {
      const process = await lease.ready();
      if (copy.position().epoch === null) await following.follow();
      const names = keys.map((key) => JSON.stringify(key));
      const pending = { what: keys.length === 1 ? 'the mark' : 'the marks', hasLeft: false };
      const values = [names, JSON.stringify(mark)];
      await calls.change('add_marks', { process, epoch: copy.position().epoch }, values, pending);
      await following.follow();
    },
    async link(request) {
      const process = await lease.ready();
      for (;;) {
        await following.follow();
        const { number, epoch } = copy.position();
        const added = linesOf(links.all(), request);
        if ('kind' in added) return added;
        if (added.length === 0) return { kind: 'kept', added: 0 };
        const keys = added.map(({ key }) => JSON.stringify(key));
        const bodies = added.map(({ line }) => JSON.stringify(line));
        const pending = { what: 'the link of the customer', hasLeft: false };
        const said = await calls.change('add_links', { process, epoch }, [number, keys, bodies], pending);
        if (said.kind !== 'changed') continue;
        await following.follow();
        return { kind: 'kept', added: added.length };
      }
    },
    author,
    marks: () => reading(() => marks.all(), new Map()),
    health: () => copy.file.health() ?? following.trouble(),
    outOfDate: following.outOfDate,
    storeWait: waits.current,
    revision: copy.file.revision,
    async refresh() {
      try {
        await current();
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
      }
    },
    dispose() {
      following.stop();
      lease.stop();
      if (copy.file.database.isOpen) copy.file.database.close();
    },
  };
}
