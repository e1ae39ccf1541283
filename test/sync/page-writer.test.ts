import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page, SyncScope } from '../../src/api/contract.ts';
import { startPageWriter } from '../../src/app/start-page-writer.ts';
import { FaultError } from '../../src/model/fault.ts';
import { setAside } from '../../src/store/cache-file.ts';
import { syncConnection } from '../../src/sync/sync-run.ts';
import { writePagesBeside } from '../../src/sync/threaded-page-writer.ts';
import type { WorkerOrder } from '../../src/sync/worker-messages.ts';
import { type Cache, ids, noon, openScratch, page, row, scratch, standingClock } from '../store/rows.ts';
import { everythingRead } from '../store/run-ends.ts';
import { vendorThat } from './vendor.ts';

const pageRows = 150;

/** Pages of 150 rows from `resume` on, with searchable names. */
function pages(count: number, between: (number: number) => void = () => {}) {
  return async function* (scope: SyncScope): AsyncGenerator<Page> {
    for (let number = Number(scope.resume ?? 0); number < count; number += 1) {
      const first = number * pageRows;
      const rows = Array.from({ length: pageRows }, (_, index) =>
        row({ id: String(first + index).padStart(4, '0'), name: `Backup ${first + index} 安全`, quantity: 2 }),
      );
      const last = number === count - 1;
      yield page(rows, { resume: last ? null : String(number + 1), complete: last });
      between(number);
    }
  };
}

function openPageWriter(path: string, cache: Cache) {
  let threads = 0;
  const told: string[] = [];
  const pageWriter = writePagesBeside(cache, () => {
    threads += 1;
    const thread = startPageWriter(path);
    const post = thread.postMessage.bind(thread);
    thread.postMessage = (order: WorkerOrder) => {
      told.push(order.do);
      post(order);
    };
    return thread;
  });
  onTestFinished(() => pageWriter.close());
  return { pageWriter, threads: () => threads, told };
}

