import type { SQLInputValue } from 'node:sqlite';
import { likenessOf, vendorOfAccount } from '../../model/account.ts';
import { type JournalEntry, type JournalState, journalStates } from '../../model/journal-entry.ts';
import { readId } from '../id.ts';
import { type Intent, type JournalReader, type JournalWriter, openStates, type WritePlace } from '../journal.ts';
import { damagedEntry, type EntryColumns, entryOf, placeOf, type Row, recordOf, requestOf } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';
import { partsOf } from './plan-rows.ts';

type Reads = Omit<JournalReader, 'author' | 'health' | 'outOfDate' | 'storeWait' | 'revision' | 'refresh'> &
  Pick<JournalWriter, 'stored' | 'storedIn' | 'openOn'>;

interface FoundEntry {
  readonly row: Row;
  /** Null: damaged. */
  readonly columns: EntryColumns | null;
}

const quoted = (states: readonly JournalState[]): string => states.map((state) => `'${state}'`).join(', ');
/** Exactly the condition of the partial index, so that open entries are found without reading settled ones. */
const isOpen = `state IN (${quoted(openStates)})`;

/** Reads the journal. Rows are checked as they are read: a damaged one is listed, never left out. */
export function entryReads(journalFile: JournalFile): Reads {
  const { entries, steps, verdicts, marks, links, schedule, heartbeats, reading } = journalFile;

  /** Damage that nobody knew of yet. */
  const isNews = ({ row, columns }: FoundEntry): boolean =>
    columns === null && !journalFile.damaged().includes(String(row.id));

  function select(where: string, values: readonly SQLInputValue[] = []) {
    const found = reading<readonly FoundEntry[]>(() => [...entries.select(where, values)], []);
    if (found.some(isNews)) journalFile.recheck();
    return found;
  }

  function find(id: string): EntryColumns | null {
    return whole(reading(() => entries.find(readId(id)), null));
  }

  /** Also where only a step or a verdict of it is damaged: what is left of it does not say how it stands. */
  const isDamaged = ({ row, columns }: FoundEntry): boolean =>
    columns === null || journalFile.damaged().includes(String(row.id));

  const shown = (found: FoundEntry): JournalEntry =>
    found.columns === null || isDamaged(found) ? damagedEntry(found.row, found.columns) : entryOf(found.columns);

  const whole = (found: FoundEntry | null): EntryColumns | null =>
    found === null || isDamaged(found) ? null : found.columns;

  function recordsIn(states: readonly JournalState[]) {
    const onlyOpen = states.every((state) => openStates.includes(state)) ? `${isOpen} AND` : '';
    return select(`WHERE ${onlyOpen} state IN (${quoted(states)}) ORDER BY id`).flatMap((found) => {
      const columns = whole(found);
      return columns === null ? [] : [recordOf(columns, schedule.at(columns.id))];
    });
  }

  function read(id: string): FoundEntry | null {
    const found = reading(() => entries.find(readId(id)), null);
    if (found !== null && isNews(found)) journalFile.recheck();
    return found;
  }

  return {
    entries({ ref, state, since, limit }) {
      const place = ref === null ? null : placeOf(ref);
      const terms: readonly (readonly [string, readonly string[]])[] = [
        ...(place === null ? [] : [['connection = ? AND target = ?', [place.connection, place.target]] as const]),
        ...(state === null ? [] : [['state = ?', [state]] as const]),
      ];
      const where = terms.length === 0 ? '' : `WHERE ${terms.map(([term]) => term).join(' AND ')}`;
      const tail = limit === null || since !== null ? '' : `LIMIT ${Math.max(0, Math.trunc(limit))}`;
      const rows = select(
        `${where} ORDER BY id DESC ${tail}`,
        terms.flatMap(([, values]) => values),
      );
      const recent =
        since === null ? rows : rows.filter(({ columns }) => columns === null || !isBefore(columns, since));
      return recent.slice(0, limit ?? undefined).map(shown);
    },
    entry(id) {
      const found = read(id);
      return found === null ? null : shown(found);
    },
    record(id) {
      const columns = find(id);
      return columns === null ? null : recordOf(columns, schedule.at(columns.id));
    },
    async stored(id) {
      const found = read(id);
      if (found === null) return null;
      const columns = whole(found);
      const record = columns === null ? null : recordOf(columns, schedule.at(columns.id));
      const isBeingSent = record !== null && reading(() => heartbeats.mayLive(record.owner), true);
      return { entry: shown(found), record, isBeingSent, steps: reading(() => steps.of(readId(id)), []) };
    },
    storedIn: async (states) => recordsIn(states),
    openOn: async (place) => reading(() => openOn(journalFile, place), null),
    recordsIn,
    steps: (id) => reading(() => steps.of(readId(id)), []),
    verdicts(id) {
      const columns = find(id);
      return columns === null ? [] : reading(() => verdicts.of(columns), []);
    },
    damaged: () => journalFile.damaged(),
    knownParts: (plan) => reading(() => partsOf(journalFile, plan), new Map()),
    marks: () => reading(() => marks.all(), new Map()),
    links: () => reading(() => links.all(), new Map()),
    unsettled() {
      const ids = [...journalFile.damaged()].sort().toReversed();
      const broken = ids.flatMap((id) => {
        const found = reading(() => entries.find(id), null);
        return found === null ? [] : [shown(found)];
      });
      const open = select(`WHERE ${isOpen} AND state IN ('unknown', 'needs-person') ORDER BY id DESC`)
        .filter((found) => !isDamaged(found))
        .map(shown);
      return [...broken, ...open];
    },
    requests({ open, limit }) {
      const state = { true: `${isOpen} AND state = 'sent' AND`, false: "state <> 'sent' AND", null: '' }[`${open}`];
      const tail = limit === undefined ? '' : `LIMIT ${Math.max(0, Math.trunc(limit))}`;
      return select(`WHERE ${state} request IS NOT NULL ORDER BY id DESC ${tail}`).flatMap((found) => {
        const columns = whole(found);
        return columns === null ? [] : (requestOf(columns, schedule.at(columns.id)) ?? []);
      });
    },
    request(id) {
      const columns = find(id);
      return columns === null ? null : requestOf(columns, schedule.at(columns.id));
    },
  };
}

