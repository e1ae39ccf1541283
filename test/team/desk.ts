import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Page, SyncScope } from '../../src/api/contract.ts';
import { systemClock } from '../../src/app/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { openCache } from '../../src/query/open-cache.ts';
import { writePagesHere } from '../../src/sync/page-writer.ts';
import { createSyncScheduler } from '../../src/sync/sync-scheduler.ts';
import { type TeamSync, teamSync } from '../../src/team/shared-sync.ts';
import { ids, page, row, scratch } from '../store/rows.ts';
import { noTraffic } from '../sync/traffic.ts';
import { vendorThat } from '../sync/vendor.ts';
import type { TestMember } from './members.ts';

export const account = 'cloudmore https://api.cloudmore.com';

/** What a vendor has, and how often it was asked. */
export function seller(rows: string[]) {
  const asked = { syncs: 0, reads: [] as string[] };
  return { rows, asked };
}

interface DeskOptions {
  readonly connection?: string;
  readonly view?: string;
  readonly freshFor?: number;
  readonly clock?: Clock;
  /** Of each row. */
  readonly externalIds?: () => Subscription['externalIds'];
  /** Waited for between two pages. */
  readonly pause?: () => Promise<void>;
}

/** A member with a cache of its own, and a vendor of its own that has the same as the others'. */
export function desk(of: TestMember, vendor: ReturnType<typeof seller>, options: DeskOptions = {}) {
  const { connection = 'nordic', view = 'seller-1', freshFor = 300, clock = systemClock } = options;
  const { pause, externalIds = () => ({}) } = options;
  const cache = openCache(join(scratch(), 'cache.db'), { clock: systemClock });
  onTestFinished(() => cache.close());
  cache.declareConnections([
    { name: connection, title: `${connection} title`, vendor: 'cloudmore', impliedLevels: ['seller'], account },
  ]);
  const own = { id: connection, name: `${connection} title` as Subscription['name'] };
  const readNow = (id: string) =>
    row({
      ...{ id, connection, name: `name of ${id}`, seller: own },
      ...{ externalIds: externalIds(), readAt: new Date().toISOString() },
    });
  const sync = async function* (_: SyncScope): AsyncGenerator<Page> {
    vendor.asked.syncs += 1;
    const pages = Math.max(1, Math.ceil(vendor.rows.length / 3));
    for (let nth = 0; nth < pages; nth += 1) {
      if (nth > 0) await pause?.();
      const part = vendor.rows.slice(nth * 3, nth * 3 + 3).map(readNow);
      yield page(part, { complete: nth === pages - 1 });
    }
  };
  const read = async ({ id }: { readonly id: string }) => {
    vendor.asked.reads.push(id);
    return vendor.rows.includes(id) ? { subscription: readNow(id), raw: { id } } : null;
  };
  const shared: TeamSync = teamSync({
    database: of.database,
    process: of.process,
    clock,
    cache: () => cache,
    writer: () => writePagesHere(cache),
    places: () => [
      { connection, title: `${connection} title`, vendor: 'cloudmore', impliedLevels: ['seller'], account, view },
    ],
  });
  const scheduler = createSyncScheduler({
    cache,
    clock: systemClock,
    freshFor,
    totals: () => noTraffic,
    vendorOf: async () => vendorThat({ sync, read }, connection),
    shared: { ...shared, subscribe: () => undefined },
  });
  return {
    of,
    cache,
    shared,
    rows: () => {
      cache.refreshSnapshot();
      return ids(cache);
    },
    sync: (more: { readonly acceptRemovals?: boolean; readonly signal?: AbortSignal } = {}) =>
      scheduler.run(connection, more),
    freshness: () => cache.freshness(connection),
  };
}
