import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Vendor } from '../../src/api/contract.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import type { Plan, WriteResult } from '../../src/writes/contract.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { fastClock } from './clocks.ts';
import { memoryCache } from './memory-cache.ts';
import { openShop } from './shop.ts';
import { connectionsTo, type ShopOptions, shopVendor } from './shop-vendor.ts';

/** How often a torture case runs; 1 in the normal suite. */
export const torture = Number(process.env.SUBDECK_TORTURE ?? 1);

export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'subdeck-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A shop, a journal on disk, and the writes layer between them, on the test's own clock. */
export async function openWriteFixture(
  options: Partial<ShopOptions> & {
    readonly vendor?: (vendor: Vendor) => Vendor;
    readonly journal?: (journal: Journal) => Journal;
  } = {},
) {
  const clock = fastClock();
  const shop = await openShop(clock.really);
  onTestFinished(shop.stop);
  const path = join(temporaryDirectory(), 'state', 'journal.db');
  const real = shopVendor(shop.origin, { clock, ...options });
  const vendor = options.vendor?.(real) ?? real;
  const mode = { offline: false, readOnly: false };
  const cache = memoryCache();
  const connections = connectionsTo(vendor);
  const open = (onClock: Clock = clock) => {
    const opened = openJournal(path, { clock: onClock });
    onTestFinished(() => opened.dispose());
    const journal = options.journal?.(opened) ?? opened;
    const parts = { journal, cache, connections, vendorOf: async () => vendor, clock: onClock, mode, by: 'tester' };
    const writes = createWrites(parts);
    onTestFinished(() => writes.follower.stop());
    return { journal, writes, parts };
  };
  const { journal, writes: sender, parts } = open();
  const plan = async (writeRequest: WriteRequest, seen: Subscription | null = null): Promise<Plan> => {
    const planned = await sender.plan(writeRequest, seen);
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    return planned.plan;
  };
  const send = async (writeRequest: WriteRequest): Promise<WriteResult> =>
    sender.apply(await plan(writeRequest), { reason: null });
  return { parts, connections, clock, shop, path, vendor, mode, cache, journal, writes: sender, plan, send, open };
}

export type WriteFixture = Awaited<ReturnType<typeof openWriteFixture>>;
