import { can, type Page, type Vendor } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Level } from '../../src/model/vendor.ts';
import { type SandboxConnection, startSandbox } from '../../src/sandbox/start.ts';

const subscriptions = 1_000;

/** The calls that reading costs each kind of connection, sign-in left out. */
interface MeasuredCalls {
  readonly connection: string;
  readonly rows: number;
  readonly customers: number;
  /** One whole read. */
  readonly whole: number;
  readonly branch: { readonly level: Level; readonly calls: number };
  /** One subscription. */
  readonly one: number;
}

/** Counted on a sandbox with `subscriptions` over all its connections. The program has this table, since counting takes a sandbox. */
export async function measuredCalls(): Promise<object> {
  const sandbox = await startSandbox({ scale: subscriptions, seed: 1, today: '2026-11-30', rateLimits: false });
  try {
    const connections: MeasuredCalls[] = [];
    for (const connection of sandbox.connections) connections.push(await measure(connection));
    return { subscriptions, connections };
  } finally {
    await sandbox.stop();
  }
}

async function measure(connection: SandboxConnection): Promise<MeasuredCalls> {
  let calls = 0;
  const vendor = await vendorOf(connection, () => {
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
  return {
    connection: connection.name,
    rows: found.length,
    customers: customers.size,
    whole: whole.calls,
    branch: { level: place.level, calls: branch.calls },
    one: one.calls,
  };
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
function vendorOf({ name, vendor, settings, secrets }: SandboxConnection, onCall: () => void): Promise<Vendor> {
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
