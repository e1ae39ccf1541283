import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { vendors } from '../../../src/api/registry.ts';
import { vendorIn } from '../../../src/api/vendor-kind.ts';
import { tableLines } from '../../../src/cli/text-table.ts';
import { csvLines } from '../../../src/commands/csv.ts';
import { subscriptionColumns, subscriptionRow } from '../../../src/commands/subscription-row.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { safeJson } from '../../../src/model/safe-json.ts';
import { statuses } from '../../../src/model/subscription.ts';
import type { CacheReader } from '../../../src/query/cache-reader.ts';
import { openCache } from '../../../src/query/open-cache.ts';
import { finished } from '../../../src/query/steps.ts';
import type { CacheWriter } from '../../../src/store/cache-writer.ts';
import { createSyncScheduler } from '../../../src/sync/sync-scheduler.ts';
import { statusShares } from '../../../src/today/charts/bars.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { forbiddenIn, hostileText } from '../../hostile/payloads.ts';
import { openPlayer, type Player, type Recorded } from '../../hostile/recorded.ts';
import { noTraffic } from '../../sync/traffic.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';

/** One of each adapter. */
const names = ['cloudmore-seller', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'] as const;

/** `broken`: cannot be parsed as JSON. `strange`: may be JSON, in another shape than documented. */
interface Spoiling {
  readonly kind: 'broken' | 'strange';
  readonly how: string;
  apply(reply: Recorded, random: SeededRandom, response: import('node:http').ServerResponse): Recorded | 'answered';
}

const withBody =
  (change: (body: string, random: SeededRandom) => string) => (reply: Recorded, random: SeededRandom) => ({
    ...reply,
    body: change(reply.body, random),
  });

const spoilings: readonly Spoiling[] = [
  {
    kind: 'broken',
    how: 'cut short',
    apply: withBody((body, random) => body.slice(0, random.below(body.trimEnd().length))),
  },
  {
    kind: 'broken',
    how: 'a web page',
    apply: () => ({ type: 'text/html', body: '<!doctype html><title>Sign in</title>' }),
  },
  { kind: 'broken', how: 'garbage behind it', apply: withBody((body) => `${body}]`) },
  {
    kind: 'broken',
    how: 'shorter than it says',
    apply: ({ type, body }, random, response) => {
      response.writeHead(200, {
        'content-type': type,
        'content-length': Buffer.byteLength(body) + 1 + random.below(99),
      });
      response.write(body, () => response.destroy());
      return 'answered';
    },
  },
  {
    kind: 'broken',
    how: 'half a gzip or brotli',
    apply: ({ type, body }, random, response) => {
      const isGzip = random.below(2) === 0;
      const packed = isGzip ? gzipSync(body) : brotliCompressSync(body);
      response.writeHead(200, { 'content-type': type, 'content-encoding': isGzip ? 'gzip' : 'br' });
      response.end(packed.subarray(0, random.below(packed.length)));
      return 'answered';
    },
  },
  {
    kind: 'broken',
    how: 'gone in the middle',
    apply: ({ type, body }, random, response) => {
      response.writeHead(200, { 'content-type': type });
      response.write(body.slice(0, random.below(body.length)), () => response.destroy());
      return 'answered';
    },
  },
  { kind: 'broken', how: 'nested without end', apply: () => ({ type: 'application/json', body: '['.repeat(60_000) }) },
  {
    kind: 'strange',
    how: 'nested to the bottom',
    apply: () => ({ type: 'application/json', body: `${'['.repeat(20_000)}1.5${']'.repeat(20_000)}` }),
  },
  {
    kind: 'strange',
    how: 'another value',
    apply: (_, random) => ({
      type: 'application/json',
      body: random.pick(['null', '7', '"x"', 'true', '{}', '{"error":{}}', '']),
    }),
  },
  { kind: 'strange', how: 'a field of another type', apply: withBody(otherType) },
  { kind: 'strange', how: 'a field renamed, lost or doubled', apply: withBody(otherField) },
  {
    kind: 'strange',
    how: 'a hostile text',
    apply: withBody((body, random) => inJson(body, random, () => hostileText(random))),
  },
  {
    kind: 'strange',
    how: 'a word that every object knows',
    apply: withBody((body, random) => {
      const word = random.pick(['constructor', '__proto__', 'toString', 'hasOwnProperty']);
      return body.replaceAll(/"(\w*[sS]tatus|\w*[sS]tate|type)":"[^"]*"/g, `"$1":"${word}"`);
    }),
  },
  {
    kind: 'strange',
    how: 'a prototype',
    apply: withBody((body) =>
      body.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    ),
  },
  {
    kind: 'strange',
    how: 'bytes turned',
    apply: ({ type, body }, random) => {
      const bytes = Buffer.from(body);
      for (let left = 1 + random.below(3); left > 0; left -= 1) {
        const at = random.below(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      }
      return { type, body: bytes.toString('latin1') };
    },
  },
];

const values = [
  'null',
  '[]',
  '{}',
  '-1',
  '1e400',
  '"\\u0000"',
  '9007199254740993',
  'true',
  '[[]]',
  '{"a":{"b":[1]}}',
  '"constructor"',
  '"__proto__"',
  '"+275760-09-13T00:00:00Z"',
  '"2026-02-31"',
  `"${'9'.repeat(5000)}"`,
  '"0x10"',
];

/** Replaces the value of some field, but not an id. */
function otherType(body: string, random: SeededRandom): string {
  const found = [...body.matchAll(/"(\w+)":(?:"[^"]*"|-?\d[\d.]*|true|false|null)/g)].filter(
    ([, name = '']) => !isId(name),
  );
  const one = found[random.below(Math.max(1, found.length))];
  if (one === undefined) return body;
  return `${body.slice(0, one.index)}"${one[1]}":${random.pick(values)}${body.slice(one.index + one[0].length)}`;
}

function otherField(body: string, random: SeededRandom): string {
  const found = [...body.matchAll(/"(\w+)":("[^"]*"|-?\d[\d.]*|true|false|null)/g)].filter(
    ([, name = '']) => !isId(name),
  );
  const one = found[random.below(Math.max(1, found.length))];
  if (one === undefined) return body;
  const [whole, name, value] = one;
  const instead = random.pick([`"x${name}":${value}`, `"_":0`, `${whole},"${name}":7`]);
  return body.slice(0, one.index) + instead + body.slice(one.index + whole.length);
}

function inJson(body: string, random: SeededRandom, text: () => string): string {
  const found = [...body.matchAll(/"(\w*[nN]ame|status|description)":"[^"]*"/g)];
  const one = found[random.below(Math.max(1, found.length))];
  if (one === undefined) return body;
  return `${body.slice(0, one.index)}"${one[1]}":${JSON.stringify(text())}${body.slice(one.index + one[0].length)}`;
}

/** Fields that identify rows: a reply without them really says that the row is gone. */
function isId(name: string): boolean {
  return /^(?:id|.*Id|.*Ref|domainId)$/.test(name);
}

export const hostileReplies: Target = {
  name: 'hostile replies',
  promise:
    'No corrupted reply breaks a sync or its display, is stored in part, or removes a row that it does not report as gone.',
  full: 10_000,
  mutants: [
    {
      name: 'property names of Object.prototype as words',
      tries: 400,
      patches: [
        {
          file: 'src/api/word-meaning.ts',
          find: 'Object.hasOwn(table, word) ? table[word] : undefined',
          replace: 'table[word]',
        },
      ],
    },
    {
      name: 'a sync that is complete whatever failed, and reads no row by id',
      tries: 200,
      patches: [
        {
          file: 'src/sync/sync-run.ts',
          find: 'judged(run, { connection, complete, ',
          replace: 'judged(run, { connection, complete: true, ',
        },
        { file: 'src/sync/removals.ts', find: 'return first.slice(0, mostAsked);', replace: 'return [];' },
        { file: 'src/sync/removals.ts', find: "new: accepted ? 'gone' : 'missing',", replace: "new: 'gone'," },
      ],
    },
    {
      name: 'a body that may end early',
      tries: 200,
      patches: [
        {
          file: 'src/api/http/read-client.ts',
          find: "throw unreadable(subject, text.trimStart().startsWith('<') ? 'a web page' : 'invalid JSON', vendor);",
          replace: 'return [];',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const endings = new Map<string, number>();
    const player = await openPlayer(40);
    try {
      for (const [at, name] of names.entries()) {
        const share = Math.floor(n / names.length) + (at < n % names.length ? 1 : 0);
        const replay = await openReplay(player, name, join(directory, `${name}.db`));
        for (let nth = 0; nth < share; nth += 1) {
          const spoiling = random.pick(spoilings);
          const ending = await oneTry(player, replay, spoiling, random, (what) =>
            faults.push(`${name}, ${spoiling.how}: ${what}`),
          );
          endings.set(ending, (endings.get(ending) ?? 0) + 1);
        }
        replay.cache.close();
      }
    } finally {
      await player.stop();
    }
    if ('polluted' in {}) faults.push('The prototype of all objects was changed.');
    return { n, faults, facts: [...endings].map(([ending, times]) => `${times} ${ending}`) };
  },
};

interface Replay {
  readonly name: string;
  readonly cache: CacheReader & CacheWriter & { close(): void };
  readonly ids: readonly string[];
  readonly streams: boolean;
  /** The requests of one complete sync. */
  readonly requests: number;
  run(): Promise<{ readonly complete: boolean; readonly fault: unknown }>;
}

async function openReplay(player: Player, name: string, path: string): Promise<Replay> {
  const connection = player.connections.find((one) => one.name === name);
  if (connection === undefined) throw new Error(`The sandbox has no ${name}.`);
  const clock = fastClock(Date.now());
  const cache = openCache(path, { clock });
  const kind = vendorIn(vendors, connection.vendor);
  const open = () =>
    kind.create({
      ...{ name, title: name, settings: connection.settings, clock, secretsIn: 'keychain', allowWrites: () => null },
      secrets: async () => connection.secrets,
    });
  const run = () =>
    createSyncScheduler({ freshFor: 300, cache, vendorOf: open, clock, totals: () => noTraffic }).run(name, {});
  let requests = 0;
  player.spoil = (reply) => {
    requests += 1;
    return reply;
  };
  const first = await run();
  if (!first.complete) throw new Error(`${name} cannot be read whole: ${JSON.stringify(first)}`);
  const ids = idsIn(cache);
  if (ids.length < 2) throw new Error(`${name} has ${ids.length} rows.`);
  return { name, cache, ids, requests, run, streams: connection.vendor === 'cloudmore' };
}

function idsIn(cache: CacheReader): readonly string[] {
  return rowsIn(cache).map(({ id }) => id);
}

function rowsIn(cache: CacheReader) {
  return [...cache.eachSubscription({ scope: [], connections: null, filter: [], search: null, sort: [] })];
}

/** Everything stored can be listed, exported and counted, and contains nothing that steers a terminal. */
function drawn(cache: CacheReader, fail: (what: string) => void): void {
  try {
    const rows = rowsIn(cache).map(subscriptionRow);
    const table = { columns: subscriptionColumns, rows, empty: 'none', notes: [] };
    const text = [...tableLines(table, null), ...csvLines(table), ...rows.map(({ json }) => safeJson(json))].join('');
    const found = forbiddenIn(text, '\u200d\r\n');
    if (found !== null) fail(`what is shown has ${found}`);
    finished(statusShares(cache, { scope: [], connections: null, filter: [], search: null }, {}));
    for (const { status } of rowsIn(cache)) if (!statuses.includes(status)) fail(`a status is ${String(status)}`);
  } catch (error) {
    fail(`it cannot be shown: ${String(error)}`);
  }
}

async function oneTry(
  player: Player,
  replay: Replay,
  spoiling: Spoiling,
  random: SeededRandom,
  fail: (what: string) => void,
): Promise<string> {
  const nth = random.below(replay.requests);
  let seen = -1;
  let spoilt = '';
  let whole = '';
  let path = '';
  player.spoil = (reply, response, at) => {
    seen += 1;
    // A broken reply is broken at every request; names in it are marked, so that a partly stored one is detected.
    if (seen !== nth && at !== path) return reply;
    path = at;
    whole = reply.body;
    const marked = { ...reply, body: reply.body.replaceAll(/"(name|displayName|companyName)":"/g, '"$1":"~~') };
    const sent = spoiling.apply(spoiling.kind === 'broken' ? marked : reply, random, response);
    spoilt = sent === 'answered' ? '' : sent.body;
    return sent;
  };
  let ending: string;
  try {
    const { complete, fault } = await replay.run();
    ending = fault === null ? (complete ? 'whole' : 'not whole, said so') : 'a named fault';
  } catch (error) {
    ending = 'a crash';
    fail(error instanceof FaultError ? `a fault escaped: ${error.message}` : `crashed: ${String(error)}`);
  }
  drawn(replay.cache, fail);
  const left = new Set(idsIn(replay.cache));
  const lost = replay.ids.filter((id) => !left.has(id));
  // A row may repeat its id in a nested object: without one of them it is incomplete.
  const places = (text: string, id: string) => text.split(JSON.stringify(id)).length + text.split(`:${id}`).length;
  const says = (id: string) => !isJson(spoilt) || (places(spoilt, id) > 2 && places(spoilt, id) >= places(whole, id));
  const isTurned = spoiling.how === 'bytes turned';
  const falsely = isTurned ? lost.filter(says) : lost;
  if (falsely.length > 0) fail(`${falsely.length} of ${replay.ids.length} rows look gone (${path})`);
  // A streamed list stores complete rows as they arrive; any other page is stored completely or not at all.
  const kept = rowsIn(replay.cache).filter(({ name, organization }) => `${name}${organization?.name}`.includes('~~'));
  if (spoiling.kind === 'broken' && !replay.streams && kept.length > 0)
    fail(`${kept.length} rows of a broken reply were kept`);
  player.spoil = null;
  for (let tries = 0; tries < 3; tries += 1) if ((await replay.run()).complete) break;
  const back = idsIn(replay.cache).length;
  if (back !== replay.ids.length) fail(`${back} of ${replay.ids.length} rows are there after a good sync run`);
  return ending;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
