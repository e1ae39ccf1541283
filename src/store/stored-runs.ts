import type { NodeFact } from '../api/contract.ts';
import type { Clock } from '../model/clock.ts';
import type { Pin } from '../model/scope.ts';
import type { SyncRunMark, SyncRunOutcome } from './cache-writer.ts';
import type { ChangesWriter } from './changes.ts';
import { nodeColumns, pieceSize, rowColumns } from './column-layout.ts';
import { type Patch, startPatch } from './column-patch.ts';
import type { ConnectionRow, ConnectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { diskReserve } from './disk-reserve.ts';
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
  /** One transaction, whose patch is flushed at its end. */
  write<Result>(work: (patch: Patch) => Result): Result;
}

/** A sync run as it lies in the file: what every thread that keeps pages of it goes by. */
export type OpenRun = Omit<SyncRunMark, 'file'> & { readonly resume: string | null };

export interface EncodedPage {
  readonly rows: readonly EncodedReading[];
  readonly nodes: readonly NodeFact[];
  readonly resume: string | null;
}

/** Begins a sync run over a connection, or over the branch below one node of it; takes up an interrupted one. */
export function beginRun({ database, clock, write }: RunDeps, connection: ConnectionRow, within: Pin | null): OpenRun {
  const branch = within !== null && isWhole(connection, within) ? null : within;
  const scope = branch === null ? '' : `${branch.level} ${branch.id ?? ''}`;
  const { id, started, resume } = write(() => openPass(database, connection.code, scope, clock.now()));
  return { id, started, connection: connection.name, within: branch, isNews: connection.readAt !== null, resume };
}

/**
 * Keeps the pages of a sync run that was begun, and ends it; nothing, and false, where its connection was removed
 * meanwhile.
 */
export function writeRun(deps: RunDeps, connection: ConnectionRow, of: Omit<OpenRun, 'resume'>) {
  const { id, started, within, isNews } = of;
  const { database, clock, connections, nodes, rows, changes, write } = deps;
  const setResume = database.statement('UPDATE pass SET resume = ? WHERE id = ? AND started = ?');

  const isGone = () => connections.find(connection.name)?.code !== connection.code;

  const reserve = diskReserve(database);

  function keepPage(page: EncodedPage): boolean {
    reserve(page.rows.reduce((sum, { encodedRow, raw }) => sum + encodedRow.length + raw.length, 0));
    return write((patch) => {
      if (isGone()) return false;
      nodes.list(patch, connection.code, page.nodes, id);
      const kept = page.rows.map((reading) => rows.keep(patch, connection, reading, isNews));
      if (setResume.run(page.resume, id, started).changes > 0) markSeen(database, id, kept);
      return true;
    });
  }

  /** A row that was read by itself, or by another pass, since this one was begun is there all the same. */
  function removeUnseen(patch: Patch): void {
    const now = clock.now();
    const seen = seenRows(database, id);
    const isReadSince = (row: number) => {
      const readAt = patch.get(rowColumns.readAt, row);
      return readAt > started && readAt <= now;
    };
    for (const row of rowsOf(database, connection, within)) {
      if (!seen.has(row) && !isReadSince(row)) rows.remove(patch, connection, row, new Date(now).toISOString());
    }
    if (within !== null) return;
    const unlisted = database
      .statement('SELECT code FROM node WHERE connection = ? AND pass < ?')
      .all(connection.code, id);
    for (const { code } of unlisted) {
      patch.set('nodes', nodeColumns.listed, integer(code), 0);
      database.statement('UPDATE node SET pass = NULL WHERE code = ?').run(integer(code));
    }
  }

  function finish({ complete, fault }: SyncRunOutcome): void {
    write((patch) => {
      if (isGone()) return;
      // None where another program ended it, which took it up as well, or began the file anew: what was seen is forgotten.
      const stored = database.statement('SELECT resume FROM pass WHERE id = ? AND started = ?').get(id, started);
      const isEnded = complete && stored !== undefined;
      if (isEnded) {
        removeUnseen(patch);
        changes.trim(clock.now());
      }
      const readAt = isEnded && within === null ? new Date(clock.now()).toISOString() : null;
      connections.ended(connection.code, { readAt, fault });
      if (isEnded || stored?.resume === null) dropPass(database, id);
    });
  }

  return { keepPage, finish };
}

/** A node that stands for the whole connection. */
function isWhole(connection: ConnectionRow, { level, id }: Pin): boolean {
  return connection.implied.includes(level) && id === connection.name;
}

function openPass(database: Database, connection: number, scope: string, now: number) {
  const old = database
    .statement('SELECT id, started, resume FROM pass WHERE connection = ? AND scope = ?')
    .get(connection, scope);
  if (old !== undefined) {
    const resume = textOrNull(old.resume);
    const [id, started] = [integer(old.id), integer(old.started)];
    const age = now - started;
    if (resume !== null && age >= 0 && age < resumableFor) return { id, started, resume };
    dropPass(database, id);
  }
  const made = database
    .statement('INSERT INTO pass (connection, scope, started) VALUES (?, ?, ?)')
    .run(connection, scope, now);
  return { id: Number(made.lastInsertRowid), started: now, resume: null };
}

function dropPass(database: Database, id: number): void {
  database.statement('DELETE FROM seen WHERE pass = ?').run(id);
  database.statement('DELETE FROM pass WHERE id = ?').run(id);
}

function markSeen(database: Database, pass: number, rows: readonly number[]): void {
  const pieces = new Map<number, Uint8Array>();
  for (const row of rows) {
    const segment = Math.floor(row / pieceSize);
    const bits = pieces.get(segment) ?? storedBits(database, pass, segment);
    const index = row % pieceSize;
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
    pieces.set(segment, bits);
  }
  const put = database.statement('INSERT OR REPLACE INTO seen (pass, segment, bits) VALUES (?, ?, ?)');
  for (const [segment, bits] of pieces) put.run(pass, segment, bits);
}

function storedBits(database: Database, pass: number, segment: number): Uint8Array {
  const found = database.statement('SELECT bits FROM seen WHERE pass = ? AND segment = ?').get(pass, segment);
  return found === undefined ? new Uint8Array(bitsBytes) : bytes(found.bits).slice(0, bitsBytes);
}

function seenRows(database: Database, pass: number): { has(row: number): boolean } {
  const pieces = new Map<number, Uint8Array>();
  for (const { segment, bits } of database.statement('SELECT segment, bits FROM seen WHERE pass = ?').all(pass)) {
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
