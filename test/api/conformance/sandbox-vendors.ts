import type { Page, Reading, Vendor } from '../../../src/api/contract.ts';
import { can } from '../../../src/api/contract.ts';
import { vendorIn } from '../../../src/api/vendor-kind.ts';
import { systemClock } from '../../../src/app/clock.ts';
import type { Clock } from '../../../src/model/clock.ts';
import { type RunningSandbox, type SandboxConnection, startSandbox } from '../../../src/sandbox/start.ts';
import { sandboxVendorsAndAcme, vendorsAndAcme } from '../../vendors/acme/registered.ts';

const clock: Clock = {
  ...systemClock,
  wait: () => Promise.reject(new Error('Unexpected wait.')),
};

export interface SandboxVendors {
  readonly sandbox: RunningSandbox;
  /** The connections that every suite runs on: those of each registered vendor, and of one that is not registered. */
  readonly names: readonly string[];
  open(name: string, more?: Readonly<Record<string, string>>): Promise<Vendor>;
  /** The requests that the vendor of a connection served since the last call, without sign-ins. */
  served(name: string): Promise<readonly Served[]>;
  stop(): Promise<void>;
}

export interface Served {
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  readonly body: unknown;
  readonly status: number;
}

export async function sandboxVendors(scale: number): Promise<SandboxVendors> {
  const sandbox = await startSandbox({ scale, rateLimits: false, speed: 1000 }, undefined, sandboxVendorsAndAcme);
  const seen = new Map<string, number>();
  const find = (name: string): SandboxConnection => {
    const found = sandbox.connections.find((connection) => connection.name === name);
    if (!found) throw new Error(`the sandbox has no ${name}`);
    return found;
  };
  return {
    sandbox,
    names: sandbox.connections.map(({ name }) => name),
    stop: () => sandbox.stop(),
    async open(name, more = {}) {
      const { vendor, settings, secrets } = find(name);
      const title = settings.title ?? name;
      const all = { ...settings, ...more };
      return vendorIn(vendorsAndAcme, vendor).create({
        name,
        title,
        settings: all,
        secrets: async () => secrets,
        clock,
        secretsIn: 'keychain',
        allowWrites: () => null,
      });
    },
    async served(name) {
      const { vendor } = find(name);
      const origin = sandbox.origins[vendor] ?? '';
      const text = await (await fetch(`${origin}/_sandbox/requests`)).text();
      const lines = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Served => JSON.parse(line));
      const fresh = lines.slice(seen.get(origin) ?? 0);
      seen.set(origin, lines.length);
      return fresh.filter(({ path }) => !/token/i.test(path));
    },
  };
}

/** All pages and rows of one sync. */
export async function syncAll(
  vendor: Vendor,
): Promise<{ readonly pages: readonly Page[]; readonly readings: readonly Reading[] }> {
  const { sync } = vendor.abilities;
  if (!can(sync)) throw new Error('The vendor cannot sync.');
  const pages: Page[] = [];
  for await (const page of sync({})) pages.push(page);
  return { pages, readings: pages.flatMap(({ rows }) => rows) };
}
