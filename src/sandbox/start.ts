import type { Ticket } from '../model/ticket.ts';
import type { VendorId } from '../model/vendor.ts';
import type { SandboxConnection } from './connection.ts';
import type { FaultOrder } from './fault-order.ts';
import { FaultQueue } from './faults.ts';
import { RequestLog } from './log.ts';
import { listen } from './server.ts';
import { realClock, type SandboxClock, sandboxTime } from './time.ts';
import { createTokens } from './tokens.ts';
import { checkVariants } from './variants.ts';
import type { Ground, SandboxVendor } from './vendor.ts';
import { site } from './vendor-site.ts';
import { sandboxVendors } from './vendors.ts';

export type { FaultOrder, SandboxConnection };

/** The options of `subdeck sandbox` and of the embedded sandbox. */
export interface SandboxOptions {
  /** First port; 0 or absent: any free one. */
  readonly port?: number;
  /** Subscriptions in total over all vendors; default 5000. */
  readonly scale?: number;
  readonly seed?: number;
  /** `YYYY-MM-DD`: fixes the sandbox's clock at noon UTC of that day; only asynchronous work still advances. */
  readonly today?: string;
  /** Asynchronous work goes this many times faster. */
  readonly speed?: number;
  readonly rateLimits?: boolean;
  /** Milliseconds that every call to a vendor takes longer. */
  readonly delay?: number;
  /** Readings to take in place of the usual ones, by assumption: `{'history-path': 'swagger'}`. */
  readonly variants?: Readonly<Record<string, string>>;
  /** Faults to inject, as in the faults file. */
  readonly faults?: readonly FaultOrder[];
}

export interface RunningSandbox {
  readonly connections: readonly SandboxConnection[];
  /** One origin a vendor; `GET /_sandbox/requests` on each returns its request log. */
  readonly origins: Readonly<Record<VendorId, string>>;
  /** For the tour; null: no subscription of the dataset fits. */
  readonly ticket: Ticket | null;
  /** Adds faults; they apply to every request that arrives after this resolved. */
  addFaults(orders: readonly FaultOrder[]): Promise<void>;
  /** Forgets all orders. */
  clearFaults(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves every vendor on 127.0.0.1, each on its own port: the vendor's position in the list added to `port`, or any
 * free one. Rejects with the system's error if a port is taken, and with a RangeError if `today` is invalid, no vendor
 * has a variant, or the ports exceed the last one.
 */
export async function startSandbox(
  options: SandboxOptions = {},
  clock: SandboxClock = realClock,
  vendors: readonly SandboxVendor[] = sandboxVendors,
): Promise<RunningSandbox> {
  const variants = options.variants ?? {};
  checkVariants(
    vendors.map((vendor) => vendor.variants),
    variants,
  );
  const time = sandboxTime(clock, options.today, options.speed ?? 1);
  const faults = new FaultQueue();
  faults.add(options.faults ?? []);
  const stopping = new AbortController();
  const { port } = options;
  if (port && port + vendors.length - 1 > lastPort)
    throw new RangeError(`${vendors.length} ports from ${port} on go beyond ${lastPort}`);
  const listening = await listen(vendors.map((_, at) => (port ? port + at : 0)));
  const scales = shares(vendors, options.scale ?? 5000);
  const origins: Record<VendorId, string> = {};
  const connections: SandboxConnection[] = [];
  let ticket: Ticket | null = null;
  for (const [at, vendor] of vendors.entries()) {
    const server = listening.servers[at];
    if (server === undefined) continue;
    const ground: Ground = {
      vendor: vendor.id,
      seed: options.seed ?? 1,
      scale: scales[at] ?? 0,
      origin: server.origin,
      time,
      tokens: createTokens(time),
      rateLimits: options.rateLimits ?? true,
      variants,
    };
    const { delay = 0 } = options;
    server.serve(site({ vendor, ground, log: new RequestLog(), faults, delay, stopped: stopping.signal }));
    origins[vendor.id] = server.origin;
    connections.push(...vendor.connections(ground));
    ticket ??= vendor.ticket?.(ground) ?? null;
  }
  return {
    connections,
    origins,
    ticket,
    addFaults: async (orders) => faults.add(orders),
    clearFaults: async () => faults.clear(),
    stop: async () => {
      stopping.abort();
      await listening.close();
    },
  };
}

const lastPort = 65_535;

/** The dataset divided by the vendors' shares; the first vendor gets the remainder. */
function shares(vendors: readonly SandboxVendor[], scale: number): readonly number[] {
  const whole = vendors.reduce((sum, { share }) => sum + share, 0);
  const [first = 0, ...others] = vendors.map(({ share }) => Math.floor((scale * share) / whole));
  const rest = scale - first - others.reduce((sum, part) => sum + part, 0);
  return [first + rest, ...others];
}
