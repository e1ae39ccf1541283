import type { NodeFact } from '../api/contract.ts';
import type { Clock } from '../model/clock.ts';
import type { Pin } from '../model/scope.ts';
import {
  type Fate,
  noFates,
  noneUnseen,
  type Removals,
  type RowFates,
  type RunScope,
  type SyncRunMark,
  type SyncRunOutcome,
  type UnseenKind,
  type UnseenRows,
} from './cache-writer.ts';
import type { ChangesWriter } from './changes.ts';
import { nodeColumns, pieceSize, rowColumns } from './column-layout.ts';
import { type Patch, startPatch } from './column-patch.ts';
import type { ConnectionRow, ConnectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { diskReserve } from './disk-reserve.ts';
import type { MissingMarks } from './missing-rows.ts';
import { kinds } from './node-kinds.ts';
import type { NodesWriter } from './nodes-writer.ts';
import type { EncodedReading } from './row-codec.ts';
import type { RowsWriter } from './rows-writer.ts';
import { bytes, integer, text, textOrNull } from './sql-values.ts';

/** An interrupted sync run is taken up within this time; later it would mix rows of two days. */
const resumableFor = 6 * 3_600_000;
const bitsBytes = pieceSize / 8;

interface RunDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly connections: ConnectionsTable;
  readonly nodes: NodesWriter;
  readonly rows: RowsWriter;
  readonly changes: ChangesWriter;
  readonly missing: MissingMarks;
  /** One transaction, whose patch is flushed at its end. */
  write<Result>(work: (patch: Patch) => Result): Result;
}

/** A sync run as it lies in the file: what every thread that keeps pages of it goes by. */
export interface OpenRun extends Omit<SyncRunMark, 'file'> {
  readonly resume: string | null;
  readonly shortfall: number | null;
}

export interface EncodedPage {
  readonly rows: readonly EncodedReading[];
  readonly nodes: readonly NodeFact[];
  readonly resume: string | null;
}

/** Begins a sync run over a connection, or over the branch below one node of it; takes up an interrupted one. */
export function beginRun(
  { database, clock, write }: RunDeps,
  connection: ConnectionRow,
  { within, freshSince }: Pick<RunScope, 'within' | 'freshSince'>,
): OpenRun {
  const branch = within !== null && isWhole(connection, within) ? null : within;
  const scope = scopeOf(branch);
  const shortfall = database
    .statement('SELECT rows FROM shortfall WHERE connection = ? AND scope = ?')
    .get(connection.code, scope);
  return {
    ...write(() => openStoredRun(database, connection, scope, { now: clock.now(), freshSince })),
    connection: connection.name,
    within: branch,
    isNews: connection.readAt !== null,
    shortfall: shortfall === undefined ? null : integer(shortfall.rows),
  };
}

/**
 * Keeps the pages of a sync run that was begun, and ends it; nothing, and false, where its connection was removed
 * meanwhile.
 */
