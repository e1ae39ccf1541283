import { renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import type { Clock } from '../../model/clock.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { ProcessMark } from '../../system/process-mark.ts';
import type { JournalStep, StepRecord } from '../journal.ts';
import { makePrivateFile } from '../sqlite/database.ts';
import { type JournalFile, journalFileOf } from '../sqlite/journal-file.ts';
import { pragma } from '../sqlite/pragma.ts';
import { readShape, rescuedShape } from '../sqlite/row-shapes.ts';
import { tables } from '../sqlite/schema.ts';
import type { StoreLine, StoreNews } from './store-calls.ts';

/** Marks the file as a copy of a team's journal: "SbT2". */
const applicationId = 0x53_62_54_32;

/**
 * `version`: how many changes of an entry are in the copy. `position`: up to which line, and from which server. `outbox`: answers
 * of vendors that the store does not have yet.
 */
const own = `
  CREATE TABLE version (entry TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) STRICT;
  CREATE TABLE position (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, token TEXT, epoch TEXT) STRICT;
  INSERT INTO position VALUES (1, 0, NULL, NULL);
  CREATE TABLE outbox (entry TEXT NOT NULL, step INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (entry, step)) STRICT;
`;

/** An answer of a vendor, by entry and step. */
export interface UndeliveredAnswer {
  readonly entry: string;
  readonly index: number;
  readonly answer: StepRecord;
}

/** A line as this process writes it. */
export type OwnLine = Omit<StoreLine, 'number' | 'token'>;

/** What a line says beside the entry's columns. */
export interface LineExtras {
  readonly steps: readonly JournalStep[];
  readonly verdicts: readonly Verdict[];
  /** These are all: what was there before is replaced. */
  readonly isWhole?: true;
}

/** Up to which line the copy has all, of which server. */
export interface CopyPosition {
  readonly number: number;
  /** Of that line; null: there is none yet. */
  readonly token: string | null;
  readonly epoch: string | null;
}

/**
 * The team's journal as far as this machine knows it, in the tables of the private journal: lists and screens read it, and it lasts
 * when the store is lost. Processes of one home share the file.
 */
export interface TeamCopy {
  readonly file: JournalFile;
  position(): CopyPosition;
  versionOf(entry: string): number;
  /** Of each entry that is in the copy. */
  versions(): readonly { readonly entry: string; readonly number: number }[];
  /** Takes what the store has after `from`; null where another process of this home took it already. */
  take(news: StoreNews, from: number): void;
  /** A line that this process wrote itself, whatever others wrote before it. */
  takeOwn(line: OwnLine): void;
  /** Forgets all that is copied, to be copied again from this server. */
  restart(epoch: string): void;
  keep(undelivered: UndeliveredAnswer): void;
  undelivered(): readonly UndeliveredAnswer[];
  delivered(answer: UndeliveredAnswer): void;
}

/** Opens or makes the copy. One that is damaged is put aside, and made again from the store. */
export function openTeamCopy(
  path: string,
  { clock, owner }: { readonly clock: Clock; readonly owner: ProcessMark },
): TeamCopy {
  const database = openFile(path);
  const file = journalFileOf(path, { database, trouble: null }, { clock, owner });
  const { entries, steps, verdicts, marks, links, writing } = file;
  let looks = '';

  const position = (): CopyPosition => {
    const { number, token, epoch } = database.prepare('SELECT number, token, epoch FROM position').get() ?? {};
    const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
    return { number: Number(number ?? 0), token: textOrNull(token), epoch: textOrNull(epoch) };
  };
  const versionOf = (entry: string) =>
    Number(database.prepare('SELECT number FROM version WHERE entry = ?').get(entry)?.number ?? -1);

  function takeEntry({ key, version, connection, target, account, state, body, request, more }: OwnLine): void {
    if (version <= versionOf(key)) return;
    const place = { connection: connection ?? '', target: literal(target ?? ''), account };
    entries.put({ id: key, ...place, state: state ?? '', body, request });
    database.prepare('INSERT OR REPLACE INTO version (entry, number) VALUES (?, ?)').run(key, version);
    const extras = extrasOf(more);
    // Whether it was sent is not known then, so nothing may be concluded from the steps that are there.
    if (extras === null) return void steps.insert(key, steps.next(key), {} as never);
    if (extras.isWhole === true) {
      for (const table of ['step', 'verdict']) database.prepare(`DELETE FROM ${table} WHERE entry = ?`).run(key);
    }
    for (const { index, ...step } of extras.steps) {
      if (steps.of(key).some((each) => each.index === index)) steps.replace(key, index, step);
      else steps.insert(key, index, step);
    }
    for (const verdict of extras.verdicts) verdicts.append(key, verdict);
  }

  function takeLine(line: StoreLine): void {
    if (line.kind === 'entry') takeEntry(line);
    else if (line.kind === 'mark') marks.add(literal(line.key), json(line.body));
    else links.append(literal(line.key), json(line.body));
  }

  /** The times of the next looks, as the store has them. */
  function takeLooks(all: StoreNews['looks']): void {
    const now = JSON.stringify(clock.instant());
    database.exec('DELETE FROM watch');
    const insert = database.prepare('INSERT INTO watch (entry, due, attempts, since) VALUES (?, ?, ?, ?)');
    for (const { entry, due, attempts } of all) insert.run(entry, due === null ? null : Math.round(due), attempts, now);
  }

  return {
    file,
    position,
    versionOf,
    versions: () =>
      database
        .prepare('SELECT entry, number FROM version ORDER BY entry')
        .all()
        .map(({ entry, number }) => ({ entry: String(entry), number: Number(number) })),
    take(news, from) {
      const told = JSON.stringify(news.looks);
      if (news.lines.length === 0 && told === looks && position().epoch === news.epoch) return;
      writing(() => {
        const { number, token, epoch } = position();
        if (number !== from) return;
        news.lines.forEach(takeLine);
        if (told !== looks) takeLooks(news.looks);
        const last = news.lines.at(-1) ?? { number, token };
        if (last.number !== number || epoch === null) {
          const update = 'UPDATE position SET number = ?, token = ?, epoch = coalesce(epoch, ?)';
          database.prepare(update).run(last.number, last.token, news.epoch);
        }
      });
      looks = told;
    },
    takeOwn: (line) => writing(() => takeEntry(line)),
    // Lines of marks and of links are added again in their order, so the last one is the same.
    restart: (epoch) =>
      writing(() => {
        for (const table of ['entry', 'step', 'verdict', 'version']) database.exec(`DELETE FROM ${table}`);
        database.prepare('UPDATE position SET number = 0, token = NULL, epoch = ?').run(epoch);
      }),
    keep: ({ entry, index, answer }) =>
      writing(() => {
        const body = JSON.stringify({ entry, index, answer });
        database.prepare('INSERT OR REPLACE INTO outbox (entry, step, body) VALUES (?, ?, ?)').run(entry, index, body);
      }),
    undelivered: () =>
      file.reading(
        () =>
          database
            .prepare('SELECT body FROM outbox ORDER BY entry, step')
            .all()
            .flatMap(({ body }) => readShape<UndeliveredAnswer>(rescuedShape, String(body)) ?? []),
        [],
      ),
    delivered: ({ entry, index }) =>
      writing(() => void database.prepare('DELETE FROM outbox WHERE entry = ? AND step = ?').run(entry, index)),
  };
}

function openFile(path: string): DatabaseSync {
  try {
    return opened(path);
  } catch {
    for (const end of ['', '-wal', '-shm']) {
      try {
        renameSync(`${path}${end}`, `${path}.damaged${end}`);
      } catch {
        // It is not there.
      }
    }
    return opened(path);
  }
}

function opened(path: string): DatabaseSync {
  makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // FULL: this machine's own open entries outlast a power cut even where the store is lost.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF;',
    );
    database.exec('BEGIN IMMEDIATE');
    if (database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) {
      database.exec(`${tables} ${own} PRAGMA application_id = ${applicationId};`);
    }
    database.exec('COMMIT');
    if (pragma(database, 'application_id') !== applicationId) throw new Error('It is another file.');
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') throw new Error('It is damaged.');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Steps and verdicts as they were written: each is checked when it is read. */
const extras = v.object({
  steps: v.optional(v.array(v.looseObject({ index: v.pipe(v.number(), v.safeInteger()) })), []),
  verdicts: v.optional(v.array(v.looseObject({})), []),
  isWhole: v.optional(v.literal(true)),
});

/** Null: it cannot be read. */
function extrasOf(more: string | null): LineExtras | null {
  if (more === null) return { steps: [], verdicts: [] };
  const read = v.safeParse(extras, json(more));
  return read.success ? (read.output as unknown as LineExtras) : null;
}

function literal(text: string): string {
  const value = json<unknown>(text);
  return typeof value === 'string' ? value : text;
}

/** What cannot be read becomes an empty object, which is no row of ours and shown as damaged. */
function json<Value>(text: string): Value {
  try {
    const value: unknown = JSON.parse(text);
    if ((typeof value === 'object' && value !== null) || typeof value === 'string') return value as Value;
  } catch {
    // No JSON.
  }
  return {} as Value;
}
