import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Page, Reading } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import type { Clock } from '../../src/model/clock.ts';
import { subscriptionFrom } from '../../src/model/mapped-subscription.ts';
import type { Named, Subscription } from '../../src/model/subscription.ts';
import type { CacheReader, SubscriptionQuery } from '../../src/query/cache-reader.ts';
import { openCache } from '../../src/query/open-cache.ts';
import type { CacheWriter } from '../../src/store/cache-writer.ts';
import { everythingRead } from './run-ends.ts';

export const noon = Date.parse('2026-11-21T12:00:00Z');

/** A clock that moves only when told to. */
export function standingClock(at = noon): Clock & { set(now: number): void } {
  let now = at;
  return {
    now: () => now,
    monotonic: () => performance.now(),
    instant: () => ({ wall: now, boot: { id: 'boot', ms: now } }),
    wait: async () => {},
    set: (later) => {
      now = later;
    },
  };
}

export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-cache-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export type Cache = CacheReader & CacheWriter;

/** `untidyRows` 0: compacting indexes and ranks everything, however small the cache. */
export function openScratch(path = join(scratch(), 'cache.db'), clock: Clock = standingClock()): Cache {
  const cache = openCache(path, { clock, untidyRows: 0 });
  onTestFinished(() => cache.close());
  return cache;
}

export function named(id: string, name = id): Named {
  return { id, name: safeText(name) };
}

/** A subscription with default values for what a test does not specify. */
export function row(
  over: Partial<Omit<Subscription, 'name'>> & { readonly id: string; readonly name?: string },
): Subscription {
  const connection = over.connection ?? 'nordic';
  const { name = over.id, ...rest } = over;
  return subscriptionFrom({
    connection,
    vendor: 'cloudmore',
    status: 'active',
    services: [],
    isAddon: false,
    isTrial: false,
    prices: [],
    hasLicenseKey: false,
    externalIds: {},
    readAt: '2026-11-21T11:00:00.000Z',
    surprises: [],
    ...rest,
    ref: `${connection}/${over.id}`,
    name: safeText(name),
  });
}

export function page(rows: readonly Subscription[], over: Partial<Page> = {}): Page {
  const readings: readonly Reading[] = rows.map((subscription) => ({ subscription, raw: { id: subscription.id } }));
  return {
    rows: readings,
    nodes: [],
    progress: { done: 0, total: null },
    resume: null,
    complete: true,
    missing: [],
    shortfall: 0,
    ...over,
  };
}

/** A whole sync run in one page. */
export function fill(
  cache: Cache,
  rows: readonly Subscription[],
  over: Partial<Page> = {},
  connection = 'nordic',
): void {
  const run = cache.beginRun({ connection, vendor: rows[0]?.vendor ?? 'cloudmore', within: null, freshSince: 0 });
  run.keepPage(page(rows, over));
  run.finish(everythingRead);
}

export const everything: SubscriptionQuery & { readonly filter: readonly never[] } = {
  scope: [],
  connections: null,
  filter: [],
  search: null,
  sort: [],
  offset: 0,
  limit: 1000,
};

export function ids(cache: Cache, query: Partial<SubscriptionQuery> = {}): readonly string[] {
  return cache.subscriptionWindow({ ...everything, ...query }).rows.map(({ id }) => id);
}

export function tidyAll(cache: Cache): void {
  while (cache.tidy());
}
