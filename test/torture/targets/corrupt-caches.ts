import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { openCache } from '../../../src/query/open-cache.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { intent } from '../../journal/intent.ts';
import { manyRows, subscription } from '../../state/rows.ts';
import { everythingRead } from '../../store/run-ends.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';

const clock = fastClock();
/** Maximum milliseconds for a start, three times the allowed time. */
const patience = 3 * 2000;
const rows = manyRows(120);

const harms: readonly (readonly [string, (path: string, whole: Buffer, random: SeededRandom) => void])[] = [
  ['turned bits', (path, whole, random) => writeFileSync(path, turned(whole, random, 1 + random.below(8)))],
  [
    'a page of zeros',
    (path, whole, random) =>
      writeFileSync(
        path,
        overwritten(whole, random, () => 0),
      ),
  ],
  [
    'a page of noise',
    (path, whole, random) =>
      writeFileSync(
        path,
        overwritten(whole, random, () => random.below(256)),
      ),
  ],
  ['cut anywhere', (path, whole, random) => truncateSync(path, random.below(whole.length))],
  ['nothing but noise', (path, _, random) => writeFileSync(path, noise(random, 1 + random.below(60_000)))],
  ['a stranger’s -wal beside it', (path, _, random) => writeFileSync(`${path}-wal`, noise(random, random.below(9000)))],
];

export const corruptCaches: Target = {
  name: 'corrupt caches',
  promise: 'With any damage to the cache file the program starts, stores new rows, and leaves the journal unchanged.',
  full: 1000,
  mutants: [
    {
      name: 'damage that goes undetected',
      tries: 60,
      patches: [{ file: 'src/store/file-trouble.ts', find: 'if (damage.includes(found)) return true;', replace: '' }],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const path = join(directory, 'cache.db');
    const journalPath = join(directory, 'journal.db');
    const journal = openJournal(journalPath, { clock });
    await journal.intend(intent);
    journal.dispose();
    const journalBytes = readFileSync(journalPath);
    keep(path, rows);
    const whole = readFileSync(path);
    let anew = 0;
    let slowest = 0;
    for (let nth = 0; nth < n; nth += 1) {
      for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
      writeFileSync(path, whole);
      const [name, harm] = random.pick(harms);
      harm(path, whole, random);
      const began = performance.now();
      try {
        if (start(path) !== null) anew += 1;
      } catch (error) {
        faults.push(`${name}: ${String(error)}`);
      }
      slowest = Math.max(slowest, performance.now() - began);
      if (performance.now() - began > patience)
        faults.push(`${name}: took ${Math.round(performance.now() - began)} ms`);
      if (!existsSync(journalPath) || !readFileSync(journalPath).equals(journalBytes)) {
        faults.push(`${name}: the journal was touched`);
        writeFileSync(journalPath, journalBytes);
      }
    }
    return { n, faults, facts: [`${anew} begun anew`, `the slowest start ${Math.round(slowest)} ms`] };
  },
};

/** Queries everything and stores one more row; damage found only then recreates the cache, and the next store succeeds. Returns the notice. */
function start(path: string): string | null {
  const cache = openCache(path, { clock, untidyRows: 0 });
  try {
    const query = { scope: [], connections: null, filter: [], search: null, sort: [] };
    cache.levelWindow({ ...query, level: 'organization', offset: 0, limit: 50, sort: null });
    cache.totals(query);
    for (const { ref } of cache.eachSubscription(query)) cache.subscription('nordic', ref);
    const more = subscription({ id: 'more' });
    for (let tries = 0; tries < 2 && cache.subscription('nordic', 'more') === null; tries += 1) {
      cache.keep('nordic', 'more', { subscription: more, raw: {} });
    }
    if (cache.subscription('nordic', 'more') === null) throw new Error('A new row was not stored.');
    return cache.notice;
  } finally {
    cache.close();
  }
}

function keep(path: string, all: readonly Subscription[]): void {
  const cache = openCache(path, { clock, untidyRows: 0 });
  for (const [connection, own] of Map.groupBy(all, (row) => row.connection)) {
    const run = cache.beginRun({ connection, vendor: own[0]?.vendor ?? 'cloudmore', within: null, freshSince: 0 });
    const readings = own.map((row) => ({ subscription: row, raw: { id: row.id } }));
    run.keepPage({
      rows: readings,
      nodes: [],
      progress: { done: 0, total: null },
      resume: null,
      complete: true,
      missing: [],
      shortfall: 0,
    });
    run.finish(everythingRead);
  }
  while (cache.tidy());
  cache.close();
}

function turned(whole: Buffer, random: SeededRandom, bits: number): Buffer {
  const bytes = Buffer.from(whole);
  for (let left = bits; left > 0; left -= 1) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return bytes;
}

function overwritten(whole: Buffer, random: SeededRandom, byte: () => number): Buffer {
  const bytes = Buffer.from(whole);
  const from = random.below(Math.max(1, Math.floor(bytes.length / 4096))) * 4096;
  for (let at = from; at < from + 4096 && at < bytes.length; at += 1) bytes[at] = byte();
  return bytes;
}

function noise(random: SeededRandom, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}