describe('a thread that stores pages', () => {
  it('stores what this thread would store, searches and counts included', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter, threads, told } = openPageWriter(path, cache);
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(4) }), cache, pageWriter });
    expect(told).toEqual(['expect', 'keep', 'keep', 'keep', 'keep', 'keep', 'unseen', 'finish']);
    expect(end).toEqual({ connection: 'nordic', rows: 600, complete: true, missing: [], fault: null, notes: [] });
    const here = openScratch();
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(4) }), cache: here });
    for (const query of [
      {},
      { search: 'backup 59' },
      { search: '安全' },
      { sort: [{ field: 'id', descending: true }] },
    ]) {
      expect(ids(cache, query as object)).toEqual(ids(here, query as object));
    }
    expect(ids(cache, { search: 'backup 59' })).toHaveLength(11);
    expect(cache.totals({ scope: [], connections: null, filter: [], search: null }).seats).toBe(1200);
    expect(cache.raw('nordic', '0007')).toEqual({ id: '0007' });
    expect(threads()).toBe(1);
  });

  it('marks rows as gone after a complete sync, and stores changes', async () => {
    const path = join(scratch(), 'cache.db');
    const clock = standingClock();
    const cache = openScratch(path, clock);
    const { pageWriter } = openPageWriter(path, cache);
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(2) }), cache, pageWriter });
    await syncConnection({
      freshSince: 0,
      vendor: vendorThat({ sync: pages(1) }),
      cache,
      pageWriter,
      acceptRemovals: true,
    });
    expect(ids(cache)).toHaveLength(pageRows);
    const since = new Date(noon - 86_400_000).toISOString();
    expect(cache.changes({ since, connections: null }).filter(({ to }) => to === null)).toHaveLength(pageRows);
  });

  it('keeps a stopped sync resumable', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const stop = new AbortController();
    const sync = pages(3, (number) => number === 1 && stop.abort());
    const end = await syncConnection({
      freshSince: 0,
      vendor: vendorThat({ sync }),
      cache,
      pageWriter,
      signal: stop.signal,
    });
    expect(end.fault?.kind).toBe('interrupted');
    expect(cache.freshness('nordic')).toMatchObject({ readAt: null, resumable: true });
    const asked: SyncScope[] = [];
    const again = (scope: SyncScope) => {
      asked.push(scope);
      return pages(3)(scope);
    };
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: again }), cache, pageWriter });
    expect(Number(asked[0]?.resume)).toBeGreaterThan(0);
    expect(ids(cache)).toHaveLength(3 * pageRows);
  });

  it('[fault 84] ends a sync whose file was set aside and continues in the new file', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const sync = pages(2, (number) => {
      if (number !== 0) return;
      const damaged = cache.beginRun({ connection: 'other', vendor: 'cloudmore', within: null, freshSince: 0 });
      expect(() => damaged.refuse({ damaged: true })).toThrow(FaultError);
    });
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync }), cache, pageWriter });
    expect(end.fault?.message).toMatch(/is being replaced|has been replaced/);
    expect(readdirSync(dirname(path)).some((name) => name.includes('damaged'))).toBe(true);
    expect(ids(cache)).toEqual([]);
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(2) }), cache, pageWriter });
    expect(ids(cache)).toHaveLength(2 * pageRows);
  });

  it('[fault 86] stores no page after one that hit a full disk, so that it is read again', async ({ skip }) => {
    const directory = join(scratch(), 'small');
    mkdirSync(directory);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1536k', 'tmpfs', directory]).status === 0;
    if (!mounted) skip();
    onTestFinished(() => void spawnSync('umount', ['-l', directory]));
    const path = join(directory, 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const sizes = [10, 20_000, 10, 10];
    const sync = async function* (): AsyncGenerator<Page> {
      for (const [number, size] of sizes.entries()) {
        const rows = Array.from({ length: size }, (_, index) => row({ id: `${number} ${index}`, name: 'Mail' }));
        yield page(rows, { resume: String(number), complete: number === sizes.length - 1 });
      }
    };
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync }), cache, pageWriter });
    expect(end.fault?.message).toMatch(/disk is full/);
    expect(ids(cache)).toEqual(Array.from({ length: 10 }, (_, index) => `0 ${index}`).sort());
    expect(cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 }).resume).toBe('0');
  });

  it('reports a connection that was removed in the meantime', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const sync = pages(2);
    const removed = async function* (scope: SyncScope) {
      cache.forget('nordic');
      yield* sync(scope);
    };
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: removed }), cache, pageWriter });
    expect(end.fault?.message).toMatch(/removed in the meantime/);
  });

  it('tidies once after storing, so that it ends soon', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter, told } = openPageWriter(path, cache);
    for (let time = 1; time <= 2; time += 1) {
      await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(1) }), cache, pageWriter });
      for (let look = 0; look < 3; look += 1) await pageWriter.tidy();
      expect(told.filter((order) => order === 'tidy')).toHaveLength(time);
    }
  });

  it('leaves nothing to checkpoint at close once it has compacted', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const rowsInFileAlone = () => {
      const copy = join(scratch(), 'alone.db');
      copyFileSync(path, copy);
      const alone = new DatabaseSync(copy);
      const { n } = alone.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'subscription'").get() ?? {};
      const rows = n === 0 ? 0 : alone.prepare('SELECT count(*) AS n FROM subscription').get()?.n;
      alone.close();
      return rows;
    };
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(4) }), cache, pageWriter });
    expect(rowsInFileAlone()).toBe(0);
    await pageWriter.tidy();
    expect(rowsInFileAlone()).toBe(600);
  });

  it('resumes tidying that a new sync interrupted', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(40) }), cache, pageWriter });
    const stop = new AbortController();
    const tidying = pageWriter.tidy(stop.signal);
    stop.abort();
    await tidying;
    await pageWriter.tidy();
    expect(cache.tidy('between-pages')).toBe(false);
  });

  it('stores and tidies nothing after close and does not restart', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter, threads } = openPageWriter(path, cache);
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(40) }), cache, pageWriter });
    const run = cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
    const stop = new AbortController();
    const tidying = pageWriter.tidy(stop.signal);
    stop.abort();
    pageWriter.close();
    await expect(tidying).resolves.toBeUndefined();
    await expect(pageWriter.keepPage(run, page([row({ id: 'late' })]), null)).rejects.toThrow();
    expect(threads()).toBe(1);
    expect(cache.subscription('nordic', 'late')).toBeNull();
  });

  it('starts under `nice`, where raising the priority is not allowed', ({ skip }) => {
    const script = `
      import { startPageWriter } from ${JSON.stringify(new URL('../../src/app/start-page-writer.ts', import.meta.url).href)};
      const worker = startPageWriter(${JSON.stringify(join(scratch(), 'cache.db'))});
      worker.once('message', (answer) => worker.terminate().then(() => console.log(JSON.stringify(answer))));
      worker.postMessage({ do: 'tidy' });`;
    // Root may raise its priority unless that is denied.
    const asOthers = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-sys_nice'] : [];
    const [command = '', ...words] = [...asOthers, 'nice', '-n', '10', process.execPath, '-e'];
    const { stdout, error } = spawnSync(command, [...words, script], { encoding: 'utf8' });
    if (error !== undefined) skip();
    expect(stdout).toContain('{"trouble":null,"more":false}');
  });

  it('does not resume a sync in a file that another program recreated', async () => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const { pageWriter } = openPageWriter(path, cache);
    const of = { connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 } as const;
    const run = cache.beginRun(of);
    setAside(path, noon);
    const other = openScratch(path, standingClock(noon + 1000));
    other.beginRun(of).keepPage(page([row({ id: '1' })], { resume: 'page 2', complete: false }));
    await pageWriter.keepPage(run, page([row({ id: '2' })], { resume: 'far' }), null);
    await pageWriter.finish(run, everythingRead);
    expect(ids(other)).toEqual(['1', '2']);
    expect(other.freshness('nordic').readAt).toBeNull();
    expect(other.beginRun(of).resume).toBe('page 2');
  });

  it.each([
    [
      'cannot be started',
      () => {
        throw new Error('no room for a thread');
      },
    ],
    ['has no script', () => new Worker(new URL('absent.js', import.meta.url))],
    [
      'exits early',
      (path: string) => {
        const thread = startPageWriter(path);
        thread.once('message', () => void thread.terminate());
        return thread;
      },
    ],
  ])('that %s falls back to storing in this thread', async (_, start: (path: string) => Worker) => {
    const path = join(scratch(), 'cache.db');
    const cache = openScratch(path);
    const pageWriter = writePagesBeside(cache, () => start(path));
    onTestFinished(() => pageWriter.close());
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(4) }), cache, pageWriter });
    expect(end).toMatchObject({ complete: true, fault: null });
    expect(ids(cache)).toHaveLength(4 * pageRows);
    expect(cache.freshness('nordic').readAt).not.toBeNull();
  });

  it('is not used if the rows are in the memory of this thread', async () => {
    const path = join(scratch(), 'cache.db');
    mkdirSync(path);
    const cache = openScratch(path);
    expect(cache.notice).not.toBeNull();
    const { pageWriter, threads } = openPageWriter(path, cache);
    await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: pages(2) }), cache, pageWriter });
    expect(ids(cache)).toHaveLength(2 * pageRows);
    expect(threads()).toBe(0);
  });
});
