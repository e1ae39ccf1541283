import type { Clock } from '../model/clock.ts';
import type { CacheWriter, Published, PublishedProgress } from './cache-writer.ts';
import { changesWriter } from './changes.ts';
import { nodeColumns } from './column-layout.ts';
import { type Patch, startPatch } from './column-patch.ts';
import { type ConnectionRow, connectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { duplicatesWriter } from './duplicates-writer.ts';
import { erase } from './erase.ts';
import { missingMarks } from './missing-rows.ts';
import { kinds } from './node-kinds.ts';
import { nodesWriter } from './nodes-writer.ts';
import { publishedRows } from './published-rows.ts';
import { clearCells } from './row-cells.ts';
import { encodedReading } from './row-codec.ts';
import { rowsWriter } from './rows-writer.ts';
import { integer } from './sql-values.ts';
import { storedAnswersOn } from './stored-answers.ts';
import { beginRun, type OpenRun, rowsOf, writeRun } from './stored-runs.ts';
import { tidyOn } from './tidy.ts';

export interface CacheSettings {
  readonly clock: Clock;
  /** Rows that may be without index and rank: searches and sorts look at them one by one. */
  readonly untidyRows: number;
  /** Answers stay those of one state until `refreshSnapshot`, or until this cache itself writes. */
  readonly holds: boolean;
}

/** A cache's writing side on an open file. Everything throws what SQLite throws, and `DamagedError`. */
export interface FileWriter extends Omit<CacheWriter, 'beginRun' | 'takeOver'> {
  beginRun(of: Parameters<CacheWriter['beginRun']>[0]): OpenRun;
  /** Goes on with a sync run that this or another thread began; null where its connection is gone. */
  writeRun(of: Omit<OpenRun, 'resume' | 'shortfall'>): ReturnType<typeof writeRun> | null;
  /** As `TakeOver` says. */
  takePublished(of: Published): boolean;
  publishedProgress(connection: string): PublishedProgress;
}

export function fileWriterOn(
  database: Database,
  { clock, untidyRows }: Pick<CacheSettings, 'clock' | 'untidyRows'>,
  keep: () => Generator<undefined, void> | null,
): FileWriter {
  const connections = connectionsTable(database);
  const nodes = nodesWriter(database);
  const changes = changesWriter(database);
  const duplicates = duplicatesWriter(database, connections);
  const missing = missingMarks(database);
  const answers = storedAnswersOn(database);
  const rows = rowsWriter(database, nodes, changes, duplicates, missing, answers);
  const published = publishedRows({ database, connections, nodes, rows, missing, clock });
  const tidy = tidyOn(database, untidyRows, keep);
  let others = othersCommits();

  /** Changes when another thread or process committed. */
  function othersCommits(): number {
    return database.revision() - database.commits();
  }

  /** One transaction. What is remembered of nodes holds only while nobody else wrote and nothing was rolled back. */
  function write<Result>(work: (patch: Patch) => Result): Result {
    try {
      return database.write(() => {
        // Asked inside: from here on nobody else writes.
        const now = othersCommits();
        if (now !== others) nodes.clear();
        others = now;
        const patch = startPatch(database);
        const result = work(patch);
        patch.flush();
        return result;
      });
    } catch (error) {
      nodes.clear();
      throw error;
    }
  }

  function known(name: string, vendor: ConnectionRow['vendor']): ConnectionRow {
    const found = connections.find(name);
    if (found !== null) return found;
    connections.declare({ name, title: name, vendor, impliedLevels: [], account: null }, 0);
    return known(name, vendor);
  }

  /** One node stands for each level that the vendor does not have, and for no other. */
  function listImplied(
    patch: Patch,
    { code, name, title, implied }: ConnectionRow,
    before: ConnectionRow | null,
  ): void {
    for (const level of implied) {
      const node = nodes.code(patch, code, level, name, title);
      patch.set('nodes', nodeColumns.listed, node, 1);
      patch.touch('nodes', node);
    }
    for (const level of before?.implied ?? []) {
      if (implied.includes(level)) continue;
      const node = database
        .statement('SELECT code FROM node WHERE connection = ? AND kind = ? AND id = ?')
        .get(code, kinds[level], name);
      if (node === undefined) continue;
      patch.set('nodes', nodeColumns.listed, integer(node.code), 0);
      patch.touch('nodes', integer(node.code));
    }
  }

  function forget(name: string): void {
    write((patch) => {
      const connection = connections.find(name);
      if (connection === null) return;
      for (const row of rowsOf(database, connection, null)) {
        clearCells(patch, row);
        patch.touch('rows', row);
      }
      for (const { code } of database.statement('SELECT code FROM node WHERE connection = ?').all(connection.code)) {
        for (const column of Object.values(nodeColumns)) patch.set('nodes', column, integer(code), 0);
      }
      const shared = duplicates.shared();
      erase(database, connection.code);
      duplicates.connectionsChanged(patch, shared);
    });
    nodes.clear();
  }

  const parts = { database, clock, connections, nodes, rows, changes, missing, write };
  return {
    beginRun({ connection, vendor, ...of }) {
      return beginRun(
        parts,
        write(() => known(connection, vendor)),
        of,
      );
    },
    writeRun(of) {
      const connection = connections.find(of.connection);
      return connection === null ? null : writeRun(parts, connection, of);
    },
    keep(connection, id, reading) {
      write((patch) => {
        const row = reading === null ? connections.find(connection) : known(connection, reading.subscription.vendor);
        if (row === null) return;
        if (reading !== null) {
          const kept = rows.keep(patch, row, encodedReading(reading), row.readAt !== null);
          const mark = missing.of(kept);
          if (mark !== null && !mark.isThere) {
            rows.mark(patch, row, kept, { ...mark, isThere: true }, new Date(clock.now()).toISOString());
          }
          return;
        }
        const gone = database
          .statement('SELECT row FROM subscription WHERE id = ? AND connection = ?')
          .get(id, row.code);
        if (gone !== undefined) rows.remove(patch, row, integer(gone.row), new Date(clock.now()).toISOString());
      });
    },
    takePublished: (of) =>
      write((patch) => {
        const connection = connections.find(of.connection);
        return connection !== null && published.take(patch, connection, of);
      }),
    publishedProgress: (connection) => published.progress(connection),
    keepAnswer: (answer) => write(() => answers.keep(answer, clock.now())),
    outdateAnswers: (connection, id) => write(() => answers.outdate(connection, id, clock.now())),
    noteFault(name, fault) {
      write(() => {
        const connection = connections.find(name);
        if (connection !== null) connections.ended(connection.code, { readAt: null, fault });
      });
    },
    declareConnections(declared) {
      const news = [...declared.entries()].filter(([position, { name, title, vendor, impliedLevels, account }]) => {
        const found = connections.find(name);
        if (found?.title !== title || found.vendor !== vendor) return true;
        if (found.account !== account || found.position !== position) return true;
        return JSON.stringify(found.implied) !== JSON.stringify(impliedLevels);
      });
      if (news.length === 0) return;
      // What was read of one account says nothing of another.
      for (const [, { name, account }] of news) {
        const before = connections.find(name)?.account ?? null;
        if (before !== null && account !== null && account !== before) forget(name);
      }
      write((patch) => {
        const shared = duplicates.shared();
        for (const [position, connection] of news) {
          const before = connections.find(connection.name);
          connections.declare(connection, position);
          listImplied(patch, known(connection.name, connection.vendor), before);
        }
        duplicates.connectionsChanged(patch, shared);
      });
    },
    forget,
    purge() {
      write(() => erase(database, null));
      nodes.clear();
      database.shrink();
    },
    tidy: (when = 'idle') => tidy(when),
    letWritesEnd: database.letWritesEnd,
  };
}
