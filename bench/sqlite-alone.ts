/**
 * Compares the in-memory columns with SQLite alone on the same rows: `node bench/fill-cache.ts DIR N`, then
 * `node bench/sqlite-alone.ts DIR`. SQLite gets a table with a covering index for each sort column, followed by the name,
 * and a full-text index of trigrams (FTS5). The results are the basis of docs/decisions/0013-columns-in-memory.md.
 * Times in milliseconds; each query runs several times with different words.
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../src/app/clock.ts';
import { appPathsIn } from '../src/app/paths.ts';
import { parseFilter } from '../src/model/filter-parse.ts';
import type { SubscriptionQuery } from '../src/query/cache-reader.ts';
import { openCache } from '../src/query/open-cache.ts';
import { quantile } from './terminal.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('Usage: node bench/sqlite-alone.ts DIR\n');
  process.exit(2);
}
const path = appPathsIn(directory).cache;
const plainPath = join(directory, 'sqlite-alone.db');
const clock = { ...systemClock, wait: async () => {} };
const base: SubscriptionQuery = {
  scope: [],
  connections: null,
  filter: [],
  search: null,
  sort: [],
  offset: 0,
  limit: 50,
};
const words = ['zenith', 'backup', 'hokka', 'voice', 'fjord tr', 'enterp', '4242', '東京商', 'acme', 'premium'];
const statuses = ['active', 'suspended', 'pending', 'cancelled', 'expired'];
const sorted = ['qty', 'ends', 'org', 'status', 'product', 'price'] as const;

/** The queries of both sides by title, run once for each word. */
interface Question {
  readonly title: string;
  readonly words: readonly string[];
  columns(word: string): unknown;
  sqlite(word: string): unknown;
}

const began = performance.now();
fillPlain();
process.stdout.write(
  `SQLite alone: filled and indexed in ${((performance.now() - began) / 1000).toFixed(0)} s, ` +
    `${(statSync(plainPath).size / 1e6).toFixed(0)} MB beside ${(statSync(path).size / 1e6).toFixed(0)} MB\n`,
);
const cache = openCache(path, { clock });
while (cache.warm());
process.stdout.write(`The columns take ${(process.memoryUsage().arrayBuffers / 1e6).toFixed(0)} MB of memory\n`);
const plain = new DatabaseSync(plainPath, { readOnly: true });
plain.exec('PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536');
process.stdout.write(
  `${'question'.padEnd(46)}${'columns p50'.padStart(13)}${'p99'.padStart(9)}${'SQLite p50'.padStart(13)}${'p99'.padStart(9)}\n`,
);
for (const question of questions()) {
  const [columns, sqlite] = [question.columns, question.sqlite].map((ask) =>
    question.words.map((word) => timed(() => ask(word))),
  );
  process.stdout.write(`${question.title.padEnd(46)}${told(columns, 13)}${told(sqlite, 13)}\n`);
}
cache.close();
plain.close();
rmSync(plainPath);

