import type { Charging, DeadlineRules } from '../../src/api/contract.ts';
import type { ConnectionSummary } from '../../src/commands/context.ts';
import type { AccountKey } from '../../src/model/account.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Level, VendorId } from '../../src/model/vendor.ts';
import { cacheOn } from '../../src/query/cache-on-database.ts';
import type { CacheReader } from '../../src/query/cache-reader.ts';
import { openInMemory } from '../../src/store/cache-file.ts';
import type { CacheWriter } from '../../src/store/cache-writer.ts';
import { databaseOn } from '../../src/store/database.ts';
import { encodedReading } from '../../src/store/row-codec.ts';
import { everythingRead } from '../store/run-ends.ts';

export interface FixtureConnection {
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly account: AccountKey;
  readonly deadlines: DeadlineRules;
  readonly charging: Charging;
  readonly portal: ConnectionSummary['portal'];
  readonly implied: readonly Level[];
}

/** Filled databases, by their rows: filling one takes ten times as long as copying it. */
const filled = new Map<string, Uint8Array>();

/** The program's own cache, on a database in memory. */
export interface MemoryCache extends CacheReader, Pick<CacheWriter, 'noteFault' | 'keepAnswer' | 'outdateAnswers'> {
  readonly rows: readonly Subscription[];
  /** Replaces the rows, as a sync of every connection does. */
  change(rows: readonly Subscription[]): void;
}

export function memoryCache(
  initial: readonly Subscription[],
  connections: readonly FixtureConnection[],
  clock: Clock,
): MemoryCache {
  const sqlite = openInMemory();
  const key = JSON.stringify([initial, connections]);
  const bytes = filled.get(key);
  if (bytes !== undefined) sqlite.deserialize(bytes);
  const database = databaseOn(sqlite);
  let readAt: number | null = null;
  const cache = cacheOn(database, {
    clock: { ...clock, now: () => readAt ?? clock.now() },
    untidyRows: 0,
    holds: false,
  });
  let rows: readonly Subscription[] = bytes === undefined ? [] : initial;

  function read(connection: FixtureConnection, own: readonly Subscription[]): void {
    readAt = Date.parse(own[0]?.readAt ?? '') || null;
    const { resume: _, ...mark } = cache.beginRun({
      connection: connection.name,
      vendor: connection.vendor,
      within: null,
      freshSince: 0,
    });
    const run = cache.writeRun(mark);
    const readings = own.map((subscription) => ({
      subscription,
      raw: { id: subscription.id, connection: connection.name },
    }));
    run?.keepPage({ rows: readings.map(encodedReading), nodes: [], resume: null });
    run?.finish(everythingRead);
    readAt = null;
  }

  function change(next: readonly Subscription[]): void {
    // A connection without rows would still appear in the lists.
    const used = connections.filter(({ name }) => [...rows, ...next].some((row) => row.connection === name));
    cache.declareConnections(
      used.map(({ implied, deadlines: _, charging: _charging, ...connection }) => ({
        ...connection,
        impliedLevels: implied,
      })),
    );
    for (const connection of used) {
      read(
        connection,
        next.filter((row) => row.connection === connection.name),
      );
    }
    rows = next;
  }

  if (bytes === undefined) {
    change(initial);
    filled.set(key, sqlite.serialize());
  }
  return {
    ...cache,
    notice: null,
    close: database.close,
    get rows() {
      return rows;
    },
    change,
  };
}
