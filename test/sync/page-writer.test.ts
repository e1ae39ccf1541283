import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page, SyncScope } from '../../src/api/contract.ts';
import { startKeeperThread } from '../../src/app/start-page-writer.ts';
import { FaultError } from '../../src/model/fault.ts';
import { setAside } from '../../src/store/cache-file.ts';
import { syncConnection } from '../../src/sync/sync-run.ts';
import { keepBeside } from '../../src/sync/threaded-page-writer.ts';
import type { KeeperOrder } from '../../src/sync/worker-messages.ts';
import { type Cache, ids, noon, openScratch, page, row, scratch, standingClock } from '../store/rows.ts';
import { vendorThat } from './vendor.ts';

const pageRows = 150;

/** Pages of 150 rows from `resume` on; the names of all of them can be searched for. */
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

function besideOn(path: string, book: Cache) {
  let threads = 0;
  const told: string[] = [];
  const keeper = keepBeside(book, () => {
    threads += 1;
    const thread = startKeeperThread(path);
    const post = thread.postMessage.bind(thread);
    thread.postMessage = (order: KeeperOrder) => {
      told.push(order.do);
      post(order);
    };
    return thread;
  });
  onTestFinished(() => keeper.close());
  return { keeper, threads: () => threads, told };
}

describe('a thread that keeps pages', () => {
  it('leaves in the book what this thread would have, searches and counts too', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper, threads, told } = besideOn(path, book);
    const end = await syncConnection({ vendor: vendorThat({ sync: pages(4) }), book, keeper });
    expect(told).toEqual(['expect', 'keep', 'keep', 'keep', 'keep', 'keep', 'finish']);
    expect(end).toEqual({ connection: 'nordic', rows: 600, complete: true, missing: [], fault: null });
    const here = openScratch();
    await syncConnection({ vendor: vendorThat({ sync: pages(4) }), book: here });
    for (const query of [
      {},
      { search: 'backup 59' },
      { search: '安全' },
      { sort: [{ field: 'id', descending: true }] },
    ]) {
      expect(ids(book, query as object)).toEqual(ids(here, query as object));
    }
    expect(ids(book, { search: 'backup 59' })).toHaveLength(11);
    expect(book.totals({ place: [], connections: null, filter: [], search: null }).seats).toBe(1200);
    expect(book.raw('nordic', '0007')).toEqual({ id: '0007' });
    expect(threads()).toBe(1);
  });

  it('marks gone what a complete pass did not see, and keeps what changed', async () => {
    const path = join(scratch(), 'cache.db');
    const clock = standingClock();
    const book = openScratch(path, clock);
    const { keeper } = besideOn(path, book);
    await syncConnection({ vendor: vendorThat({ sync: pages(2) }), book, keeper });
    await syncConnection({ vendor: vendorThat({ sync: pages(1) }), book, keeper });
    expect(ids(book)).toHaveLength(pageRows);
    const since = new Date(noon - 86_400_000).toISOString();
    expect(book.changes({ since, connections: null }).filter(({ to }) => to === null)).toHaveLength(pageRows);
  });

  it('leaves a stopped pass where it can be taken up', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const stop = new AbortController();
    const sync = pages(3, (number) => number === 1 && stop.abort());
    const end = await syncConnection({ vendor: vendorThat({ sync }), book, keeper, signal: stop.signal });
    expect(end.fault?.kind).toBe('interrupted');
    expect(book.freshness('nordic')).toMatchObject({ readAt: null, resumable: true });
    const asked: SyncScope[] = [];
    const again = (scope: SyncScope) => {
      asked.push(scope);
      return pages(3)(scope);
    };
    await syncConnection({ vendor: vendorThat({ sync: again }), book, keeper });
    expect(Number(asked[0]?.resume)).toBeGreaterThan(0);
    expect(ids(book)).toHaveLength(3 * pageRows);
  });

  it('[fault 84] writes nothing more of a pass whose file was set aside, and goes on in the new file', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const sync = pages(2, (number) => {
      if (number !== 0) return;
      const damaged = book.beginPass({ connection: 'other', vendor: 'cloudmore', within: null });
      expect(() => damaged.refuse({ damaged: true })).toThrow(FaultError);
    });
    const end = await syncConnection({ vendor: vendorThat({ sync }), book, keeper });
    expect(end.fault?.message).toMatch(/begun anew/);
    expect(readdirSync(dirname(path)).some((name) => name.includes('damaged'))).toBe(true);
    expect(ids(book)).toEqual([]);
    await syncConnection({ vendor: vendorThat({ sync: pages(2) }), book, keeper });
    expect(ids(book)).toHaveLength(2 * pageRows);
  });

  it('[fault 86] keeps no page behind one that found the disk full, so that it is read again', async ({ skip }) => {
    const directory = join(scratch(), 'small');
    mkdirSync(directory);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1536k', 'tmpfs', directory]).status === 0;
    if (!mounted) skip();
    onTestFinished(() => void spawnSync('umount', ['-l', directory]));
    const path = join(directory, 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const sizes = [10, 20_000, 10, 10];
    const sync = async function* (): AsyncGenerator<Page> {
      for (const [number, size] of sizes.entries()) {
        const rows = Array.from({ length: size }, (_, index) => row({ id: `${number} ${index}`, name: 'Mail' }));
        yield page(rows, { resume: String(number), complete: number === sizes.length - 1 });
      }
    };
    const end = await syncConnection({ vendor: vendorThat({ sync }), book, keeper });
    expect(end.fault?.message).toMatch(/disk is full/);
    expect(ids(book)).toEqual(Array.from({ length: 10 }, (_, index) => `0 ${index}`).sort());
    expect(book.beginPass({ connection: 'nordic', vendor: 'cloudmore', within: null }).resume).toBe('0');
  });

  it('says that a connection was removed meanwhile', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const sync = pages(2);
    const removed = async function* (scope: SyncScope) {
      book.forget('nordic');
      yield* sync(scope);
    };
    const end = await syncConnection({ vendor: vendorThat({ sync: removed }), book, keeper });
    expect(end.fault?.message).toMatch(/removed meanwhile/);
  });

  it('is told to tidy once after what it kept, so that it ends soon after', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper, told } = besideOn(path, book);
    for (let time = 1; time <= 2; time += 1) {
      await syncConnection({ vendor: vendorThat({ sync: pages(1) }), book, keeper });
      for (let look = 0; look < 3; look += 1) await keeper.tidy();
      expect(told.filter((order) => order === 'tidy')).toHaveLength(time);
    }
  });

  it('tidied, leaves nothing to write for whoever closes the file', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const rowsInFileAlone = () => {
      const copy = join(scratch(), 'alone.db');
      copyFileSync(path, copy);
      const alone = new DatabaseSync(copy);
      const { n } = alone.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'subscription'").get() ?? {};
      const rows = n === 0 ? 0 : alone.prepare('SELECT count(*) AS n FROM subscription').get()?.n;
      alone.close();
      return rows;
    };
    await syncConnection({ vendor: vendorThat({ sync: pages(4) }), book, keeper });
    expect(rowsInFileAlone()).toBe(0);
    await keeper.tidy();
    expect(rowsInFileAlone()).toBe(600);
  });

  it('goes on tidying where a new pass ended it', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    await syncConnection({ vendor: vendorThat({ sync: pages(40) }), book, keeper });
    const stop = new AbortController();
    const tidying = keeper.tidy(stop.signal);
    stop.abort();
    await tidying;
    await keeper.tidy();
    expect(book.tidy('between-pages')).toBe(false);
  });

  it('closed in the middle, keeps and tidies nothing more and is not started again', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper, threads } = besideOn(path, book);
    await syncConnection({ vendor: vendorThat({ sync: pages(40) }), book, keeper });
    const pass = book.beginPass({ connection: 'nordic', vendor: 'cloudmore', within: null });
    const stop = new AbortController();
    const tidying = keeper.tidy(stop.signal);
    stop.abort();
    keeper.close();
    await expect(tidying).resolves.toBeUndefined();
    await expect(keeper.keepPage(pass, page([row({ id: 'late' })]), null)).rejects.toThrow();
    expect(threads()).toBe(1);
    expect(book.subscription('nordic', 'late')).toBeNull();
  });

  it('starts under `nice` too, where no program may raise itself', ({ skip }) => {
    const script = `
      import { startKeeperThread } from ${JSON.stringify(new URL('../../src/app/start-page-writer.ts', import.meta.url).href)};
      const worker = startKeeperThread(${JSON.stringify(join(scratch(), 'cache.db'))});
      worker.once('message', (answer) => worker.terminate().then(() => console.log(JSON.stringify(answer))));
      worker.postMessage({ do: 'tidy' });`;
    // Root may, unless it is denied.
    const asOthers = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-sys_nice'] : [];
    const [command = '', ...words] = [...asOthers, 'nice', '-n', '10', process.execPath, '-e'];
    const { stdout, error } = spawnSync(command, [...words, script], { encoding: 'utf8' });
    if (error !== undefined) skip();
    expect(stdout).toContain('{"trouble":null,"more":false}');
  });

  it('takes no pass for its own in a file that another program began anew', async () => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const { keeper } = besideOn(path, book);
    const of = { connection: 'nordic', vendor: 'cloudmore', within: null } as const;
    const pass = book.beginPass(of);
    setAside(path, noon);
    const other = openScratch(path, standingClock(noon + 1000));
    other.beginPass(of).keepPage(page([row({ id: '1' })], { resume: 'page 2', complete: false }));
    await keeper.keepPage(pass, page([row({ id: '2' })], { resume: 'far' }), null);
    await keeper.finish(pass, { complete: true, fault: null });
    expect(ids(other)).toEqual(['1', '2']);
    expect(other.freshness('nordic').readAt).toBeNull();
    expect(other.beginPass(of).resume).toBe('page 2');
  });

  it.each([
    [
      'cannot be started',
      () => {
        throw new Error('no room for a thread');
      },
    ],
    ['has no program', () => new Worker(new URL('absent.js', import.meta.url))],
    [
      'ends in the middle',
      (path: string) => {
        const thread = startKeeperThread(path);
        thread.once('message', () => void thread.terminate());
        return thread;
      },
    ],
  ])('that %s is no hindrance: this one keeps the pages then', async (_, start: (path: string) => Worker) => {
    const path = join(scratch(), 'cache.db');
    const book = openScratch(path);
    const keeper = keepBeside(book, () => start(path));
    onTestFinished(() => keeper.close());
    const end = await syncConnection({ vendor: vendorThat({ sync: pages(4) }), book, keeper });
    expect(end).toMatchObject({ complete: true, fault: null });
    expect(ids(book)).toHaveLength(4 * pageRows);
    expect(book.freshness('nordic').readAt).not.toBeNull();
  });

  it('is not asked where the rows are in this thread’s memory', async () => {
    const path = join(scratch(), 'cache.db');
    mkdirSync(path);
    const book = openScratch(path);
    expect(book.notice).not.toBeNull();
    const { keeper, threads } = besideOn(path, book);
    await syncConnection({ vendor: vendorThat({ sync: pages(2) }), book, keeper });
    expect(ids(book)).toHaveLength(2 * pageRows);
    expect(threads()).toBe(0);
  });
});