function questions(): readonly Question[] {
  const window = (rest: string) => plain.prepare(`SELECT * FROM subscription ${rest} LIMIT 50`);
  const filter = (text: string) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return parsed.filter;
  };
  const matching = `row IN (SELECT rowid FROM words WHERE words MATCH ?)`;
  const search = window(`WHERE ${matching} ORDER BY name, row`);
  const searchByEnd = window(`WHERE ${matching} ORDER BY ends IS NULL, ends, name, row`);
  const count = plain.prepare('SELECT count(*) FROM words WHERE words MATCH ?');
  const twoFilters = window('WHERE status = ? AND qty >= 100 ORDER BY ends IS NULL, ends, name, row');
  const twoCounted = plain.prepare('SELECT count(*) FROM subscription WHERE status = ? AND qty >= 100');
  const organizations = plain.prepare(
    'SELECT org, count(*), sum(qty) FROM subscription GROUP BY org ORDER BY sum(qty) DESC LIMIT 50',
  );
  const totals = plain.prepare('SELECT count(*), sum(qty) FROM subscription');
  const deep = plain.prepare('SELECT * FROM subscription ORDER BY name, row LIMIT 50 OFFSET ?');
  const size = cache.subscriptionWindow(base).total;
  const byName = [{ field: 'name', descending: false }] as const;
  const byEnd = [{ field: 'ends', descending: false }] as const;
  const quoted = (word: string) => `"${word}"`;
  return [
    {
      title: 'a window anywhere, by name',
      words: Array.from({ length: 20 }, (_, step) => String(Math.floor((size - 50) * (step / 19)))),
      columns: (offset) => cache.subscriptionWindow({ ...base, offset: Number(offset) }),
      sqlite: (offset) => deep.all(Number(offset)),
    },
    {
      title: 'a search, by name, with its total',
      words,
      columns: (word) => cache.subscriptionWindow({ ...base, search: word, sort: byName }),
      sqlite: (word) => [search.all(quoted(word)), count.get(quoted(word))],
    },
    {
      title: 'a search, by end, with its total',
      words,
      columns: (word) => cache.subscriptionWindow({ ...base, search: word, sort: byEnd }),
      sqlite: (word) => [searchByEnd.all(quoted(word)), count.get(quoted(word))],
    },
    {
      title: 'two filters and a third column as the order',
      words: statuses,
      columns: (status) =>
        cache.subscriptionWindow({ ...base, filter: filter(`status:${status} qty>=100`), sort: byEnd }),
      sqlite: (status) => [twoFilters.all(status), twoCounted.get(status)],
    },
    {
      title: 'another order of all',
      words: sorted,
      columns: (field) =>
        cache.subscriptionWindow({ ...base, sort: [{ field: field as (typeof sorted)[number], descending: true }] }),
      sqlite: (field) => window(`ORDER BY ${field} DESC, name, row`).all(),
    },
    {
      title: 'organizations by seats',
      words: ['1', '2', '3'],
      columns: (turn) =>
        cache.levelWindow({
          level: 'organization',
          scope: [],
          connections: null,
          search: null,
          sort: { field: 'seats', descending: true },
          offset: Number(turn),
          limit: 50,
        }),
      sqlite: () => organizations.all(),
    },
    {
      title: 'totals',
      words: ['1', '2', '3'],
      columns: () => cache.totals(base),
      sqlite: () => totals.get(),
    },
  ];
}

function fillPlain(): void {
  const from = openCache(path, { clock, readOnly: true });
  rmSync(plainPath, { force: true });
  const into = new DatabaseSync(plainPath);
  into.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE subscription (row INTEGER PRIMARY KEY, ref TEXT, name TEXT, status TEXT, org TEXT, product TEXT, reseller TEXT,
      qty INTEGER, ends TEXT, price REAL, json TEXT);
    CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='trigram');
    BEGIN`);
  const row = into.prepare('INSERT INTO subscription VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const text = into.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
  let number = 0;
  for (const each of from.eachSubscription({ ...base })) {
    number += 1;
    const { ref, name, status, organization, product, reseller, quantity, endsAt, prices } = each;
    const texts = [name, organization?.name, product?.name, reseller?.name, each.id];
    const price = prices[0] === undefined ? null : Number(prices[0].amount);
    const named = [organization, product, reseller].map((one) => one?.name ?? null);
    row.run(number, ref, name, status, ...named, quantity, endsAt, price, JSON.stringify(each));
    text.run(number, texts.filter((one) => one !== undefined).join('\n'));
  }
  into.exec('COMMIT');
  for (const column of ['name', ...sorted]) into.exec(`CREATE INDEX by_${column} ON subscription (${column}, name)`);
  into.exec('CREATE INDEX by_status_qty ON subscription (status, qty, ends, name)');
  into.exec('CREATE INDEX by_org_qty ON subscription (org, qty)');
  into.exec('ANALYZE');
  into.close();
  from.close();
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function told(times: readonly number[] | undefined, width: number): string {
  const at = (share: number) => quantile(times ?? [], share).toFixed(1);
  return `${at(0.5).padStart(width)}${at(0.99).padStart(9)}`;
}
