/**
 * Measures window queries on a filled cache, in-process: `node bench/windows.ts DIR [ROUNDS]`. Every line has the number
 * of runs, and the median, 99th percentile and maximum in milliseconds.
 */

import { systemClock } from '../src/app/clock.ts';
import { appPathsIn } from '../src/app/paths.ts';
import { sortFields } from '../src/model/field-names.ts';
import { parseFilter } from '../src/model/filter-parse.ts';
import type { SubscriptionQuery } from '../src/query/cache-reader.ts';
import { openCache } from '../src/query/open-cache.ts';
import { cacheConnections } from './made-up-rows.ts';

const [directory, roundsText = '3'] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('Usage: node bench/windows.ts DIR [ROUNDS]\n');
  process.exit(2);
}
const rounds = Number(roundsText);
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
const path = appPathsIn(directory).cache;

const began = performance.now();
let cache = openCache(path, { clock });
const top = cache.levelWindow({
  level: 'seller',
  scope: [],
  connections: null,
  search: null,
  sort: null,
  offset: 0,
  limit: 50,
});
say('start to first level', [performance.now() - began]);
say('first subscriptions after that', [timed(() => cache.subscriptionWindow(base))]);
process.stdout.write(
  `${top.total} sellers, ${cache.subscriptionWindow(base).total} subscriptions, ${megabytes()} MB\n`,
);

cache.close();
const again = performance.now();
cache = openCache(path, { clock });
cache.subscriptionWindow(base);
say('start to first subscriptions', [performance.now() - again]);

const warming: number[] = [];
for (let more = true; more; ) warming.push(timed(() => (more = cache.warm())));
say('warming up in idle moments, a slice', warming);
say('  all slices', [warming.reduce((sum, time) => sum + time, 0)]);

/** Substrings of texts in the cache, each used once, and some without a match: no search is answered from a cache of results. */
function* searchTexts(length: number): Generator<string> {
  const seen = new Set<string>();
  const size = cache.subscriptionWindow(base).total;
  for (let step = 1; step < 400; step += 1) {
    const offset = Math.floor(size * ((step * 0.618034) % 1));
    const [row] = cache.subscriptionWindow({ ...base, offset, limit: 1 }).rows;
    if (row === undefined) return;
    const texts = [row.name, row.organization?.name ?? '', row.id, row.product?.name ?? '', row.reseller?.name ?? ''];
    const text = texts[step % texts.length] ?? '';
    const start = (step * 7) % Math.max(1, text.length - length);
    const needle = step % 20 === 0 ? `${text.slice(start, start + length - 1)}¤` : text.slice(start, start + length);
    if (needle.trim().length < length || seen.has(needle)) continue;
    seen.add(needle);
    yield needle;
  }
}
for (const [length, name] of [1, 2, 3, 4, 6, 9].map((each) => [each, `${each} letters`] as const)) {
  const times: number[] = [];
  for (const search of searchTexts(length)) {
    const field = (['name', 'ends', 'org'] as const)[times.length % 3] ?? 'name';
    const sort = [{ field, descending: false }];
    cache.subscriptionWindow({ ...base, sort, offset: 1000 });
    times.push(timed(() => cache.subscriptionWindow({ ...base, search, sort })));
  }
  say(`first window of a search, ${name}`, times);
}
const filters = [
  'status:active ends<30d',
  'org:acme',
  'trial',
  'qty>=100 -status:active',
  'name:backup',
  'price>500',
  'acme trial',
  'service:mail',
  'id:100',
  '-backup',
];
const filterTimes: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  for (const text of filters) {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    const time = timed(() => cache.subscriptionWindow({ ...base, limit: 50 + round, filter: parsed.filter }));
    if (round === 0) say(`first window of ${text}`, [time]);
    filterTimes.push(time);
  }
}
say('first window of a filter', filterTimes);

const sorts: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  for (const field of sortFields) {
    for (const descending of [false, true]) {
      sorts.push(timed(() => cache.subscriptionWindow({ ...base, sort: [{ field, descending }] })));
    }
  }
}
say('change of sort column', sorts);

const scrolls: number[] = [];
const total = cache.subscriptionWindow(base).total;
for (let step = 0; step < 300; step += 1) {
  const offset = step < 100 ? step * 50 : Math.floor((total - 50) * (step / 299));
  scrolls.push(timed(() => cache.subscriptionWindow({ ...base, offset })));
}
say('scrolling, anywhere', scrolls);
const places: number[] = [];
for (let step = 0; step < 100; step += 1) {
  const row = cache.subscriptionWindow({ ...base, offset: Math.floor((total - 1) * (step / 99)), limit: 1 }).rows[0];
  if (row !== undefined) places.push(timed(() => cache.positionOf(base, row.ref)));
}
say('position of a row', places);

for (const level of ['seller', 'reseller', 'organization', 'service'] as const) {
  const query = { level, scope: [], connections: null, search: null, sort: null, offset: 0, limit: 50 };
  say(`first window of ${level}s`, [timed(() => cache.levelWindow(query))]);
  say(`${level}s by name, next window`, [timed(() => cache.levelWindow({ ...query, offset: 50 }))]);
  say(`${level}s by services`, [
    timed(() => cache.levelWindow({ ...query, sort: { field: 'services', descending: true } })),
  ]);
  say(`${level}s by seats`, [timed(() => cache.levelWindow({ ...query, sort: { field: 'seats', descending: true } }))]);
  say(`${level}s searched`, [timed(() => cache.levelWindow({ ...query, search: 'acm' }))]);
}
const organization = cache.levelWindow({
  level: 'organization',
  scope: [],
  connections: null,
  search: null,
  sort: null,
  offset: 7,
  limit: 1,
}).rows[0];
if (organization !== undefined) {
  const place = [{ level: 'organization', connection: organization.connection, id: organization.id }] as const;
  say('services of an organization', [
    timed(() =>
      cache.levelWindow({
        level: 'service',
        scope: place,
        connections: null,
        search: null,
        sort: null,
        offset: 0,
        limit: 50,
      }),
    ),
  ]);
  say('subscriptions of an organization', [timed(() => cache.subscriptionWindow({ ...base, scope: place }))]);
}
say('totals', [timed(() => cache.totals(base))]);
const bases = Object.fromEntries(cacheConnections.map(({ name }) => [name, 'unit'] as const));
say('money', [timed(() => cache.costs(base, bases))]);
process.stdout.write(`${megabytes()} MB\n`);

/** BENCH_CPU=1 measures CPU time instead of wall time, for a machine with other load. */
function now(): number {
  if (process.env.BENCH_CPU === undefined) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function timed(work: () => unknown): number {
  const start = now();
  work();
  return now() - start;
}

function say(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  process.stdout.write(
    `${what.padEnd(44)} n=${String(times.length).padEnd(4)} ${at(0.5).padStart(8)} ${at(0.99).padStart(8)} ${at(1).padStart(8)}\n`,
  );
}

function megabytes(): string {
  return (process.memoryUsage().rss / 1e6).toFixed(0);
}