export function writeRun(deps: RunDeps, connection: ConnectionRow, of: Omit<OpenRun, 'resume' | 'shortfall'>) {
  const { id, started, within, isNews, oldest } = of;
  const { database, clock, connections, nodes, rows, changes, missing, write } = deps;
  const setResume = database.statement('UPDATE sync_run SET resume = ? WHERE id = ? AND started = ?');
  const setKept = database.statement('UPDATE session SET kept = ? WHERE sync_run = ?');
  const rowOf = database.statement('SELECT row FROM subscription WHERE id = ? AND connection = ?');
  const idOf = database.statement('SELECT id FROM subscription WHERE row = ?');

  const isGone = () => connections.find(connection.name)?.code !== connection.code;

  const reserve = diskReserve(database);
  const now = () => new Date(clock.now()).toISOString();

  function keepPage(page: EncodedPage): boolean {
    reserve(page.rows.reduce((sum, { encodedRow, raw }) => sum + encodedRow.length + raw.length, 0));
    return write((patch) => {
      if (isGone()) return false;
      nodes.list(patch, connection.code, page.nodes, id);
      const kept = page.rows.map((reading) => rows.keep(patch, connection, reading, isNews));
      if (missing.any()) for (const row of kept) rows.mark(patch, connection, row, null, now());
      if (setResume.run(page.resume, id, started).changes > 0) {
        markSeen(database, id, kept);
        setKept.run(clock.now(), id);
      }
      return true;
    });
  }

  /** A row that was read by itself, or by another sync run, since this one was begun is there all the same. */
  function unseenRows(patch: Patch): readonly { readonly row: number; readonly kind: UnseenKind }[] {
    const until = clock.now();
    const seen = seenRows(database, id);
    const marks = missing.all();
    const isReadSince = (row: number) => {
      const readAt = patch.get(rowColumns.readAt, row);
      return readAt > started && readAt <= until;
    };
    return rowsOf(database, connection, within)
      .filter((row) => !seen.has(row) && !isReadSince(row))
      .map((row) => {
        const mark = marks.get(row);
        return { row, kind: mark === undefined ? 'new' : mark.isThere ? 'unlisted' : 'missing' };
      });
  }

  function unseen(atMost: number): UnseenRows {
    return database.read(() => {
      const session = database
        .statement('SELECT known FROM session JOIN sync_run ON id = sync_run WHERE sync_run = ? AND started = ?')
        .get(id, started);
      // Another program ended it: what was seen is forgotten.
      if (session === undefined) return noneUnseen;
      const patch = startPatch(database);
      const found = unseenRows(patch);
      const of = (kind: UnseenKind) => found.filter((each) => each.kind === kind);
      const readAt = ({ row }: { readonly row: number }) => patch.get(rowColumns.readAt, row);
      const unlisted = of('unlisted').toSorted((one, other) => readAt(one) - readAt(other));
      const first = [...of('new').slice(0, atMost), ...of('missing').slice(0, atMost), ...unlisted].slice(0, atMost);
      return {
        known: integer(session.known),
        count: { new: of('new').length, missing: of('missing').length, unlisted: unlisted.length },
        first: first.map(({ row, kind }) => ({ id: text(idOf.get(row)?.id), kind })),
      };
    });
  }

  function carryOut({ byId, others }: Removals, patch: Patch): RowFates {
    const [gone, left]: [string[], string[]] = [[], []];
    const fates = new Map<number, Fate>();
    for (const { id: asked, fate } of byId) {
      const row = rowOf.get(asked, connection.code)?.row;
      if (row === undefined) continue;
      // What is there was kept like a row of the list: it is marked although it was seen.
      if (fate === 'there') rows.mark(patch, connection, integer(row), { since: now(), isThere: true }, now());
      fates.set(integer(row), fate);
    }
    for (const { row, kind } of unseenRows(patch)) {
      const fate = fates.get(row) ?? others[kind];
      if (fate === 'gone') {
        gone.push(text(idOf.get(row)?.id));
        rows.remove(patch, connection, row, now());
      }
      if (fate === 'missing' && kind !== 'missing') {
        left.push(text(idOf.get(row)?.id));
        rows.mark(patch, connection, row, { since: now(), isThere: false }, now());
      }
    }
    return { gone, missing: left };
  }

  function unlist(patch: Patch): void {
    const unlisted = database
      .statement('SELECT code FROM node WHERE connection = ? AND sync_run < ?')
      .all(connection.code, id);
    for (const { code } of unlisted) {
      patch.set('nodes', nodeColumns.listed, integer(code), 0);
      database.statement('UPDATE node SET sync_run = NULL WHERE code = ?').run(integer(code));
    }
  }

  function finish({ complete, ended, fault, removals, shortfall }: SyncRunOutcome): RowFates {
    return write((patch) => {
      if (isGone()) return noFates;
      let fates = noFates;
      // None where another program ended it, which took it up as well, or began the file anew: what was seen is forgotten.
      const stored = database.statement('SELECT resume FROM sync_run WHERE id = ? AND started = ?').get(id, started);
      const isComplete = complete && stored !== undefined;
      if (ended && stored !== undefined) {
        fates = carryOut(removals, patch);
        changes.trim(clock.now());
        if (shortfall !== null) {
          database
            .statement('INSERT OR REPLACE INTO shortfall (connection, scope, rows) VALUES (?, ?, ?)')
            .run(connection.code, scopeOf(within), shortfall);
        }
        database.statement('UPDATE session SET ended = 1 WHERE sync_run = ?').run(id);
      }
      if (isComplete && within === null) unlist(patch);
      const readAt = isComplete && within === null ? new Date(oldest ?? clock.now()).toISOString() : null;
      if (fault !== 'unchanged') connections.ended(connection.code, { readAt, fault });
      if (isComplete || stored?.resume === null) dropStoredRun(database, id);
      return fates;
    });
  }

  return { keepPage, unseen, finish };
}

/** A node that stands for the whole connection. */
function isWhole(connection: ConnectionRow, { level, id }: Pin): boolean {
  return connection.implied.includes(level) && id === connection.name;
}

function scopeOf(within: Pin | null): string {
  return within === null ? '' : `${within.level} ${within.id ?? ''}`;
}

