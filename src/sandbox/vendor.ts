import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Ticket } from '../model/ticket.ts';
import type { VendorId } from '../model/vendor.ts';
import type { SandboxConnection } from './connection.ts';
import type { SandboxTime } from './time.ts';
import type { Tokens } from './tokens.ts';
import type { VariantTable } from './variants.ts';

/** Set by a vendor's middleware for its routes: the holder of the request's token. */
export interface SandboxEnv {
  Bindings: HttpBindings;
  Variables: { holder: string };
}
export type SandboxApp = Hono<SandboxEnv>;

/** The environment of a vendor once its origin has its port. One per vendor and run. */
export interface Ground {
  readonly vendor: VendorId;
  readonly seed: number;
  /** Subscriptions of this vendor at the start; may be 0. */
  readonly scale: number;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly time: SandboxTime;
  readonly tokens: Tokens;
  readonly rateLimits: boolean;
  /** Readings chosen for this run; `variantsOf` selects a vendor's own. */
  readonly variants: Readonly<Record<string, string>>;
}

/**
 * One vendor of the sandbox: a folder `src/sandbox/<vendor>/` exports one of these and `vendors.ts` lists it.
 *
 * The kernel does the rest: the port, the request log, the faults, stopping. It reads a request's body before the
 * vendor does and hands on a fresh `Request`, so routes use `c.req.json()`, `c.req.text()` or `c.req.parseBody()` as
 * usual.
 *
 * Rules for a vendor:
 * - an independent reading of the vendor's documents: nothing from `src/api`;
 * - rows are functions of seed, index and calendar (`seeded-random.ts`, `ids.ts`, `lifecycle.ts`, `names/`), never kept: `rows.ts` keeps
 * changes only, `spread.ts` says which organization owns which row and back, `stream.ts` answers long lists piece by
 * piece;
 * - dates are laid out around `time.today`, answers use `time.now()`, asynchronous work counts in `time.work()`;
 * - tokens come from `tokens.issue` and are checked with `tokens.holder` on each call (an `accessToken` secret works
 * the same);
 * - `rate-limit.ts` counts calls, unless `rateLimits` is false;
 * - assumptions about the vendor stand in `<vendor>/assumptions.ts`, one exported constant or function each; where two readings
 * are possible it plays either, under the id that the adapter's assumption has.
 */
export interface SandboxVendor {
  readonly id: VendorId;
  /** This vendor's share of the whole dataset, relative to the other vendors. */
  readonly share: number;
  /** Literal path words in lower case. If given, these match in any case, and ids keep theirs. */
  readonly words?: ReadonlySet<string>;
  /** The readings that this vendor supports besides the first of each. */
  readonly variants: VariantTable;
  /** Settings and secrets as in the settings file, ready for use with `ground.origin`. */
  connections(ground: Ground): readonly SandboxConnection[];
  /** Adds every route, the middleware that checks tokens, `notFound` and `onError`. Must be quick at any scale. */
  routes(app: SandboxApp, ground: Ground): void;
  /** Milliseconds after its answer at which a request is carried out; absent, or 0: before it. */
  lagMs?(ground: Ground, method: string, path: string): number;
  /** A ticket for the tour about one of its subscriptions; absent: it has none. */
  ticket?(ground: Ground): Ticket | null;
  /** This vendor's own way of answering with `status`, for the faults `status` and `revoke`. */
  errorAnswer(status: number): Response;
  /** The access token that a request carries, or null. */
  tokenIn(headers: Headers): string | null;
}
