import type { Clock } from '../model/clock.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { JournalState } from '../model/journal-entry.ts';
import { openDatabase, transaction } from './database.ts';
import { entriesOf } from './entries.ts';
import { damagedEntry, type EntryBody, type EntryColumns, entryOf, placeOf, recordOf, requestOf } from './entry-row.ts';
import { nextId, readId } from './id.ts';
import { type Intent, type Journal, openStates } from './journal.ts';
import { withoutLicenceKeys } from './licence.ts';
import { isAlive, thisProcess } from './process-mark.ts';
import { stepsOf } from './steps.ts';
import { damagedRows, isDamage, isTaken, journalTrouble } from './trouble.ts';
import { watchOf } from './watch.ts';

const final: readonly JournalState[] = ['done', 'refused', 'settled-applied', 'settled-not-applied'];
const inQuotes = (states: readonly JournalState[]): string => states.map((state) => `'${state}'`).join(', ');

/**
 * Opens the journal, or creates it. Never throws for what a disk can do to a file: a journal that takes no writes says why
 * in `health()`, refuses every intent, and still shows what can be read.
 */
export function openJournal(path: string, { clock }: { readonly clock: Clock }): Journal {
  const { database, trouble } = openDatabase(path);
  const owner = thisProcess();
  const entries = entriesOf(database);
  const steps = stepsOf(database);
  const watch = watchOf(database, owner, isAlive);
  const version = database.prepare('PRAGMA data_version');
  const nowText = (): string => new Date(clock.now()).toISOString();
  let standing: Fault | null = trouble;
  let commits = 0;
  let checked = false;

  /** All rows are checked before the first write of a process: an open write could hide in a damaged one. */
  function health(): Fault | null {
    if (standing === null && !checked) {
      const damaged = reading(() => [...entries.damaged(), ...steps.damaged()], []);
      checked = damaged.length === 0;
      if (damaged.length > 0) return damagedRows(path, [...new Set(damaged)]);
    }
    return standing;
  }

  function writing<Result>(work: () => Result): Result {
    if (standing !== null) throw new FaultError(standing);
    try {
      const result = transaction(database, work);
      commits += 1;
      return result;
    } catch (error) {
      if (error instanceof FaultError || isTaken(error)) throw error;
      const found = journalTrouble(path, error);
      if (isDamage(error)) standing = found;
      throw new FaultError(found);
    }
  }

  function reading<Result>(work: () => Result, otherwise: Result): Result {
    try {
      return work();
    } catch (error) {
      standing ??= journalTrouble(path, error);
      return otherwise;
    }
  }

  /** Rewrites an entry inside a transaction. Throws when it is missing or damaged; `change` gives null to leave it. */
  function change(id: string, how: (columns: EntryColumns) => EntryColumns | null): boolean {
    return writing(() => {
      const found = entries.find(id);
      if (found === null) throw fault('missing', `There is no journal entry ${id}.`, 'subdeck journal list shows all.');
      if (found.columns === null) throw new FaultError(damagedRows(path, [id]));
      const changed = how(found.columns);
      if (changed !== null) entries.replace(changed);
      return changed !== null;
    });
  }

  function find(id: string): EntryColumns | null {
    return reading(() => entries.find(readId(id))?.columns ?? null, null);
  }

  function openOn(ref: string) {
    const { connection, target } = placeOf(ref);
    const where = `WHERE connection = ? AND target = ? AND state IN (${inQuotes(openStates)})`;
    const [first] = [...entries.select(where, [connection, target])];
    if (first === undefined) return null;
    return first.columns === null ? damagedEntry(first.row) : entryOf(first.columns);
  }

  function bodyOf(intent: Intent): EntryBody {
    const { ref: _, ...rest } = intent;
    const [before, after] = [withoutLicenceKeys(intent.before), withoutLicenceKeys(intent.after)];
    return { ...rest, before, after, at: nowText(), owner, end: null, vendor: null, closedAt: null, request: null };
  }

  function select(where: string, values: readonly string[], limit: number | null) {
    const tail = limit === null ? '' : `LIMIT ${Math.max(0, Math.trunc(limit))}`;
    return reading(() => [...entries.select(`${where} ${tail}`, values)], []);
  }

  return {
    intend(intent) {
      const sick = health();
      if (sick !== null) return { kind: 'refused', fault: sick };
      const open = (): ReturnType<Journal['intend']> | null => {
        const entry = openOn(intent.ref);
        return entry === null ? null : { kind: 'open', entry };
      };
      try {
        return writing(() => {
          const taken = open();
          if (taken !== null) return taken;
          const id = nextId(clock.now(), entries.lastId());
          entries.insert({ id, ...placeOf(intent.ref), state: 'intent', body: bodyOf(intent) });
          return { kind: 'intended', id };
        });
      } catch (error) {
        return open() ?? { kind: 'refused', fault: journalTrouble(path, error) };
      }
    },

    sending(id, step) {
      change(id, (columns) => {
        if (columns.state !== 'intent' && columns.state !== 'sent') {
          throw fault(
            'refused',
            `Journal entry ${id} was closed meanwhile; nothing more is sent for it.`,
            'Plan it anew.',
          );
        }
        steps.insert(id, step.index, {
          name: step.name,
          method: step.method,
          path: step.path,
          sentAt: nowText(),
          answeredAt: null,
          answer: null,
        });
        return { ...columns, state: 'sent' };
      });
    },

    answered(id, { index, answer }) {
      writing(() => {
        const sent = steps.of(id).find((step) => step.index === index);
        if (sent === undefined) throw fault('broken', `Step ${index} of ${id} was never sent.`, 'Report this.');
        const { index: _, ...body } = sent;
        steps.replace(id, index, {
          ...body,
          answeredAt: nowText(),
          answer: { ...answer, notes: withoutLicenceKeys(answer.notes) },
        });
      });
    },

    close(id, { state, reason, vendor }) {
      return change(id, (columns) => {
        if (final.includes(columns.state)) return null;
        if (state === 'unknown' && columns.state === 'needs-person') return null;
        if (state !== 'unknown') watch.remove(id);
        const body: EntryBody = {
          ...columns.body,
          end: reason,
          vendor: vendor ?? columns.body.vendor,
          closedAt: final.includes(state) ? nowText() : null,
        };
        return { ...columns, state, body };
      });
    },

    accepted(id, request) {
      const { vendorRequestId, vendorState, from, to, vendor, nextCheckAt } = request;
      change(id, (columns) => {
        if (columns.state !== 'sent' || columns.body.request !== null) return null;
        watch.set(id, nextCheckAt === null ? null : Date.parse(nextCheckAt), 0);
        const started = { state: 'pending', startedAt: nowText(), checkedAt: null } as const;
        const body = { ...columns.body, vendor, request: { ...started, vendorRequestId, vendorState, from, to } };
        return { ...columns, body };
      });
    },

    looked(id, { state, vendorState, checkedAt, nextCheckAt }) {
      change(id, (columns) => {
        const { request } = columns.body;
        if (request === null || columns.state !== 'sent') return null;
        watch.set(id, nextCheckAt === null ? null : Date.parse(nextCheckAt), watch.attempts(id) + 1);
        return { ...columns, body: { ...columns.body, request: { ...request, state, vendorState, checkedAt } } };
      });
    },

    entries({ ref, state, since, limit }) {
      const place = ref === null ? null : placeOf(ref);
      const terms = [
        ...(place === null ? [] : ['connection = ? AND target = ?']),
        ...(state === null ? [] : ['state = ?']),
      ];
      const values = [...(place === null ? [] : [place.connection, place.target]), ...(state === null ? [] : [state])];
      const where = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
      const early = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
      return select(`${where} ORDER BY id DESC`, values, since === null ? limit : null)
        .map(({ row, columns }) => (columns === null ? damagedEntry(row) : entryOf(columns)))
        .filter((entry) => since === null || entry.state === 'needs-person' || Date.parse(entry.at) >= early)
        .slice(0, limit ?? undefined);
    },

    entry(id) {
      const found = reading(() => entries.find(readId(id)), null);
      if (found === null) return null;
      return found.columns === null ? damagedEntry(found.row) : entryOf(found.columns);
    },

    record(id) {
      const columns = find(id);
      return columns === null ? null : recordOf(columns, watch.at(columns.id));
    },

    openOn: (ref) => reading(() => openOn(ref), null),

    recordsIn: (states) =>
      select(`WHERE state IN (${inQuotes(states)}) ORDER BY id`, [], null).flatMap(({ columns }) =>
        columns === null ? [] : [recordOf(columns, watch.at(columns.id))],
      ),

    steps: (id) => reading(() => steps.of(readId(id)), []),

    unsettled: () =>
      select('ORDER BY id DESC', [], null).flatMap(({ row, columns }) => {
        if (columns === null) return [damagedEntry(row)];
        return ['unknown', 'needs-person'].includes(columns.state) ? [entryOf(columns)] : [];
      }),

    requests: ({ open }) =>
      select('ORDER BY id DESC', [], null).flatMap(({ columns }) => {
        if (columns === null || (open !== null && open !== (columns.state === 'sent'))) return [];
        const request = requestOf(columns, watch.at(columns.id));
        return request === null ? [] : [request];
      }),

    request(id) {
      const columns = find(id);
      return columns === null ? null : requestOf(columns, watch.at(columns.id));
    },

    due: (now) => reading(() => watch.due(now), []),
    nextDue: () => reading(() => watch.next(), null),
    attempts: (id) => reading(() => watch.attempts(id), 0),
    schedule: (id, at, attempts) => writing(() => watch.set(id, at, attempts)),
    claim: (id, now, until) => writing(() => watch.claim(id, now, until)),

    settleDamaged(id, { state, by, at }) {
      return writing(() => {
        const found = entries.find(id);
        const wrecked = steps.wrecked(id);
        if (found === null || (found.columns !== null && wrecked.length === 0)) return false;
        for (const row of [found.row, ...wrecked]) {
          database
            .prepare('INSERT INTO wreck (entry, at, by, row) VALUES (?, ?, ?, ?)')
            .run(id, at, by, JSON.stringify(row));
        }
        steps.drop(id, wrecked);
        const { connection, ref, before, after, verb, sentence } = {
          ...damagedEntry(found.row),
          connection: String(found.row.connection),
        };
        const target = ref.slice(ref.indexOf('/') + 1);
        const facts = { verb, sentence, before, after, by, reason: null, target: null, steps: 0, atOnce: false };
        const end = 'The entry was damaged; a person looked at the vendor and said what became of it.';
        const lost: EntryBody = { ...facts, at, owner, end, vendor: null, closedAt: at, request: null };
        const kept = found.columns === null ? lost : { ...found.columns.body, end, closedAt: at };
        entries.replace({ id, connection, target, state, body: kept });
        watch.remove(id);
        checked = false;
        return true;
      });
    },

    health,
    revision: () => reading(() => Number(version.get()?.data_version ?? 0) + commits, commits),
    dispose: () => database.close(),
  };
}
