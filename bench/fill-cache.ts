/**
 * Fills a SUBDECK_HOME with cached subscriptions of all five vendors, without a network, and prints the time it took:
 * `node bench/fill-cache.ts DIR N`. Then `SUBDECK_HOME=DIR subdeck` shows them.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { accountFactOf } from '../src/api/account.ts';
import { vendors } from '../src/api/registry.ts';
import { vendorIn } from '../src/api/vendor-kind.ts';
import { systemClock } from '../src/app/clock.ts';
import { appPathsIn } from '../src/app/paths.ts';
import { openCache } from '../src/query/open-cache.ts';
import type { DeclaredConnection } from '../src/store/connections-table.ts';
import { everythingRead } from '../test/store/run-ends.ts';
import { cacheConnections, cacheReading } from './made-up-rows.ts';

const [directory, count] = process.argv.slice(2);
if (directory === undefined || count === undefined) {
  process.stderr.write('Usage: node bench/fill-cache.ts DIR N\n');
  process.exit(2);
}
const settingsOf: Readonly<Record<(typeof cacheConnections)[number]['vendor'], Readonly<Record<string, string>>>> = {
  cloudmore: { level: 'seller', sellerId: 'seller-0', username: 'bench' },
  interworks: { baseUrl: 'https://bss.example.com', edition: 'standard', username: 'bench', clientKey: 'bench' },
  vmware: { orgId: 'bench' },
  lineworks: { clientId: 'bench', serviceAccount: 'bench@example.com', scope: 'partner.read' },
  cloudcockpit: {
    tokenUrl: 'https://login.example.com/token',
    tenant: 'bench',
    clientId: 'bench',
    scope: 'bench',
    role: 'csp',
  },
};

const scale = Number(count);
const rowsAtOnce = 2000;
const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;
const places = appPathsIn(directory);
mkdirSync(directory, { recursive: true, mode: 0o700 });
writeSettings();

const clock = { ...systemClock, wait: async () => {} };
const cache = openCache(places.cache, { clock });
const started = performance.now();
cache.declareConnections(declared());
const perConnection = cacheConnections.map((_, which) => Math.floor((scale - which + 4) / cacheConnections.length));
for (const [which, { name, vendor }] of cacheConnections.entries()) {
  const run = cache.beginRun({ connection: name, vendor, within: null, freshSince: 0 });
  const total = perConnection[which] ?? 0;
  for (let done = 0; done < total; ) {
    const end = Math.min(total, done + rowsAtOnce);
    const rows = [];
    for (let number = done; number < end; number += 1) {
      rows.push(cacheReading(number * cacheConnections.length + which, scale, today));
    }
    done = end;
    run.keepPage({
      rows,
      nodes: [],
      progress: { done, total },
      resume: String(done),
      complete: done === total,
      missing: [],
      shortfall: 0,
    });
  }
  run.finish(everythingRead);
  tell(`${name}: ${total} rows`);
}
while (cache.tidy());
tell('indexes built');
cache.close();
const megabytes = statSync(places.cache).size / 1e6;
process.stdout.write(`${scale} rows in ${seconds()} s, ${megabytes.toFixed(0)} MB\n`);

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

function tell(what: string): void {
  process.stderr.write(`${seconds()} s  ${what}\n`);
}

/** As the console declares them: another account would make it count everything anew at its first start. */
function declared(): readonly DeclaredConnection[] {
  return cacheConnections.map(({ name, title, vendor }) => {
    const [kind, values] = [vendorIn(vendors, vendor), settingsOf[vendor]];
    return {
      name,
      title,
      vendor,
      account: accountFactOf(kind, values).account,
      impliedLevels: kind.impliedLevels(values),
    };
  });
}

/** Offline, so that no list tries to refresh from nonexistent vendors. */
function writeSettings(): void {
  const connections = cacheConnections.map(({ name, title, vendor }) => [
    name,
    { vendor, settings: { title, ...settingsOf[vendor] } },
  ]);
  const text = JSON.stringify({ offline: true, connections: Object.fromEntries(connections) }, null, 2);
  writeFileSync(places.settings, `${text}\n`, { mode: 0o600 });
}