/** The open write on a subscription, through any connection; damaged ones included. Throws what SQLite throws. */
export function openOn({ entries }: JournalFile, place: WritePlace): JournalEntry | null {
  // Through the indexes: with an OR, SQLite would scan the table.
  const found = targetsLike(entries, place).flatMap((target) => [
    ...entries.select(`WHERE account = ? AND target = ? AND ${isOpen}`, [place.account, target]),
    ...entries.select(`WHERE account IS NULL AND target = ? AND ${isOpen}`, [target]),
    // States of a later Subdeck: nobody here knows whether they are open.
    ...entries.select(`WHERE state NOT IN (${quoted(journalStates)}) AND target = ?`, [target]),
  ]);
  const open = found.find(({ columns }) => columns === null || couldBeAbout(columns, place));
  if (open === undefined) return null;
  return open.columns === null ? damagedEntry(open.row, null) : entryOf(open.columns);
}

/**
 * The open write on a subscription that looks the same under another account: a gateway, or another host name, makes a second key of one account.
 * Throws what SQLite throws.
 */
export function openElsewhere({ entries }: JournalFile, { ref, account, target }: Intent): JournalEntry | null {
  if (target === null) return null;
  const likeness = likenessOf(target);
  for (const spelling of entries.spellings(placeOf(ref).target, `WHERE ${isOpen}`, [])) {
    for (const { columns } of entries.select(`WHERE account <> ? AND target = ? AND ${isOpen}`, [account, spelling])) {
      if (columns !== null && columns.body.target !== null && likenessOf(columns.body.target) === likeness)
        return entryOf(columns);
    }
  }
  return null;
}

/** How the id of a place is spelled in entries that may be open. */
function targetsLike(entries: JournalFile['entries'], { ref }: WritePlace): readonly string[] {
  const { target } = placeOf(ref);
  return [
    ...entries.spellings(target, `WHERE ${isOpen}`, []),
    ...entries.spellings(target, `WHERE state NOT IN (${quoted(journalStates)})`, []),
  ];
}

/**
 * Whether two entries with the same id are on the same subscription. Without an account, anything that cannot be
 * distinguished is.
 */
export function couldBeAbout({ account, connection, body }: EntryColumns, place: WritePlace): boolean {
  if (account !== null) return account === place.account;
  if (connection === placeOf(place.ref).connection || body.target === null) return true;
  return body.target.vendor === vendorOfAccount(place.account);
}

function isBefore({ body }: EntryColumns, since: string): boolean {
  return Date.parse(body.at) < Date.parse(since);
}