function openStoredRun(
  database: Database,
  { code, rows }: ConnectionRow,
  scope: string,
  { now, freshSince }: { readonly now: number; readonly freshSince: number },
): Pick<OpenRun, 'id' | 'started' | 'resume' | 'oldest'> {
  const old = database
    .statement(
      `SELECT id, started, resume, coalesce(oldest, kept, started) AS oldest, coalesce(ended, 0) AS ended
       FROM sync_run LEFT JOIN session ON sync_run = id WHERE connection = ? AND scope = ?`,
    )
    .get(code, scope);
  if (old !== undefined) {
    const resume = textOrNull(old.resume);
    const [id, started, oldest] = [integer(old.id), integer(old.started), integer(old.oldest)];
    const age = now - started;
    // What was read of hours ago is worth a list that goes on, not one whose missing part alone is read again.
    const isFresh = old.ended === 0 || (oldest >= freshSince && oldest <= now);
    if (resume !== null && age >= 0 && age < resumableFor && isFresh) {
      database.statement('UPDATE session SET oldest = ?, ended = 0 WHERE sync_run = ?').run(oldest, id);
      return { id, started, resume, oldest };
    }
    dropStoredRun(database, id);
  }
  const made = database
    .statement('INSERT INTO sync_run (connection, scope, started) VALUES (?, ?, ?)')
    .run(code, scope, now);
  const id = Number(made.lastInsertRowid);
  database.statement('INSERT INTO session (sync_run, known, kept, ended) VALUES (?, ?, ?, 0)').run(id, rows, now);
  return { id, started: now, resume: null, oldest: null };
}

export function dropStoredRun(database: Database, id: number): void {
  for (const table of ['seen', 'session']) database.statement(`DELETE FROM ${table} WHERE sync_run = ?`).run(id);
  database.statement('DELETE FROM sync_run WHERE id = ?').run(id);
}

export function markSeen(database: Database, run: number, rows: readonly number[]): void {
  const pieces = new Map<number, Uint8Array>();
  for (const row of rows) {
    const segment = Math.floor(row / pieceSize);
    const bits = pieces.get(segment) ?? storedBits(database, run, segment);
    const index = row % pieceSize;
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
    pieces.set(segment, bits);
  }
  const put = database.statement('INSERT OR REPLACE INTO seen (sync_run, segment, bits) VALUES (?, ?, ?)');
  for (const [segment, bits] of pieces) put.run(run, segment, bits);
}

function storedBits(database: Database, run: number, segment: number): Uint8Array {
  const found = database.statement('SELECT bits FROM seen WHERE sync_run = ? AND segment = ?').get(run, segment);
  return found === undefined ? new Uint8Array(bitsBytes) : bytes(found.bits).slice(0, bitsBytes);
}

export function seenRows(database: Database, run: number): { has(row: number): boolean } {
  const pieces = new Map<number, Uint8Array>();
  for (const { segment, bits } of database.statement('SELECT segment, bits FROM seen WHERE sync_run = ?').all(run)) {
    pieces.set(integer(segment), bytes(bits));
  }
  return {
    has(row) {
      const index = row % pieceSize;
      const byte = pieces.get(Math.floor(row / pieceSize))?.[index >> 3] ?? 0;
      return (byte & (1 << (index & 7))) !== 0;
    },
  };
}

/** The rows of a connection, or of one branch of it, by reading its columns piece by piece. */
export function rowsOf(database: Database, { code }: ConnectionRow, within: Pin | null): readonly number[] {
  const wanted = within === null ? null : cellsWithin(database, code, within);
  const patch = startPatch(database);
  const rows: number[] = [];
  for (let first = 0; first < database.meta('rows'); first += pieceSize) {
    const connections = patch.cells(rowColumns.connection, first);
    const cells = wanted === null ? null : patch.cells(wanted.column, first);
    for (let index = 0; index < pieceSize; index += 1) {
      if (connections[index] !== code) continue;
      if (cells === null || wanted?.codes.has(cells[index] ?? 0) === true) rows.push(first + index);
    }
  }
  return rows;
}

function cellsWithin(database: Database, connection: number, { level, id }: Pin) {
  const column = rowColumns[level === 'service' ? 'services' : level];
  if (id === null) return { column, codes: new Set([0]) };
  const node = database
    .statement('SELECT code FROM node WHERE connection = ? AND kind = ? AND id = ?')
    .get(connection, kinds[level], id);
  if (node === undefined) return { column, codes: new Set<number>() };
  const code = integer(node.code);
  if (level !== 'service') return { column, codes: new Set([code]) };
  const bundles = database.statement('SELECT code, nodes FROM bundle').all();
  const holding = bundles.filter(({ nodes }) => text(nodes).split(' ').includes(String(code)));
  return { column, codes: new Set(holding.map((bundle) => integer(bundle.code))) };
}
