import { can, type Page, type Vendor } from '../../src/api/contract.ts';
import { type Vendors, vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Level } from '../../src/model/vendor.ts';
import { type SandboxConnection, startSandbox } from '../../src/sandbox/start.ts';
import { code, table, text } from './markdown.ts';

/** The console reads what is on screen again this often at most, with the usual `freshFor` of 300 s. */
const timesAnHour = 12;
const subscriptions = 1_000;

/** What an open console costs each vendor, counted on the sandbox. */
export async function consoleCallLines(vendors: Vendors): Promise<readonly string[]> {
  const sandbox = await startSandbox({ scale: subscriptions, seed: 1, today: '2026-11-30', rateLimits: false });
  try {
    const rows: (readonly string[])[] = [];
    for (const connection of sandbox.connections) rows.push(await rowOf(vendors, connection));
    return [
      '### What an open console costs',
      'A console reads what is on screen again once it is older than `freshFor`: with 300 s up to 12 times an hour, while nobody types',
      '([what the console reads by itself](../syncing.md)). It takes at most half of a known limit. `"refresh": "off"` in `settings.json` stops it.',
      '',
      `Calls an hour, sign-in left out, counted on the sandbox with ${subscriptions.toLocaleString('en')} subscriptions over all its connections. Where calls are made for pages,`,
      'customers or services, more of these cost more: the calls of one whole read are in parentheses. Several reads at once may ask for two pages in vain.',
      '',
      ...table(
        ['Connection', 'Rows', 'Customers', 'All of it on screen', 'One customer or service', 'One subscription'],
        rows,
      ),
    ];
  } finally {
    await sandbox.stop();
  }
}

async function rowOf(vendors: Vendors, connection: SandboxConnection): Promise<readonly string[]> {
  let calls = 0;
  const vendor = await vendorOf(vendors, connection, () => {
    calls += 1;
  });
  const { sync, read } = vendor.abilities;
  if (!can(sync) || !can(read)) throw new Error(`${connection.name} cannot be read.`);
  const counted = async <Result>(work: () => Promise<Result>) => {
    const before = calls;
    return { result: await work(), calls: calls - before };
  };
  // The first call signs in.
  await all(sync({}));
  const whole = await counted(() => all(sync({})));
  const found = whole.result;
  const place = placeIn(vendor, found);
  const [target] = found;
  if (target === undefined || place === null) throw new Error(`${connection.name} has no rows.`);
  const branch = await counted(() => all(sync({ within: { ...place, connection: connection.name }, isRefresh: true })));
  const one = await counted(() => read({ id: target.id, known: null }));
  const customers = new Set(found.map(({ organization }) => organization?.id));
  const hourly = (each: number) => (each * timesAnHour).toLocaleString('en');
  return [
    code(connection.name),
    found.length.toLocaleString('en'),
    customers.size.toLocaleString('en'),
    `${hourly(whole.calls)} (${whole.calls})`,
    text(`${hourly(branch.calls)} (${place.level === 'service' ? 'service' : 'customer'})`),
    hourly(one.calls),
  ];
}

async function all(pages: AsyncIterable<Page>): Promise<readonly Subscription[]> {
  const rows: Subscription[] = [];
  for await (const page of pages) rows.push(...page.rows.map(({ subscription }) => subscription));
  return rows;
}

/** A place that the vendor lists by itself. */
function placeIn({ narrowLevels }: Vendor, rows: readonly Subscription[]): { level: Level; id: string } | null {
  for (const row of rows) {
    const organization = narrowLevels.includes('organization') ? row.organization : null;
    const service = narrowLevels.includes('service') ? row.services[0] : undefined;
    if (organization !== null) return { level: 'organization', id: organization.id };
    if (service !== undefined) return { level: 'service', id: service.id };
  }
  return null;
}

/** One read at a time, so that the count is the same each time. */
function vendorOf(
  vendors: Vendors,
  { name, vendor, settings, secrets }: SandboxConnection,
  onCall: () => void,
): Promise<Vendor> {
  const kind = vendorIn(vendors, vendor);
  return kind.create({
    name,
    title: name,
    settings: withDefaults({ ...settings, concurrency: '1' }, kind.settings),
    secrets: () => Promise.resolve(secrets),
    secretsIn: 'keychain',
    clock: systemClock,
    allowWrites: () => 'The docs only read.',
    onCall,
  });
}
